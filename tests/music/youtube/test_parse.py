"""ytmusicapi's rows and oEmbed's answers as domain objects, whatever is missing in them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from music.domain import AlbumRef, ArtistRef, Item
from music.guard import Targets
from music.sources.youtube import ids, parse
from music.sources.youtube.transport import MEDIA_HOSTS

HOSTS = Targets(MEDIA_HOSTS)
VIDEO = "aB3-_xYz012"
CHANNEL = "UC" + "aB3-_xYz01" + "2" * 12
COVERS = [
    {"url": "https://lh3.googleusercontent.com/invented=w60-h60-l90-rj", "width": 60, "height": 60},
    {"url": "https://lh3.googleusercontent.com/invented=w120-h120-l90-rj", "width": 120, "height": 120},
]
ROW: dict[str, Any] = {
    "resultType": "song",
    "videoId": VIDEO,
    "title": "Kettle &amp; Spoon",
    "artists": [{"name": "Odette Farraway", "id": CHANNEL}, {"name": "The Tin Foxes", "id": None}],
    "album": {"name": "Kitchen Suite", "id": "MPREb_invented01"},
    "duration": "3:07",
    "duration_seconds": 187,
    "year": "2021",
    "isExplicit": True,
    "isAvailable": True,
    "thumbnails": COVERS,
}


def made(**changed: Any) -> Any:
    """The track of the row with changes; None where it cannot become one."""
    return next(parse.each(parse.track, [ROW | changed], HOSTS), None)


def test_a_row_becomes_a_track() -> None:
    track = made()
    assert (track.id, track.title, track.artist) == (
        f"youtube:{VIDEO}",
        "Kettle & Spoon",
        "Odette Farraway, The Tin Foxes",
    )
    assert track.artists == (ArtistRef(CHANNEL, "Odette Farraway"), ArtistRef("", "The Tin Foxes"))
    assert track.album == AlbumRef("MPREb_invented01", "Kitchen Suite")
    assert (track.duration, track.year, track.explicit, track.language, track.isrc) == (187, 2021, True, "", None)
    assert track.thumbnail == "https://lh3.googleusercontent.com/invented=w544-h544-l90-rj"
    assert track.url == f"https://music.youtube.com/watch?v={VIDEO}"


@pytest.mark.parametrize(
    ("changed", "is_video"),
    [
        ({"videoType": "MUSIC_VIDEO_TYPE_ATV"}, False),
        ({"videoType": "MUSIC_VIDEO_TYPE_ATV", "resultType": "video"}, False),
        ({"videoType": "MUSIC_VIDEO_TYPE_OMV"}, True),
        ({"videoType": "MUSIC_VIDEO_TYPE_UGC"}, True),
        ({"videoType": None}, False),
        ({"videoType": None, "resultType": "video"}, True),
        ({"videoType": 7, "resultType": None}, False),
    ],
)
def test_a_video_is_told_from_the_audio_of_an_album(changed: dict[str, Any], is_video: bool) -> None:
    assert made(**changed).is_video is is_video


@pytest.mark.parametrize(
    "changed",
    [
        {"videoId": None},
        {"videoId": "short"},
        {"videoId": f"{VIDEO}x"},
        {"title": None},
        {"title": " \u200e "},
        {"artists": None},
        {"artists": []},
        {"artists": [{"name": None, "id": None}]},
        {"artists": "Odette"},
        {"isAvailable": False},
        {"duration": None, "duration_seconds": None},
        {"duration": "1,234", "duration_seconds": 0},
        {"duration": "2:61:61:61", "duration_seconds": None},
        {"duration": "0:00", "duration_seconds": None},
    ],
)
def test_a_row_that_says_too_little_is_left_out(changed: dict[str, Any]) -> None:
    assert made(**changed) is None


def test_the_clock_is_read_where_seconds_are_missing() -> None:
    assert made(duration_seconds=None).duration == 187
    assert made(duration_seconds=None, duration=None, length="1:02:03").duration == 3723


@pytest.mark.parametrize(
    ("album", "seen"), [("Kitchen Suite", AlbumRef("", "Kitchen Suite")), (None, None), ({}, None)]
)
def test_an_album_may_be_a_title_alone(album: Any, seen: AlbumRef | None) -> None:
    assert made(album=album).album == seen


@pytest.mark.parametrize(
    "link", ["https://evil.example/x.jpg", "http://lh3.googleusercontent.com/x", 7, None, "javascript:1"]
)
def test_a_picture_from_elsewhere_is_not_shown(link: Any) -> None:
    assert made(thumbnails=[{"url": link}]).thumbnail == f"https://i.ytimg.com/vi/{VIDEO}/hqdefault.jpg"


def test_a_watch_list_holds_the_video_itself_or_as_the_other_of_a_pair() -> None:
    other = ROW | {"videoId": "00000000000", "title": "Another"}
    pair = other | {"counterpart": ROW | {"title": "As a Video"}}
    for rows, title in (([other, ROW], "Kettle & Spoon"), ([pair], "As a Video")):
        found = parse.watched(rows, VIDEO, HOSTS)
        assert found
        assert (found.native, found.title) == (VIDEO, title)
    assert parse.watched([other], VIDEO, HOSTS) is None
    assert parse.watched([other | {"counterpart": None}, None, 7], VIDEO, HOSTS) is None
    assert parse.watched(None, VIDEO, HOSTS) is None


def test_oembed_names_title_and_channel() -> None:
    assert parse.embedded({"title": "Kettle &amp; Spoon", "author_name": "Odette"}) == ("Kettle & Spoon", "Odette")
    assert parse.embedded({"title": 7}) == ("", "")


def test_an_album_of_a_search() -> None:
    row = ROW | {"browseId": "MPREb_invented01", "title": "Kitchen Suite"}
    album = next(parse.each(parse.album, [row], HOSTS))
    assert (album.id, album.title, album.year, album.total) == ("youtube:MPREb_invented01", "Kitchen Suite", 2021, None)
    assert album.url == "https://music.youtube.com/browse/MPREb_invented01"
    assert list(parse.each(parse.album, [row | {"browseId": "UCwrong"}, row | {"title": ""}], HOSTS)) == []


def test_a_playlist_of_a_search() -> None:
    row = {"browseId": "VLPLinvented_list", "title": "Washing Up", "author": "Odette", "itemCount": 12}
    playlist = next(parse.each(parse.playlist, [row], HOSTS))
    assert (playlist.id, playlist.owner, playlist.total) == ("youtube:PLinvented_list", "Odette", 12)
    assert playlist.url == "https://music.youtube.com/playlist?list=PLinvented_list"
    brief = next(parse.each(parse.playlist, [row | {"author": None, "itemCount": None}], HOSTS))
    assert (brief.owner, brief.total) == ("", None)
    assert list(parse.each(parse.playlist, [row | {"browseId": None}, row | {"title": None}], HOSTS)) == []


def test_an_artist_of_a_search() -> None:
    row = {"browseId": CHANNEL, "artist": "Odette Farraway", "thumbnails": COVERS}
    artist = next(parse.each(parse.artist, [row], HOSTS))
    assert (artist.id, artist.name) == (f"youtube:{CHANNEL}", "Odette Farraway")
    assert list(parse.each(parse.artist, [row | {"browseId": "MPREb_x"}, row | {"artist": None}], HOSTS)) == []


def test_the_ids_of_one_kind_are_not_those_of_another() -> None:
    patterns = {ids.VIDEO: VIDEO, ids.ALBUM: "MPREb_invented01", ids.CHANNEL: CHANNEL, ids.PLAYLIST: "PLinvented_list"}
    for pattern, native in patterns.items():
        assert [ids.matched(other, native) for other in patterns if other is not pattern] == ["", "", ""]


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["name", "id", "url", "videoId"]), inner)
    ),
    max_leaves=6,
)


@given(row=st.fixed_dictionaries({}, optional=dict.fromkeys(ROW, ANYTHING)) | ANYTHING)
def test_no_row_of_any_shape_raises(row: Any) -> None:
    makers: tuple[Callable[[Any, Targets], Item], ...] = (parse.track, parse.album, parse.playlist, parse.artist)
    for make in makers:
        for item in parse.each(make, [row], HOSTS):
            assert item.id.startswith("youtube:")
    assert parse.watched([row], VIDEO, HOSTS) is None or row["videoId"] == VIDEO


@given(seconds=st.integers(1, parse.MAX_DURATION))
def test_a_clock_is_read_back(seconds: int) -> None:
    minutes, rest = divmod(seconds, 60)
    written = f"{minutes // 60}:{minutes % 60:02}:{rest:02}" if minutes >= 60 else f"{minutes}:{rest:02}"
    assert parse.clock(written) == seconds
