"""One call of `api.php`: its parameters, the addresses that its answer is to hold, and how it says no."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from tests.standin.jiosaavn.addresses import Addresses
from tests.standin.jiosaavn.rows import Row, row
from tests.standin.jiosaavn.rows_v3 import row_v3
from tests.standin.song import Song

Entry = TypeVar("Entry")
MOST_ROWS = 500


@dataclass(frozen=True)
class Call:
    """One call: its parameters, and the addresses that its answer is to hold."""

    parameters: Mapping[str, str]
    addresses: Addresses

    @property
    def is_v4(self) -> bool:
        """Whether the newer shape is asked for."""
        return self.parameters.get("api_version") == "4"

    def text(self, name: str) -> str:
        """A parameter, or "" where it is missing."""
        return self.parameters.get(name, "")

    def number(self, name: str, default: int) -> int:
        """A parameter as a number; what is none counts as `default`."""
        value = self.text(name)
        return int(value) if value.isascii() and value.isdigit() else default

    def row(self, song: Song, origin: str = "none") -> Row:
        """The song in the shape that is asked for."""
        return (row if self.is_v4 else row_v3)(song, self.addresses, origin)

    def part(self, entries: Sequence[Entry], page: int, size: int) -> Sequence[Entry]:
        """One page of a list; `page` counts from 1, and 0 is the first one too."""
        most = min(size, MOST_ROWS)
        first = max(page - 1, 0) * most
        return entries[first : first + most]


def error(code: str, message: str) -> Row:
    """How a call says that it does not take what it was given."""
    return {"error": {"code": code, "msg": message}}


def missing(name: str) -> Row:
    """What a call without a parameter that it needs answers."""
    return error("INPUT_MISSING", f"{name} is missing")
