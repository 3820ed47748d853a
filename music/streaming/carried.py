"""One stream that this server carries: the service's parts, stitched, as fast as the listener takes them."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from threading import Lock

from django.conf import settings

from music.deadline import Deadline
from music.sources.base import BadAnswer, SourceError, SourceTimeout
from music.streaming.origin import Origin, OtherFile, OtherSize, Part
from music.streaming.places import Place
from music.streaming.ranges import Span, asked
from music.trace import Unresolved

PART_BYTES = 10 * 1024 * 1024  # YouTube slows down whoever asks for more at once


class Carried:
    """Bytes `span` of a song. `close()` drops the service's connection and gives the place back.

    A part that the service refuses or breaks off is asked for again at the same byte, with a new link, once. Where that
    fails too, and where another file is there then, iterating raises `ConnectionResetError`: short of its
    Content-Length, an answer that merely ended would leave the listener waiting.
    """

    def __init__(self, origin: Origin, span: Span, place: Place, part: Part, begun: bytes) -> None:
        self.span = span
        self._origin, self._place = origin, place
        self._at, self._renewed, self._closed = span.first, False, False
        self._part: Part | None = part
        self._begun = begun
        self._lock = Lock()
        place.on_end(self._drop)

    def __iter__(self) -> Iterator[bytes]:
        try:
            while self._at <= self.span.last:
                yield from self._rest_of_part()
        except (SourceError, Unresolved) as error:
            raise ConnectionResetError(errno.ECONNRESET, "the service's connection broke") from error

    def close(self) -> None:
        """End; may be called again, and from any thread."""
        self._place.give_back()
        self._drop()

    def _rest_of_part(self) -> Iterator[bytes]:
        try:
            for chunk in self._opened().chunks(self._begun):
                self._begun = b""
                self._at += len(chunk)
                self._place.handed += len(chunk)
                self._place.sending = True
                yield chunk
                self._place.sending = False
            self._finish_part()
        except SourceError as error:
            self._resume(error)

    def _opened(self) -> Part:
        """The part that is open, else the next one."""
        if self._part is None:
            last = min(self._at + PART_BYTES - 1, self.span.last)
            part, self._begun = self._origin.part(self._at, last, _soon())
            with self._lock:
                self._part = part
                if not self._closed:
                    return part
            part.close()
            raise SourceTimeout("the stream was ended")
        return self._part

    def _finish_part(self) -> None:
        if self._part is not None:
            self._part.close()
        self._part, self._renewed = None, False

    def _resume(self, error: SourceError) -> None:
        if self._part is not None:
            self._part.close()
            self._part = None
        if self._closed or self._renewed or isinstance(error, (OtherFile, OtherSize)):
            raise error
        self._renewed = True
        self._origin.renew(_soon())

    def _drop(self) -> None:
        with self._lock:
            self._closed, part = True, self._part
        if part is not None:
            part.close()


def opened(origin: Origin, place: Place, byte_range: str, if_range: str, deadline: Deadline) -> Carried:
    """The stream that a GET with these headers asks for. Raises `Unsatisfiable` or `SourceError`.

    A link that the media host refuses is replaced once; so is a length that turns out to be another.
    """
    for _ in range(2):
        span = asked(byte_range, if_range, origin.audio.size, origin.etag)
        last = min(span.first + PART_BYTES - 1, span.last)
        try:
            part, begun = origin.part_or_renewed(span.first, last, deadline)
        except OtherSize as error:
            origin.resize(error.size)
            continue
        if part.marks.size in (None, span.size):
            origin.begin(span.size)
            return Carried(origin, span, place, part, begun)
        part.close()
        origin.resize(part.marks.size or 0)
    raise BadAnswer("the media host says another length each time")


def _soon() -> Deadline:
    return Deadline.after(settings.FLAKS_DEADLINE_MS)
