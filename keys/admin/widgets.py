"""Inputs of the admin whose parts each have a name that is said aloud."""

from __future__ import annotations

from typing import Any

from django.contrib.admin.widgets import AdminSplitDateTime


class NamedSplitDateTime(AdminSplitDateTime):
    """A date and a time: Django's own names the two together only."""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """As Django's, with an `aria-label` for each part."""
        context = super().get_context(name, value, attrs)
        for part, told in zip(context["widget"]["subwidgets"], ("Date", "Time"), strict=True):
            part["attrs"]["aria-label"] = f"{told} (UTC)"
        return context
