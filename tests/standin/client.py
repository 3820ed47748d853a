"""A plain client of the stand-in's JioSaavn, for tests: it asks as the documentation of the shapes says, no more."""

from typing import Any

import requests

from tests.standin.jiosaavn import ids
from tests.standin.song import Song

Json = dict[str, Any]


class Caller:
    """Calls the API as a client would."""

    def __init__(self, url: str, session: requests.Session) -> None:
        self.url = url
        self.session = session

    def __call__(self, name: str, **parameters: str | int) -> Any:
        asked = {"__call": name, "_format": "json", "_marker": "0", **parameters}
        answer = self.session.get(f"{self.url}/api.php", params=asked)
        assert answer.headers["Content-Type"] == "application/json"
        return answer.json()

    def row(self, song: Song) -> Json:
        """The song's v4 row."""
        row: Json = self("song.getDetails", pids=ids.pid(song), api_version=4)["songs"][0]
        return row

    def link(self, song: Song, bitrate: int = 320) -> str:
        """A signed link."""
        field = self.row(song)["more_info"]["encrypted_media_url"]
        return str(self("song.generateAuthToken", url=field, bitrate=bitrate)["auth_url"])
