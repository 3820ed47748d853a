"""Recorded bodies of embed pages and of pathfinder. They stay where they are: the project holds none."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any


class Recorded:
    """What the folders `embed` and `pathfinder` of a folder of recordings list; without a folder, nothing."""

    def __init__(self, folder: Path | None) -> None:
        self._pages = {_path_of(entry): file for file, entry in _listed(folder, "embed")}
        self._answers = [(entry.get("parameters"), file) for file, entry in _listed(folder, "pathfinder")]

    def page(self, path: str, token: str, ends: int) -> Any:
        """The data of the page at the path, with a token that is good in place of the one that was taken out."""
        file = self._pages.get(path)
        if file is None:
            return None
        data = json.loads(file.read_bytes())
        session = data["props"]["pageProps"]["state"]["settings"]["session"]
        session |= {"accessToken": token, "accessTokenExpirationTimestampMs": ends}
        return data

    def answer(self, operation: str, variables: Mapping[str, Any]) -> bytes | None:
        """The body that was recorded for exactly this operation and these variables."""
        for parameters, file in self._answers:
            asked = parameters if isinstance(parameters, dict) else {}
            if (asked.get("operationName"), asked.get("variables")) == (operation, variables):
                return file.read_bytes()
        return None


def _listed(folder: Path | None, name: str) -> list[tuple[Path, dict[str, Any]]]:
    if folder is None or not (folder / name / "requests.json").is_file():
        return []
    listed: dict[str, dict[str, Any]] = json.loads((folder / name / "requests.json").read_bytes())
    return [(folder / name / file, entry) for file, entry in listed.items() if entry.get("kind") == "recorded"]


def _path_of(entry: dict[str, Any]) -> str:
    return str(entry["url"]).removeprefix("https://open.spotify.com")
