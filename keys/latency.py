"""How long answers took, in fixed buckets that can be added up. Pure."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

BOUNDS_MS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)  # what is longer has a bucket of its own
BUCKETS = len(BOUNDS_MS) + 1
LONGEST_MS = 10_000  # up to which the last bucket is taken to reach


def bucket_of(ms: float) -> int:
    """The number of the bucket, from 0: the first whose bound is not below `ms`."""
    return bisect_left(BOUNDS_MS, ms)


def percentile(counts: Sequence[int], share: float) -> int | None:
    """The milliseconds below which `share` (0 to 1) of the answers lie, within their bucket by proportion; or None."""
    wanted, below = sum(counts) * share, 0
    if not wanted:
        return None
    for number, count in enumerate(counts):
        if count and below + count >= wanted:
            low = BOUNDS_MS[number - 1] if number else 0
            high = BOUNDS_MS[number] if number < len(BOUNDS_MS) else LONGEST_MS
            return round(low + (high - low) * (wanted - below) / count)
        below += count
    return None
