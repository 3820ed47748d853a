"""The routes that steer the stand-in: `/_control`, `/_log`, `/_all`, `/_ca`."""

import json
from collections.abc import Callable

from tests.standin.faults import Faults
from tests.standin.journal import Journal
from tests.standin.messages import Answer, Request, json_answer, text_answer

_MOST = 600_000


class Control:
    """Answers the control routes, and holds the latency that they set."""

    def __init__(self, faults: Faults, journal: Journal, latency_ms: int, authority_pem: bytes) -> None:
        self._faults = faults
        self._journal = journal
        self._authority_pem = authority_pem
        self.latency_ms = latency_ms

    def answer(self, request: Request) -> Answer:
        """The answer of a control route."""
        routes: dict[tuple[str, str], Callable[[], Answer]] = {
            ("GET", "/_control"): self._shown,
            ("POST", "/_control"): lambda: self._set(request.body),
            ("DELETE", "/_control"): self._cleared,
            ("GET", "/_log"): lambda: json_answer(self._journal.listed()),
            ("DELETE", "/_log"): self._forgotten,
            ("DELETE", "/_all"): self._begun_anew,
            ("GET", "/_ca"): lambda: text_answer(200, self._authority_pem.decode(), "application/x-pem-file"),
        }
        route = routes.get((request.method, request.path))
        return route() if route else text_answer(404, "No such control route.\n")

    def _shown(self) -> Answer:
        return json_answer({"faults": self._faults.listed(), "latency_ms": self.latency_ms})

    def _cleared(self) -> Answer:
        self._faults.clear()
        return self._shown()

    def _forgotten(self) -> Answer:
        self._journal.clear()
        return json_answer([])

    def _begun_anew(self) -> Answer:
        self._journal.clear()
        self.latency_ms = 0
        return self._cleared()

    def _set(self, body: bytes) -> Answer:
        try:
            self._apply(json.loads(body))
        except ValueError as error:
            return json_answer({"reason": str(error)}, 400)
        return self._shown()

    def _apply(self, wish: object) -> None:
        if not isinstance(wish, dict):
            raise ValueError("an object is wanted")
        if wish.keys() == {"latency_ms"}:
            self.latency_ms = _whole(wish["latency_ms"])
        elif {"source", "fault"} <= wish.keys() <= {"source", "part", "fault", "times"}:
            times = _whole(wish.get("times", 0), "times")
            self._faults.set(str(wish["source"]), str(wish.get("part", "api")), str(wish["fault"]), times)
        else:
            raise ValueError("either latency_ms, or source, fault and perhaps part and times are wanted")


def _whole(value: object, name: str = "latency_ms") -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= _MOST:
        raise ValueError(f"{name} is a whole number from 0 to {_MOST}")
    return value
