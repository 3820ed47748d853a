"""Talks to JioSaavn: search, songs, albums, playlists, artists, what goes on from a song, and links to audio."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from music.deadline import Deadline
from music.domain import Item, Kind, Listing, MediaLink, Page, Track
from music.sources.base import BadAnswer, BaseSource, NotFound, NotPlayable
from music.sources.jiosaavn import discovery, listings, parse
from music.sources.jiosaavn.audio import Audio
from music.sources.jiosaavn.calls import CANARY, Calls
from music.sources.jiosaavn.fields import NAME, SONG_ID, TOKEN
from music.upstream import OpenAnswer, Upstream, UpstreamOptions

MEDIA_HOSTS = ("saavncdn.com",)
CANARY_SONGS = 5  # rows, of which one is asked for its audio
RADIO = "android"  # the context without which the service makes no station
SEARCHES: Mapping[Kind, str] = {
    "track": "search.getResults",
    "album": "search.getAlbumResults",
    "playlist": "search.getPlaylistResults",
    "artist": "search.getArtistResults",
}
DETAILS: Mapping[Kind, tuple[str, str]] = {  # the call, and its parameter for the id
    "album": ("content.getAlbumDetails", "albumid"),
    "playlist": ("playlist.getDetails", "listid"),
    "artist": ("artist.getArtistPageDetails", "artistId"),
}


class JioSaavn(BaseSource):
    """The source "jiosaavn". `media_key` is the operator's, or ""; `languages` go with each call as a preference."""

    name = NAME
    typed_rows = 10  # what is wanted is seldom further down, and each row costs both sides time

    def __init__(self, upstream: Upstream, languages: tuple[str, ...] = (), media_key: str = "") -> None:
        self._calls = Calls(upstream, languages)
        self._audio = Audio(self._calls, media_key)
        self._languages = languages
        self._targets = upstream.targets

    def search(self, query: str, kind: Kind, page: int, limit: int, deadline: Deadline) -> Page[Item]:
        answer = self._calls.ask(SEARCHES[kind], {"q": query, "p": str(page), "n": str(limit)}, deadline)
        found = listings.search_page(answer, kind, page, limit, self._targets)
        self._calls.heard(bool(found.items or found.total), deadline)
        return found

    def track(self, native: str, deadline: Deadline) -> Track:
        def read(answer: Any) -> Track:
            return parse.song_details(answer, native, self._targets)

        return self._calls.look_up("song.getDetails", {"pids": _checked(native)}, deadline, read)

    def album(self, native: str, page: int, limit: int, deadline: Deadline) -> Listing:
        return self._listing("album", native, page, limit, deadline)

    def playlist(self, native: str, page: int, limit: int, deadline: Deadline) -> Listing:
        return self._listing("playlist", native, page, limit, deadline)

    def artist(self, native: str, page: int, limit: int, deadline: Deadline) -> Listing:
        return self._listing("artist", native, page, limit, deadline)

    def by_token(self, kind: Kind, token: str, page: int, limit: int, deadline: Deadline) -> Track | Listing:
        if not TOKEN.fullmatch(token):
            raise NotFound("no token has this form")

        def read(answer: Any) -> Track | Listing:
            if kind == "track":
                return parse.song_by_token(answer, self._targets)
            return listings.listing(answer, kind, page, limit, self._targets)

        given = {"token": token, "type": "song" if kind == "track" else kind}
        paging = _paging(kind, "p", page, limit)
        return self._calls.look_up("webapi.get", {**given, **paging}, deadline, read)

    def related(self, native: str, limit: int, deadline: Deadline) -> tuple[Track, ...]:
        found = self._calls.look_up("reco.getreco", {"pid": _checked(native)}, deadline, self._songs)
        found = found or self._radio(native, limit, deadline)
        if not found:
            self.track(native, deadline)  # nothing to go on with differs from no such song
        return tuple(song for song in found if song.native != native)[:limit]

    def suggest(self, query: str, limit: int, deadline: Deadline) -> tuple[Track, ...]:
        wanted = discovery.suggested_ids(self._calls.ask("autocomplete.get", {"query": query}, deadline))[:limit]
        self._calls.heard(bool(wanted), deadline)
        if not wanted:
            return ()
        details = self._calls.ask("song.getDetails", {"pids": ",".join(wanted)}, deadline)
        return discovery.in_order(list(parse.tracks(parse.song_rows(details), self._targets)), wanted)

    def trending(self, language: str, limit: int, deadline: Deadline) -> tuple[Track, ...]:
        found = self._trending(language, deadline)
        if not found and not language and self._languages:
            found = self._trending(self._languages[0], deadline)
        self._calls.heard(bool(found), deadline)
        return found[:limit]

    def link(self, track: Track, quality: int, deadline: Deadline) -> MediaLink:
        return self._audio.link(track, quality, deadline)

    def open(self, link: MediaLink, byte_range: str, deadline: Deadline) -> OpenAnswer:
        return self._audio.open(link, byte_range, deadline)

    def asked_as(self) -> str | None:
        return self._audio.asked_as()

    def ping(self, deadline: Deadline) -> None:
        self._calls.ask_canary(deadline)

    def ping_audio(self, deadline: Deadline) -> None:
        rows = self.search(CANARY, "track", 1, CANARY_SONGS, deadline).items
        songs = [row for row in rows if isinstance(row, Track) and row.handle]
        for song in songs:
            try:
                self.link(song, 320, deadline)
            except NotPlayable:  # about that song
                continue
            return
        raise BadAnswer("no song with audio, for a word that has many")

    def _listing(self, kind: Kind, native: str, page: int, limit: int, deadline: Deadline) -> Listing:
        def read(answer: Any) -> Listing:
            found = listings.listing(answer, kind, page, limit, self._targets)
            if found.item.id != f"{NAME}:{native}":
                raise NotFound(f"{NAME}:{native} is not known")
            return found

        call, parameter = DETAILS[kind]
        given = {parameter: _checked(native), **_paging(kind, "page", page, limit)}
        return self._calls.look_up(call, given, deadline, read)

    def _radio(self, native: str, limit: int, deadline: Deadline) -> tuple[Track, ...]:
        seed = {"entity_type": "queue", "entity_id": json.dumps([native])}
        station = discovery.station(self._calls.ask("webradio.createEntityStation", seed, deadline, context=RADIO))
        if not station:
            return ()
        wanted = {"stationid": station, "k": str(limit), "next": "1"}
        answer = self._calls.ask("webradio.getSong", wanted, deadline, context=RADIO)
        return discovery.station_songs(answer, self._targets)

    def _trending(self, language: str, deadline: Deadline) -> tuple[Track, ...]:
        given = {"entity_type": "song"} | ({"entity_language": language} if language else {})
        return self._songs(self._calls.ask("content.getTrending", given, deadline))

    def _songs(self, answer: Any) -> tuple[Track, ...]:
        return discovery.song_list(answer, self._targets)


def _checked(native: str) -> str:
    """The id where it has the form of one: a comma would ask for two things at once. Raises `NotFound`."""
    if not SONG_ID.fullmatch(native):
        raise NotFound(f"{NAME}:{native} is not known")
    return native


def _paging(kind: Kind, artist_page: str, page: int, limit: int) -> dict[str, str]:
    """What asks for one page: playlists count pages from 1, artists from 0; an album always comes whole."""
    if kind == "playlist":
        return {"p": str(page), "n": str(limit)}
    if kind == "artist":
        further = {artist_page: str(page - 1)} if page > 1 else {}
        return {"n_song": str(limit), "n_album": "1", **further}
    return {}


def upstream_options(base_url: str, **options: Any) -> UpstreamOptions:
    """How JioSaavn wants to be asked: without a browser's headers it answers 403 at random."""
    headers = {
        "Accept": "application/json, text/plain, */*",
        "Referer": "https://www.jiosaavn.com/",
        "Accept-Language": "en-IN,en;q=0.9",
    }
    return UpstreamOptions(base_url=base_url, media_hosts=MEDIA_HOSTS, headers=headers, **options)
