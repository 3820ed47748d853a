"""The API's shapes: what is read from a query, and how domain objects look in JSON.

Answers are built by plain functions that name every field: what is not named here is never shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from rest_framework import serializers

from music import links
from music.domain import Attempt, Match, Track
from music.playback import CEILINGS, Stream
from music.sources import BUILDERS
from music.text import has_control_characters

MAX_QUERY = 200
MAX_PAGE = 100
LANGUAGES = re.compile(r"[a-z]{2,20}(,[a-z]{2,20}){0,9}")


class QueryField(serializers.CharField):
    """`q`: 1 to 200 characters after trimming, none of them a control character."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=MAX_QUERY, **options)

    def run_validation(self, data: Any = serializers.empty) -> Any:
        if isinstance(data, str) and has_control_characters(data):
            raise serializers.ValidationError("Control characters are not allowed.")
        return " ".join(super().run_validation(data).split())


class LanguageField(serializers.Field[Any, Any, Any, Any]):
    """`language`: an ordered wish such as `english,hindi`, as a tuple of lower-case names."""

    def to_internal_value(self, data: Any) -> tuple[str, ...]:
        wish = str(data).lower()
        if not LANGUAGES.fullmatch(wish):
            raise serializers.ValidationError("Expected names of languages, as in english,hindi.")
        return tuple(wish.split(","))


class SearchInput(serializers.Serializer[Any]):
    """What `/search` reads."""

    q = QueryField()
    type = serializers.ChoiceField(["track"], default="track")
    limit = serializers.IntegerField(min_value=1, max_value=50, default=10)
    page = serializers.IntegerField(min_value=1, max_value=MAX_PAGE, default=1)
    source = serializers.ChoiceField(["auto", "all", *BUILDERS], default="auto")  # type: ignore[assignment] # DRF takes it
    language = LanguageField(default=())


class StreamInput(serializers.Serializer[Any]):
    """What `/stream` reads; `q` becomes what it stands for."""

    q = QueryField()
    quality = serializers.ChoiceField(list(CEILINGS), default="auto")
    delivery = serializers.ChoiceField(["auto", "direct"], default="auto")
    language = LanguageField(default=())


class TrackInput(serializers.Serializer[Any]):
    """What `/tracks/<id>` reads."""

    id = serializers.CharField(max_length=80)

    def validate_id(self, value: str) -> links.TrackId:
        try:
            return links.track_id(value)
        except ValueError as error:
            raise serializers.ValidationError("Expected source:id, as in jiosaavn:5WXAlMNt.") from error


def track_json(track: Track) -> dict[str, Any]:
    """Track, as section 4 of the API's reference has it."""
    return {
        "id": track.id,
        "source": track.source,
        "title": track.title,
        "artist": track.artist,
        "artists": [{"id": artist.id, "name": artist.name} for artist in track.artists],
        "album": {"id": track.album.id, "title": track.album.title} if track.album else None,
        "duration": track.duration,
        "year": track.year,
        "language": track.language,
        "explicit": track.explicit,
        "thumbnail": track.thumbnail,
        "url": track.url,
        "isrc": track.isrc,
    }


def stream_json(stream: Stream) -> dict[str, Any]:
    """Stream: our link, what it plays, and the service's own link while it lives."""
    return {
        "url": stream.url,
        "delivery": stream.delivery,
        "mime": stream.mime,
        "codec": stream.codec,
        "bitrate": stream.bitrate,
        "size": stream.size,
        "expires_at": time_json(stream.expires_at),
        "direct_url": stream.direct_url,
        "direct_expires_at": time_json(stream.direct_expires_at),
    }


def match_json(match: Match) -> dict[str, Any]:
    """Match: how sure, of what was asked, and what else it could have been."""
    return {
        "score": match.score,
        "requested": track_json(match.requested) if match.requested else None,
        "alternatives": alternatives_json(match),
        "reason": match.reason,
    }


def alternatives_json(match: Match) -> list[dict[str, Any]]:
    """The next best candidates with their scores."""
    return [{"track": track_json(track), "score": score} for track, score in match.alternatives]


def attempts_json(attempts: Iterable[Attempt]) -> list[dict[str, Any]]:
    """Each step that was asked of a source; `ms` is its duration."""
    return [
        {"source": attempt.source, "outcome": attempt.outcome, "ms": attempt.ms, "detail": attempt.detail}
        for attempt in attempts
    ]


def time_json(moment: datetime | None) -> str | None:
    """RFC 3339 in UTC, to the second."""
    return None if moment is None else moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
