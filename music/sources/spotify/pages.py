"""Asks for Spotify's embed pages, which need no credentials, and keeps the tokens that come along with them."""

from __future__ import annotations

from music.deadline import Deadline
from music.domain import Kind, Track
from music.sources.base import BadAnswer, NotFound
from music.sources.spotify import parse_embed as parse
from music.sources.spotify.hosts import Host
from music.sources.spotify.shapes import Token
from music.sources.spotify.tokens import Tokens

# Items that have been there for years: where a token or a sign of life is wanted, and no item is.
CANARIES: tuple[tuple[Kind, str], ...] = (("track", "4uLU6hMCjMI75M1A2tKUQC"), ("artist", "0gxyHStUsqpMadRV0Di1Qt"))


class Pages:
    """The pages, and `tokens` for anonymous visitors. Raises `SourceError` or nothing."""

    def __init__(self, host: Host) -> None:
        self._host = host
        self.tokens = Tokens(self.canary_token)

    def track(self, native: str, deadline: Deadline) -> Track:
        """A track without its album. Raises `NotFound`."""
        return parse.track(self._page("track", native, deadline).entity, self._host.targets)

    def shown(self, kind: Kind, native: str, deadline: Deadline) -> parse.Shown:
        """An album, playlist or artist with the rows that its page shows. Raises `NotFound`."""
        return parse.collection(self._page(kind, native, deadline).entity, kind, self._host.targets)

    def canary_token(self, deadline: Deadline) -> Token:
        """The token of a page that is known to be there. Raises `BadAnswer` where no page has one."""
        for kind, native in CANARIES:
            try:
                token = self._page(kind, native, deadline).token
            except NotFound:
                continue
            if token:
                return token
        raise BadAnswer("no page with a token")

    def _page(self, kind: Kind, native: str, deadline: Deadline) -> parse.EmbedPage:
        answer = self._host.get(f"/embed/{kind}/{native}", deadline)
        page = parse.embed_page(answer.status, answer.body, kind)
        self.tokens.offer(page.token)
        return page
