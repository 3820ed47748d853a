"""Searches, albums, playlists and artists, by id and by a link's token: the real client and the stand-in."""

from __future__ import annotations

import html
import json
from typing import Any, get_args

import pytest

from music.domain import Album, Artist, Item, Kind, Listing, Playlist, Track
from music.sources.base import NotFound, SourceBlocked
from music.sources.jiosaavn.client import JioSaavn
from music.upstream import Upstream
from music.wire import Answer
from tests.music.jiosaavn.conftest import calls, soon
from tests.standin import catalogue
from tests.standin.jiosaavn import ids, playlists
from tests.standin.jiosaavn.found import songs_of_artist
from tests.standin.process import StandIn

ALBUM = catalogue.PLAIN.album
ORLA = catalogue.PLAIN.artists[0]
TOKENS: dict[Kind, str] = {
    "track": ids.song_token(catalogue.PLAIN),
    "album": ids.album_token(ALBUM),
    "playlist": playlists.ORDINARY.token,
    "artist": ids.artist_token(ORLA),
}
NATIVES: dict[Kind, str] = {
    "track": ids.pid(catalogue.PLAIN),
    "album": ids.album_id(ALBUM),
    "playlist": playlists.ORDINARY.id,
    "artist": ids.artist_id(ORLA),
}
LISTS: tuple[Kind, ...] = ("album", "playlist", "artist")


def ask(client: JioSaavn, kind: Kind, native: str, page: int = 1, limit: int = 10) -> Listing:
    listing: Listing = getattr(client, kind)(native, page, limit, soon())
    return listing


def natives(listing: Listing) -> list[str]:
    return [track.native for track in listing.tracks.items]


def item_id(found: Track | Listing) -> str:
    item: Item = found.item if isinstance(found, Listing) else found
    return item.id


@pytest.mark.parametrize(
    ("kind", "query", "made", "call"),
    [
        ("album", "marmalade drawer", Album, "search.getAlbumResults"),
        ("playlist", "lanterns low tide", Playlist, "search.getPlaylistResults"),
        ("artist", "orla fenwright", Artist, "search.getArtistResults"),
        ("track", "marmalade telescope", Track, "search.getResults"),
    ],
)
def test_a_search_of_each_kind(
    client: JioSaavn, standin: StandIn, kind: Kind, query: str, made: type[Item], call: str
) -> None:
    found = client.search(query, kind, 1, 5, soon())
    assert found.items[0].id == f"jiosaavn:{NATIVES[kind]}"
    assert all(isinstance(item, made) and item.thumbnail and item.url for item in found.items)
    assert calls(standin) == [call]


@pytest.mark.parametrize("kind", get_args(Kind))
def test_the_pages_of_a_search_are_the_whole_of_it(client: JioSaavn, kind: Kind) -> None:
    query = {"track": "love", "album": "weather", "playlist": "evergreens", "artist": "the"}[kind]
    first, second = (client.search(query, kind, page, 1, soon()) for page in (1, 2))
    both = client.search(query, kind, 1, 2, soon())
    assert both.total == first.total
    assert (*first.items, *second.items) == both.items
    assert len({item.id for item in both.items}) == 2


@pytest.mark.parametrize("kind", get_args(Kind))
def test_no_result_of_any_kind_is_believed_without_the_canary(client: JioSaavn, standin: StandIn, kind: Kind) -> None:
    assert client.search("qqqq zzzz", kind, 1, 5, soon()).items == ()
    assert calls(standin)[1:] == ["search.getResults"]
    standin.fault("jiosaavn", "zero")
    assert client.search("qqqq xxxx", kind, 1, 5, soon()).items == ()


def test_an_album_with_all_its_songs_in_one_call(client: JioSaavn, standin: StandIn) -> None:
    album, page = (found := ask(client, "album", NATIVES["album"])).item, found.tracks
    assert isinstance(album, Album)
    assert (album.title, album.artist, album.year, album.language) == (ALBUM.title, ORLA, ALBUM.year, "english")
    assert natives(found) == [ids.pid(song) for song in ids.tracks_of_album()[NATIVES["album"]]]
    assert (page.total, page.has_more, page.truncated) == (2, False, False)
    assert calls(standin) == ["content.getAlbumDetails"]


def test_the_second_page_of_an_album(client: JioSaavn) -> None:
    first, second = (ask(client, "album", NATIVES["album"], page, 1) for page in (1, 2))
    assert (first.tracks.has_more, second.tracks.has_more) == (True, False)
    assert natives(first) != natives(second)


def test_texts_are_decoded_once(client: JioSaavn) -> None:
    album = ask(client, "album", ids.album_id(catalogue.ENTITIES.album)).item
    playlist = ask(client, "playlist", playlists.ORDINARY.id).item
    assert isinstance(album, Album)
    assert isinstance(playlist, Playlist)
    assert album.title == catalogue.ENTITIES.album.title == html.unescape(album.title)
    assert (playlist.title, playlist.owner) == ('Lanterns & "Low" Tide', "Odette Farraway")


def test_a_playlist_of_500_answers_its_first_page_alone(client: JioSaavn, standin: StandIn) -> None:
    page = ask(client, "playlist", playlists.LONG.id, 1, 50).tracks
    assert (len(page.items), page.total, page.has_more, page.truncated) == (50, 500, True, False)
    asked = [entry["query"] for entry in standin.log("jiosaavn")]
    assert [(query["__call"], query["p"], query["n"]) for query in asked] == [("playlist.getDetails", "1", "50")]


def test_the_pages_of_a_playlist_are_the_whole_of_it(client: JioSaavn) -> None:
    pages = [ask(client, "playlist", playlists.LONG.id, page, 50) for page in range(1, 11)]
    assert [native for page in pages for native in natives(page)] == [ids.pid(song) for song in playlists.LONG.songs]
    assert [page.tracks.has_more for page in pages] == [True] * 9 + [False]
    past = ask(client, "playlist", playlists.LONG.id, 11, 50).tracks
    assert (past.items, past.total, past.has_more, past.truncated) == ((), 500, False, False)


def test_a_playlist_of_10000_answers_a_page(client: JioSaavn) -> None:
    page = ask(client, "playlist", playlists.ENDLESS.id, 137, 20).tracks
    assert (len(page.items), page.total, page.has_more) == (20, 10_000, True)


def test_an_empty_playlist_is_there(client: JioSaavn, standin: StandIn) -> None:
    found = ask(client, "playlist", playlists.EMPTY.id)
    assert isinstance(found.item, Playlist)
    assert (found.item.title, found.tracks.items, found.tracks.total) == (playlists.EMPTY.title, (), 0)
    assert calls(standin) == ["playlist.getDetails"]


def test_a_playlist_that_hides_songs_says_so(client: JioSaavn) -> None:
    page = ask(client, "playlist", playlists.CUT.id, 1, 50).tracks
    assert (len(page.items), page.total, page.truncated) == (12, 20, True)


@pytest.mark.parametrize("native", [playlists.PRIVATE.id, "123456789"])
def test_a_private_and_a_deleted_playlist_are_not_found(client: JioSaavn, native: str) -> None:
    with pytest.raises(NotFound):
        ask(client, "playlist", native)


def test_the_pages_of_an_artist_are_all_the_top_songs(client: JioSaavn, standin: StandIn) -> None:
    wanted = [ids.pid(song) for song in songs_of_artist()[ORLA]]
    whole = len(wanted) // 5 + 1
    pages = [ask(client, "artist", NATIVES["artist"], page, 5) for page in range(1, whole + 1)]
    assert [native for page in pages for native in natives(page)] == wanted
    assert all(isinstance(page.item, Artist) and page.item.name == ORLA for page in pages)
    assert (pages[0].tracks.total, pages[0].tracks.has_more, pages[-1].tracks.has_more) == (None, True, False)
    asked = [(entry["query"]["n_song"], entry["query"].get("page")) for entry in standin.log("jiosaavn")]
    assert asked[:2] == [("5", None), ("5", "1")]


@pytest.mark.parametrize("kind", LISTS)
@pytest.mark.parametrize("native", ["1", "0", "5WXAlMNt", "-1"])
def test_an_id_that_is_not_there_is_not_found(client: JioSaavn, kind: Kind, native: str) -> None:
    with pytest.raises(NotFound):
        ask(client, kind, native)


@pytest.mark.parametrize("kind", LISTS)
@pytest.mark.parametrize("other", get_args(Kind))
def test_an_id_of_another_kind_is_not_found(client: JioSaavn, kind: Kind, other: Kind) -> None:
    if kind == other:
        assert item_id(ask(client, kind, NATIVES[other])) == f"jiosaavn:{NATIVES[kind]}"
        return
    with pytest.raises(NotFound):
        ask(client, kind, NATIVES[other])


@pytest.mark.parametrize("kind", LISTS)
def test_what_is_no_id_is_never_asked(client: JioSaavn, standin: StandIn, kind: Kind) -> None:
    with pytest.raises(NotFound):
        ask(client, kind, "1,2")
    assert calls(standin) == []


def test_an_answer_about_something_else_is_not_found(client: JioSaavn, monkeypatch: pytest.MonkeyPatch) -> None:
    """The service reads numbers out of ids of another kind: `5WXAlMNt` would be its album 5."""
    real = Upstream.get

    def get(upstream: Upstream, url: str, *given: Any, **options: Any) -> Answer:
        params = options["params"]
        params = {**params, "albumid": NATIVES["album"]} if params.get("albumid") else params
        return real(upstream, url, *given, **{**options, "params": params})

    monkeypatch.setattr(Upstream, "get", get)
    assert ask(client, "album", NATIVES["album"])
    with pytest.raises(NotFound):
        ask(client, "album", "5WXAlMNt")


@pytest.mark.parametrize("kind", TOKENS)
def test_a_link_s_token_leads_to_the_thing_and_its_own_id(client: JioSaavn, standin: StandIn, kind: Kind) -> None:
    found = client.by_token(kind, TOKENS[kind], 1, 3, soon())
    assert item_id(found) == f"jiosaavn:{NATIVES[kind]}"
    asked = client.track(NATIVES[kind], soon()) if kind == "track" else ask(client, kind, NATIVES[kind], 1, 3)
    assert found == asked
    assert calls(standin)[0] == "webapi.get"


@pytest.mark.parametrize("kind", ["playlist", "artist"])
def test_a_token_s_second_page(client: JioSaavn, kind: Kind) -> None:
    assert client.by_token(kind, TOKENS[kind], 2, 5, soon()) == ask(client, kind, NATIVES[kind], 2, 5)


@pytest.mark.parametrize("kind", TOKENS)
@pytest.mark.parametrize("token", ["12345", "nobody_", *TOKENS.values()])
def test_a_token_of_another_kind_is_not_found(client: JioSaavn, kind: Kind, token: str) -> None:
    if token == TOKENS[kind]:
        return
    with pytest.raises(NotFound):
        client.by_token(kind, token, 1, 10, soon())


@pytest.mark.parametrize("token", ["", "a b", "x" * 65, "../..", "tok&type=album"])
def test_what_is_no_token_is_never_asked(client: JioSaavn, standin: StandIn, token: str) -> None:
    with pytest.raises(NotFound):
        client.by_token("album", token, 1, 10, soon())
    assert calls(standin) == []


@pytest.mark.parametrize("kind", LISTS)
def test_an_empty_card_is_believed_only_where_the_canary_sings(
    client: JioSaavn, standin: StandIn, kind: Kind, monkeypatch: pytest.MonkeyPatch
) -> None:
    empty = json.dumps({"total": 0, "results": []}).encode()
    monkeypatch.setattr(Upstream, "get", lambda *_, **__: Answer(200, {}, empty))
    with pytest.raises(SourceBlocked):
        ask(client, kind, NATIVES[kind])
