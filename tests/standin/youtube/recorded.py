"""Recorded answers of the service, found by what was asked. They stay where they are: the project holds none."""

import json
import re
import time
from pathlib import Path
from typing import Any

from tests.standin.youtube.asked import Call, Json
from tests.standin.youtube.music import filter_of

_FIRST_SEARCH = re.compile(r"search-music-(songs|albums|artists|playlists)-.*page-1-")
_Key = tuple[str, ...]


class Recorded:
    """The bodies that the `requests.json` of each subfolder lists; without a folder, nothing."""

    def __init__(self, folder: Path | None) -> None:
        self._files: dict[_Key, Path] = {}
        for index in sorted(folder.glob("*/requests.json")) if folder else ():
            for name, request in json.loads(index.read_bytes()).items():
                key = _key_of(name, request) if request.get("kind") == "recorded" else None
                if key:
                    self._files[key] = index.parent / name

    def find(self, call: Call) -> Json | None:
        """The answer that was recorded for this call; its addresses are given six hours from now."""
        file = None if call.continuation else self._files.get(_asked(call))
        if file is None:
            return None
        text = re.sub(r"expire=\d+", f"expire={int(time.time()) + 21_600}", file.read_text())
        answer = json.loads(text)
        made: Json = answer.get("playerResponse", answer)
        return made


def _asked(call: Call) -> _Key:
    if call.name == "search":
        return ("search", filter_of(call.text("params")), call.text("query"))
    if call.name == "browse":
        return ("browse", call.text("browseId"))
    return (call.name, call.text("videoId"))


def _key_of(name: str, request: dict[str, Any]) -> _Key | None:
    body = request.get("request_body")
    if not isinstance(body, dict):
        return None
    search = _FIRST_SEARCH.match(name)
    if search:
        return ("search", search[1], str(body.get("query")))
    if name.startswith("browse-music-"):
        return ("browse", str(body.get("browseId")))
    if name.startswith(("player-visionos-", "reel-android-")):
        video = body.get("videoId") or body.get("playerRequest", {}).get("videoId")
        return ("player", str(video))
    return None
