"""What is made once a process."""

from __future__ import annotations

import threading
import time

from flaks.once import once


def test_threads_that_come_first_together_are_given_one_thing() -> None:
    made: list[object] = []

    @once
    def slowly(name: str) -> object:
        time.sleep(0.02)
        made.append(name)
        return object()

    given: list[object] = []
    threads = [threading.Thread(target=lambda: given.append(slowly("a"))) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (made, len(set(map(id, given)))) == (["a"], 1)
    assert slowly("b") is not given[0]


def test_it_is_made_anew_where_it_was_cleared() -> None:
    thing = once(object)
    first = thing()
    assert thing() is first
    thing.cache_clear()
    assert thing() is not first
