"""Any part of a song from its service; a link that no longer opens is replaced once."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace

from music import cache, known
from music.deadline import Deadline
from music.domain import Attempt
from music.known import KnownAudio
from music.links import TrackId
from music.sources.base import BadAnswer, SourceError, SourceTimeout, SourceUnreachable
from music.streaming import proof
from music.streaming.headers import etag_of
from music.streaming.links import linked, renewed, source_of
from music.trace import Trace
from music.upstream import OpenAnswer

CONTENT_RANGE = re.compile(r"bytes (?P<first>[0-9]{1,15})-(?P<last>[0-9]{1,15})/(?P<size>[0-9]{1,15}|\*)")
OUTSIDE = re.compile(r"bytes \*/([0-9]{1,15})")
WHOLE_NUMBER = re.compile(r"[0-9]{1,15}")
LARGEST = 2 * 10**9  # bytes; a song is smaller


class OtherFile(SourceError):
    """The service has another file there than the one that was begun: the two must not be stitched."""


class OtherSize(SourceError):
    """The part lies outside the file, which has `size` bytes: less than was said of it."""

    def __init__(self, size: int) -> None:
        super().__init__("the audio is shorter than the service said")
        self.size = size


@dataclass(frozen=True)
class Marks:
    """By what a file is known: its size (None where the answer did not say), its tag and its date ("" likewise)."""

    size: int | None
    etag: str
    modified: str

    def fits(self, other: Marks) -> bool:
        """Whether nothing that both say differs."""
        pairs = ((self.size, other.size), (self.etag, other.etag), (self.modified, other.modified))
        return all(mine == theirs for mine, theirs in pairs if mine and theirs)


class Part:
    """Bytes `first` to `last` of a file, as they arrive; has to be closed. Raises `BadAnswer` for anything else."""

    def __init__(self, answer: OpenAnswer, first: int, last: int) -> None:
        self._answer = answer
        self.marks = _marks(answer, first)
        self.kind = proof.kind_of(answer.headers)
        # An answer may hold more than was asked for, up to the whole file, or no end at all.
        self.length = last + 1 - first

    def begins(self) -> bytes:
        """The first bytes, which `chunks` will not give again."""
        begun = b""
        for chunk in self._answer.chunks(proof.FIRST_BYTES):
            begun += chunk
            if len(begun) >= proof.FIRST_BYTES:
                break
        return begun

    def chunks(self, begun: bytes = b"") -> Iterator[bytes]:
        """The bytes, after those that `begins` gave. Raises `SourceError` where they break off early."""
        left = self.length - len(begun)
        if begun:
            yield begun[: self.length]
        try:
            # Read to its end, though it is all there: the connection is used again then.
            for chunk in self._answer.chunks():
                if left <= 0:
                    break
                yield chunk[:left]
                left -= len(chunk)
        except SourceError:
            if left > 0:
                raise
        if left > 0:
            raise SourceUnreachable("the audio broke off early")

    def close(self) -> None:
        """Leave the rest unread; may be called from any thread."""
        self._answer.close()


class Origin:
    """The audio of a track at its service. `trace` tells what was asked of whom. Raises `SourceError`."""

    def __init__(self, wanted: TrackId, quality: int, trace: Trace) -> None:
        self._wanted, self._quality, self.trace = wanted, quality, trace
        self._source = source_of(trace, wanted)
        self.link = linked(trace, wanted, quality)
        self._marks: Marks | None = None
        self._proven = ""  # the link whose first bytes were seen to be audio
        self.audio = self._known() or self._learnt()

    def part(self, first: int, last: int, deadline: Deadline) -> tuple[Part, bytes]:
        """Bytes `first` to `last`, and those of them that were read already. Raises `SourceError`.

        Raises `OtherFile` where this is no longer the file of the parts before.
        """
        part = self._opened(first, last, deadline)
        try:
            return part, self._vetted(part, first, deadline)
        except BaseException:
            part.close()
            raise

    def part_or_renewed(self, first: int, last: int, deadline: Deadline) -> tuple[Part, bytes]:
        """As `part`; where the media host refuses the link or does not answer, with a new one."""
        try:
            return self.part(first, last, deadline)
        except (SourceTimeout, OtherSize):
            raise  # what was left of the time is gone, or the link is good
        except SourceError:
            self.renew(deadline)
        return self.part(first, last, deadline)

    @property
    def etag(self) -> str:
        """The tag of the whole audio."""
        return etag_of(str(self._wanted), self.audio)

    def renew(self, deadline: Deadline) -> None:
        """Have another link: the old one broke."""
        self.trace.deadline = deadline
        self.link = renewed(self.trace, self._wanted, self._quality, self.link)

    def begin(self, size: int) -> None:
        """From now on every part has to be of the file that was opened, and of this size."""
        self._marks = replace(self._marks or Marks(None, "", ""), size=size)

    def resize(self, size: int) -> None:
        """Believe the media host's length before any other."""
        self.link = replace(self.link, size=size)
        cache.hold_link(str(self._wanted), self._quality, self.link)
        self.audio = known.hold_audio(str(self._wanted), self._quality, self.link, size)
        self._marks = None

    def _known(self) -> KnownAudio | None:
        held = known.audio_of(str(self._wanted), self._quality)
        said = (self.link.mime, self.link.bitrate, self.link.size)
        if held is not None and said in ((held.mime, held.bitrate, held.size), (held.mime, held.bitrate, None)):
            return held
        return known.hold_audio(str(self._wanted), self._quality, self.link, self.link.size) if self.link.size else None

    def _learnt(self) -> KnownAudio:
        """The audio whose length the service did not tell with its link: one byte of it tells."""
        part, _ = self.part_or_renewed(0, 0, self.trace.deadline)
        part.close()
        if part.marks.size is None:
            raise BadAnswer("the media host does not say how long the audio is")
        return known.hold_audio(str(self._wanted), self._quality, self.link, part.marks.size)

    def _vetted(self, part: Part, first: int, deadline: Deadline) -> bytes:
        if self._marks is not None and not part.marks.fits(self._marks):
            raise OtherFile("the service has another file there now")
        begun = self._proof_of(part, first, deadline)
        self._marks = self._marks or part.marks
        return begun

    def _proof_of(self, part: Part, first: int, deadline: Deadline) -> bytes:
        """The first bytes of the part, where they had to be looked at. Raises `BadAnswer` for what is no audio."""
        if proof.is_audio(part.kind) or self._proven == self.link.url:
            return b""
        if part.kind not in proof.UNTYPED:
            raise BadAnswer("the media host answered something else than audio")
        begun = part.begins() if first == 0 and part.length >= proof.FIRST_BYTES else b""
        if not proof.begins_as_audio(begun or self._first_bytes(deadline)):
            raise BadAnswer("the media host answered a file that is no audio")
        self._proven = self.link.url
        return begun

    def _first_bytes(self, deadline: Deadline) -> bytes:
        part = self._opened(0, proof.FIRST_BYTES - 1, deadline)
        try:
            return part.begins()
        finally:
            part.close()

    def _opened(self, first: int, last: int, deadline: Deadline) -> Part:
        """On the caller's own thread: it carries the stream, and its place bounds how many there are."""
        began = time.perf_counter()
        try:
            self.await_opening(deadline)
            answer = self._source.open(self.link, f"bytes={first}-{last}", deadline)
            try:
                part = Part(answer, first, last)
            except BaseException:
                answer.close()
                raise
        except SourceError as error:
            spent = round((time.perf_counter() - began) * 1000)
            self.trace.attempts.append(Attempt(self._source.name, error.outcome, spent, f"open: {error}"))
            raise
        return part

    def await_opening(self, deadline: Deadline) -> None:
        """Where an advertisement was scheduled before the song, the service refuses it until that would be over."""
        wait = (self.link.available_at or 0) - time.time()
        if wait > deadline.remaining():
            raise SourceTimeout(f"the service opens the audio in {wait:.0f} s only")
        if wait > 0:
            time.sleep(wait)


def _marks(answer: OpenAnswer, first: int) -> Marks:
    """What the answer says of the file, where it begins at `first`. Raises `BadAnswer`."""
    headers = answer.headers
    if answer.status == 206:
        size = _size_of_part(headers.get("Content-Range", ""), first)
    elif answer.status == 200 and first == 0:  # it knows no ranges
        said = headers.get("Content-Length", "")
        size = int(said) if WHOLE_NUMBER.fullmatch(said) else None
    elif answer.status == 416 and (outside := OUTSIDE.fullmatch(headers.get("Content-Range", "").strip())):
        if 0 < int(outside[1]) <= first:
            raise OtherSize(int(outside[1]))
        raise BadAnswer("the media host refuses a part that it says it has")
    else:
        raise BadAnswer(f"the media host answered HTTP {answer.status}")
    if size is not None and not 0 < size <= LARGEST:
        raise BadAnswer("the media host says that the audio is empty, or larger than any song")
    return Marks(size, headers.get("ETag", ""), headers.get("Last-Modified", ""))


def _size_of_part(content_range: str, first: int) -> int | None:
    found = CONTENT_RANGE.fullmatch(content_range.strip())
    if found is None or int(found["first"]) != first:
        raise BadAnswer("the media host answered another part than the one asked for")
    return None if found["size"] == "*" else int(found["size"])
