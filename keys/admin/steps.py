"""What staff do to one key beside editing it: each step has a page that asks, its own permission and its own states."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django import forms

from keys import services
from keys.askforms import AskForm, RevokeForm, RotateForm
from keys.models import ApiKey
from keys.services import Actor

Answers = Mapping[str, Any]


@dataclass(frozen=True)
class Step:
    """One of them; `do` answers a sentence, or the successor, whose key is shown once."""

    name: str  # in the address
    verb: str
    done: str  # what a key then is
    permission: str  # of ApiKey, without its model's name
    note: str
    form: Callable[..., forms.Form]
    fits: Callable[[ApiKey, datetime], bool]
    do: Callable[[Actor, ApiKey, Answers], ApiKey | str]
    final: bool = False


def _rotate(actor: Actor, key: ApiKey, answers: Answers) -> ApiKey:
    return services.rotate(actor, key, answers["grace"])


def _disable(actor: Actor, key: ApiKey, _answers: Answers) -> str:
    return "is disabled." if services.disable(actor, key) else "was disabled already; nothing was changed."


def _enable(actor: Actor, key: ApiKey, _answers: Answers) -> str:
    return "is enabled." if services.enable(actor, key) else "was enabled already; nothing was changed."


def _revoke(actor: Actor, key: ApiKey, answers: Answers) -> str:
    services.revoke(actor, key, answers["reason"])
    return "is revoked."


STEPS = (
    Step(
        "rotate",
        "Rotate",
        "rotated",
        "rotate",
        "A new key with the same limits and the same quota takes this one's place. It is shown once, on the next page.",
        partial(RotateForm, graces=services.GRACES),
        lambda key, now: key.state(now) == "active" and key.successor is None,
        _rotate,
    ),
    Step(
        "disable",
        "Disable",
        "disabled",
        "disable",
        "It is refused everywhere within two seconds, and so are its links. You can enable it again.",
        AskForm,
        lambda key, _now: key.revoked_at is None and key.enabled,
        _disable,
    ),
    Step(
        "enable",
        "Enable",
        "enabled",
        "disable",
        "It opens again at once, unless it has expired.",
        AskForm,
        lambda key, _now: key.revoked_at is None and not key.enabled,
        _enable,
    ),
    Step(
        "revoke",
        "Revoke",
        "revoked",
        "revoke",
        "This is final: the key never opens again. Where you may want it back, disable it.",
        RevokeForm,
        lambda key, _now: key.revoked_at is None,
        _revoke,
        final=True,
    ),
)
