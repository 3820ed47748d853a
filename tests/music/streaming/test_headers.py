"""What an audio answer says of itself."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from music.known import KnownAudio
from music.streaming.headers import described, disposition, etag_of, file_name, measured, slug
from music.streaming.ranges import Span

AUDIO = KnownAudio("audio/mp4", 320, 1000)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Marmalade Telescope - Orla", 'inline; filename="Marmalade Telescope - Orla.m4a"'),
        ("तुम", "inline; filename*=utf-8''%E0%A4%A4%E0%A5%81%E0%A4%AE.m4a"),
        ('a"b\\c/d', 'inline; filename="a b c d.m4a"'),
        ("a\r\nSet-Cookie: b", 'inline; filename="a Set-Cookie b.m4a"'),
        ("\x00\u202e..", 'inline; filename="audio.m4a"'),
        ("", 'inline; filename="audio.m4a"'),
    ],
)
def test_the_songs_name_is_said_and_cannot_end_the_header(name: str, expected: str) -> None:
    assert disposition(name, "audio/mp4") == expected


@pytest.mark.parametrize(("mime", "end"), [("audio/webm", "webm"), ("audio/mpeg", "mp3"), ("audio/x", "m4a")])
def test_the_name_ends_as_its_type_does(mime: str, end: str) -> None:
    assert disposition("a", mime) == f'inline; filename="a.{end}"'


@given(st.text())
def test_no_name_makes_a_header_that_cannot_be_sent(name: str) -> None:
    assert re.fullmatch(r"[ -~]+", disposition(name, "audio/mp4"))
    assert 0 < len(file_name(name)) <= 120


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Marmalade Telescope - Orla", "Marmalade-Telescope-Orla"),
        ("Déjà vu (Live)", "Deja-vu-Live"),
        ("Don't", "Dont"),
        ("तुम ही हो", ""),
        ("तुम ही हो a b", ""),
        ("a", ""),
        ("x" * 100, "x" * 60),
    ],
)
def test_a_links_name_is_plain_letters_or_nothing(name: str, expected: str) -> None:
    assert slug(name) == expected


@given(st.text())
def test_no_slug_holds_what_a_shell_would_read(name: str) -> None:
    assert re.fullmatch(r"[A-Za-z0-9-]{0,60}", slug(name))


def test_a_tag_is_the_same_everywhere_and_another_for_another_file() -> None:
    tag = etag_of("youtube:a", AUDIO)
    assert re.fullmatch(r'"[0-9a-f]{24}"', tag)
    assert tag == etag_of("youtube:a", KnownAudio("audio/mp4", 320, 1000))
    others = {etag_of("youtube:b", AUDIO), etag_of("youtube:a", KnownAudio("audio/mp4", 320, 1001))}
    assert tag not in others


def test_a_part_says_which_and_the_whole_does_not() -> None:
    assert measured(Span(5, 9, 10, whole=False)) == {"Content-Length": "5", "Content-Range": "bytes 5-9/10"}
    assert measured(Span(0, 9, 10, whole=True)) == {"Content-Length": "10"}
    assert described(AUDIO, '"t"', "x")["Accept-Ranges"] == "bytes"
