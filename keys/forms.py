"""What a key may be: the one validation behind the admin's pages and the commands."""

from __future__ import annotations

import unicodedata
import uuid
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone

from keys.models import SCOPES, ApiKey
from keys.networks import normalized

if TYPE_CHECKING:
    ModelForm = forms.ModelForm[ApiKey]
else:
    ModelForm = forms.ModelForm  # takes no parameter at run time

UNPRINTABLE = {"Cc", "Cs", "Zl", "Zp"}  # control characters, lone surrogates, line and paragraph separators
LARGEST_LIMIT = 2**31 - 1
LARGEST_BURST = 100_000
CHANGED_MEANWHILE = "Somebody else has changed this key meanwhile: open the page again to see it as it is."


def refuse_unprintable(text: str) -> None:
    """Raise `ValidationError` where the text holds a character that would break a line of a list or a log."""
    if any(unicodedata.category(character) in UNPRINTABLE for character in text):
        raise ValidationError("Control characters and line breaks are not allowed.")


def refuse_unprintable_lines(text: str) -> None:
    """As `refuse_unprintable`, of a text that may have lines."""
    refuse_unprintable(text.replace("\r\n", "").replace("\n", "").replace("\t", ""))


def refuse_above(limit: int | None, most: int | None) -> None:
    """Raise `ValidationError` where a limit (None is unlimited) lies above the settings' bound (None is no bound)."""
    if most is not None and (limit is None or limit > most):
        raise ValidationError(f"At most {most}.")


class ScopesField(forms.MultipleChoiceField):
    """Some of the scopes, at least one; cleaned to their names in one order, separated by spaces."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=[(scope, scope) for scope in SCOPES], **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return value.split() if isinstance(value, str) else value

    def clean(self, value: Any) -> str:
        chosen = super().clean(self.prepare_value(value))
        return " ".join(scope for scope in SCOPES if scope in chosen)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), data)


class NetworksField(forms.CharField):
    """Networks from which a key opens; cleaned to one a line."""

    widget = forms.Textarea(attrs={"rows": 4})

    def clean(self, value: Any) -> str:
        try:
            return normalized(super().clean(value))
        except ValueError as error:
            raise ValidationError(str(error)) from error


class LimitsForm(ModelForm):
    """How much a key may: calls a UTC day (empty is unlimited, 0 none) and a second.

    What is changed, or new, lies within the upper bounds of the settings.
    """

    daily_limit = forms.IntegerField(
        min_value=0,
        max_value=LARGEST_LIMIT,
        required=False,
        help_text="Calls per UTC day; empty means unlimited, 0 means none.",
    )
    burst_limit = forms.IntegerField(
        min_value=1, max_value=LARGEST_BURST, required=False, help_text="Calls per second; empty means unlimited."
    )

    class Meta:
        model = ApiKey
        fields = ["daily_limit", "burst_limit"]

    def clean_daily_limit(self) -> int | None:
        return self._bounded("daily_limit", settings.FLAKS_KEY_DAILY_LIMIT_MAX)

    def clean_burst_limit(self) -> int | None:
        return self._bounded("burst_limit", settings.FLAKS_KEY_BURST_MAX)

    def _bounded(self, name: str, most: int | None) -> int | None:
        value: int | None = self.cleaned_data[name]
        if not self._is_as_it_was(name, value):
            refuse_above(value, most)
        return value

    def _is_as_it_was(self, name: str, value: Any) -> bool:
        return not self.instance._state.adding and getattr(self.instance, name) == value


class ApiKeyForm(LimitsForm):
    """Who a key is for, and what it may: limits, streams, scopes, addresses and end."""

    name = forms.CharField(max_length=100, validators=[refuse_unprintable], help_text="Which bot or service uses it.")
    owner = forms.CharField(
        max_length=200, required=False, validators=[refuse_unprintable], help_text="Who answers for it."
    )
    contact = forms.CharField(
        max_length=200, required=False, validators=[refuse_unprintable], help_text="How to reach them."
    )
    notes = forms.CharField(
        max_length=2000,
        required=False,
        validators=[refuse_unprintable_lines],
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="For staff; callers never see it.",
    )
    scopes = ScopesField(help_text="Search and suggestions; songs that play; everything that is told of a song.")
    addresses = NetworksField(
        max_length=5000,
        required=False,
        help_text="Addresses or networks from which it opens, as in 203.0.113.0/24 or 2001:db8::/32; empty means any.",
    )

    stream_limit = forms.IntegerField(
        min_value=0,
        max_value=LARGEST_LIMIT,
        required=False,
        help_text="Streams that this server carries for it at once; empty means no limit of its own, 0 means none.",
    )

    class Meta(LimitsForm.Meta):
        fields = [
            "name",
            "owner",
            "contact",
            "notes",
            "daily_limit",
            "burst_limit",
            "stream_limit",
            "scopes",
            "addresses",
            "expires_at",
        ]

    def clean_expires_at(self) -> datetime | None:
        ends: datetime | None = self.cleaned_data["expires_at"]
        days = settings.FLAKS_KEY_DAYS_MAX
        if days is None or self._is_as_it_was("expires_at", ends):
            return ends
        # A form that was open for a minute may still carry the latest end that there was when it was opened.
        if ends is None or ends > timezone.now() + timedelta(days=days, minutes=5):
            raise ValidationError(f"At most {days} days from now.")
        return ends


class RevisionField(forms.IntegerField):
    """Which revision of a key a form shows; nobody changes it."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.HiddenInput, required=False, **kwargs)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return False


class AsReadForm(LimitsForm):
    """A form of a key that is there: it knows which revision it shows, and refuses to change another."""

    as_read = RevisionField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["as_read"] = self.instance.revision

    def clean(self) -> dict[str, Any]:
        # An error of a hidden field would be hidden with it: this is the form's own.
        cleaned = super().clean() or self.cleaned_data
        if self._changes() and cleaned.get("as_read") != self.instance.revision:
            raise ValidationError(CHANGED_MEANWHILE)
        return cleaned

    def _changes(self) -> bool:
        return True


class ChangeKeyForm(AsReadForm, ApiKeyForm):
    """The admin's form for a key that is there."""


class RowForm(AsReadForm):
    """The limits of a key in a row of the list. What counts as changed is what differs from what the row showed."""

    daily_limit = forms.IntegerField(
        min_value=0, max_value=LARGEST_LIMIT, required=False, show_hidden_initial=True, label="Calls a day"
    )
    burst_limit = forms.IntegerField(
        min_value=1, max_value=LARGEST_BURST, required=False, show_hidden_initial=True, label="Calls a second"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.Meta.fields:
            field = self.fields[name]
            field.disabled = self.instance.revoked_at is not None
            told = f"{field.label}, of {self.instance}"
            field.widget.attrs |= {"aria-label": told, "placeholder": "∞", "title": f"{told}; empty means unlimited"}

    def _changes(self) -> bool:
        return self.has_changed()

    def _is_as_it_was(self, name: str, value: Any) -> bool:
        return name not in self.changed_data


class NewApiKeyForm(ApiKeyForm):
    """A key that is not made yet: its end lies in the future."""

    def clean_expires_at(self) -> datetime | None:
        ends = super().clean_expires_at()
        if ends is not None and ends <= timezone.now():
            raise ValidationError("This is in the past.")
        return ends


class OnePostForm(NewApiKeyForm):
    """The admin's form for a new key: it carries the key's id, so that sending it twice makes one key."""

    new_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {**defaults(timezone.now()), **self.initial}

    def clean(self) -> dict[str, Any]:
        # Errors of a hidden field would be hidden with it: these are the form's own.
        cleaned = super().clean() or self.cleaned_data
        new_id = cleaned.get("new_id")
        if new_id is None:
            raise ValidationError("This form is out of date: open the page again.")
        if ApiKey.objects.filter(pk=new_id).exists():
            raise ValidationError("This key is already made; its key was shown once.")
        return cleaned


def defaults(now: datetime) -> dict[str, Any]:
    """The limits that a new key has where nobody says otherwise, from the settings."""
    days = settings.FLAKS_KEY_DAYS
    return {
        "daily_limit": settings.FLAKS_KEY_DAILY_LIMIT,
        "burst_limit": settings.FLAKS_KEY_BURST,
        "scopes": " ".join(SCOPES),
        "expires_at": None if days is None else (now + timedelta(days=days)).replace(microsecond=0),
    }
