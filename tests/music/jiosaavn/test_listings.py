"""JioSaavn's searches, albums, playlists and artists, in both shapes, whatever is missing."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from music.domain import Album, Artist, ArtistRef, Kind, Playlist
from music.sources.base import BadAnswer, NotFound, SourceError
from music.sources.jiosaavn import listings
from music.sources.jiosaavn.fields import BadRow
from tests.music.jiosaavn.rows import CDN, JSON, album, artist, playlist, v3, v4

MADE: dict[Kind, Callable[..., dict[str, Any]]] = {"album": album, "playlist": playlist, "artist": artist}
FILLER = {"id": "0", "title": "", "type": "album", "list": [], "list_count": "0", "more_info": {"song_count": "0"}}
V3: dict[Kind, dict[str, Any]] = {
    "album": {
        "albumid": "40404001",
        "title": "Harbour &quot;Lights&quot;",
        "primary_artists": "Orla &amp; the Fenwrights",
        "primary_artists_id": "7",
        "year": "2018",
        "songs": [v3(id=f"song{number}") for number in range(3)],
    },
    "playlist": {
        "listid": "505050505",
        "listname": "Low &amp; Tide",
        "firstname": "Odette",
        "lastname": "Farraway",
        "list_count": "500",
        "songs": [v3(id="song0"), v3(id="song1")],
    },
    "artist": {
        "artistId": "606060",
        "name": "Orla &amp; Co.",
        "topSongs": {"songs": [v3(id="song0"), v3(id="song1")], "total": 40},
    },
}


def natives(answer: Any, kind: Kind, page: int = 1, limit: int = 2) -> list[str]:
    return [track.native for track in listings.listing(answer, kind, page, limit, CDN).tracks.items]


def test_an_album_says_what_it_is() -> None:
    found = listings.album(album(), CDN)
    assert found == Album(
        id="jiosaavn:40404001",
        title='Harbour "Lights"',
        artists=(ArtistRef("7", "Orla & the Fenwrights"),),
        year=2018,
        language="english",
        explicit=False,
        thumbnail="https://c.saavncdn.com/194/Harbour-500x500.jpg?bch=49",
        url="https://www.jiosaavn.com/album/harbour-lights/Lnt,z3_",
        total=3,
    )


def test_a_playlist_says_what_it_is() -> None:
    assert listings.playlist(playlist(), CDN) == Playlist(
        id="jiosaavn:505050505",
        title="Low & Tide",
        owner="Odette Farraway",
        thumbnail="https://c.saavncdn.com/editorial/LowTide_20251211_500x500.jpg",
        url="https://www.jiosaavn.com/featured/low-tide/Tide,x9_",
        total=500,
    )


def test_an_artist_says_who_it_is() -> None:
    assert listings.artist(artist(), CDN) == Artist(
        id="jiosaavn:606060",
        name="Orla & Co.",
        thumbnail="https://c.saavncdn.com/artists/Orla_004_500x500.jpg",
        url="https://www.jiosaavn.com/artist/orla/Orla,3f_",
    )


@pytest.mark.parametrize("kind", V3)
def test_both_shapes_are_the_same_thing(kind: Kind) -> None:
    newer, older = (listings.listing(answer, kind, 1, 2, CDN) for answer in (MADE[kind](), V3[kind]))
    assert newer.item.id == older.item.id
    for name in ("title", "name", "owner", "artists", "year"):
        assert getattr(newer.item, name, "") == getattr(older.item, name, "")
    assert newer.tracks.items == older.tracks.items


def test_a_row_of_a_search_counts_its_songs_in_another_place() -> None:
    row = album(list_count="0", list="", more_info={"song_count": "15", "music": "Tobin, Marlo"})
    found = listings.album(row, CDN)
    assert (found.total, found.artist) == (15, "Tobin, Marlo")


def test_an_album_that_names_nobody_first_has_those_without_a_role() -> None:
    people = {"primary_artists": [], "artists": [{"id": "8", "name": "Tobin", "role": ""}, {"name": "X", "role": "dj"}]}
    found = listings.album(album(year="", more_info={"song_count": "6", "artistMap": people}), CDN)
    assert (found.artist, found.year) == ("Tobin", None)


def test_an_album_without_artists_has_those_of_its_subtitle_or_none() -> None:
    assert listings.album(album(more_info={}), CDN).artist == "Orla, Tobin"
    assert listings.album(album(more_info={}, subtitle=""), CDN).artists == ()


def test_a_page_is_cut_out_of_an_album_that_comes_whole() -> None:
    first, second, third = (listings.listing(album(), "album", page, 2, CDN).tracks for page in (1, 2, 3))
    assert [track.native for track in (*first.items, *second.items)] == ["song0", "song1", "song2"]
    assert (first.total, first.has_more, first.truncated) == (3, True, False)
    assert (second.total, second.has_more, second.truncated) == (3, False, False)
    assert (third.items, third.has_more, third.truncated) == ((), False, False)


def test_an_album_that_holds_fewer_songs_than_it_says_is_cut() -> None:
    page = listings.listing(album(list_count="11"), "album", 1, 10, CDN).tracks
    assert (len(page.items), page.total, page.has_more, page.truncated) == (3, 11, False, True)


def test_a_playlist_s_page_comes_as_the_service_has_cut_it() -> None:
    page = listings.listing(playlist(), "playlist", 3, 2, CDN).tracks
    assert (len(page.items), page.total, page.has_more, page.truncated) == (2, 500, True, False)
    last = listings.listing(playlist(), "playlist", 250, 2, CDN).tracks
    assert (last.has_more, last.truncated) == (False, False)


def test_more_songs_than_were_asked_for_are_not_shown() -> None:
    assert natives(playlist(), "playlist", limit=1) == ["song0"]


def test_a_playlist_page_with_songs_missing_is_cut() -> None:
    assert listings.listing(playlist(), "playlist", 1, 10, CDN).tracks.truncated
    unread = listings.listing(playlist(list=[v4(), {"id": "x"}]), "playlist", 1, 2, CDN).tracks
    assert (len(unread.items), unread.has_more, unread.truncated) == (1, True, True)


def test_a_playlist_that_sends_nothing_more_ends() -> None:
    page = listings.listing(playlist(list=[]), "playlist", 3, 50, CDN).tracks
    assert (page.items, page.total, page.has_more, page.truncated) == ((), 500, False, True)


def test_an_empty_playlist_is_a_playlist() -> None:
    found = listings.listing(playlist(list=[], list_count="0"), "playlist", 1, 10, CDN)
    assert (found.tracks.items, found.tracks.total, found.tracks.has_more) == ((), 0, False)
    assert not found.tracks.truncated


def test_an_artist_does_not_say_how_many_songs_there_are() -> None:
    full = listings.listing(artist(), "artist", 1, 2, CDN).tracks
    assert (len(full.items), full.total, full.has_more) == (2, None, True)
    assert not listings.listing(artist(), "artist", 1, 3, CDN).tracks.has_more


def test_an_artist_of_the_older_shape_counts_them() -> None:
    page = listings.listing(V3["artist"], "artist", 1, 2, CDN).tracks
    assert (page.total, page.has_more) == (40, True)


@pytest.mark.parametrize("kind", MADE)
@pytest.mark.parametrize("answer", [FILLER, {}, [], None, False, {"type": "song", **v4()}, {"topSongs": [v4()]}])
def test_an_empty_card_is_not_found(kind: Kind, answer: Any) -> None:
    with pytest.raises(NotFound):
        listings.listing(answer, kind, 1, 10, CDN)


@pytest.mark.parametrize("kind", MADE)
@pytest.mark.parametrize("other", MADE)
def test_a_thing_of_another_kind_is_not_found(kind: Kind, other: Kind) -> None:
    if kind == other:
        assert listings.listing(MADE[other](), kind, 1, 10, CDN)
        return
    with pytest.raises(NotFound):
        listings.listing(MADE[other](), kind, 1, 10, CDN)


@pytest.mark.parametrize("kind", MADE)
@pytest.mark.parametrize("answer", [[1], "text", 7, [album()]])
def test_an_answer_of_another_shape_is_bad(kind: Kind, answer: Any) -> None:
    with pytest.raises(BadAnswer):
        listings.listing(answer, kind, 1, 10, CDN)


@pytest.mark.parametrize("link", ["https://evil.example/song/x/Tok", "javascript:alert(1)", None, {}])
def test_a_link_to_elsewhere_is_not_shown(link: Any) -> None:
    assert listings.album(album(perma_url=link), CDN).url == ""
    assert listings.artist(artist(urls={"overview": link}), CDN).url == ""


def test_a_link_into_the_service_s_own_network_is_rebuilt() -> None:
    inside = "https://internal-site.jiosaavn.com/s/featured/hindi/low-tide/Tide_"
    assert listings.playlist(playlist(perma_url=inside), CDN).url == "https://www.jiosaavn.com/featured/low-tide/Tide_"
    of_user = "https://www.jiosaavn.com/s/playlist/0a1b2c3d/mood/Mood,_"
    assert listings.playlist(playlist(perma_url=of_user), CDN).url == "https://www.jiosaavn.com/featured/mood/Mood,_"


@pytest.mark.parametrize("kind", get_args(Kind))
def test_a_search_page_leaves_bad_rows_out(kind: Kind) -> None:
    row = {"track": v4, **MADE}[kind]()
    page = listings.search_page({"total": 9, "start": 1, "results": [row, None, 3, {"id": "x"}]}, kind, 1, 4, CDN)
    assert (len(page.items), page.total, page.has_more) == (1, 9, True)


@pytest.mark.parametrize(("total", "page", "more"), [(9, 2, True), (8, 2, False), (0, 1, False), ("9", 1, True)])
def test_a_search_has_more_while_its_pages_do_not_reach_its_total(total: Any, page: int, more: bool) -> None:
    found = listings.search_page({"total": total, "results": [v4()]}, "track", page, 4, CDN)
    assert found.has_more is more


@pytest.mark.parametrize("answer", [None, [], {}, "x", {"results": None}, {"results": {"a": 1}}])
def test_a_search_answer_of_another_shape_is_bad(answer: Any) -> None:
    with pytest.raises(BadAnswer):
        listings.search_page(answer, "track", 1, 10, CDN)


@given(st.sampled_from(list(MADE)), st.integers(1, 5), st.integers(1, 50), st.data())
def test_no_answer_makes_the_readers_raise_anything_else(
    kind: Kind, page: int, limit: int, data: st.DataObject
) -> None:
    made = MADE[kind]()
    changes = data.draw(st.dictionaries(st.sampled_from([*made, *V3[kind], "name", "count", "numsongs"]), JSON))
    for answer in (made | changes, V3[kind] | changes, data.draw(JSON)):
        with suppress(SourceError):
            found = listings.listing(answer, kind, page, limit, CDN)
            assert found.item.id.startswith("jiosaavn:")
            assert len(found.tracks.items) <= limit
        with suppress(SourceError):
            assert listings.search_page({"results": [answer]}, kind, page, limit, CDN).total == 0
        with suppress(BadRow):
            assert listings.COLLECTIONS[kind](answer, CDN).id
