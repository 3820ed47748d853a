"""The callers, in a process of their own: threads with a keep-alive connection each, and a script each.

They ask over libcurl and read what was answered only once all is over: their own work shares the cores with what is
measured.

Reads a plan from standard input and writes what was answered to standard output, both JSON. A script is a list of
rounds, a round a list of paths; all callers begin a round at the same time, or evenly spread over a while.
"""

from __future__ import annotations

import json
import sys
import threading
import time
from dataclasses import asdict, dataclass, field
from typing import Any

import pycurl

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


@dataclass
class Reply:
    """What came back of one try, unread."""

    answer: Answered
    head: bytes
    body: bytes

    @property
    def wait(self) -> float:
        """For how many seconds the caller was told to wait, 0 where it was not."""
        return float(self.header(b"retry-after") or 0) if self.answer.status == 503 else 0.0

    def header(self, name: bytes) -> str:
        """The value of a header, "" where there is none."""
        for line in self.head.split(b"\r\n"):
            named, _, value = line.partition(b":")
            if named.lower() == name:
                return value.strip().decode()
        return ""

    def read(self) -> Answered:
        """The answer, with what its head and body say."""
        self.answer.server_ms = _duration(self.header(b"server-timing"))
        if self.answer.status:
            _read(self.answer, json.loads(self.body))
        return self.answer


class Caller:
    """One caller and its connection."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._head: list[bytes] = []
        self._body: list[bytes] = []
        self._curl = self._connected()

    def _connected(self) -> pycurl.Curl:
        curl = pycurl.Curl()
        options: dict[int, Any] = {
            pycurl.NOSIGNAL: 1,
            pycurl.PROXY: "",
            pycurl.HTTPHEADER: [f"X-API-Key: {self._plan.key}"],
            pycurl.TIMEOUT_MS: round(self._plan.timeout * 1000),
            pycurl.HEADERFUNCTION: self._head.append,
            pycurl.WRITEFUNCTION: self._body.append,
        }
        for option, value in options.items():
            curl.setopt(option, value)
        curl.setopt(pycurl.URL, f"http://127.0.0.1:{self._plan.port}/healthz")
        curl.perform()  # libcurl keeps no connection that was only made
        return curl

    def ask(self, path: str, number: int) -> Reply:
        """The answer to one path, which may take several tries."""
        for tries in range(MOST_TRIES):
            reply = self._try(path, number)
            reply.answer.told_to_wait = tries
            if not self._plan.patient or not reply.wait:
                return reply
            time.sleep(reply.wait)
        return reply

    def _try(self, path: str, number: int) -> Reply:
        self._head.clear()
        self._body.clear()
        self._curl.setopt(pycurl.URL, f"http://127.0.0.1:{self._plan.port}{path}")
        began, clock = time.time(), time.perf_counter()
        try:
            self._curl.perform()
            seconds, status = time.perf_counter() - clock, self._curl.getinfo(pycurl.RESPONSE_CODE)
        except pycurl.error:
            return Reply(Answered(path, number, began, time.perf_counter() - clock, 0), b"", b"")
        return Reply(Answered(path, number, began, seconds, status), b"".join(self._head), b"".join(self._body))


def _duration(server_timing: str) -> float:
    total = next((part for part in server_timing.split(",") if part.strip().startswith("total;dur=")), "=0")
    return float(total.partition("=")[2])


def _read(answer: Answered, body: dict[str, Any]) -> None:
    answer.track = str((body.get("track") or {}).get("id", ""))
    answer.code, answer.cached = str(body.get("code", "")), body.get("cached") is True
    answer.outcomes = [[each["source"], each["outcome"], each["detail"]] for each in body.get("attempts") or []]


def run(plan: Plan) -> list[Answered]:
    """Every call of every script, round by round."""
    replies: list[Reply] = []
    together = threading.Barrier(len(plan.scripts))

    def follow(script: list[list[str]], place: float) -> None:
        caller = Caller(plan)
        for number, paths in enumerate(script):
            together.wait(600)
            time.sleep(plan.spread * place)
            replies.extend([caller.ask(path, number) for path in paths])

    places = [(script, number / len(plan.scripts)) for number, script in enumerate(plan.scripts)]
    threads = [threading.Thread(target=follow, args=place, daemon=True) for place in places]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [reply.read() for reply in replies]


if __name__ == "__main__":
    json.dump([asdict(answer) for answer in run(Plan(**json.load(sys.stdin)))], sys.stdout)
