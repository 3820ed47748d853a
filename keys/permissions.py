"""Who may use a route."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from keys.models import ApiKey

if TYPE_CHECKING:
    from rest_framework.views import APIView  # it loads this module itself


class HasApiKey(BasePermission):
    """The request was authenticated by a key; routes that are open to all say so themselves."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        return isinstance(request.auth, ApiKey)
