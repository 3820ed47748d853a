"""The description of the one route that takes no key: the stable links that `stream` hands out.

Its answers are no JSON, and a HEAD is answered in its own right, which is more than the other routes' description
(`flaks.schema`) is made of.
"""

from __future__ import annotations

from typing import Any

from flaks.problems import CONTENT_TYPE
from flaks.shapes import COUNT, TEXT, Shape, ref

TOKEN: Shape = {"type": "string", "pattern": "^[A-Za-z0-9_-]{40,200}$"}
NAME: Shape = {"type": "string", "pattern": r"^[^/]+\.m4a$"}
RANGE: Shape = {"type": "string", "example": "bytes=0-1023"}
LENGTH_ONLY: Shape = {"type": "string", "pattern": r"^bytes \*/\d+$"}
PART: Shape = {"type": "string", "pattern": r"^bytes \d+-\d+/\d+$"}
TAG: Shape = {"type": "string", "pattern": '^"[0-9a-f]+"$'}
NEVER_STORED: Shape = {"const": "no-store"}
AUDIO: Shape = {"audio/*": {}}  # of bytes OpenAPI 3.1 says no more than their type
PROBLEM: Shape = {CONTENT_TYPE: {"schema": ref("Problem")}}

SUMMARY = "The audio of a song, or the way to it"
DESCRIPTION = """\
`stream.url` of an answer of `stream`, to be opened as it is, without a key, as often as a player likes until
`stream.expires_at`. `stream.delivery` tells what comes: where it is `redirect` or `direct`, 302 to the
service's own link; where it is `proxy`, the audio. A name behind the token is for players that
show it, and is ignored."""

REFUSALS: dict[str, tuple[str, Shape]] = {
    "400": ("The request has a body, or cannot be read.", {}),
    "404": ("The link is not one of ours, or its key is off (`link_invalid`); or the song cannot be played.", {}),
    "410": ("The link has expired; ask `stream` for the song again.", {}),
    "500": ("Something went wrong on our side.", {}),
    "503": ("The song's source, or the database, does not answer as it should.", {"Retry-After": COUNT}),
}


def with_links(result: dict[str, Any], **_given: Any) -> dict[str, Any]:
    """drf-spectacular's hook: the description, and in it the routes of the links."""
    token, name = _in("path", "token", TOKEN), _in("path", "name", NAME)
    links = {"/play/{token}": _route("play", [token]), "/play/{token}/{name}": _route("play_named", [token, name])}
    return result | {"paths": result["paths"] | links}


def _route(name: str, in_path: list[Shape]) -> Shape:
    told = {"tags": ["play"], "summary": SUMMARY, "description": DESCRIPTION, "security": []}
    always = [*in_path, _in("header", "If-Match", TEXT), _in("header", "If-None-Match", TEXT)]
    ranged = [*always, _in("header", "Range", RANGE), _in("header", "If-Range", TEXT)]
    return {
        "get": {"operationId": name, **told, "parameters": ranged, "responses": _answers_to_get()},
        "head": {"operationId": f"{name}_head", **told, "parameters": always, "responses": _answers_to_head()},
    }


def _in(where: str, name: str, shape: Shape) -> Shape:
    return {"in": where, "name": name, "required": where == "path", "schema": shape}


def _answers_to_get() -> Shape:
    return {
        "200": _answer("The whole of the audio.", _audio(), AUDIO),
        "206": _answer("The range of it that was asked for.", _audio(**{"Content-Range": PART}), AUDIO),
        **_without_body(),
        "416": _answer("The range begins behind the end of the audio.", {"Content-Range": LENGTH_ONLY}, PROBLEM),
        "429": _answer("As many streams run as may at once: `too_many_streams`.", {"Retry-After": COUNT}, PROBLEM),
        **{status: _answer(*said, PROBLEM) for status, said in REFUSALS.items()},
    }


def _answers_to_head() -> Shape:
    """A HEAD takes no place of a stream and heeds no range."""
    refusals = {status: _answer(*said) for status, said in REFUSALS.items()}
    return {"200": _answer("What a GET of the whole would say.", _audio()), **_without_body(), **refusals}


def _audio(**more: Shape) -> Shape:
    kept = {"ETag": TAG, "Accept-Ranges": {"const": "bytes"}, "Cache-Control": NEVER_STORED}
    return {"Content-Length": COUNT, "Content-Disposition": TEXT, **kept, **more}


def _without_body() -> Shape:
    to_service = {"Location": TEXT, "Cache-Control": NEVER_STORED, "Content-Disposition": TEXT}
    return {
        "302": _answer("To the service's own link, which has 60 s or more left.", to_service),
        "304": _answer("The audio is what `If-None-Match` names.", {"ETag": TAG, "Cache-Control": NEVER_STORED}),
        "412": _answer("The audio is not what `If-Match` names."),
    }


def _answer(described: str, headers: Shape | None = None, content: Shape | None = None) -> Shape:
    told: Shape = {"description": described}
    if headers:
        told["headers"] = {name: {"required": True, "schema": shape} for name, shape in headers.items()}
    return told | ({"content": content} if content else {})
