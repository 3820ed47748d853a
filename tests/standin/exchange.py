"""What is to happen with a request: which service answers, what fault it meets, how late it is."""

import re
from dataclasses import dataclass, replace
from enum import Enum
from functools import partial
from pathlib import Path

from tests.standin.control import Control
from tests.standin.faults import Fault, FaultKind, Faults
from tests.standin.journal import Entry, Journal
from tests.standin.messages import Answer, Request, text_answer
from tests.standin.services import Service, plays_host, services

ACCESS_DENIED = """<HTML><HEAD>
<TITLE>Access Denied</TITLE>
</HEAD><BODY>
<H1>Access Denied</H1>
You don't have permission to access this server.<P>
Reference&#32;&#35;18&#46;5a1d0000&#46;1700000000&#46;stand1n
</BODY>
</HTML>
"""
_CONTROL_PATH = re.compile(r"^/_[a-z]+$")


class Ending(Enum):
    """How an exchange ends."""

    WHOLE = "the whole answer is sent"
    HALF = "half of the body is sent, then the connection is closed"
    HANG = "nothing is sent until the client leaves"
    RESET = "the connection is reset"
    CUT = "some bytes of the body are sent, then the connection is reset"
    STALL = "some bytes of the body are sent, and nothing more until the client leaves"
    UNSIZED = "the whole answer is sent, without saying how long it is"


@dataclass(frozen=True, slots=True)
class Plan:
    """What the connection does: waits `delay` seconds, then sends `answer` in the manner of `ending`."""

    answer: Answer
    ending: Ending = Ending.WHOLE
    delay: float = 0.0
    entry: Entry | None = None
    cut_after: int = 0


def _failed(status: int) -> Answer:
    if status == 429:
        return text_answer(status, "Too Many Requests\n", Retry_After="5")
    return text_answer(status, f"The stand-in was told to answer {status}.\n" if status not in (204, 304) else "")


class Exchanges:
    """Decides about every request. `latency_ms` delays every answer of a service."""

    def __init__(self, recordings: Path | None = None, latency_ms: int = 0, authority_pem: bytes = b"") -> None:
        self._services = services(recordings)
        self._faults = Faults(tuple(service.name for service in self._services))
        self._journal = Journal()
        self._control = Control(self._faults, self._journal, latency_ms, authority_pem)

    @property
    def hosts(self) -> tuple[str, ...]:
        """The hosts of all services."""
        return tuple(host for service in self._services for host in service.hosts)

    def may_tunnel(self, request: Request) -> bool:
        """Whether a CONNECT is for a service's host; it is noted in the journal either way."""
        service = next((each for each in self._services if plays_host(each, request.host)), None)
        entry = self._journal.begin(request, service.name if service else "", "tunnel")
        entry.status = 200 if service else 403
        entry.end()
        return service is not None

    def plan(self, request: Request) -> Plan:
        """What happens with `request`."""
        if _CONTROL_PATH.match(request.path) and not request.tunnelled:
            return Plan(self._control.answer(request))
        for service in self._services:
            part = service.part_of(request)
            if part:
                return self._with_fault(service, part, request)
        entry = self._journal.begin(request, "", "")
        return Plan(text_answer(404, "No service that the stand-in plays has this address.\n"), entry=entry)

    def _with_fault(self, service: Service, part: str, request: Request) -> Plan:
        fault = self._faults.find(service.name, part)
        entry = self._journal.begin(request, service.name, part)
        entry.fault = str(fault or "")
        delay = self._control.latency_ms / 1000
        if fault and fault.kind is FaultKind.SLOW:
            delay += fault.value / 1000
        cut_after = fault.value if fault and fault.kind in (FaultKind.CUT, FaultKind.STALL) else 0
        return Plan(_answer(service, request, fault), _ending(fault), delay, entry, cut_after)


def _answer(service: Service, request: Request, fault: Fault | None) -> Answer:
    replacements = {
        FaultKind.HTTP: partial(_failed, fault.value if fault else 0),
        FaultKind.HTML: partial(text_answer, 200, ACCESS_DENIED, "text/html"),
        FaultKind.EMPTY: partial(text_answer, 200, "", "application/json"),
        FaultKind.ZERO: partial(service.zero, request),
    }
    replaced = replacements.get(fault.kind) if fault else None
    answer = replaced() if replaced else service.answer(request)
    if fault and fault.kind is FaultKind.OCTET:
        return replace(answer, headers={**answer.headers, "Content-Type": "application/octet-stream"})
    return answer


def _ending(fault: Fault | None) -> Ending:
    endings = {
        FaultKind.HANG: Ending.HANG,
        FaultKind.RESET: Ending.RESET,
        FaultKind.TRUNCATED: Ending.HALF,
        FaultKind.CUT: Ending.CUT,
        FaultKind.STALL: Ending.STALL,
        FaultKind.UNSIZED: Ending.UNSIZED,
    }
    return endings.get(fault.kind, Ending.WHOLE) if fault else Ending.WHOLE
