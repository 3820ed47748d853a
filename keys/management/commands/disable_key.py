"""`disable_key`: refuse a key until it is enabled again."""

from __future__ import annotations

from typing import Any

from keys import services
from keys.management.changes import ChangeCommand
from keys.models import ApiKey


class Command(ChangeCommand):
    help = "Disable a key: it is refused everywhere within 2 s, until enable_key."

    def change(self, actor: services.Actor, key: ApiKey, options: dict[str, Any]) -> str:
        return "disabled." if services.disable(actor, key) else "was disabled already."
