"""The callers, in a process of their own: threads with a keep-alive connection each, and a script each.

Reads a plan from standard input and writes what was answered to standard output, both JSON. A script is a list of
rounds, a round a list of paths; all callers begin a round at the same time, or evenly spread over a while.
"""

from __future__ import annotations

import http.client
import json
import sys
import threading
import time
from dataclasses import asdict, dataclass, field
from typing import Any

MOST_TRIES = 8  # of a call that is told to come back


@dataclass(frozen=True)
class Plan:
    """What is asked, of which port; `timeout` (s) bounds each wait for an answer.

    A `patient` caller that gets a 503 with Retry-After waits so long and asks again, as a bot would. Callers begin a
    round `spread` s apart, all in all: services that always take equally long would else keep them in step for good.
    """

    port: int
    key: str
    scripts: list[list[list[str]]]
    timeout: float = 20.0
    patient: bool = False
    spread: float = 0.0


@dataclass
class Answered:
    """How one call went. `began` is Unix time in s, `status` 0 where there was no answer, `server_ms` what the server
    itself says that it took; `seconds` and `server_ms` are those of the last try, `told_to_wait` counts the others."""

    path: str
    round: int
    began: float
    seconds: float
    status: int
    server_ms: float = 0.0
    told_to_wait: int = 0
    track: str = ""
    code: str = ""
    cached: bool = False
    outcomes: list[list[str]] = field(default_factory=list)


class Caller:
    """One caller and its connection."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._connection = self._connected()

    def _connected(self) -> http.client.HTTPConnection:
        connection = http.client.HTTPConnection("127.0.0.1", self._plan.port, timeout=self._plan.timeout)
        connection.connect()
        return connection

    def ask(self, path: str, number: int) -> Answered:
        """The answer to one path, which may take several tries."""
        for tries in range(MOST_TRIES):
            answer, wait = self._try(path, number)
            answer.told_to_wait = tries
            if not wait:
                return answer
            time.sleep(wait)
        return answer

    def _try(self, path: str, number: int) -> tuple[Answered, float]:
        began, clock = time.time(), time.perf_counter()
        try:
            self._connection.request("GET", path, headers={"X-API-Key": self._plan.key})
            response = self._connection.getresponse()
            body = response.read()
        except (OSError, http.client.HTTPException):
            self._connection.close()
            self._connection = self._connected()
            return Answered(path, number, began, time.perf_counter() - clock, 0), 0.0
        answer = Answered(path, number, began, time.perf_counter() - clock, response.status)
        answer.server_ms = _duration(response.getheader("Server-Timing", ""))
        _read(answer, json.loads(body))
        wait = response.getheader("Retry-After", "") if self._plan.patient and response.status == 503 else ""
        return answer, float(wait or 0)


def _duration(server_timing: str) -> float:
    total = next((part for part in server_timing.split(",") if part.strip().startswith("total;dur=")), "=0")
    return float(total.partition("=")[2])


def _read(answer: Answered, body: dict[str, Any]) -> None:
    answer.track = str((body.get("track") or {}).get("id", ""))
    answer.code, answer.cached = str(body.get("code", "")), body.get("cached") is True
    answer.outcomes = [[each["source"], each["outcome"], each["detail"]] for each in body.get("attempts") or []]


def run(plan: Plan) -> list[Answered]:
    """Every call of every script, round by round."""
    answers: list[Answered] = []
    together = threading.Barrier(len(plan.scripts))

    def follow(script: list[list[str]], place: float) -> None:
        caller = Caller(plan)
        for number, paths in enumerate(script):
            together.wait(600)
            time.sleep(plan.spread * place)
            answers.extend([caller.ask(path, number) for path in paths])

    places = [(script, number / len(plan.scripts)) for number, script in enumerate(plan.scripts)]
    threads = [threading.Thread(target=follow, args=place, daemon=True) for place in places]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


if __name__ == "__main__":
    json.dump([asdict(answer) for answer in run(Plan(**json.load(sys.stdin)))], sys.stdout)
