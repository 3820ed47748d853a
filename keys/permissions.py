"""Who may use a route, and from where."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from flaks.addresses import client_ip
from flaks.problems import Problem
from keys.models import ApiKey
from keys.networks import allows

if TYPE_CHECKING:
    from rest_framework.views import APIView  # it loads this module itself


class HasApiKey(BasePermission):
    """The request was authenticated by a key that opens from the caller's address, and has the view's `scope`.

    A view without a scope, or of the scope "", wants any key; routes that are open to all say so themselves. Raises
    403 `ip_not_allowed` or `scope_missing`.
    """

    def has_permission(self, request: Request, view: APIView) -> bool:
        key = request.auth
        if not isinstance(key, ApiKey):
            return False
        if key.addresses and not allows(key.addresses, client_ip(request)):
            raise Problem(403, "ip_not_allowed", f"This key does not open from {client_ip(request)}.")
        want_scope(key, getattr(view, "scope", ""))
        return True


def want_scope(key: ApiKey, scope: str, what: str = "This route") -> None:
    """Return where the key has the scope, or "" is wanted. Raises 403 `scope_missing`."""
    if not key.opens(scope):
        raise Problem(403, "scope_missing", f"{what} wants the scope {scope}; ask the operator.")
