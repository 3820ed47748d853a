"""JioSaavn's audio links, and what proves that one plays."""

from __future__ import annotations

import base64
from contextlib import suppress
from typing import Any

import pytest
from cryptography.hazmat.decrepit.ciphers.algorithms import TripleDES
from cryptography.hazmat.primitives.ciphers import Cipher, modes
from cryptography.hazmat.primitives.padding import PKCS7
from hypothesis import given
from hypothesis import strategies as st
from requests.structures import CaseInsensitiveDict

from music.sources.base import BadAnswer, NotPlayable, SourceBlocked, SourceError, SourceRateLimited
from music.sources.jiosaavn import media
from music.wire import Answer

KEY = "our-test"
LINK = "https://aac.saavncdn.com/248/0123456789abcdef0123456789abcdef_96.mp4"
NOW = 1_900_000_000
AUDIO = b"\0\0\0\x20ftypM4A \0\0\0\0"


def field(link: str, key: str = KEY) -> str:
    """A media field that holds the link, encrypted as the service does it."""
    padder, encryptor = PKCS7(64).padder(), Cipher(TripleDES(key.encode() * 3), modes.ECB()).encryptor()
    padded = padder.update(link.encode()) + padder.finalize()
    return base64.b64encode(encryptor.update(padded) + encryptor.finalize()).decode()


def probe(status: int = 206, body: bytes = AUDIO, **headers: str) -> Answer:
    """The answer to a request of a file's first bytes."""
    usual = {"Content-Type": "audio/mp4", "Content-Range": "bytes 0-4095/7236004"}
    given_headers = {name.replace("_", "-"): value for name, value in headers.items()}
    return Answer(status, CaseInsensitiveDict(usual | given_headers), body)


@pytest.mark.parametrize(
    ("quality", "bitrates"), [(320, (320, 160, 96)), (160, (160, 96)), (200, (160, 96)), (96, (96,)), (10, (96,))]
)
def test_bitrates_go_down_from_the_ceiling(quality: int, bitrates: tuple[int, ...]) -> None:
    assert media.bitrates_for(quality) == bitrates


@pytest.mark.parametrize("link", [LINK, LINK.replace("https", "http"), LINK.replace("_96", "_sar_96")])
def test_a_media_field_opens_with_its_key(link: str) -> None:
    assert media.unsigned_link(field(link), KEY) == link


@pytest.mark.parametrize("handle", [field(LINK, "another!"), field("https://evil.example/x.exe"), "!!!", "QUJD", ""])
def test_a_field_that_does_not_open_is_a_bad_answer(handle: str) -> None:
    with pytest.raises(BadAnswer):
        media.unsigned_link(handle, KEY)


@given(st.text(max_size=200))
def test_no_field_raises_anything_else(handle: str) -> None:
    with pytest.raises(BadAnswer):
        media.unsigned_link(handle, KEY)


def test_a_variant_differs_in_its_suffix_only() -> None:
    assert media.variant(LINK, 320) == LINK.replace("_96.mp4", "_320.mp4")
    assert media.variant(LINK.replace("_96", "_sar_96"), 160).endswith("_sar_160.mp4")


def test_links_are_made_secure_but_for_the_origin_let_through() -> None:
    assert media.secured("http://aac.saavncdn.com/x", "") == "https://aac.saavncdn.com/x"
    assert media.secured("http://127.0.0.1:9100/x", "http://127.0.0.1:9100") == "http://127.0.0.1:9100/x"
    assert media.secured("http://127.0.0.1:91000/x", "http://127.0.0.1:9100") == "https://127.0.0.1:91000/x"


@pytest.mark.parametrize(
    ("query", "expires_at"),
    [
        ("", None),
        (f"?Expires={NOW + 300}&Signature=x&Key-Pair-Id=y", NOW + 300),
        ("?Expires=soon&Signature=x", NOW + 240),
        (f"?Expires={NOW - 5}&Signature=x", NOW + 240),
        (f"?Expires={NOW + 10**6}&Signature=x", NOW + 240),
        ("?Signature=x", NOW + 240),
    ],
)
def test_a_signed_link_ends_when_it_says_or_after_four_minutes(query: str, expires_at: int | None) -> None:
    assert media.expiry_of(LINK + query, NOW) == expires_at


def test_a_proven_link_states_what_it_is() -> None:
    proven = media.proven(media.variant(LINK, 160), probe(), NOW)
    assert (proven.bitrate, proven.mime, proven.codec, proven.size) == (160, "audio/mp4", "aac", 7236004)


def test_an_unknown_size_is_none() -> None:
    assert media.proven(LINK, probe(Content_Range="bytes 0-4095/*"), NOW).size is None


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (probe(429), SourceRateLimited),
        (probe(403), SourceBlocked),
        (probe(451), SourceBlocked),
        (probe(200, b"<html>", Content_Type="text/html; charset=utf-8"), SourceBlocked),
        (probe(500), BadAnswer),
        (probe(404), NotPlayable),
        (probe(410), NotPlayable),
        (probe(302), BadAnswer),
        (probe(200), BadAnswer),
        (probe(206, b""), BadAnswer),
        (probe(206, b"RIFF0000WAVE"), BadAnswer),
        (probe(206, Content_Range="bytes 5-9/10"), BadAnswer),
        (probe(206, Content_Type="application/json"), BadAnswer),
    ],
)
def test_what_is_not_audio_says_why(answer: Answer, error: type[SourceError]) -> None:
    with pytest.raises(error):
        media.proven(LINK, answer, NOW)


def test_a_file_of_another_form_is_refused() -> None:
    with pytest.raises(BadAnswer):
        media.proven("https://aac.saavncdn.com/1/x.mp3", probe(), NOW)


@given(st.integers(100, 599), st.binary(max_size=20), st.text(max_size=20), st.text(max_size=20))
def test_no_probe_raises_anything_else(status: int, body: bytes, kind: str, content_range: str) -> None:
    answer: Any = probe(status, body, Content_Type=kind, Content_Range=content_range)
    with suppress(SourceError):
        assert media.proven(LINK, answer, NOW).url == LINK
