"""What the source asks for a song, an album, a playlist, an artist, and what it makes of the answers."""

from __future__ import annotations

import pytest

from music.domain import Album, Artist, Playlist, Track
from music.sources.base import NotFound, NotPlayable, NotSupported, SourceBlocked
from music.sources.youtube.client import YouTube
from tests.music.youtube.conftest import paths, soon, track_of, video
from tests.standin import catalogue
from tests.standin.process import StandIn
from tests.standin.youtube import ids, pages, shelf, specials

PLAIN = catalogue.PLAIN
MANY = "ki ke se wali"  # words of half of the Hindi songs


def tracks(youtube: YouTube, query: str, page: int = 1, limit: int = 20) -> list[Track]:
    found = youtube.search(query, "track", page, limit, soon()).items
    assert all(isinstance(item, Track) for item in found)
    return [item for item in found if isinstance(item, Track)]


def test_a_search_is_one_request_and_holds_all_that_matching_wants(youtube: YouTube, standin: StandIn) -> None:
    found = tracks(youtube, PLAIN.title)[0]
    assert paths(standin) == ["search"]
    assert found.native == ids.track_id(PLAIN)
    assert (found.title, found.artist, found.duration) == (PLAIN.title, PLAIN.artists[0], PLAIN.duration)
    assert found.album
    assert (found.album.title, found.album.id) == (PLAIN.album.title, ids.album_id(PLAIN.album))
    assert found.artists[0].id == ids.artist_id(PLAIN.artists[0])
    assert found.url == f"https://music.youtube.com/watch?v={found.native}"
    assert found.thumbnail.startswith("https://lh3.googleusercontent.com/")
    assert "=w544-h544" in found.thumbnail


def test_every_request_goes_to_the_services_own_hosts(youtube: YouTube, standin: StandIn) -> None:
    youtube.link(tracks(youtube, PLAIN.title)[0], 160, soon())
    hosts = [(entry["host"], entry["tunnelled"]) for entry in standin.log("youtube") if entry["part"] != "tunnel"]
    assert hosts == [("music.youtube.com", True), *[("www.youtube.com", True)] * 2]


def test_moved_base_addresses_serve_everything_without_a_proxy(direct: YouTube, standin: StandIn) -> None:
    found = tracks(direct, PLAIN.title)[0]
    link = direct.link(found, 160, soon())
    assert link.url.startswith(standin.url)
    assert paths(standin) == ["search", "visitor_id", "player"]


def test_pages_of_a_search_follow_on_each_other(youtube: YouTube, standin: StandIn) -> None:
    whole = tracks(youtube, MANY, 1, 45)
    assert len(whole) == 45
    parts = [youtube.search(MANY, "track", page, 15, soon()) for page in (1, 2, 3)]
    assert [item for part in parts for item in part.items] == whole
    assert all(part.has_more for part in parts)
    standin.clear_log()
    tracks(youtube, MANY, 1, 20)
    assert paths(standin) == ["search"]


def test_a_search_ends_where_the_results_end(youtube: YouTube) -> None:
    page = youtube.search("Periscope Lullaby", "track", 1, 20, soon())
    assert [item.id for item in page.items] == [f"youtube:{ids.track_id(shelf.ONLY_HERE)}"]
    assert (page.has_more, page.truncated) == (False, False)


def test_a_page_far_down_is_empty_and_costs_nothing(youtube: YouTube, standin: StandIn) -> None:
    page = youtube.search("love", "track", 9, 50, soon())
    assert (page.items, page.has_more, page.truncated) == ((), False, True)
    assert paths(standin) == []


def test_words_that_nothing_matches_find_nothing(youtube: YouTube) -> None:
    page = youtube.search("qqqq zzzz", "track", 1, 20, soon())
    assert (page.items, page.has_more) == ((), False)


def test_albums_playlists_and_artists_are_found_by_words(youtube: YouTube) -> None:
    album = youtube.search(PLAIN.album.title, "album", 1, 5, soon()).items[0]
    assert isinstance(album, Album)
    assert (album.title, album.artist, album.year) == (PLAIN.album.title, PLAIN.artists[0], PLAIN.album.year)
    artist = youtube.search(PLAIN.artists[0], "artist", 1, 5, soon()).items[0]
    assert artist == Artist(artist.id, PLAIN.artists[0], artist.thumbnail, artist.url)
    playlist = youtube.search("Hindi Evening", "playlist", 1, 5, soon()).items[0]
    assert isinstance(playlist, Playlist)
    assert (playlist.title, playlist.owner) == ("Hindi Evening", "YouTube Music")


def test_a_video_is_described_without_the_player(youtube: YouTube, standin: StandIn) -> None:
    found = youtube.track(ids.track_id(PLAIN), soon())
    assert (found.title, found.artist, found.duration, found.year) == (PLAIN.title, PLAIN.artists[0], 213, 2019)
    assert paths(standin) == ["next"]


def test_a_video_that_music_does_not_play_is_described_by_its_title(youtube: YouTube, standin: StandIn) -> None:
    found = youtube.track(specials.OFF_MUSIC.id, soon())
    assert (found.title, found.duration) == (specials.OFF_MUSIC.title, specials.OFF_MUSIC.seconds)
    assert paths(standin) == ["next", "oembed", "search"]


def test_the_player_describes_what_nothing_else_does(youtube: YouTube, standin: StandIn) -> None:
    found = youtube.track(specials.UNSEARCHED.id, soon())
    assert (found.title, found.duration) == (specials.UNSEARCHED.title, specials.UNSEARCHED.seconds)
    assert paths(standin) == ["next", "oembed", "visitor_id", "player"]


def test_what_the_player_described_is_played_without_asking_again(youtube: YouTube, standin: StandIn) -> None:
    found = youtube.track(specials.UNSEARCHED.id, soon())
    assert youtube.link(found, 160, soon()).bitrate
    assert paths(standin).count("player") == 1
    # A second link is wanted where the first one was dead.
    youtube.link(found, 160, soon())
    assert paths(standin).count("player") == 2


def test_a_video_that_is_not_there_is_not_found_and_asks_no_player(youtube: YouTube, standin: StandIn) -> None:
    with pytest.raises(NotFound):
        youtube.track("A1234567890", soon())
    assert "player" not in paths(standin)


@pytest.mark.parametrize("native", ["", "short", "A1234567890x", "A123456789/", "'; --", "\n1234567890"])
def test_what_is_no_id_is_not_asked_for(youtube: YouTube, standin: StandIn, native: str) -> None:
    with pytest.raises(NotFound):
        youtube.track(native, soon())
    with pytest.raises(NotFound):
        youtube.related(native, 5, soon())
    with pytest.raises(NotFound):
        youtube.link(video(native), 160, soon())
    for pages_of in (youtube.album, youtube.playlist, youtube.artist):
        with pytest.raises(NotFound):
            pages_of(native, 1, 10, soon())
    assert paths(standin) == []


@pytest.mark.parametrize(("special", "reason"), [*specials.REFUSALS, (specials.SECRET, "")])
def test_what_does_not_play_says_why(youtube: YouTube, special: specials.Special, reason: str) -> None:
    with pytest.raises(NotPlayable) as raised:
        youtube.link(video(special.id), 160, soon())
    assert raised.value.reason == reason


def test_what_does_not_play_here_is_described_all_the_same(youtube: YouTube) -> None:
    assert youtube.track(specials.GEO.id, soon()).title == specials.GEO.title


def test_an_unknown_video_has_no_link(youtube: YouTube) -> None:
    with pytest.raises(NotFound):
        youtube.link(video("A1234567890"), 160, soon())


def test_quality_is_a_ceiling(youtube: YouTube) -> None:
    bitrates = [youtube.link(track_of(PLAIN), quality, soon()).bitrate for quality in (320, 160, 96, 10)]
    assert bitrates[0] == bitrates[1] > 96 >= bitrates[2] == bitrates[3]


def test_a_link_is_for_this_server_alone_and_opens_here(youtube: YouTube, standin: StandIn) -> None:
    link = youtube.link(track_of(PLAIN), 160, soon())
    assert (link.mime, link.codec, link.open_to_all) == ("audio/mp4", "aac", False)
    answer = youtube.open(link, "bytes=0-999999", soon())
    first = next(answer.chunks())
    answer.close()
    assert (answer.status, first[4:8]) == (206, b"ftyp")
    assert answer.headers["Content-Range"] == f"bytes 0-999999/{link.size}"
    entry = standin.log("youtube", "media")[-1]
    assert entry["headers"]["user-agent"].startswith("Mozilla/5.0 (Macintosh")
    assert entry["headers"]["accept-encoding"] == "identity"


def test_an_album_by_either_of_its_ids(youtube: YouTube, standin: StandIn) -> None:
    page = youtube.album(ids.album_id(PLAIN.album), 1, 50, soon())
    assert isinstance(page.item, Album)
    assert (page.item.title, page.item.artist, page.item.year, page.item.total) == (
        PLAIN.album.title,
        PLAIN.artists[0],
        2019,
        2,
    )
    assert [track.title for track in page.tracks.items] == [PLAIN.title, catalogue.INSTRUMENTAL.title]
    assert all(track.album and track.album.title == PLAIN.album.title for track in page.tracks.items)
    assert paths(standin) == ["browse"]
    assert youtube.album(ids.album_list_id(PLAIN.album), 1, 50, soon()) == page


def test_a_page_of_an_album(youtube: YouTube) -> None:
    page = youtube.album(ids.album_id(PLAIN.album), 2, 1, soon()).tracks
    assert ([track.title for track in page.items], page.has_more) == ([catalogue.INSTRUMENTAL.title], False)
    assert youtube.album(ids.album_id(PLAIN.album), 3, 1, soon()).tracks.items == ()


def test_the_first_page_of_a_playlist_of_ten_thousand_is_one_request(youtube: YouTube, standin: StandIn) -> None:
    long = shelf.endless()
    page = youtube.playlist(long.id, 1, 100, soon()).tracks
    assert (len(page.items), page.total, page.has_more, page.truncated) == (100, 10_000, True, True)
    assert paths(standin) == ["browse"]
    third = youtube.playlist(long.id, 3, 50, soon()).tracks.items
    assert [track.native for track in third] == [ids.track_id(song) for song in long.entries[100:150] if song]


def test_a_playlist_ends_at_our_depth(youtube: YouTube, standin: StandIn) -> None:
    long = shelf.endless()
    beyond = youtube.playlist(long.id, 200, 50, soon())
    assert (beyond.tracks.items, beyond.tracks.has_more, beyond.tracks.truncated) == ((), False, True)
    assert beyond.item.id == f"youtube:{long.id}"
    assert paths(standin) == ["browse"]


def test_entries_that_were_taken_away_are_left_out(youtube: YouTube) -> None:
    page = youtube.playlist(shelf.WITH_GAPS.id, 1, 50, soon())
    kept = [song for song in shelf.WITH_GAPS.entries if song]
    assert [track.title for track in page.tracks.items] == [song.title for song in kept]
    assert page.tracks.total == len(shelf.WITH_GAPS.entries)


def test_an_empty_playlist_is_empty(youtube: YouTube) -> None:
    page = youtube.playlist(shelf.EMPTY.id, 1, 50, soon())
    assert (page.item.id, page.tracks.items, page.tracks.total) == (f"youtube:{shelf.EMPTY.id}", (), 0)


def test_an_artist_with_songs_that_say_how_long_they_are(youtube: YouTube, standin: StandIn) -> None:
    page = youtube.artist(ids.artist_id(PLAIN.artists[0]), 1, 5, soon())
    assert page.item == Artist(page.item.id, PLAIN.artists[0], page.item.thumbnail, page.item.url)
    assert len(page.tracks.items) == 5
    assert all(track.duration for track in page.tracks.items)
    assert paths(standin) == ["browse", "browse"]


@pytest.mark.parametrize("native", [pages.CHANNEL, "UC" + "x" * 22])
def test_a_channel_of_no_artist_is_not_found(youtube: YouTube, native: str) -> None:
    with pytest.raises(NotFound):
        youtube.artist(native, 1, 5, soon())


@pytest.mark.parametrize("native", ["PLnothing_here", "RDCLAK5uy_nothing", "OLAK5uy_nothing"])
def test_a_playlist_that_is_not_there_is_not_found(youtube: YouTube, native: str) -> None:
    with pytest.raises(NotFound):
        youtube.playlist(native, 1, 5, soon())


def test_a_page_that_was_taken_away_is_not_found(youtube: YouTube, standin: StandIn) -> None:
    standin.fault("youtube", "zero")
    for ask, native in (
        (youtube.album, ids.album_id(PLAIN.album)),
        (youtube.playlist, shelf.EMPTY.id),
        (youtube.artist, ids.artist_id(PLAIN.artists[0])),
    ):
        with pytest.raises(NotFound):
            ask(native, 1, 5, soon())


def test_related_songs_go_on_from_a_song_without_it(youtube: YouTube, standin: StandIn) -> None:
    found = youtube.related(ids.track_id(PLAIN), 5, soon())
    assert len(found) == 5
    assert ids.track_id(PLAIN) not in {track.native for track in found}
    assert paths(standin) == ["next"]


def test_suggestions_are_songs(youtube: YouTube, standin: StandIn) -> None:
    found = youtube.suggest("marmalade", 3, soon())
    assert len(found) == 3
    assert all(track.duration and track.thumbnail for track in found)
    assert paths(standin) == ["search"]


def test_it_knows_no_trends(youtube: YouTube) -> None:
    with pytest.raises(NotSupported):
        youtube.trending("hindi", 5, soon())


def test_ping_asks_for_a_word_that_has_songs(youtube: YouTube, standin: StandIn) -> None:
    youtube.ping(soon())
    assert paths(standin) == ["search", "visitor_id"]
    standin.fault("youtube", "zero")
    with pytest.raises(SourceBlocked):
        youtube.ping(soon())
