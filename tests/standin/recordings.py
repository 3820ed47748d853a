"""Recorded bodies, found by the call and its parameters. They stay where they are: the project holds none."""

import json
from collections.abc import Mapping
from pathlib import Path

_Key = frozenset[tuple[str, str]]


class Recordings:
    """What `requests.json` in `folder` lists; without a folder, nothing. OSError or ValueError if it is unreadable."""

    def __init__(self, folder: Path | None) -> None:
        listed = json.loads((folder / "requests.json").read_bytes()) if folder else {}
        self._files: dict[_Key, Path] = {}
        for name, request in listed.items():
            key = _key_of(request)
            if key and folder:
                self._files[key] = folder / name

    def find(self, parameters: Mapping[str, str]) -> bytes | None:
        """The body recorded for exactly these parameters (`__call` among them)."""
        file = self._files.get(frozenset(parameters.items()))
        return file.read_bytes() if file else None


def _key_of(request: Mapping[str, object]) -> _Key | None:
    call, parameters = request.get("call"), request.get("parameters")
    if request.get("kind") != "recorded" or not call or not isinstance(parameters, dict):
        return None
    return frozenset({"__call": str(call), **parameters}.items())
