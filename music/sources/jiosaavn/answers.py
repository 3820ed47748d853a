"""What an answer of JioSaavn is before its rows are read: JSON, a refusal, a firewall's page, or nothing. Pure."""

from __future__ import annotations

from typing import Any

from flaks import jsontext
from music.sources.base import BadAnswer, SourceBlocked, SourceRateLimited


class Refused(BadAnswer):
    """The service takes exception to what was asked, as it does for ids of a form that it does not give out."""


def decoded(status: int, body: bytes) -> Any:
    """The JSON of an answer.

    Raises `SourceRateLimited` on 429; `SourceBlocked` on 403, 451 and on a page in place of JSON, which is how the
    service's firewall answers; `Refused` where the service names an input that it does not take; `BadAnswer` on
    anything else that is not JSON. The Content-Type is no help: the service sends JSON as text/html.
    """
    if status == 429:
        raise SourceRateLimited("HTTP 429")
    if status in (403, 451) or body.lstrip()[:1] == b"<":
        raise SourceBlocked(f"HTTP {status}" if status != 200 else "a page in place of an answer")
    if status != 200:
        raise BadAnswer(f"HTTP {status}")
    try:
        answer = jsontext.read(body)
    except ValueError as error:
        raise BadAnswer("not JSON" if body.strip() else "an empty body") from error
    if isinstance(answer, dict) and answer.get("error"):
        raise _reported(answer["error"])
    return answer


def _reported(error: Any) -> BadAnswer:
    code = error.get("code") if isinstance(error, dict) else ""
    if isinstance(code, str) and code.startswith("INPUT_"):
        return Refused("the service refused the input")
    return BadAnswer("the service reported an error")
