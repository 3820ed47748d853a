"""YouTube's own calls: `/player`, `/visitor_id` and oEmbed, each a single request."""

from __future__ import annotations

import copy
import json
import time
from dataclasses import dataclass
from threading import Lock
from typing import Any
from urllib.parse import urljoin

from music.deadline import Deadline
from music.guard import AddressRefused
from music.sources.base import BadAnswer, SourceError
from music.sources.youtube import ids
from music.sources.youtube.transport import Wire, decoded
from music.upstream import OpenAnswer

ORIGIN = "https://www.youtube.com"
VISITOR_LIFE = 3600.0  # seconds for which one visitor id is used
VISITOR_RETRY = 60.0  # seconds until another try where there was none
OEMBED_LIMIT = 64 * 1024
REDIRECTS = 3  # a media server sends a listener on to one that is less busy
REDIRECTED = (301, 302, 303, 307, 308)


@dataclass(frozen=True)
class PlayerClient:
    """Which of the service's own apps is spoken for: its number, and the `client` object of each call."""

    number: int
    context: dict[str, Any]

    @classmethod
    def from_table(cls, entry: dict[str, Any], region: str) -> PlayerClient:
        """From an entry of yt-dlp's `INNERTUBE_CLIENTS`; English, since the refusals are told by their words."""
        context = copy.deepcopy(entry["INNERTUBE_CONTEXT"]["client"]) | {"hl": "en", "gl": region}
        return cls(int(entry["INNERTUBE_CONTEXT_CLIENT_NAME"]), context)

    def headers(self, visitor: str) -> dict[str, str]:
        """The headers that go with it."""
        headers = {
            "Origin": ORIGIN,
            "User-Agent": self.context["userAgent"],
            "X-YouTube-Client-Name": str(self.number),
            "X-YouTube-Client-Version": self.context["clientVersion"],
        }
        return headers | ({"X-Goog-Visitor-Id": visitor} if visitor else {})


class InnerTube:
    """The calls to www.youtube.com; raises `SourceError`s."""

    def __init__(self, wire: Wire, client: PlayerClient) -> None:
        self.wire = wire
        self._client = client
        self._visitor = ""
        self._renew_at = 0.0
        self._renewing = Lock()

    def player(self, video: str, deadline: Deadline) -> dict[str, Any]:
        """What `/player` answers for a video, refusals of the video included."""
        body = {"videoId": video, "contentCheckOk": True, "racyCheckOk": True}
        return self._post("player", body, self.visitor(deadline), deadline)

    def embed(self, video: str, deadline: Deadline) -> dict[str, Any]:
        """What oEmbed answers; nothing for a video that is private or may not be embedded. Raises `NotFound`."""
        asked = {"url": f"{ORIGIN}/watch?v={video}", "format": "json"}
        url = self.wire.rebased(f"{ORIGIN}/oembed")
        answer = self.wire.get(url, deadline, limit=OEMBED_LIMIT, params=asked)
        if answer.status in (400, 404):
            raise ids.unknown(video)
        return {} if answer.status in (401, 403) else decoded(answer)

    def media(self, url: str, byte_range: str, deadline: Deadline) -> OpenAnswer:
        """The audio behind an address of `player`, opened as the same app and from the same address of ours.

        Sent on to another media server, it goes there. Raises `BadAnswer` where it is sent elsewhere, or on and on.
        """
        headers = {"Accept-Encoding": "identity", "User-Agent": self.agent}
        headers |= {"Range": byte_range} if byte_range else {}
        for _ in range(1 + REDIRECTS):
            answer = self._opened(url, deadline, headers)
            if answer.status not in REDIRECTED:
                return answer
            answer.close()
            url = self._sent_on(url, answer)
        raise BadAnswer(f"a media server sent us on more than {REDIRECTS} times")

    def _opened(self, url: str, deadline: Deadline, headers: dict[str, str]) -> OpenAnswer:
        try:
            return self.wire.open(url, deadline, headers)
        except ValueError as error:
            # requests reads a Location even where it is not to follow it.
            raise BadAnswer("a media server sent us to what is no address") from error

    def _sent_on(self, url: str, answer: OpenAnswer) -> str:
        try:
            target = urljoin(url, answer.headers.get("Location", ""))
            self.wire.targets.check(target)
        except (AddressRefused, ValueError) as error:
            raise BadAnswer("a media server sent us to a host that is not the service's") from error
        return target

    @property
    def agent(self) -> str:
        """The app's own `User-Agent`."""
        return str(self._client.context["userAgent"])

    @property
    def held_visitor(self) -> str:
        """The visitor id that is held, "" where none is; asks for none."""
        return self._visitor

    def forget_visitor(self) -> None:
        """Take a new visitor id for the next call: a limit may hang on the old one."""
        self._visitor, self._renew_at = "", 0.0

    def visitor(self, deadline: Deadline) -> str:
        """The visitor id: held for an hour, then renewed by one caller while the others go on with the old one.

        "" where the service gives none: calls without one are answered too, if less willingly.
        """
        if time.monotonic() < self._renew_at:
            return self._visitor
        patience = 0.0 if self._visitor else deadline.remaining()
        if not self._renewing.acquire(timeout=patience):
            return self._visitor
        try:
            if time.monotonic() >= self._renew_at:
                self._renew(deadline)
        finally:
            self._renewing.release()
        return self._visitor

    def _renew(self, deadline: Deadline) -> None:
        # Half of the time: the call that this is for is still to come.
        early = Deadline(deadline.at - deadline.remaining() / 2)
        try:
            answer = self._post("visitor_id", {}, "", early)
        except SourceError:
            self._renew_at = time.monotonic() + VISITOR_RETRY
            return
        context = answer.get("responseContext")
        found = context.get("visitorData") if isinstance(context, dict) else None
        self._visitor = ids.matched(ids.VISITOR, found) or self._visitor
        self._renew_at = time.monotonic() + (VISITOR_LIFE if self._visitor else VISITOR_RETRY)

    def _post(self, call: str, body: dict[str, Any], visitor: str, deadline: Deadline) -> dict[str, Any]:
        client = self._client.context | ({"visitorData": visitor} if visitor else {})
        sent = json.dumps({"context": {"client": client}, **body}).encode()
        url = f"{ORIGIN}/youtubei/v1/{call}?prettyPrint=false"
        return decoded(self.wire.post_body(url, deadline, sent, self._client.headers(visitor)))
