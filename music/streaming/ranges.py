"""Which bytes of a file a request asks for (RFC 9110, sections 13.1.5 and 14). Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

RANGES = re.compile(r"bytes=(.*)", re.IGNORECASE | re.DOTALL)
ONE = re.compile(r"(?P<first>[0-9]+)-(?P<last>[0-9]*)|-(?P<suffix>[0-9]+)")
MAX_HEADER = 1000  # characters; a longer one is ignored, as RFC 9110 allows for many small ranges
BEYOND = 10**18  # bytes; what is larger than any file


class Unsatisfiable(Exception):
    """The range lies outside the file of `size` bytes: answer 416."""

    def __init__(self, size: int) -> None:
        super().__init__(size)
        self.size = size


@dataclass(frozen=True)
class Span:
    """Bytes `first` to `last`, both included, of a file of `size` bytes; `whole` where no part was asked for."""

    first: int
    last: int
    size: int
    whole: bool

    @property
    def length(self) -> int:
        """How many bytes these are."""
        return self.last + 1 - self.first

    @property
    def content_range(self) -> str:
        """The header's value, as in `bytes 0-99/1000`."""
        return f"bytes {self.first}-{self.last}/{self.size}"


def asked(header: str, if_range: str, size: int, etag: str) -> Span:
    """The span that a GET with these headers asks for of a file of `size` bytes (1 or more). Raises `Unsatisfiable`.

    The whole file where the header is absent, malformed, in another unit, or of several ranges, which RFC 9110 lets a
    server ignore; and where `If-Range` names anything but this file's strong `etag` (no date is known here).
    """
    whole = Span(0, size - 1, size, whole=True)
    if if_range and if_range.strip() != etag:
        return whole
    only = _only_range(header)
    if only is None:
        return whole
    first, last = _bounds(only, size)
    if last < first:
        return whole  # `bytes=5-2` is no valid range, and so is ignored
    if first >= size:
        raise Unsatisfiable(size)
    return Span(first, min(last, size - 1), size, whole=False)


def _only_range(header: str) -> re.Match[str] | None:
    """The one range of the header; None where there is none, or another number of them."""
    listed = RANGES.fullmatch(header.strip()) if len(header) <= MAX_HEADER else None
    parts = [part for part in map(str.strip, listed[1].split(",")) if part] if listed else []
    return ONE.fullmatch(parts[0]) if len(parts) == 1 else None


def _bounds(only: re.Match[str], size: int) -> tuple[int, int]:
    """First and last byte, perhaps past the end; the last 0 bytes lie there too."""
    if only["suffix"] is None:
        return _number(only["first"]), _number(only["last"]) if only["last"] else BEYOND
    wanted = _number(only["suffix"])
    return (max(0, size - wanted), size - 1) if wanted else (size, size)


def _number(digits: str) -> int:
    """The number, or `BEYOND`: Python refuses to read some thousands of digits."""
    significant = digits.lstrip("0")
    return int(significant or "0") if len(significant) < 19 else BEYOND
