"""Bearer tokens: one held at a time, fetched by one thread at a time, and renewed where it is refused."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from threading import Lock

from music.deadline import Deadline
from music.sources.base import SourceTimeout
from music.sources.spotify.hosts import Host
from music.sources.spotify.shapes import Token
from music.upstream import Answer

MARGIN = 60  # seconds before its end at which a token is held no longer


class Tokens:
    """The token that is held; `fetch` gets a new one. Threads may share it."""

    def __init__(self, fetch: Callable[[Deadline], Token]) -> None:
        self._fetch = fetch
        self._held: Token | None = None
        self._fetching = Lock()

    @property
    def are_held(self) -> bool:
        """Whether a call needs no fetch."""
        held = self._held
        return held is not None and held.expires_at - MARGIN > time.time()

    def offer(self, token: Token | None) -> None:
        """Hold a token that came along with something else, if it lives longer than the one that is held."""
        held = self._held
        if token and (held is None or token.expires_at > held.expires_at):
            self._held = token

    def get(self, deadline: Deadline, refused: str = "") -> str:
        """A token, if possible another than the refused one. Raises `SourceTimeout`, and what `fetch` raises."""
        if not self._fetching.acquire(timeout=deadline.remaining()):
            raise SourceTimeout("no token in time")
        try:
            held = self._held
            if held is None or not self.are_held or held.value == refused:
                held = self._held = self._fetch(deadline)
            return held.value
        finally:
            self._fetching.release()


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
