"""The Range header of HTTP (RFC 9110, section 14), for one range."""

import re

_ONE_RANGE = re.compile(r"^\s*bytes\s*=\s*(\d*)\s*-\s*(\d*)\s*$", re.IGNORECASE | re.ASCII)


class UnsatisfiableError(Exception):
    """The range lies outside the file: answer 416."""


def byte_range(header: str, size: int) -> tuple[int, int] | None:
    """First byte, and the one after the last, that `header` asks of `size` bytes.

    None where the header is to be ignored: malformed, in another unit, or of several ranges.
    Raises UnsatisfiableError.
    """
    found = _ONE_RANGE.match(header)
    if not found or found[1] == found[2] == "":
        return None
    if not found[1]:
        wanted = int(found[2])
        start, stop = max(0, size - wanted), size
    else:
        start = int(found[1])
        last = int(found[2]) if found[2] else size - 1
        if found[2] and last < start:
            return None
        stop = min(last + 1, size)
    if start >= stop:
        raise UnsatisfiableError
    return start, stop
