"""The bucket of hedges."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from music.hedges import HedgeBucket


def taken_from(bucket: HedgeBucket) -> int:
    """How many hedges were left."""
    count = 0
    while bucket.take():
        count += 1
    return count


def test_it_begins_with_twenty_hedges() -> None:
    assert taken_from(HedgeBucket()) == 20


def test_ten_calls_earn_one() -> None:
    bucket = HedgeBucket()
    taken_from(bucket)
    for _ in range(9):
        bucket.earn()
    assert not bucket.take()
    for _ in range(2):
        bucket.earn()
    assert taken_from(bucket) == 1


def test_it_holds_no_more_than_twenty() -> None:
    bucket = HedgeBucket()
    for _ in range(1000):
        bucket.earn()
    assert taken_from(bucket) == 20


def test_where_every_call_is_hedged_one_in_ten_is_asked_twice() -> None:
    bucket = HedgeBucket()
    taken_from(bucket)
    hedged = 0
    for _ in range(1000):
        bucket.earn()
        hedged += bucket.take()
    assert 95 <= hedged <= 100


def test_threads_take_no_more_than_there_are() -> None:
    bucket = HedgeBucket()
    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(lambda _: bucket.take(), range(400))) == 20
