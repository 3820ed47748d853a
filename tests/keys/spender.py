"""What processes of their own run: one calls the API on many threads, one watches the day's counter meanwhile.

Each prints `ready`, waits for a line, and prints one JSON object at its end.
"""

from __future__ import annotations

import json
import logging
import sys
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

from django.conf import settings
from django.test import Client

from keys import tokens
from keys.models import ApiKey, KeyQuota

THREADS = 8


def main(role: str, plain: str, *numbers: str) -> None:
    """`spend KEY FIRST COUNT` or `sample KEY`."""
    logging.disable(logging.CRITICAL)  # 1,500 refusals are what is wanted here
    settings.ROOT_URLCONF = "tests.keys.urls"
    if role == "spend":
        print(json.dumps(spend(plain, *map(int, numbers))))
    else:
        print(json.dumps(sample(plain)))


def spend(plain: str, first: int, count: int) -> Counter[str]:
    """How many calls got which status; each asks for another song."""
    client = Client(headers={"X-API-Key": plain})
    started_together = threading.Barrier(THREADS)

    def call(number: int) -> str:
        if number < first + THREADS:
            started_together.wait()
        return str(client.get(f"/api/v1/echo?q=song+{number}").status_code)

    wait_for_the_word()
    with ThreadPoolExecutor(THREADS) as pool:
        return Counter(pool.map(call, range(first, first + count)))


def sample(plain: str) -> dict[str, int]:
    """The counter's highest and last value, read again and again until a second line comes."""
    lineage = ApiKey.objects.get(digest=tokens.digest(plain)).lineage
    highest = samples = 0
    stopped = threading.Event()
    wait_for_the_word()
    threading.Thread(target=wait_for_the_end, args=(stopped,), daemon=True).start()
    while not stopped.is_set():
        highest = max(highest, KeyQuota.objects.used(lineage, datetime.now(UTC).date()))
        samples += 1
    return {"highest": highest, "samples": samples, "last": KeyQuota.objects.used(lineage, datetime.now(UTC).date())}


def wait_for_the_end(stopped: threading.Event) -> None:
    sys.stdin.readline()
    stopped.set()


def wait_for_the_word() -> None:
    print("ready", flush=True)
    sys.stdin.readline()
