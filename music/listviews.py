"""The routes that list: search, what is behind a link, albums, playlists, artists, suggestions and trends."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rest_framework.request import Request
from rest_framework.response import Response

from flaks.renderers import PLAIN
from keys.permissions import want_scope
from music import browsing, cache, links, rendered, searching
from music.domain import Hits, Item, Kind, Listing, Track
from music.inputs import IdListInput, LookupInput, SearchInput, SuggestInput, TrendingInput
from music.memory import Answered
from music.playback import CEILINGS
from music.prefetching import is_all_well, resolve_ahead
from music.problems import unsupported_link
from music.serializers import attempts_json, item_json, kind_of, listing_json, track_json
from music.switches import enabled
from music.views import MusicView


class SearchView(MusicView):
    """GET /api/v1/search: tracks, albums, playlists or artists for typed words."""

    scope = "search"
    input_class = SearchInput

    def read_input(self, request: Request) -> dict[str, Any]:
        asked = super().read_input(request)
        if asked["prefetch"]:
            key: Any = request.auth
            want_scope(key, "stream", "prefetch=1")
        return asked

    def get(self, request: Request) -> Response:
        asked = self.params
        key = cache.key_of("page", "rendered", tuple(asked.values()), tuple(enabled()))
        is_plain = request.accepted_media_type == PLAIN
        if is_plain and not asked["prefetch"] and (sent := rendered.recall(key)) is not None:
            return sent
        answer = searching.search(
            asked["q"], asked["type"], asked["page"], asked["limit"], asked["source"], asked["language"], self.deadline
        )
        if asked["prefetch"]:
            _resolve_first_ahead(answer.value.page.items, asked["language"])
        response = Response(_hits_json(asked, answer))
        return rendered.keep_once_sent(key, response, answer.value.answered_by, answer.fresh) if is_plain else response


class LookupView(MusicView):
    """GET /api/v1/lookup: what is behind a link."""

    scope = "metadata"
    input_class = LookupInput

    def get(self, request: Request) -> Response:
        try:
            answer = browsing.lookup(self.params["link"], self.deadline)
        except links.UnsupportedLink as error:
            raise unsupported_link("url", error) from error
        item = answer.value.item if isinstance(answer.value, Listing) else answer.value
        kind = kind_of(item)
        return Response({"kind": kind, kind: item_json(item), **told(answer)})

    def read_input(self, request: Request) -> dict[str, Any]:
        asked = super().read_input(request)
        try:
            return asked | {"link": links.read_link(asked["url"])}
        except links.UnsupportedLink as error:
            raise unsupported_link("url", error) from error


class CollectionView(MusicView):
    """GET /api/v1/albums/<id>, /playlists/<id> and /artists/<id>: one of them with a page of its tracks."""

    scope = "metadata"
    input_class = IdListInput
    kind: Kind = "album"

    def get(self, request: Request, **_path: str) -> Response:
        asked = self.params
        answer = browsing.listing(self.kind, asked["id"], asked["page"], asked["limit"], self.deadline)
        return Response(listing_json(answer.value, asked["page"]) | told(answer))


class SuggestView(MusicView):
    """GET /api/v1/suggest: songs for words that are still being typed."""

    scope = "search"
    input_class = SuggestInput

    def get(self, request: Request) -> Response:
        return songs_response(browsing.suggest(self.params["q"], self.params["limit"], self.deadline))


class TrendingView(MusicView):
    """GET /api/v1/trending: songs that many hear now."""

    scope = "search"
    input_class = TrendingInput

    def get(self, request: Request) -> Response:
        language = next(iter(self.params["language"]), "")
        return songs_response(browsing.trending(language, self.params["limit"], self.deadline))


def _hits_json(asked: Mapping[str, Any], answer: Answered[Hits]) -> dict[str, Any]:
    return {
        "query": asked["q"],
        "type": asked["type"],
        "source": asked["source"],
        "answered_by": answer.value.answered_by,
        "results": [item_json(item) for item in answer.value.page.items],
        "page": asked["page"],
        "has_more": answer.value.page.has_more,
        "total": answer.value.page.total,
        **told(answer),
    }


def _resolve_first_ahead(items: Sequence[Item], languages: Sequence[str]) -> None:
    """The first song is likely to be wanted next."""
    first = next(iter(items), None)
    if isinstance(first, Track) and is_all_well():
        resolve_ahead(links.track_id(first.id), CEILINGS["auto"], languages)


def songs_response(answer: Answered[tuple[Track, ...]]) -> Response:
    """A plain list of songs."""
    return Response({"results": [track_json(track) for track in answer.value], **told(answer)})


def told(answer: Answered[Any]) -> dict[str, Any]:
    """How an answer came about, as every answer says it."""
    return {"attempts": attempts_json(answer.attempts), "cached": answer.cached, "stale": answer.stale}
