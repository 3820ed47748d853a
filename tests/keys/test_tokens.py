"""The API key's string and the play token."""

from __future__ import annotations

import string
import time
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keys import tokens

SECRET = "a secret of these tests, and of nothing else"
NOW = 1_800_000_000
LINEAGE = UUID("00000000-0000-4000-8000-000000000001")
LINK = tokens.Link("jiosaavn:Ab3_x-9Z", 320, "proxy", LINEAGE, NOW + 60)
TOKEN = tokens.sign_link(LINK, SECRET)

links = st.builds(
    tokens.Link,
    track=st.from_regex(r"(jiosaavn|spotify|youtube):[A-Za-z0-9_,-]{1,64}", fullmatch=True),
    quality=st.integers(0, 1000),
    delivery=st.sampled_from(sorted(tokens.DELIVERIES)),
    lineage=st.uuids(),
    expires_at=st.integers(NOW + 1, 2**32 - 1),
)


def test_a_made_key_is_well_formed_and_has_the_published_shape() -> None:
    key = tokens.make_key()
    assert tokens.is_well_formed(key)
    assert tokens.KEY.fullmatch(key)
    assert len(key) == 47


def test_two_made_keys_differ() -> None:
    assert len({tokens.make_key() for _ in range(1000)}) == 1000


@given(place=st.integers(0, 46), character=st.sampled_from(string.ascii_letters + string.digits + "_-"))
def test_a_key_with_one_other_character_is_refused(place: int, character: str) -> None:
    key = tokens.make_key()
    other = key[:place] + character + key[place + 1 :]
    assert tokens.is_well_formed(other) is (other == key)


@given(st.text(max_size=100))
def test_junk_is_refused_and_never_raises(junk: str) -> None:
    assert not tokens.is_well_formed(junk)


@given(st.text(alphabet=tokens.ALPHABET, min_size=38, max_size=38))
def test_what_only_looks_like_a_key_is_refused(body: str) -> None:
    right = tokens._checksum(body[:32]) == body[32:]
    assert tokens.is_well_formed(tokens.PREFIX + body) is right


@pytest.mark.parametrize("ending", ["\n", " ", "\0", "0"])
def test_a_key_with_something_behind_it_is_refused(ending: str) -> None:
    assert not tokens.is_well_formed(tokens.make_key() + ending)


def test_a_key_in_digits_of_another_script_is_refused() -> None:
    key = tokens.make_key()
    assert not tokens.is_well_formed(key[:9] + "١" * 32 + key[41:])


def test_the_digest_is_a_sha_256_and_the_hint_hides_the_middle() -> None:
    key = tokens.make_key()
    assert len(tokens.digest(key)) == 64
    assert set(tokens.digest(key)) <= set(string.hexdigits)
    assert tokens.hint(key) == f"{key[:12]}...{key[-4:]}"


@given(links)
def test_a_link_comes_back_from_its_token(link: tokens.Link) -> None:
    token = tokens.sign_link(link, SECRET)
    assert tokens.read_link(token, SECRET, NOW) == link


@given(links)
def test_a_token_holds_only_characters_that_need_no_escaping(link: tokens.Link) -> None:
    assert set(tokens.sign_link(link, SECRET)) <= set(string.ascii_letters + string.digits + "-_")


def test_the_longest_track_id_gives_a_token_that_can_be_read() -> None:
    link = tokens.Link("jiosaavn:" + "x" * 64, 320, "redirect", LINEAGE, NOW + 1)
    assert tokens.read_link(tokens.sign_link(link, SECRET), SECRET, NOW) == link


@pytest.mark.parametrize("place", range(len(TOKEN)))
def test_a_token_with_one_other_character_is_refused(place: int) -> None:
    other = "A" if TOKEN[place] != "A" else "B"
    with pytest.raises(tokens.LinkError):
        tokens.read_link(TOKEN[:place] + other + TOKEN[place + 1 :], SECRET, NOW)


@pytest.mark.parametrize("length", range(len(TOKEN)))
def test_a_truncated_token_is_refused(length: int) -> None:
    with pytest.raises(tokens.LinkError):
        tokens.read_link(TOKEN[:length], SECRET, NOW)


@given(st.text(max_size=300) | st.text(alphabet=string.ascii_letters + string.digits + "-_", min_size=40, max_size=200))
def test_a_token_that_we_did_not_make_is_refused(junk: str) -> None:
    with pytest.raises(tokens.LinkError):
        tokens.read_link(junk, SECRET, NOW)


@pytest.mark.parametrize("ending", ["=", "==", "A", "\n", ".", "%3D"])
def test_a_token_with_something_behind_it_is_refused(ending: str) -> None:
    with pytest.raises(tokens.LinkError):
        tokens.read_link(TOKEN + ending, SECRET, NOW)


def test_a_token_signed_with_another_secret_is_refused() -> None:
    with pytest.raises(tokens.LinkError, match="not signed here"):
        tokens.read_link(tokens.sign_link(LINK, SECRET + "!"), SECRET, NOW)


def test_a_token_opens_until_its_second_comes() -> None:
    assert tokens.read_link(TOKEN, SECRET, LINK.expires_at - 0.001) == LINK
    with pytest.raises(tokens.LinkExpired):
        tokens.read_link(TOKEN, SECRET, LINK.expires_at)


def test_an_expired_token_of_another_secret_is_not_called_expired() -> None:
    with pytest.raises(tokens.LinkError) as caught:
        tokens.read_link(TOKEN, "another secret than the one above, as long", time.time() + 10**9)
    assert not isinstance(caught.value, tokens.LinkExpired)


def test_a_link_of_another_version_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tokens, "VERSION", 2)
    newer = tokens.sign_link(LINK, SECRET)
    monkeypatch.undo()
    with pytest.raises(tokens.LinkError, match="version"):
        tokens.read_link(newer, SECRET, NOW)
