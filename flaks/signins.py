"""Who signed in to the admin, who tried, and from where, as lines of the log; never with what was typed as password.

People also type their password where the name goes: a name that no account has is not repeated.
"""

from __future__ import annotations

import logging
import unicodedata
from collections.abc import Mapping
from typing import Any

from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.core.exceptions import ValidationError
from django.dispatch import receiver
from django.http import HttpRequest

from flaks.addresses import client_ip

logger = logging.getLogger(__name__)

LONGEST_NAME = 64  # characters of a name in a line
UNSEEN = ("C", "Z")  # categories of characters that would break a line, or turn what stands behind them


class SignInForm(AdminAuthenticationForm):
    """The admin's own; whoever may not sign in with a right password, since they are not staff, is told in the log."""

    def confirm_login_allowed(self, user: AbstractBaseUser) -> None:
        try:
            super().confirm_login_allowed(user)  # type: ignore[arg-type]
        except ValidationError:
            logger.warning("sign-in refused for %s, who is not staff, from %s", _named(user), _address(self.request))
            raise


def legible(name: str) -> str:
    """The name as one word of a line: short, and without blanks, line breaks and marks of direction."""
    shown = "".join("?" if unicodedata.category(one).startswith(UNSEEN) else one for one in name[:LONGEST_NAME])
    return f"{shown}…" if len(name) > LONGEST_NAME else shown


@receiver(user_logged_in, dispatch_uid="flaks.signed_in")
def signed_in(request: HttpRequest | None, user: AbstractBaseUser, **_kwargs: Any) -> None:
    """A line for a sign-in."""
    logger.info("%s signed in from %s", _named(user), _address(request))


@receiver(user_logged_out, dispatch_uid="flaks.signed_out")
def signed_out(request: HttpRequest | None, user: AbstractBaseUser | None, **_kwargs: Any) -> None:
    """A line for a sign-out of somebody who was signed in."""
    if user is not None:
        logger.info("%s signed out from %s", _named(user), _address(request))


@receiver(user_login_failed, dispatch_uid="flaks.refused")
def refused(credentials: Mapping[str, Any], request: HttpRequest | None = None, **_kwargs: Any) -> None:
    """A line for a wrong name or password."""
    name = str(credentials.get("username", ""))
    accounts = get_user_model()._default_manager.filter(username=name[:150])
    told = legible(name) if len(name) <= 150 and accounts.exists() else f"an unknown name of {len(name)} characters"
    logger.warning("sign-in refused for %s from %s", told, _address(request))


def _named(user: AbstractBaseUser) -> str:
    return legible(user.get_username())


def _address(request: HttpRequest | None) -> str:
    return client_ip(request) if request is not None else "this machine"
