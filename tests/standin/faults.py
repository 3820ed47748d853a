"""Which fault is set for which part of which service."""

from dataclasses import dataclass
from enum import StrEnum

PARTS = ("api", "media", "all")


class FaultKind(StrEnum):
    """What can go wrong; `slow` takes milliseconds, `http` a status."""

    HANG = "hang"
    SLOW = "slow"
    HTTP = "http"
    HTML = "html"
    EMPTY = "empty"
    ZERO = "zero"
    TRUNCATED = "truncated"
    RESET = "reset"


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault, with its number of milliseconds or its status (0 where it takes none)."""

    kind: FaultKind
    value: int = 0

    def __str__(self) -> str:
        return f"{self.kind}:{self.value}" if self.value else str(self.kind)


_LIMITS = {FaultKind.SLOW: (1, 600_000), FaultKind.HTTP: (200, 599)}


def parse_fault(text: str) -> Fault:
    """Reads `hang`, `slow:250`, `http:503`, ...; raises ValueError, with the reason, for anything else."""
    word, colon, number = text.partition(":")
    if word not in list(FaultKind):
        raise ValueError(f"unknown fault {text!r}: one of {', '.join(FaultKind)}, with slow:MS and http:STATUS")
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

    def set(self, source: str, part: str, text: str) -> None:
        """Sets a fault; `none` takes it away (for `all`: every fault of the source). ValueError gives the reason."""
        if source not in self._sources:
            raise ValueError(f"unknown source {source!r}: one of {', '.join(self._sources)}")
        if part not in PARTS:
            raise ValueError(f"unknown part {part!r}: one of {', '.join(PARTS)}")
        if text != "none":
            self._set[source, part] = parse_fault(text)
            return
        for each in PARTS if part == "all" else (part,):
            self._set.pop((source, each), None)

    def find(self, source: str, part: str) -> Fault | None:
        """The fault that a request to this part meets."""
        return self._set.get((source, part)) or self._set.get((source, "all"))

    def clear(self) -> None:
        """Takes every fault away."""
        self._set.clear()

    def listed(self) -> list[dict[str, str]]:
        """What is set, one `{source, part, fault}` each."""
        return [{"source": source, "part": part, "fault": str(fault)} for (source, part), fault in self._set.items()]
