"""What staff are asked before a key, or many, are disabled, enabled, rotated, revoked or given other limits."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError

from keys.forms import LARGEST_BURST, LARGEST_LIMIT, RevisionField, refuse_above, refuse_unprintable

OUT_OF_DATE = "This form is out of date: open the page again."
LONGEST_DAYS = 36_500


class AskForm(forms.Form):
    """Whether staff are sure; it knows which revision of the key they were shown."""

    as_read = RevisionField()

    def clean(self) -> dict[str, Any]:
        # An error of a hidden field would be hidden with it: this is the form's own.
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("as_read") is None:
            raise ValidationError(OUT_OF_DATE)
        return cleaned


class ReasonForm(forms.Form):
    """Why a key is revoked."""

    reason = forms.CharField(max_length=200, validators=[refuse_unprintable], help_text="It is kept with the key.")


class RevokeForm(AskForm, ReasonForm):
    """Why a key is revoked, asked on a page."""


class RotateForm(AskForm):
    """For how long the old key lives beside its successor."""

    grace = forms.ChoiceField(help_text="For so long the old key still opens, beside the new one.")

    def __init__(self, *args: Any, graces: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = {"0": "none: it ends at once", "1h": "an hour", "24h": "a day", "7d": "a week"}
        self.fields["grace"].choices = [(grace, named[grace]) for grace in graces]  # type: ignore[attr-defined]


class NothingForm(forms.Form):
    """Asks nothing: whether staff are sure is said by sending it."""


class ExtendForm(forms.Form):
    """By how many days keys live longer."""

    days = forms.IntegerField(
        min_value=1,
        max_value=LONGEST_DAYS,
        initial=30,
        help_text="From the present end of each key, or from now where that is over. What never ends stays so.",
    )


class LimitForm(forms.Form):
    """One limit, for all."""

    limit = forms.ChoiceField(choices=[("daily_limit", "calls per UTC day"), ("burst_limit", "calls per second")])
    value = forms.IntegerField(min_value=0, max_value=LARGEST_LIMIT, required=False, help_text="Empty means unlimited.")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if "limit" in cleaned and "value" in cleaned:
            self._refuse(cleaned["limit"], cleaned["value"])
        return cleaned

    def _refuse(self, limit: str, value: int | None) -> None:
        bounds = {"daily_limit": settings.FLAKS_KEY_DAILY_LIMIT_MAX, "burst_limit": settings.FLAKS_KEY_BURST_MAX}
        try:
            refuse_above(value, bounds[limit])
            if limit == "burst_limit" and value is not None and not 1 <= value <= LARGEST_BURST:
                raise ValidationError(f"From 1 to {LARGEST_BURST}.")
        except ValidationError as error:
            self.add_error("value", error)
