"""Bearer tokens: one held at a time, fetched by one thread at a time, and renewed where it is refused."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from threading import Lock

from music.deadline import Deadline
from music.sources.base import SourceTimeout
from music.sources.spotify.hosts import Host
from music.sources.spotify.shapes import Token
from music.wire import Answer

MARGIN = 60  # seconds before its end at which a token is held no longer
ASSUMED = 600  # seconds that a new token is held which says no end, or one that is past


class Tokens:
    """The token that is held; `fetch` gets a new one. Threads may share it."""

    def __init__(self, fetch: Callable[[Deadline], Token]) -> None:
        self._fetch = fetch
        self._held: Token | None = None
        self._fetching = Lock()

    @property
    def are_held(self) -> bool:
        """Whether a call needs no fetch."""
        return self._usable() is not None

    def offer(self, token: Token | None) -> None:
        """Hold a token that came along with something else, if it lives longer than the one that is held."""
        held, offered = self._held, _with_end(token) if token else None
        if offered and (held is None or offered.expires_at > held.expires_at):
            self._held = offered

    def get(self, deadline: Deadline, refused: str = "") -> str:
        """A token, if possible another than the refused one. Raises `SourceTimeout`, and what `fetch` raises."""
        if held := self._usable(refused):
            return held.value
        if not self._fetching.acquire(timeout=deadline.remaining()):
            raise SourceTimeout("no token in time")
        try:
            held = self._usable(refused)  # another thread may have fetched it meanwhile
            if held is None:
                held = self._held = _with_end(self._fetch(deadline))
            return held.value
        finally:
            self._fetching.release()

    def _usable(self, refused: str = "") -> Token | None:
        held = self._held
        is_usable = held is not None and held.expires_at - MARGIN > time.time() and held.value != refused
        return held if is_usable else None


def _with_end(token: Token) -> Token:
    """A token that has just come; one that would be over by then has an end that we cannot read."""
    now = time.time()
    return token if token.expires_at > now else replace(token, expires_at=now + ASSUMED)


class Bearer:
    """A host that is asked with a token."""

    def __init__(self, host: Host, tokens: Tokens, headers: Mapping[str, str] | None = None) -> None:
        self.host = host
        self.tokens = tokens
        self._headers = headers or {}

    def get(self, path: str, deadline: Deadline, params: Mapping[str, str] | None = None) -> Answer:
        """The answer to a GET; a refused token is renewed once."""
        token = self.tokens.get(deadline)
        answer = self._get(path, deadline, params or {}, token)
        if answer.status != 401:
            return answer
        return self._get(path, deadline, params or {}, self.tokens.get(deadline, token))

    def _get(self, path: str, deadline: Deadline, params: Mapping[str, str], token: str) -> Answer:
        headers = {**self._headers, "Authorization": f"Bearer {token}"}
        return self.host.get(path, deadline, params=params, headers=headers)
