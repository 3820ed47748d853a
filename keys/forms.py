"""What a key may be: the one validation behind the admin's pages and `create_key`."""

from __future__ import annotations

import unicodedata
import uuid
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from keys.models import ApiKey

if TYPE_CHECKING:
    ModelForm = forms.ModelForm[ApiKey]
else:
    ModelForm = forms.ModelForm  # takes no parameter at run time

UNPRINTABLE = {"Cc", "Cs", "Zl", "Zp"}  # control characters, lone surrogates, line and paragraph separators
LARGEST_LIMIT = 2**31 - 1


def refuse_unprintable(text: str) -> None:
    """Raise `ValidationError` where the text holds a character that would break a line of a list or a log."""
    if any(unicodedata.category(character) in UNPRINTABLE for character in text):
        raise ValidationError("Control characters and line breaks are not allowed.")


class ApiKeyForm(ModelForm):
    """A key's name, owner, calls a day and streams at once (0 to 2,147,483,647; empty is unlimited), and end."""

    name = forms.CharField(max_length=100, validators=[refuse_unprintable], help_text="Which bot or service uses it.")
    owner = forms.CharField(
        max_length=200, required=False, validators=[refuse_unprintable], help_text="Who answers for it."
    )
    daily_limit = forms.IntegerField(
        min_value=0,
        max_value=LARGEST_LIMIT,
        required=False,
        help_text="Calls per UTC day; empty means unlimited, 0 means none.",
    )

    stream_limit = forms.IntegerField(
        min_value=0,
        max_value=LARGEST_LIMIT,
        required=False,
        help_text="Streams that this server carries for it at once; empty means no limit of its own, 0 means none.",
    )

    class Meta:
        model = ApiKey
        fields = ["name", "owner", "daily_limit", "stream_limit", "expires_at"]


class NewApiKeyForm(ApiKeyForm):
    """A key that is not made yet: its end lies in the future."""

    def clean_expires_at(self) -> datetime | None:
        ends: datetime | None = self.cleaned_data["expires_at"]
        if ends is not None and ends <= timezone.now():
            raise ValidationError("This is in the past.")
        return ends


class OnePostForm(NewApiKeyForm):
    """The admin's form for a new key: it carries the key's id, so that sending it twice makes one key."""

    new_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4, required=False)

    def clean(self) -> dict[str, Any]:
        # Errors of a hidden field would be hidden with it: these are the form's own.
        cleaned = super().clean() or self.cleaned_data
        new_id = cleaned.get("new_id")
        if new_id is None:
            raise ValidationError("This form is out of date: open the page again.")
        if ApiKey.objects.filter(pk=new_id).exists():
            raise ValidationError("This key is already made; its key was shown once.")
        return cleaned
