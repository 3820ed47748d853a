"""`revoke_key`: end a key for good."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError

from keys import services
from keys.askforms import ReasonForm
from keys.management.changes import ChangeCommand
from keys.models import ApiKey


class Command(ChangeCommand):
    help = "Revoke a key: it is refused everywhere within 2 s, and never opens again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--reason", required=True, help="why; it is kept with the key")

    def change(self, actor: services.Actor, key: ApiKey, options: dict[str, Any]) -> str:
        form = ReasonForm({"reason": options["reason"]})
        if not form.is_valid():
            raise CommandError(f"--reason: {' '.join(map(str, form.errors['reason']))}")
        services.revoke(actor, key, form.cleaned_data["reason"])
        return "revoked."
