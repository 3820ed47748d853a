"""What is read from a path and a query: the parameters of each route, checked."""

from __future__ import annotations

import re
from typing import Any

from rest_framework import serializers

from music import links
from music.playback import CEILINGS
from music.sources import BUILDERS
from music.text import has_control_characters

MAX_QUERY = 200
MAX_LINK = 2000
MAX_PREFETCH = 25
MAX_PAGE = 100
MAX_NOTE = 500
PASTED_SPACE = re.compile(r"[\t\r\n]+")
LANGUAGE = r"[a-z]{2,20}"
LANGUAGES = re.compile(rf"{LANGUAGE}(,{LANGUAGE}){{0,9}}")


class QueryField(serializers.CharField):
    """Typed text, 1 to `max_length` characters after trimming, none of them a control character."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"max_length": MAX_QUERY, **options})

    def run_validation(self, data: Any = serializers.empty) -> Any:
        if isinstance(data, str):
            data = PASTED_SPACE.sub(" ", data)  # what apps share, and people paste, has lines
            if has_control_characters(data):
                raise serializers.ValidationError("Control characters are not allowed.")
        return " ".join(super().run_validation(data).split())


class LanguageField(serializers.Field[Any, Any, Any, Any]):
    """`language`: an ordered wish such as `english,hindi`, as a tuple of lower-case names."""

    def to_internal_value(self, data: Any) -> tuple[str, ...]:
        wish = str(data).strip().lower()
        if not wish:
            return ()  # clients send an option that is not set as an empty one
        if not LANGUAGES.fullmatch(wish):
            raise serializers.ValidationError("Expected names of languages, as in english,hindi.")
        return tuple(wish.split(","))


class IdField(serializers.CharField):
    """`id`: `source:native`, as a `TrackId`."""

    def to_internal_value(self, data: Any) -> Any:
        try:
            return links.track_id(super().to_internal_value(data))
        except ValueError as error:
            raise serializers.ValidationError("Expected source:id, as in jiosaavn:5WXAlMNt.") from error


class Paged(serializers.Serializer[Any]):
    """`page` and `limit` of every list."""

    limit = serializers.IntegerField(min_value=1, max_value=50, default=10)
    page = serializers.IntegerField(min_value=1, max_value=MAX_PAGE, default=1)


class SearchInput(Paged):
    """What `/search` reads."""

    q = QueryField()
    type = serializers.ChoiceField(["track", "album", "playlist", "artist"], default="track")
    source = serializers.ChoiceField(["auto", "all", *BUILDERS], default="auto")  # type: ignore[assignment] # DRF takes it
    language = LanguageField(default=())
    prefetch = serializers.BooleanField(default=False)  # resolve the first hit ahead


class PrefetchInput(serializers.Serializer[Any]):
    """What `/prefetch` reads: the body's `queries`, each a name, an id or a link as in `/stream`."""

    queries = serializers.ListField(child=QueryField(max_length=MAX_LINK), min_length=1, max_length=MAX_PREFETCH)
    quality = serializers.ChoiceField(list(CEILINGS), default="auto")
    language = LanguageField(default=())


class ToldField(QueryField):
    """Text of a JSON body, which may be left out or null: a number is not taken for one."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"required": False, "allow_null": True, "allow_blank": True, "default": "", **options})

    def run_validation(self, data: Any = serializers.empty) -> Any:
        if data is not serializers.empty and data is not None and not isinstance(data, str):
            raise serializers.ValidationError("Expected text.")
        return super().run_validation("" if data is None else data)


class ReportInput(serializers.Serializer[Any]):
    """What `/report` reads: what was asked for as the bot sent it, the track that was given, and the right one."""

    requested = ToldField(
        max_length=MAX_LINK, required=True, allow_null=False, allow_blank=False, default=serializers.empty
    )
    given = ToldField(
        max_length=MAX_LINK, required=True, allow_null=False, allow_blank=False, default=serializers.empty
    )
    right = ToldField(max_length=MAX_LINK)
    note = ToldField(max_length=MAX_NOTE)


class PlaybackInput(serializers.Serializer[Any]):
    """What every route that answers a link to audio reads."""

    quality = serializers.ChoiceField(list(CEILINGS), default="auto")
    delivery = serializers.ChoiceField(["auto", "direct", "proxy"], default="auto")


class StreamInput(PlaybackInput):
    """What `/stream` reads: `q` is a name, an id or a link."""

    q = QueryField(max_length=MAX_LINK)
    language = LanguageField(default=())


class IdInput(serializers.Serializer[Any]):
    """What routes of one track read."""

    id = IdField()


class IdStreamInput(PlaybackInput, IdInput):
    """What `/tracks/<id>/stream` reads."""


class IdListInput(Paged, IdInput):
    """What `/albums/<id>`, `/playlists/<id>` and `/artists/<id>` read."""


class RelatedInput(IdInput):
    """What `/tracks/<id>/related` reads."""

    limit = serializers.IntegerField(min_value=1, max_value=50, default=10)


class LookupInput(serializers.Serializer[Any]):
    """What `/lookup` reads."""

    url = QueryField(max_length=MAX_LINK)


class SuggestInput(serializers.Serializer[Any]):
    """What `/suggest` reads; an empty `q` asks for what trends."""

    q = QueryField(allow_blank=True, default="")
    limit = serializers.IntegerField(min_value=1, max_value=50, default=15)


class TrendingInput(serializers.Serializer[Any]):
    """What `/trending` reads."""

    language = LanguageField(default=())
    limit = serializers.IntegerField(min_value=1, max_value=50, default=20)
