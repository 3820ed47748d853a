"""The list of the requests seen."""

import time
from collections import deque
from dataclasses import dataclass

from tests.standin.messages import Request


@dataclass(slots=True)
class Entry:
    """One request: `status` stays null where nothing was answered, `bytes` counts body bytes handed to the socket,
    `started` is when its first bytes were read, as Unix time in seconds, `elapsed_ms` stays null until the exchange has
    ended."""

    source: str
    part: str
    method: str
    host: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    tunnelled: bool
    started: float
    _clock: float
    fault: str = ""
    status: int | None = None
    bytes: int = 0
    elapsed_ms: float | None = None

    def end(self) -> None:
        """Notes that the exchange has ended, however it did."""
        self.elapsed_ms = round((time.monotonic() - self._clock) * 1000, 1)

    def listed(self) -> dict[str, object]:
        """The entry as JSON shows it."""
        return {name: getattr(self, name) for name in self.__slots__ if not name.startswith("_")}


class Journal:
    """The last requests, oldest first; the oldest are forgotten."""

    def __init__(self, most: int = 10_000) -> None:
        self._entries: deque[Entry] = deque(maxlen=most)

    def begin(self, request: Request, source: str, part: str) -> Entry:
        """Notes a request as soon as it is read, so that one that hangs is seen too."""
        entry = Entry(
            source,
            part,
            request.method,
            request.host,
            request.path,
            request.parameters,
            dict(request.headers),
            request.tunnelled,
            request.arrival.wall,
            request.arrival.steady,
        )
        self._entries.append(entry)
        return entry

    def listed(self) -> list[dict[str, object]]:
        """Every entry."""
        return [entry.listed() for entry in self._entries]

    def clear(self) -> None:
        """Forgets everything."""
        self._entries.clear()
