"""`enable_key`: let a disabled key open again."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from keys import services
from keys.management.changes import ChangeCommand
from keys.models import ApiKey


class Command(ChangeCommand):
    help = "Enable a disabled key. A revoked one stays revoked."

    def change(self, actor: services.Actor, key: ApiKey, options: dict[str, Any]) -> str:
        told = "enabled." if services.enable(actor, key) else "was enabled already."
        state = key.state(timezone.now())
        return told if state == "active" else f"{told} It is {state} all the same."
