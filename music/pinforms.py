"""What staff write about a wrong song: the forms behind the pages of reports and pins."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError

from music import pinning
from music.domain import Track
from music.inputs import LANGUAGE, MAX_LINK, MAX_QUERY
from music.models import MatchPin
from music.text import has_control_characters
from music.wishes import Wish

if TYPE_CHECKING:
    ModelForm = forms.ModelForm[MatchPin]
else:
    ModelForm = forms.ModelForm  # takes no parameter at run time

RIGHT_HELP = "The id of a track, as in jiosaavn:5WXAlMNt, or a link to one on JioSaavn, Spotify or YouTube."
LANGUAGE_HELP = "Only for calls that wish for this language most, as in tamil; empty means for all."
CHANGED_MEANWHILE = "Somebody else has changed this pin meanwhile: open the page again to see it as it is."


def one_line(text: str) -> None:
    """Raise `ValidationError` where the text holds control characters or line breaks."""
    if has_control_characters(text) or "\u2028" in text or "\u2029" in text:
        raise ValidationError("Control characters and line breaks are not allowed.")


class RightField(forms.CharField):
    """The one track that an id or a link names, as its service describes it now: cleaned to a `Track`.

    Of one that is `known` already nobody is asked: None.
    """

    known = ""

    def __init__(self, **options: Any) -> None:
        wide = forms.TextInput(attrs={"class": "vTextField", "autocomplete": "off"})
        super().__init__(label="Right track", max_length=MAX_LINK, help_text=RIGHT_HELP, widget=wide, **options)

    def clean(self, value: Any) -> Track | None:
        text = super().clean(value)
        one_line(text)
        try:
            return pinning.described(text) if text != self.known else None
        except pinning.PinRefused as error:
            raise ValidationError(str(error)) from error


def language_field() -> forms.RegexField:
    """For which language a pin is; "" is any."""
    return forms.RegexField(rf"\A{LANGUAGE}\Z", required=False, max_length=20, help_text=LANGUAGE_HELP)


def note_field(label: str) -> forms.CharField:
    """Why, for other staff."""
    wide = forms.TextInput(attrs={"class": "vTextField"})
    return forms.CharField(
        label=label, required=False, max_length=200, validators=[one_line], help_text="For other staff.", widget=wide
    )


class DecideForm(forms.Form):
    """What is right for what a report tells of."""

    right = RightField()
    language = language_field()
    note = note_field("Note")


class DismissForm(forms.Form):
    """Why things are left as they are."""

    why = note_field("Why")


class PinForm(ModelForm):
    """A pin: the wish it is for, what plays, and whether it holds.

    It knows which revision it shows. What was read of the texts is `wish` and, in the cleaned data, `right`.
    """

    request = forms.CharField(
        label="For",
        max_length=MAX_LINK,
        validators=[one_line],
        help_text="What callers ask for: words, or the id of a track, or a link to one.",
        widget=forms.TextInput(attrs={"class": "vTextField", "autocomplete": "off"}),
    )
    language = language_field()
    right = RightField()
    note = note_field("Note")
    as_read = forms.IntegerField(widget=forms.HiddenInput, required=False)

    wish: Wish

    class Meta:
        model = MatchPin
        fields = ["request", "language", "right", "note", "active"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self._is_new:
            return
        self.initial["as_read"] = self.instance.revision
        self.fields["right"].known = self.instance.right  # type: ignore[attr-defined]
        for name in ("request", "language"):
            self.fields[name].disabled = True

    def clean_request(self) -> str:
        text: str = self.cleaned_data["request"]
        if self.fields["request"].disabled:
            self.wish = Wish(self.instance.kind, text)  # type: ignore[arg-type] # one of the two choices
            return text
        try:
            self.wish = pinning.wished(text)
        except pinning.PinRefused as error:
            raise ValidationError(str(error)) from error
        if self.wish.kind == "words" and len(text) > MAX_QUERY:
            raise ValidationError(f"At most {MAX_QUERY} characters, where it is not a link.")
        return self.wish.name

    def clean(self) -> dict[str, Any]:
        # Errors of a hidden field would be hidden with it: these are the form's own.
        cleaned = super().clean() or self.cleaned_data
        if not self._is_new:
            if cleaned.get("as_read") != self.instance.revision:
                raise ValidationError(CHANGED_MEANWHILE)
        elif "request" in cleaned and "language" in cleaned:
            self._meet(pinning.pin_of(self.wish, cleaned["language"]))
        return cleaned

    def _post_clean(self) -> None:
        """Nothing: the row is written by `music.pinning`, and `right` is a track here, where the row has its id."""

    @property
    def _is_new(self) -> bool:
        return self.instance._state.adding

    def _meet(self, known: MatchPin | None) -> None:
        """One that holds is changed on its own page; one that does not is pinned anew."""
        if known is not None and known.active:
            raise ValidationError("There is a pin for this already: change that one.")
        self.cleaned_data["as_read"] = known.revision if known is not None else 0
