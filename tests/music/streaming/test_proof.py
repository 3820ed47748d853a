"""Whether what a media host answers is audio."""

from __future__ import annotations

import pytest

from music.streaming.proof import begins_as_audio, is_audio, kind_of


@pytest.mark.parametrize(
    "first",
    [
        b"\0\0\0\x1cftypM4A ",
        b"\x1aE\xdf\xa3\x01\0\0\0",
        b"ID3\x04\0\0",
        b"\xff\xfb\x90\x00",  # MPEG 1 layer III, 128 kbit/s
        b"\xff\xf3\x84\xc4",  # MPEG 2 layer III
    ],
)
def test_audio_is_known_by_its_first_bytes(first: bytes) -> None:
    assert begins_as_audio(first)


@pytest.mark.parametrize(
    "first",
    [
        *(b"", b"\xff", b"<!DOCTYPE html>", b'{"error": 1}', b"MZ\x90\0", b"#EXTM3U\n", b"OggS\0"),
        "<html>".encode("utf-16"),
        b"\xff\xff\xff\xff",
        b"\xff\xf1\x50\x80",  # AAC without a container
        b"\0\0\0\x1cmoov",
        b"MZ\0\x1cftypM4A ",
        b"\0\0\0\0ftypM4A ",
    ],
)
def test_nothing_else_is(first: bytes) -> None:
    assert not begins_as_audio(first)


def test_a_type_is_read_without_case_and_parameters() -> None:
    assert kind_of({"Content-Type": ' Audio/MP4; codecs="x"'}) == "audio/mp4"
    assert is_audio("audio/webm")
    assert not is_audio("text/html")
    assert kind_of({}) == ""
