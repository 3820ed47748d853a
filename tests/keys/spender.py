"""What processes of their own run: some call the API on many threads, one watches the day's counter meanwhile.

Each prints `ready`, waits for a line, and prints one JSON object at its end. A spender also writes a line for each call
that was admitted, so that those of a process that is killed are known.
"""

from __future__ import annotations

import json
import logging
import os
import sys
import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import time_machine
from django.conf import settings
from django.test import Client

from keys import tokens
from keys.models import ApiKey, KeyQuota

THREADS = 8


def main(role: str, *arguments: str) -> None:
    """`spend KEY FIRST COUNT FILE`, `midnight KEY BEFORE AFTER`, `sample KEY` or `answer KEY`."""
    logging.disable(logging.CRITICAL)  # 1,500 refusals are what is wanted here
    settings.ROOT_URLCONF = "tests.keys.urls"
    roles: dict[str, Callable[..., object]] = {
        "spend": spend,
        "midnight": spend_over_midnight,
        "sample": sample,
        "answer": answer,
    }
    print(json.dumps(roles[role](*arguments)))


def spend(plain: str, first: str, count: str, file: str) -> Counter[str]:
    """How many calls got which status; each asks for another song, and writes a line to the file if it is admitted."""
    log = os.open(Path(file), os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    client = Client(headers={"X-API-Key": plain})
    started_together = threading.Barrier(THREADS)

    def call(number: int) -> str:
        if number < int(first) + THREADS:
            started_together.wait()
        status = str(client.get(f"/api/v1/echo?q=song+{number}").status_code)
        if status == "200":
            os.write(log, b"admitted\n")
        return status

    wait_for_the_word()
    with ThreadPoolExecutor(THREADS) as pool:
        return Counter(pool.map(call, range(int(first), int(first) + int(count))))


def spend_over_midnight(plain: str, before: str, after: str) -> dict[str, Counter[str]]:
    """How many calls got which status before the change of day, and after it; the threads call on as it comes."""
    client = Client(headers={"X-API-Key": plain})
    answers: dict[str, Counter[str]] = {"before": Counter(), "after": Counter()}

    def call(number: int) -> str:
        return str(client.get(f"/api/v1/echo?q=song+{number}").status_code)

    wait_for_the_word()
    with ThreadPoolExecutor(THREADS) as pool, time_machine.travel("2026-11-23T23:59:59.9Z", tick=False) as clock:
        answers["before"].update(pool.map(call, range(int(before))))
        clock.move_to("2026-11-24T00:00:00Z", tick=False)
        answers["after"].update(pool.map(call, range(int(after))))
    return answers


def answer(plain: str) -> Counter[str]:
    """Calls once for each line that comes, and prints how it was answered: a status, or the code of a refusal."""
    client = Client(headers={"X-API-Key": plain})
    answers: Counter[str] = Counter()
    wait_for_the_word()
    while sys.stdin.readline().strip() == "call":
        response = client.get("/api/v1/echo?q=song")
        answers[str(response.status_code)] += 1
        print(response.json().get("code", response.status_code), flush=True)
    return answers


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
