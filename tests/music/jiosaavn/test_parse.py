"""JioSaavn's rows as tracks, in both shapes, whatever is missing."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from music.domain import AlbumRef, ArtistRef
from music.sources.base import BadAnswer, NotFound, SourceError
from music.sources.jiosaavn import parse
from music.sources.jiosaavn.fields import BadRow
from tests.music.jiosaavn.rows import CDN, FIELD, JSON, v3, v4


@pytest.mark.parametrize("row", [v4(), v3()])
def test_both_shapes_are_the_same_track(row: dict[str, Any]) -> None:
    track = parse.track(row, CDN)
    assert (track.id, track.title, track.duration) == ("jiosaavn:aB3_-xYz", 'Paper "Boat"', 202)
    assert track.artists == (ArtistRef("7", "Orla Fenwright"),)
    assert track.album == AlbumRef("4711", "Harbour & Lights")
    assert (track.year, track.language, track.explicit) == (2018, "english", True)
    assert track.thumbnail == "https://c.saavncdn.com/248/Harbour-500x500.jpg"
    assert track.url == "https://www.jiosaavn.com/song/paper-boat/Mg0,cxdSYX_"
    assert (track.handle, track.isrc) == (FIELD, None)


def test_the_code_of_the_recording_is_read_in_both_shapes() -> None:
    code = "010912291154892"
    assert parse.track(v4(more_info={"vcode": code}), CDN).recording == code
    assert parse.track({**v3(), "vcode": code}, CDN).recording == code


@pytest.mark.parametrize("code", [None, "", 7, [], "no code", "x" * 41])
def test_what_is_no_code_names_no_recording(code: Any) -> None:
    assert parse.track(v4(more_info={"vcode": code}), CDN).recording == ""


@pytest.mark.parametrize("field", ["id", "title", "more_info"])
@pytest.mark.parametrize("value", [None, "", 7, [], {}, True])
def test_a_row_without_the_essentials_says_what_is_missing(field: str, value: Any) -> None:
    with pytest.raises(BadRow, match="no "):
        parse.track({**v4(), field: value}, CDN)


@pytest.mark.parametrize("duration", ["", "0", "-1", "abc", None, [], "9" * 20])
def test_a_row_without_a_duration_is_no_track(duration: Any) -> None:
    with pytest.raises(BadRow, match="no duration"):
        parse.track(v4(more_info={"duration": duration}), CDN)


def test_without_primary_artists_the_singers_are_the_artists() -> None:
    mapped = {"primary_artists": [], "artists": [{"id": "8", "name": "Tobin", "role": "singer"}, {"name": "X"}]}
    assert parse.track(v4(more_info={"artistMap": mapped}), CDN).artist == "Tobin"


def test_without_any_map_the_subtitle_names_the_artist() -> None:
    row = v4(more_info={"artistMap": None}, subtitle="Marlo Vexley - Harbour")
    assert parse.track(row, CDN).artist == "Marlo Vexley"


def test_no_artist_at_all_is_no_track() -> None:
    with pytest.raises(BadRow, match="no artist"):
        parse.track(v4(more_info={"artistMap": {}}), CDN)


def test_names_and_ids_of_v3_are_paired_only_where_their_counts_agree() -> None:
    paired = parse.track(v3(primary_artists="A, B", primary_artists_id="1, 2"), CDN)
    assert paired.artists == (ArtistRef("1", "A"), ArtistRef("2", "B"))
    unsure = parse.track(v3(primary_artists="A, B", primary_artists_id="1"), CDN)
    assert unsure.artists == (ArtistRef("", "A"), ArtistRef("", "B"))


@pytest.mark.parametrize(
    ("perma_url", "shown"),
    [
        (
            "https://internal-site.example/s/song/hindi/an-album/a-title/Ab,c_",
            "https://www.jiosaavn.com/song/a-title/Ab,c_",
        ),
        ("http://www.jiosaavn.com/song/x/Tok/", "https://www.jiosaavn.com/song/x/Tok"),
        ("https://www.jiosaavn.com/song/<b>/Tok", "https://www.jiosaavn.com/song/-/Tok"),
        ("javascript:alert(1)", ""),
        ("https://evil.example/album/x/Tok", ""),
        (None, ""),
    ],
)
def test_the_page_is_rebuilt_from_its_token(perma_url: Any, shown: str) -> None:
    assert parse.track(v4(perma_url=perma_url), CDN).url == shown


@pytest.mark.parametrize(
    "image", ["https://evil.example/a-150x150.jpg", "javascript:alert(1)", 'https://c.saavncdn.com/"', None, 3]
)
def test_an_image_from_elsewhere_is_not_shown(image: Any) -> None:
    assert parse.track(v4(image=image), CDN).thumbnail == ""


def test_endless_text_is_cut() -> None:
    people = [{"id": "1" * 999, "name": f"{number} " + "y" * 5000} for number in range(500)]
    track = parse.track(v4(title="x" * 10**6, more_info={"artistMap": {"primary_artists": people}}), CDN)
    assert len(track.title) == 300
    assert len(track.artists) == 20
    assert all(len(artist.name) <= 200 and len(artist.id) <= 64 for artist in track.artists)


@pytest.mark.parametrize("answer", [{"songs": [v4()]}, {"aB3_-xYz": v3()}, [v3()]])
def test_details_are_read_in_both_shapes(answer: Any) -> None:
    assert parse.song_details(answer, "aB3_-xYz", CDN).native == "aB3_-xYz"


def test_a_row_of_another_kind_is_no_track() -> None:
    with pytest.raises(BadRow, match="no song"):
        parse.track(v4(type="episode"), CDN)


@pytest.mark.parametrize("answer", [{"songs": [v4()], "modules": {}}, {"aB3_-xYz": v3()}])
def test_a_token_s_song_is_read_in_both_shapes(answer: Any) -> None:
    assert parse.song_by_token(answer, CDN).native == "aB3_-xYz"


@pytest.mark.parametrize("answer", [{"id": "0", "title": "", "type": "album", "list": []}, {"songs": []}, {}, []])
def test_an_empty_card_is_no_song(answer: Any) -> None:
    with pytest.raises(NotFound):
        parse.song_by_token(answer, CDN)


@pytest.mark.parametrize("answer", [None, False, "", 7])
def test_what_holds_no_songs_is_a_bad_answer(answer: Any) -> None:
    with pytest.raises(BadAnswer):
        parse.song_by_token(answer, CDN)


@pytest.mark.parametrize("answer", [{"songs": []}, {"songs": [v4(id="other123")]}, {}, []])
def test_details_of_another_song_are_not_found(answer: Any) -> None:
    with pytest.raises(NotFound):
        parse.song_details(answer, "aB3_-xYz", CDN)


FIELDS = st.dictionaries(st.sampled_from([*v4(), *v3(), "subtitle", "artistMap", "music"]), JSON)


@given(FIELDS, FIELDS)
def test_no_row_makes_the_parser_raise_anything_else(changes: dict[str, Any], more: dict[str, Any]) -> None:
    for row in (v4(), v3()):
        if isinstance(row.get("more_info"), dict):
            row["more_info"] |= more
        try:
            track = parse.track(row | changes, CDN)
        except BadRow:
            continue
        assert track.title
        assert track.artist
        assert track.duration > 0
        assert json.loads(json.dumps(track.title)) == track.title


@given(JSON)
def test_no_answer_makes_the_readers_raise_anything_else(answer: Any) -> None:
    with suppress(SourceError):
        assert parse.song_by_token(answer, CDN).title
    with suppress(SourceError):
        assert parse.song_details(answer, "x", CDN).title
