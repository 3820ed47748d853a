"""Calls JioSaavn's `api.php`, and knows whether its silence can be believed."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, Literal, TypeVar
from urllib.parse import urlencode

from music.deadline import Deadline
from music.sources.base import SILENCED_FOR, NotFound, SourceBlocked
from music.sources.jiosaavn.answers import Refused, decoded
from music.upstream import Upstream

Result = TypeVar("Result")

CANARY = "love"  # in every region's catalogue
CANARY_LIFE = 300  # seconds


class Calls:
    """The calls of one service; `languages` go with each as a preference."""

    def __init__(self, upstream: Upstream, languages: tuple[str, ...] = ()) -> None:
        self.upstream = upstream
        self._cookie = f"L={','.join(languages)}" if languages else ""
        self._canary_sang_at = -float(CANARY_LIFE)

    def ask(
        self,
        name: str,
        given: Mapping[str, str],
        deadline: Deadline,
        *,
        method: Literal["get", "post"] = "get",
        context: str = "web6dot0",
    ) -> Any:
        """The decoded answer to a call. Raises `SourceError`."""
        address = f"{self.upstream.base_url}/api.php"
        headers = {"Cookie": self._cookie} if self._cookie else {}
        if method == "post":
            answer = self.upstream.post(address, deadline, data={**_fixed(name, context), **given}, headers=headers)
        else:
            url = f"{address}?{_fixed_query(name, context)}"
            answer = self.upstream.get(url, deadline, params=given, headers=headers)
        return decoded(answer.status, answer.body)

    def look_up(self, name: str, given: Mapping[str, str], deadline: Deadline, read: Callable[[Any], Result]) -> Result:
        """What `read` makes of the answer to a call for one thing by its id. Raises `NotFound`, once that is sure."""
        try:
            found = read(self.ask(name, given, deadline))
        except (NotFound, Refused) as error:
            self.heard(False, deadline)
            raise NotFound(str(error)) from error
        if found:
            self.heard(True, deadline)
        return found

    def heard(self, something: bool, deadline: Deadline) -> None:
        """Note whether a well-formed answer held anything.

        The service's firewall answers some addresses with nothing, whatever is asked: nothing is believed only where
        something was heard lately. Raises `SourceBlocked` otherwise.
        """
        if something:
            self._canary_sang_at = time.monotonic()
        elif time.monotonic() - self._canary_sang_at > CANARY_LIFE:
            self.ask_canary(deadline)

    def ask_canary(self, deadline: Deadline) -> None:
        """Search for a word that is in many songs. Raises `SourceBlocked` where it is in none."""
        answer = self.ask("search.getResults", {"q": CANARY, "p": "1", "n": "1"}, deadline)
        if not isinstance(answer, dict) or not answer.get("results"):
            raise SourceBlocked("zero results, for a word that has many too", SILENCED_FOR)
        self._canary_sang_at = time.monotonic()


def _fixed(name: str, context: str) -> dict[str, str]:
    return {"__call": name, "_format": "json", "_marker": "0", "api_version": "4", "ctx": context}


@cache
def _fixed_query(name: str, context: str) -> str:
    return urlencode(_fixed(name, context))
