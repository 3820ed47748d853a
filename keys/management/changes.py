"""What the commands that change one key share: they find it, change it through `keys.services`, and say what came."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError
from django.utils import timezone

from keys import services
from keys.management.base import DatabaseCommand
from keys.management.options import add_key_argument, as_json, find_key
from keys.models import ApiKey
from keys.records import with_use


class ChangeCommand(DatabaseCommand):
    """A command whose `change` is made to one key. Exits with 1 where it is refused, with 3 where there is no key."""

    def add_arguments(self, parser: ArgumentParser) -> None:
        add_key_argument(parser)
        parser.add_argument("--json", action="store_true", help="print the key as it is then, as one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        key = find_key(options["key"])
        try:
            told = self.change(services.Actor.command_line(), key, options)
        except services.KeyRefused as error:
            raise CommandError(f"{key}: {error}") from error
        if options["json"]:
            self.stdout.write(as_json(self.shown(key)))
        self.say(f"{key}: {told}")

    def change(self, actor: services.Actor, key: ApiKey, options: dict[str, Any]) -> str:
        """Make the change; answers what there is to say. Raises `KeyRefused`."""
        raise NotImplementedError

    def shown(self, key: ApiKey) -> dict[str, Any]:
        """The key as scripts read it, after the change."""
        return next(with_use([ApiKey.objects.get(pk=key.pk)], timezone.now()))
