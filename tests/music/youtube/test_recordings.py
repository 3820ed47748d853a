"""Every recorded answer of the service, as the installed ytmusicapi and our parsers read it."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from music.domain import Album, Artist, Playlist
from music.guard import Targets
from music.sources.base import BadAnswer, NotFound, NotPlayable, SourceError
from music.sources.youtube import lists, parse, player
from music.sources.youtube.errors import OtherClientWanted, Unreadable
from music.sources.youtube.transport import MEDIA_HOSTS
from tests.music.youtube.canned import music
from tests.music.youtube.conftest import soon

FOLDER = os.environ.get("FLAKS_RECORDINGS")
pytestmark = pytest.mark.skipif(not FOLDER, reason="FLAKS_RECORDINGS names no folder")
HOSTS = Targets(MEDIA_HOSTS)
RECORDED_AT = 1_780_869_600  # 7 June 2026, 22:00 UTC
MOST = 10_800


def body(name: str) -> dict[str, Any]:
    """The one answer whose file's name holds this."""
    (found,) = Path(FOLDER or ".", "youtube").glob(f"*/{name}*.json")
    answer: dict[str, Any] = json.loads(found.read_bytes())
    return answer


def raw_rows(answer: Any) -> int:
    """How many rows an answer of YouTube Music holds, without those that are greyed out."""
    text = json.dumps(answer)
    return text.count('{"musicResponsiveListItemRenderer": ') - text.count("DISPLAY_POLICY_GREY_OUT")


@pytest.mark.parametrize("name", ["search-music-songs-mocromaniac-page-1", "search-music-songs-corrected"])
def test_every_song_of_a_recorded_search_becomes_a_track(name: str) -> None:
    answer = body(name)
    tracks = list(parse.each(parse.track, music(answer).search("x", "songs", 1, soon()), HOSTS))
    assert len(tracks) == raw_rows(answer) > 10
    for track in tracks:
        assert all((track.title, track.artist, track.duration, track.thumbnail, track.url, track.native)), track
        assert track.thumbnail.partition("=")[2].startswith("w544-h544")
        assert all(artist.id[:2] in ("UC", "") for artist in track.artists)  # a joint credit leads nowhere
        assert track.album is None or track.album.id.startswith("MPREb_")


@pytest.mark.parametrize(
    ("name", "kept", "make", "kind"),
    [
        ("search-music-albums-axwell", "albums", parse.album, Album),
        ("search-music-artists-kevin", "artists", parse.artist, Artist),
        ("search-music-playlists-louivos", "playlists", parse.playlist, Playlist),
    ],
)
def test_every_item_of_a_recorded_search_becomes_its_kind(
    name: str, kept: Any, make: Callable[[Any, Targets], Any], kind: type
) -> None:
    answer = body(name)
    items: list[Any] = list(parse.each(make, music(answer).search("x", kept, 1, soon()), HOSTS))
    assert len(items) == raw_rows(answer) > 10
    assert {type(item) for item in items} == {kind}
    assert all(item.thumbnail and item.url for item in items)


def test_a_recorded_playlist_is_a_page_of_tracks() -> None:
    native = "RDCLAK5uy_lWy02cQBnTVTlwuRauaGKeUDH3L6PXNxI"
    listing = lists.playlist(music(body("browse-music-playlist-101")), native, lists.Part(1, 100), HOSTS, soon())
    assert isinstance(listing.item, Playlist)
    assert (listing.item.id, listing.item.total) == (f"youtube:{native}", 101)
    assert len(listing.tracks.items) == 100
    assert listing.tracks.has_more
    assert all(track.duration and track.artist for track in listing.tracks.items)
    assert sum(track.album is None for track in listing.tracks.items) == 1  # a video among the songs


def test_a_recorded_album_as_a_playlist() -> None:
    native = "OLAK5uy_n0x1TMX8DL2eli2g_LysCSg-6Nq5YQa1g"
    listing = lists.playlist(music(body("browse-music-playlist-album")), native, lists.Part(1, 50), HOSTS, soon())
    assert (len(listing.tracks.items), listing.tracks.total, listing.tracks.has_more) == (19, 19, False)
    assert len({track.album for track in listing.tracks.items}) == 1


@pytest.mark.parametrize("name", ["search-music-all-lost", "search-music-isrc"])
def test_a_search_without_filter_in_another_language_is_read_or_refused(name: str) -> None:
    with suppress(BadAnswer):
        rows = music(body(name)).search("x", "songs", 1, soon())
        assert all(track.title for track in parse.each(parse.track, rows, HOSTS))


@pytest.mark.parametrize("name", ["browse-web-playlist-invalid-id", "browse-web-playlist-not-existing"])
def test_a_recorded_playlist_that_is_not_there_is_not_found(name: str) -> None:
    with pytest.raises(NotFound):
        music(body(name)).playlist("PLanything", 5, soon())


@pytest.mark.parametrize(
    ("name", "video", "bitrates"),
    [
        ("player-visionos-music-video", "K4DyBUG242c", [130, 130, 49, 49]),
        ("player-visionos-multi-audio-track", "kX3nB4PpJko", [129, 129, 49, 49]),
    ],
)
def test_a_recorded_video_has_a_link_at_each_quality(name: str, video: str, bitrates: list[int]) -> None:
    answer = body(name)
    player.check(answer, video, MOST)
    files = player.audio_of(answer)
    links = [player.media_link(player.chosen(files, quality), RECORDED_AT, HOSTS) for quality in (320, 160, 96, 30)]
    assert [link.bitrate for link in links] == bitrates
    assert {(link.mime, link.codec) for link in links} == {("audio/mp4", "aac")}
    assert all(link.size and (link.expires_at or 0) > RECORDED_AT for link in links)
    track = player.described(answer, video)
    assert (track.native, track.duration > 60, bool(track.title and track.artist)) == (video, True, True)


def test_of_a_video_in_many_languages_the_original_is_taken() -> None:
    files = player.audio_of(body("player-visionos-multi-audio-track"))
    assert len(files) <= 5


@pytest.mark.parametrize(
    ("name", "video", "error", "reason"),
    [
        ("player-visionos-live-stream", "X4VbdwhkE10", NotPlayable, "live"),
        ("player-visionos-unplayable", "it3OtbTxQk0", OtherClientWanted, ""),
        ("reel-android-geo-restricted", "_PL2HJKxnOM", NotPlayable, "geo_blocked"),
        ("reel-android-music-premium", "sMJ8bRN2dak", NotPlayable, "paid"),
        ("reel-android-private", "8VajtrESJzA", NotPlayable, "private"),
        ("reel-android-unknown-id", "don-t-exist", Unreadable, None),
        ("player-web-metadata-only", "K4DyBUG242c", Unreadable, None),
    ],
)
def test_a_recorded_refusal_has_its_error(name: str, video: str, error: type[SourceError], reason: str | None) -> None:
    answer = body(name)
    with pytest.raises(error) as raised:
        player.check(answer.get("playerResponse", answer), video, MOST)
    assert getattr(raised.value, "reason", None) == reason


@pytest.mark.parametrize(
    ("name", "video"), [("reel-android-geo-restricted", "_PL2HJKxnOM"), ("player-visionos-unplayable", "it3OtbTxQk0")]
)
def test_a_recorded_refusal_still_describes_the_video(name: str, video: str) -> None:
    answer = body(name)
    track = player.described(answer.get("playerResponse", answer), video)
    assert all((track.title, track.artist, track.duration))
