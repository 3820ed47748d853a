"""A key's limit on the real server's two processes, counted in Redis: exact, wherever connections fall."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack

import pytest
import requests

from tests.music.streaming.redisserver import needs_redis, redis
from tests.music.streaming.served import Served, await_true, serving
from tests.standin import catalogue

pytestmark = needs_redis


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with (
        redis(tmp_path_factory.mktemp("redis")) as url,
        serving(tmp_path_factory.mktemp("served"), workers=2, REDIS_URL=url) as running,
    ):
        yield running


def opened(link: str, count: int, opened_now: ExitStack) -> Counter[int]:
    """The statuses of so many listeners who come one after the other, and stay."""
    answers = [opened_now.enter_context(requests.get(link, stream=True, timeout=10)) for _ in range(count)]
    return Counter(answer.status_code for answer in answers)


def test_two_processes_carry_exactly_as_many_as_the_key_may_have(served: Served) -> None:
    link = served.link(catalogue.LONG.title, delivery="proxy")
    served.set_key(stream_limit=5)
    with ExitStack() as listening:
        assert opened(link, 12, listening) == {200: 5, 429: 7}

    def all_may_come_again() -> bool:
        with ExitStack() as listening:
            return opened(link, 5, listening) == {200: 5}

    await_true(all_may_come_again, 10)
