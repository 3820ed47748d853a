"""Which fault is set for which part of which service."""

from dataclasses import dataclass
from enum import StrEnum

PARTS = ("api", "media", "all")


class FaultKind(StrEnum):
    """What can go wrong; `slow` takes milliseconds, `http` a status, `cut` the bytes before the connection is reset,
    `stall` those before nothing more comes.

    `unsized` leaves the length out, `octet` says of any body that it is application/octet-stream.
    """

    HANG = "hang"
    SLOW = "slow"
    HTTP = "http"
    HTML = "html"
    EMPTY = "empty"
    ZERO = "zero"
    TRUNCATED = "truncated"
    RESET = "reset"
    CUT = "cut"
    STALL = "stall"
    UNSIZED = "unsized"
    OCTET = "octet"


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault, with its number of milliseconds or its status (0 where it takes none)."""

    kind: FaultKind
    value: int = 0

    def __str__(self) -> str:
        return f"{self.kind}:{self.value}" if self.value else str(self.kind)


_LIMITS = {
    FaultKind.SLOW: (1, 600_000),
    FaultKind.HTTP: (200, 599),
    FaultKind.CUT: (1, 10**10),
    FaultKind.STALL: (1, 10**10),
}


def parse_fault(text: str) -> Fault:
    """Reads `hang`, `slow:250`, `http:503`, ...; raises ValueError, with the reason, for anything else."""
    word, colon, number = text.partition(":")
    if word not in list(FaultKind):
        raise ValueError(
            f"unknown fault {text!r}: one of {', '.join(FaultKind)}, with slow:MS, http:STATUS, cut:BYTES, stall:BYTES"
        )
    kind = FaultKind(word)
    if kind not in _LIMITS:
        if colon:
            raise ValueError(f"{word} takes no number")
        return Fault(kind)
    low, high = _LIMITS[kind]
    if not (number.isascii() and number.isdigit() and low <= int(number) <= high):
        raise ValueError(f"{word} takes a number from {low} to {high}, as in {word}:{high}")
    return Fault(kind, int(number))


class Faults:
    """The faults that are set. A fault of a part goes before one of `all`, which alone reaches covers too."""

    def __init__(self, sources: tuple[str, ...]) -> None:
        self._sources = sources
        self._set: dict[tuple[str, str], Fault] = {}
        self._left: dict[tuple[str, str], int] = {}

    def set(self, source: str, part: str, text: str, times: int = 0) -> None:
        """Sets a fault; `none` takes it away (for `all`: every fault of the source). ValueError gives the reason.

        It is met `times` times; 0 is for ever.
        """
        if source not in self._sources:
            raise ValueError(f"unknown source {source!r}: one of {', '.join(self._sources)}")
        if part not in PARTS:
            raise ValueError(f"unknown part {part!r}: one of {', '.join(PARTS)}")
        if text != "none":
            self._set[source, part] = parse_fault(text)
            self._left[source, part] = times
            return
        for each in PARTS if part == "all" else (part,):
            self._set.pop((source, each), None)

    def find(self, source: str, part: str) -> Fault | None:
        """The fault that a request to this part meets, and thereby uses up once."""
        for key in ((source, part), (source, "all")):
            if key in self._set:
                return self._met(key)
        return None

    def _met(self, key: tuple[str, str]) -> Fault:
        fault, left = self._set[key], self._left[key]
        if left == 1:
            del self._set[key]
        self._left[key] = max(0, left - 1)
        return fault

    def clear(self) -> None:
        """Takes every fault away."""
        self._set.clear()

    def listed(self) -> list[dict[str, str]]:
        """What is set, one `{source, part, fault}` each."""
        return [{"source": source, "part": part, "fault": str(fault)} for (source, part), fault in self._set.items()]
