"""What a caller's text is taken for."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import FrozenInstanceError

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from music.linkforms import READERS
from music.links import (
    Link,
    ShortLink,
    Text,
    TrackId,
    UnsupportedLink,
    read,
    read_link,
    track_id,
)

NATIVE = re.compile(r"[A-Za-z0-9_,-]{1,64}")
EMITTED = re.compile(r"https://[A-Za-z0-9._~:/?&=%,+@-]+")
VIDEO = "Qz7_paper-B"
VIDEO_LINK = Link("youtube", "track", VIDEO, url=f"https://www.youtube.com/watch?v={VIDEO}")
SPOT = "3PaperBoat7Lantern0Wat"
SPOTIFY_LINK = Link("spotify", "track", SPOT, url=f"https://open.spotify.com/track/{SPOT}")


@pytest.mark.parametrize("text", ["jiosaavn:5WXAlMNt", "jiosaavn:-4ejJN56", "youtube:despacitooo", "spotify:a,b_c-d"])
def test_an_id_of_ours_is_an_id(text: str) -> None:
    assert read(f"  {text} ") == TrackId(*text.split(":"))
    assert str(track_id(text)) == text


@pytest.mark.parametrize("text", ["jiosaavn:", "deezer:12", "jiosaavn:a b", f"jiosaavn:{'x' * 65}", "JIOSAAVN:abc"])
def test_what_only_looks_like_an_id_is_words(text: str) -> None:
    assert isinstance(read(text), Text)
    with pytest.raises(ValueError, match="source:id"):
        track_id(text)


@pytest.mark.parametrize(
    "text", ["youtube:MPREb_paperBoat01", "youtube:PLq3-Lamp_s", "jiosaavn:110858205", "spotify:x"]
)
def test_a_collections_id_is_read_by_the_same_form(text: str) -> None:
    assert str(track_id(text)) == text


@pytest.mark.parametrize("text", [" jiosaavn:5WXAlMNt", "jiosaavn:5WXAlMNt\n", "jiosaavn:5WXAlMNt/", "jiosaavn:é"])
def test_an_id_in_a_path_has_nothing_around_it(text: str) -> None:
    with pytest.raises(ValueError, match="source:id"):
        track_id(text)


@pytest.mark.parametrize("word", ["dQw4w9WgXcQ", VIDEO, "despaciTooo", "hello-world", "12345678901", "___________"])
def test_a_bare_word_with_a_digit_a_sign_or_mixed_case_is_a_video(word: str) -> None:
    assert read(f" {word}\n") == TrackId("youtube", word)


@pytest.mark.parametrize("word", ["despacitooo", "Despacitooo", "DESPACITOOO", "dESPACITOOO"])
def test_a_bare_word_that_is_written_as_words_are_is_words(word: str) -> None:
    assert read(word) == Text(word)


@pytest.mark.parametrize(
    "word", ["dQw4w9WgXc", "dQw4w9WgXcQQ", "dQw4w9WgXcQ live", "dQw4w9WgXcQ.", SPOT, "5WXAlMNt", "१२३४५६७८९०१"]
)
def test_other_bare_ids_are_words(word: str) -> None:
    assert read(word) == Text(word)


def test_white_space_in_words_is_folded() -> None:
    assert read(" paper \t boat ") == Text("paper boat")


@pytest.mark.parametrize(
    "text",
    [
        "AC/DC back in black",
        "AC//DC",
        "will.i.am scream",
        "alan jackson www.memory",
        "dot.com",
        "love.com blues",
        "best of jiosaavn.com 2026",
        "have you seen youtube.com?",
        "http status",
        "spotify: best songs",
        "Re: paper boats",
        "20/20 vision",
        "me@example.com",
        "javascript:alert(1)",
        "",
    ],
)
def test_words_that_only_look_like_a_link_are_words(text: str) -> None:
    assert read(text) == Text(text)


@pytest.mark.parametrize(
    "text",
    [
        f"play https://youtu.be/{VIDEO} please",
        f"play youtu.be/{VIDEO} please",
        f"https://youtu.be/{VIDEO} please",
        f"Listen to Paper Boats by The Lamplighters: https://youtu.be/{VIDEO}?si=0123",
        f"Link:https://youtu.be/{VIDEO}",
        f"<https://youtu.be/{VIDEO}>",
        f"(https://youtu.be/{VIDEO}).",
        f"“https://youtu.be/{VIDEO}”",
        f"[Paper Boats](https://youtu.be/{VIDEO})",
        f'<a href="https://youtu.be/{VIDEO}">Paper Boats</a>',
        f"\u200ehttps://youtu.be/{VIDEO}\u200f",
        f"सुनोhttps://youtu.be/{VIDEO}",
        f"Paper Boats\nhttps://youtu.be/{VIDEO}\nvia https://t.me/lamp_bot",
        f"https://example.com/a https://youtu.be/{VIDEO}",
        f"https://youtu.be/{VIDEO} https://music.youtube.com/watch?v={VIDEO}",
    ],
)
def test_the_one_link_in_a_text_is_what_is_wanted(text: str) -> None:
    assert read(text) == VIDEO_LINK


def test_a_uri_in_a_text_is_what_is_wanted() -> None:
    assert read(f"play spotify:track:{SPOT} now") == SPOTIFY_LINK
    assert read("listen: https://spotify.link/PaperBoat01") == ShortLink("spotify", "spotify.link", "/PaperBoat01")


def test_two_links_to_different_things_are_refused_rather_than_guessed_at() -> None:
    with pytest.raises(UnsupportedLink, match="more than one link"):
        read(f"https://youtu.be/{VIDEO} https://open.spotify.com/track/{SPOT}")


@pytest.mark.parametrize("text", ["I found it: https://www.shazam.com/track/1", "https://example.com/x paper boats"])
def test_a_text_with_only_links_of_others_is_refused(text: str) -> None:
    with pytest.raises(UnsupportedLink, match="no link of a music service"):
        read(text)


@pytest.mark.parametrize(
    "text",
    [
        "see evil.example/?u=https://youtu.be/Qz7_paper-B",
        "see me@youtube.com/watch?v=Qz7_paper-B",
        "see x.youtu.be/Qz7_paper-B",
    ],
)
def test_a_link_inside_another_ones_address_is_not_the_callers(text: str) -> None:
    assert read(text) == Text(text)


def test_the_message_repeats_nothing_of_the_text() -> None:
    with pytest.raises(UnsupportedLink) as refused:
        read("https://evil.example/<script>")
    assert "evil" not in str(refused.value)


@pytest.mark.parametrize(
    "text", [f" https://youtu.be/{VIDEO}\n", f"<youtu.be/{VIDEO}>", f"\ufeffhttps://youtu.be/{VIDEO}"]
)
def test_a_link_alone_is_read_as_one(text: str) -> None:
    assert read_link(text) == VIDEO_LINK


@pytest.mark.parametrize(
    "text",
    [
        "",
        "paper boats",
        "dQw4w9WgXcQ",
        "youtube:dQw4w9WgXcQ",
        "spotify:x",
        f"/watch?v={VIDEO}",
        f"play https://youtu.be/{VIDEO}",
    ],
)
def test_what_is_no_link_is_refused_where_a_link_is_wanted(text: str) -> None:
    with pytest.raises(UnsupportedLink):
        read_link(text)


def test_what_is_read_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        VIDEO_LINK.native = "x"  # type: ignore[misc]


def test_reading_needs_neither_django_nor_a_client() -> None:
    program = (
        "import sys, music.links\n"
        "print(sorted({name.partition('.')[0] for name in sys.modules} & {'django', 'requests', 'urllib3', 'socket'}))"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"


TEXT = st.text(max_size=60)
WORD = st.text(st.characters(codec="utf-8"), max_size=20) | st.from_regex(r"[A-Za-z0-9_,%-]{0,70}", fullmatch=True)
PAGES = (
    "track album song featured s p playlist artist watch shorts embed v browse channel user attribution_link".split()
)
SEGMENT = st.sampled_from(PAGES) | WORD
PARAMETER = st.tuples(st.sampled_from("v list u si t &".split()), st.text(max_size=20) | WORD).map("=".join)
ADDRESS = st.builds(
    lambda scheme, host, path, query: f"{scheme}{host}/{'/'.join(path)}?{'&'.join(query)}",
    st.sampled_from(["", "https://", "http://", "//", "HTTPS:/", "x "]) | TEXT,
    st.sampled_from([*READERS, "evil.example", "youtube.com@evil", "[::1]"]),
    st.lists(SEGMENT, max_size=6),
    st.lists(PARAMETER, max_size=4),
)
URI = st.lists(SEGMENT, max_size=5).map(lambda parts: "spotify:" + ":".join(parts))
SURROGATES = st.text(st.characters(), max_size=40)


@given(TEXT | SURROGATES | ADDRESS | URI | st.tuples(TEXT, ADDRESS, TEXT).map(" ".join))
@example("https://[::1")
@example("https://youtu.be/%")
@example("https://www.jiosaavn.com/s")
@example("www.youtube.com/watch?v=%ff%fe\ud800")
def test_no_text_raises_anything_else_and_only_ids_leave(text: str) -> None:
    for reader in (read, read_link):
        try:
            assert_clean(reader(text))
        except UnsupportedLink:
            continue


@given(ADDRESS)
def test_what_a_link_names_is_named_by_its_canonical_form_too(text: str) -> None:
    try:
        found = read_link(text)
    except UnsupportedLink:
        return
    if isinstance(found, Link):
        assert read_link(found.url) == read(found.url) == found


@given(st.from_regex(r"[A-Za-z0-9_-]{11}", fullmatch=True), st.text(max_size=10).filter(lambda text: "&" not in text))
def test_a_video_is_found_whatever_follows_its_id(native: str, junk: str) -> None:
    for form in (f"https://youtu.be/{native}?si={junk}", f"https://www.youtube.com/watch?si={junk}&v={native}"):
        if len(form.split()) == 1 and "#" not in junk:
            found = read(form)
            assert isinstance(found, Link)
            assert found.native == native


def assert_clean(found: TrackId | Link | ShortLink | Text) -> None:
    """What leaves is words, or ids of a narrow alphabet at hosts of our own choice."""
    match found:
        case TrackId(source, native):
            assert source in {"jiosaavn", "spotify", "youtube"}
            assert NATIVE.fullmatch(native)
        case Link():
            assert NATIVE.fullmatch(found.native)
            assert EMITTED.fullmatch(found.url)
            assert found.is_token == (found.source == "jiosaavn")
        case ShortLink():
            assert found.host in {"spotify.link", "spotify.app.link"}
            assert NATIVE.fullmatch(found.path.removeprefix("/"))
        case Text():
            assert found.query == " ".join(found.query.split())
