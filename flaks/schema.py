"""The API's own description, OpenAPI 3.1, made from its routes and the serializers that read them."""

from __future__ import annotations

import re
from typing import Any, Literal

from django.urls import Resolver404, resolve
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers

from flaks.api import ApiView
from flaks.shapes import ANSWERS, ref

ROUTE = re.compile(r"/api/v1/")
STATUSES = {"prefetch": "202", "report": "201"}  # of routes that answer otherwise than by 200
PROBLEM_STATUSES = ("400", "401", "403", "404", "405", "406", "413", "415", "429", "500", "503")
PROBLEM = "application/problem+json"
ID = "^(jiosaavn|spotify|youtube):[A-Za-z0-9_,-]{1,64}$"
EXAMPLE = "jiosaavn:M41n7Mqo"  # an id, for the path of a route that has one


class Schema(AutoSchema):
    """Reads the parameters from a view's `input_class`, and the answer's shape from the route's name."""

    def get_operation_id(self) -> str:
        return self._name().replace("-", "_")

    def get_tags(self) -> list[str]:
        return [getattr(self.view, "scope", "") or "key"]

    def get_description(self) -> str:  # type: ignore[override] # the library's own has this form
        return (type(self.view).__doc__ or "").strip()

    def get_override_parameters(self) -> list[Any]:
        if not isinstance(self.view, ApiView) or self.view.takes_body:
            return []
        fields = self.view.input_class().fields
        return [self._parameter(name, field) for name, field in fields.items()]

    def get_request_serializer(self) -> Any:
        if not isinstance(self.view, ApiView) or not self.view.takes_body:
            return None
        fields = self.view.input_class().fields
        shapes = {name: self._shape(name, field) for name, field in fields.items()}
        required = [name for name, field in fields.items() if field.required]
        return {"application/json": {"type": "object", "properties": shapes, "required": required}}

    def get_response_serializers(self) -> Any:
        status = STATUSES.get(self._name(), "200")
        problems = {(code, PROBLEM): ref("Problem") for code in PROBLEM_STATUSES}
        return {(status, "application/json"): ref(ANSWERS[self._name()]), **problems}

    def _name(self) -> str:
        """The route's name in the URLconf."""
        try:
            return str(resolve(self.path.replace("{id}", EXAMPLE)).url_name)
        except Resolver404:
            return ""

    def _parameter(self, name: str, field: serializers.Field[Any, Any, Any, Any]) -> OpenApiParameter:
        in_path = f"{{{name}}}" in self.path
        where: Literal["path", "query"] = "path" if in_path else "query"
        return OpenApiParameter(name, self._shape(name, field), where, required=bool(in_path or field.required))

    def _shape(self, name: str, field: serializers.Field[Any, Any, Any, Any]) -> dict[str, Any]:
        if name == "id":
            return {"type": "string", "pattern": ID}
        match field:
            case serializers.ChoiceField():
                return {"type": "string", "enum": list(field.choices)}
            case serializers.IntegerField():
                return {"type": "integer", "minimum": field.min_value, "maximum": field.max_value}
            case serializers.BooleanField():
                return {"type": "boolean"}
            case serializers.ListField():
                each = self._shape("", field.child)
                return {"type": "array", "items": each, "minItems": field.min_length, "maxItems": field.max_length}
            case serializers.CharField():
                return {"type": "string", "minLength": 0 if field.allow_blank else 1, "maxLength": field.max_length}
        return {"type": "string"}


class KeyScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """How a key is sent."""

    target_class = "keys.authentication.ApiKeyAuthentication"
    name = ["header", "bearer"]

    def get_security_definition(self, auto_schema: AutoSchema) -> Any:
        return [{"type": "apiKey", "in": "header", "name": "X-API-Key"}, {"type": "http", "scheme": "bearer"}]

    def get_security_requirement(self, auto_schema: AutoSchema) -> Any:
        return [{"header": []}, {"bearer": []}]


def of_the_api(endpoints: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """The routes that are described: those that want a key, without the slash that they need not have."""
    return [(path.rstrip("/?"), *rest) for path, *rest in endpoints if ROUTE.match(path)]
