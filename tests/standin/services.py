"""Which services the stand-in plays: a new one is a package of its own and one line here."""

from fnmatch import fnmatchcase
from pathlib import Path
from typing import Protocol

from tests.standin.jiosaavn import JioSaavn
from tests.standin.lrclib import Lrclib
from tests.standin.messages import Answer, Request
from tests.standin.spotify import Spotify
from tests.standin.youtube import YouTube


class Service(Protocol):
    """What a played service can do."""

    @property
    def name(self) -> str:
        """The source's name, as in the API."""

    @property
    def hosts(self) -> tuple[str, ...]:
        """Its hosts; `*.example.com` stands for one or more labels."""

    def part_of(self, request: Request) -> str | None:
        """`api`, `media` or `image`; None where the request is not for this service."""

    def answer(self, request: Request) -> Answer:
        """The answer to a request that `part_of` accepts."""

    def zero(self, request: Request) -> Answer:
        """The well-formed answer with nothing in it."""


def services(recordings: Path | None = None) -> tuple[Service, ...]:
    """Every service; `recordings` is the folder of recorded bodies, one folder in it per service."""
    return (
        JioSaavn(recordings / "jiosaavn" if recordings else None),
        Spotify(recordings / "spotify" if recordings else None),
        YouTube(recordings / "youtube" if recordings else None),
        Lrclib(),
    )


def plays_host(service: Service, host: str) -> bool:
    """Whether `host` is one of the service's."""
    return any(fnmatchcase(host, pattern) for pattern in service.hosts)
