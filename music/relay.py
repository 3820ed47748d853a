"""Carries the bytes of audio that only this server may open, from the service to the listener."""

from __future__ import annotations

import re
from collections.abc import Iterator
from threading import BoundedSemaphore, Lock

from django.conf import settings

from music.deadline import Deadline
from music.domain import MediaLink
from music.sources.base import BadAnswer, BaseSource, SourceError
from music.upstream import OpenAnswer

ONE_RANGE = re.compile(r"bytes=(\d{1,15}-\d{0,15}|-\d{1,15})")
HEADER_VALUE = re.compile(r"[ -~]{1,200}")  # a folded header, say, could not be sent on
PASSED_ON = ("Content-Length", "Content-Range", "ETag", "Last-Modified")


class TooManyStreams(Exception):
    """This process carries as many streams as it may."""


# The streams that this process may carry at once, so that threads are left for calls.
PLACES = BoundedSemaphore(settings.FLAKS_MAX_STREAMS)


class Place:
    """One of the places of this process. Raises `TooManyStreams` where none is left."""

    def __init__(self) -> None:
        self._places, self._lock, self._is_taken = PLACES, Lock(), True
        if not self._places.acquire(blocking=False):
            raise TooManyStreams

    def give_back(self) -> None:
        """Let another stream have it; may be called again, and from any thread."""
        with self._lock:
            was_taken, self._is_taken = self._is_taken, False
        if was_taken:
            self._places.release()


class Relay:
    """One stream: the service's answer, read as fast as the listener takes it. `close()` gives its place back."""

    def __init__(self, place: Place, source: BaseSource, link: MediaLink, byte_range: str, deadline: Deadline) -> None:
        """Open the audio. Raises `SourceError`; the place stays taken then."""
        self._place, self._answer = place, _opened(source, link, byte_range, deadline)
        self.status = self._answer.status
        self.headers = _headers(self._answer, link)

    def __iter__(self) -> Iterator[bytes]:
        try:
            yield from self._answer.chunks()
        except SourceError as error:
            # Short of its Content-Length, an answer that merely ended would leave the listener waiting.
            raise ConnectionResetError("the service's connection broke") from error

    def close(self) -> None:
        """Drop the service's connection, and give the place back; may be called again, and from any thread."""
        try:
            self._answer.close()
        finally:
            self._place.give_back()


def _opened(source: BaseSource, link: MediaLink, byte_range: str, deadline: Deadline) -> OpenAnswer:
    asked = byte_range if ONE_RANGE.fullmatch(byte_range) else ""
    answer = source.open(link, asked, deadline)
    kind = answer.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    if answer.status == 416 or (answer.status in (200, 206) and kind.startswith(("audio/", "video/"))):
        return answer
    answer.close()
    raise BadAnswer(f"the media host answered HTTP {answer.status}")


def _headers(answer: OpenAnswer, link: MediaLink) -> dict[str, str]:
    said = {name: answer.headers.get(name, "") for name in PASSED_ON}
    passed = {name: value for name, value in said.items() if HEADER_VALUE.fullmatch(value)}
    if answer.status == 416:
        passed.pop("Content-Length", None)  # it was that of the service's own words
    return {"Content-Type": link.mime, "Accept-Ranges": "bytes", "Cache-Control": "no-store"} | passed
