"""The shapes of the API's answers, as JSON Schema: the components of its OpenAPI description. Pure.

Every member is required and no other is allowed, so that a test that compares answers with these cannot pass by chance.
"""

from __future__ import annotations

from typing import Any

Shape = dict[str, Any]

TEXT: Shape = {"type": "string"}
FLAG: Shape = {"type": "boolean"}
COUNT: Shape = {"type": "integer", "minimum": 0}
COUNT_OR_NULL: Shape = {"type": ["integer", "null"], "minimum": 0}
TEXT_OR_NULL: Shape = {"type": ["string", "null"]}
TIME: Shape = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$"}
TIME_OR_NULL: Shape = {"anyOf": [TIME, {"type": "null"}]}
SHARE: Shape = {"type": "number", "minimum": 0, "maximum": 1}
SOURCE: Shape = {"enum": ["jiosaavn", "spotify", "youtube"]}
ID: Shape = {"type": "string", "pattern": "^(jiosaavn|spotify|youtube):[A-Za-z0-9_,-]{1,64}$"}
KINDS = ("track", "album", "playlist", "artist")


def ref(name: str) -> Shape:
    """The component of that name."""
    return {"$ref": f"#/components/schemas/{name}"}


def or_null(shape: Shape) -> Shape:
    """The shape, or null."""
    return {"anyOf": [shape, {"type": "null"}]}


def listed(shape: Shape) -> Shape:
    """A list of the shape."""
    return {"type": "array", "items": shape}


def members(**shapes: Shape) -> Shape:
    """An object of exactly these members."""
    return {"type": "object", "properties": shapes, "required": list(shapes), "additionalProperties": False}


REFERENCE = members(id=TEXT, name=TEXT)
DESCRIBED = {"id": ID, "source": SOURCE, "title": TEXT, "thumbnail": TEXT, "url": TEXT}
WORK = {"artist": TEXT, "artists": listed(REFERENCE), "year": COUNT_OR_NULL, "language": TEXT, "explicit": FLAG}
TOLD = {"attempts": listed(ref("Attempt")), "cached": FLAG, "stale": FLAG}
ALBUM = {**DESCRIBED, **WORK, "total": COUNT_OR_NULL}
PLAYLIST = {**DESCRIBED, "owner": TEXT, "total": COUNT_OR_NULL}
ARTIST = {"id": ID, "source": SOURCE, "name": TEXT, "thumbnail": TEXT, "url": TEXT}
PAGED = {"page": COUNT, "has_more": FLAG, "total": COUNT_OR_NULL}
TRACKS = {"tracks": listed(ref("Track")), **PAGED, "truncated": FLAG, **TOLD}

COMPONENTS: dict[str, Shape] = {
    "Track": members(
        **DESCRIBED,
        **WORK,
        album=or_null(members(id=TEXT, title=TEXT)),
        duration=COUNT,
        isrc=TEXT_OR_NULL,
    ),
    "Album": members(**ALBUM),
    "Playlist": members(**PLAYLIST),
    "Artist": members(**ARTIST),
    "Attempt": members(
        source=TEXT,
        outcome={"enum": ["ok", "no_match", "blocked", "rate_limited", "timeout", "error", "skipped"]},
        ms=COUNT,
        detail=TEXT,
    ),
    "Alternative": members(track=ref("Track"), score=SHARE),
    "Match": members(
        score=SHARE, requested=or_null(ref("Track")), alternatives=listed(ref("Alternative")), reason=TEXT
    ),
    "Stream": members(
        url=TEXT,
        delivery={"enum": ["direct", "redirect", "proxy"]},
        mime=TEXT,
        codec=TEXT,
        bitrate=COUNT,
        size=COUNT_OR_NULL,
        expires_at=TIME_OR_NULL,
        direct_url=TEXT,
        direct_expires_at=TIME_OR_NULL,
    ),
    "Problem": {
        "type": "object",
        "properties": {
            "type": TEXT,
            "title": TEXT,
            "status": {"type": "integer", "minimum": 400, "maximum": 599},
            "detail": TEXT,
            "code": {"type": "string", "pattern": "^[a-z_]+$"},
            "request_id": TEXT,
            "parameter": TEXT,
            "reason": TEXT,
            "attempts": listed(ref("Attempt")),
            "alternatives": listed(ref("Alternative")),
            "violated-policies": listed(TEXT),
        },
        "required": ["type", "title", "status", "detail", "code", "request_id"],
    },
    "SearchAnswer": members(
        query=TEXT,
        type={"enum": list(KINDS)},
        source={"enum": ["auto", "all", "jiosaavn", "spotify", "youtube"]},
        answered_by=TEXT,
        results=listed({"anyOf": [ref(kind.capitalize()) for kind in KINDS]}),
        **PAGED,
        **TOLD,
    ),
    "StreamAnswer": members(
        track=ref("Track"), stream=ref("Stream"), match=ref("Match"), answered_by=TEXT, **TOLD, elapsed_ms=COUNT
    ),
    "LookupAnswer": {
        "oneOf": [members(kind={"const": kind}, **{kind: ref(kind.capitalize())}, **TOLD) for kind in KINDS]
    },
    "RelatedAnswer": members(results=listed(ref("Track")), attempts=listed(ref("Attempt"))),
    "TracksAnswer": members(results=listed(ref("Track")), **TOLD),
    "LyricsAnswer": members(
        track=TEXT, plain=TEXT, synced=TEXT, instrumental=FLAG, source=TEXT, attempts=listed(ref("Attempt"))
    ),
    "AlbumAnswer": members(**{**ALBUM, **TRACKS}),
    "PlaylistAnswer": members(**{**PLAYLIST, **TRACKS}),
    "ArtistAnswer": members(**{**ARTIST, **TRACKS}),
    "PrefetchAnswer": members(accepted=COUNT, skipped=listed(members(query=TEXT, code=TEXT))),
    "ReportAnswer": members(id=TEXT, state={"enum": ["open", "pinned", "dismissed"]}, times=COUNT),
    "SourcesAnswer": members(
        results=listed(
            members(
                source=SOURCE,
                state={"enum": ["up", "degraded", "blocked", "down", "off"]},
                p50_ms=COUNT_OR_NULL,
                p95_ms=COUNT_OR_NULL,
                success={"type": ["number", "null"], "minimum": 0, "maximum": 1},
                calls=COUNT,
                last_success=TIME_OR_NULL,
                last_canary=TIME_OR_NULL,
                reason=TEXT,
            )
        )
    ),
    "UsageAnswer": members(
        key=members(
            name=TEXT, hint=TEXT, scopes=listed({"enum": ["search", "stream", "metadata"]}), expires_at=TIME_OR_NULL
        ),
        limit=COUNT_OR_NULL,
        used=COUNT,
        remaining=COUNT_OR_NULL,
        reset=TIME,
        days=listed(members(day={"type": "string", "format": "date"}, calls=COUNT, used=COUNT)),
    ),
}
# Which of them a route answers, by its name.
ANSWERS = {
    "search": "SearchAnswer",
    "stream": "StreamAnswer",
    "track-stream": "StreamAnswer",
    "lookup": "LookupAnswer",
    "track": "Track",
    "track-related": "RelatedAnswer",
    "track-lyrics": "LyricsAnswer",
    "album": "AlbumAnswer",
    "playlist": "PlaylistAnswer",
    "artist": "ArtistAnswer",
    "suggest": "TracksAnswer",
    "trending": "TracksAnswer",
    "prefetch": "PrefetchAnswer",
    "report": "ReportAnswer",
    "sources": "SourcesAnswer",
    "usage": "UsageAnswer",
}
