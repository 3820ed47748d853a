"""Every error as `application/problem+json` (RFC 9457).

    Problem (APIException)          an error with a code of the API's list
        invalid_request(...)        made by the function of that name

Whatever else DRF or Django raises is mapped here: `exception_handler` for the API's views, `error_view` for what never
reached one.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from http import HTTPStatus
from typing import Any

from django.core.exceptions import BadRequest, PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.db import DatabaseError, IntegrityError, InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, UnreadablePostError
from pymongo.errors import PyMongoError
from rest_framework import exceptions
from rest_framework.request import Request
from rest_framework.response import Response

logger = logging.getLogger(__name__)

CONTENT_TYPE = "application/problem+json"
QUOTA_TYPE = "https://iana.org/assignments/http-problem-types#quota-exceeded"
OUTAGE_SECONDS = 2  # when to ask a database again that was away
CODES = {
    400: "invalid_request",
    401: "key_invalid",
    403: "scope_missing",
    404: "not_found",
    405: "method_not_allowed",
    406: "not_acceptable",
    413: "too_large",
    415: "unsupported_media_type",
    500: "internal_error",
    503: "database_unavailable",
}
DETAILS = {
    400: "The request could not be read.",
    403: "You may not do this.",
    404: "There is nothing at this address.",
    413: "The request is too large.",
    500: "Something went wrong on our side; the request id finds it in the log.",
    503: "The database does not answer; try again in a moment.",
}


class Problem(exceptions.APIException):
    """An error that the API answers: its status, its code, a sentence, and members of its own.

    `extra` goes into the body beside the standard members (`attempts`, `alternatives`, `parameter`, ...);
    `headers` go with the answer; `retry_after` is in whole seconds.
    """

    def __init__(
        self,
        status: int,
        code: str,
        detail: str,
        *,
        extra: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
        retry_after: int | None = None,
    ) -> None:
        super().__init__(detail, code)
        self.status_code = status
        self.extra = dict(extra or {})
        self.headers = dict(headers or {})
        if retry_after is not None:
            self.headers["Retry-After"] = str(max(1, retry_after))


def invalid_request(parameter: str, detail: str) -> Problem:
    """400 `invalid_request` that names the parameter at fault."""
    return Problem(400, "invalid_request", f"{parameter}: {detail}", extra={"parameter": parameter})


def problem_body(status: int, code: str, detail: str, request_id: str) -> dict[str, Any]:
    """The standard members, in the order in which a person reads them."""
    return {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        "code": code,
        "request_id": request_id,
    }


def request_id_of(request: HttpRequest | Request | None) -> str:
    """The id that the middleware gave, or "" outside a request."""
    return str(request.META.get("flaks.request_id", "")) if request is not None else ""


def exception_handler(exception: Exception, context: Mapping[str, Any]) -> Response:
    """DRF's hook: any exception of an API view as a problem; what nobody foresaw is logged and answered as 500."""
    problem = as_problem(exception)
    if problem.status_code >= 500 and not isinstance(exception, Problem):
        logger.error("%s in %s", type(exception).__name__, type(context["view"]).__name__, exc_info=exception)
    code = str(problem.get_codes())
    body = problem_body(problem.status_code, code, str(problem.detail), request_id_of(context.get("request")))
    return Response(body | problem.extra, problem.status_code, headers=problem.headers, content_type=CONTENT_TYPE)


def as_problem(exception: Exception) -> Problem:
    """The problem that stands for an exception of ours, of DRF, of Django or of the database."""
    match exception:
        case Problem():
            return exception
        case exceptions.ValidationError():
            return _from_validation(exception)
        case exceptions.NotAuthenticated() | exceptions.AuthenticationFailed():
            challenge = {"WWW-Authenticate": str(getattr(exception, "auth_header", "") or "Bearer")}
            return Problem(401, str(exception.get_codes()), str(exception.detail), headers=challenge)
        case exceptions.APIException():
            status = exception.status_code
            return Problem(status, CODES.get(status, "invalid_request"), str(exception.detail))
        case Http404():
            return Problem(404, "not_found", DETAILS[404])
        case RequestDataTooBig():
            return Problem(413, "too_large", DETAILS[413])
        case SuspiciousOperation() | BadRequest() | UnreadablePostError():
            return Problem(400, "invalid_request", DETAILS[400])
        case PermissionDenied():
            return Problem(403, "scope_missing", DETAILS[403])
        case _ if is_database_outage(exception):
            return Problem(503, "database_unavailable", DETAILS[503], retry_after=OUTAGE_SECONDS)
    return Problem(500, "internal_error", DETAILS[500])


def is_database_outage(exception: BaseException) -> bool:
    """Whether the database could not be asked, as opposed to having refused what it was asked."""
    if isinstance(exception, IntegrityError):
        return False
    # MongoDB's backend raises the bare DatabaseError, or lets the driver's own error through where rows are read.
    return isinstance(exception, (OperationalError, InterfaceError, PyMongoError)) or type(exception) is DatabaseError


def _from_validation(exception: exceptions.ValidationError) -> Problem:
    errors = exception.detail
    if not isinstance(errors, dict):
        return Problem(400, "invalid_request", " ".join(map(str, errors)))
    parameter, messages = next(iter(errors.items()))
    return invalid_request(str(parameter), " ".join(_flat(messages)))


def _flat(messages: Any) -> Iterator[str]:
    """The messages of a field; of a list, each entry's with its number."""
    if isinstance(messages, dict):
        for number, of_entry in messages.items():
            yield f"[{number}] {' '.join(_flat(of_entry))}"
    else:
        yield from map(str, messages)


def error_view(request: HttpRequest, status: int) -> HttpResponse:
    """The problem for a request that reached no view of the API."""
    body = problem_body(status, CODES[status], DETAILS[status], request_id_of(request))
    headers = {"Retry-After": str(OUTAGE_SECONDS)} if status == 503 else {}
    return JsonResponse(body, status=status, content_type=CONTENT_TYPE, headers=headers)
