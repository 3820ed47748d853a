"""`set_limits`: what a key may do, and how much."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError
from django.forms.models import model_to_dict

from keys import services
from keys.forms import ApiKeyForm
from keys.management.changes import ChangeCommand
from keys.management.options import add_limit_options, given, validated
from keys.models import ApiKey


class Command(ChangeCommand):
    help = "Change the limits, scopes, networks or end of a key. They hold everywhere within 2 s."

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        add_limit_options(parser, "without it, as it was")

    def change(self, actor: services.Actor, key: ApiKey, options: dict[str, Any]) -> str:
        wanted = given(options)
        if not wanted:
            raise CommandError("Nothing to change: name at least one limit.")
        as_it_was = model_to_dict(key, fields=ApiKeyForm.Meta.fields)
        as_it_was["scopes"] = key.scopes.split()
        form = ApiKeyForm(as_it_was | wanted, instance=ApiKey.objects.get(pk=key.pk))
        cleaned = validated(form)
        changed = services.change(actor, key, {name: cleaned[name] for name in wanted})
        return f"changed {', '.join(sorted(wanted))}." if changed else "was so already."
