"""What a caller's text is taken for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from music.links import Text, TrackId, UnsupportedLink, read, track_id


@pytest.mark.parametrize("text", ["jiosaavn:5WXAlMNt", "jiosaavn:-4ejJN56", "youtube:despacitooo", "spotify:a,b_c-d"])
def test_an_id_of_ours_is_an_id(text: str) -> None:
    assert read(f"  {text} ") == TrackId(*text.split(":"))
    assert str(track_id(text)) == text


@pytest.mark.parametrize("text", ["jiosaavn:", "deezer:12", "jiosaavn:a b", f"jiosaavn:{'x' * 65}", "JIOSAAVN:abc"])
def test_what_only_looks_like_an_id_is_words(text: str) -> None:
    assert isinstance(read(text), Text)
    with pytest.raises(ValueError, match="source:id"):
        track_id(text)


@pytest.mark.parametrize("text", ["https://example.com/song", "HTTP://x", "www.example.com/a"])
def test_a_link_is_refused_as_one(text: str) -> None:
    with pytest.raises(UnsupportedLink):
        read(text)


def test_white_space_in_words_is_folded() -> None:
    assert read(" paper \t boat ") == Text("paper boat")


@given(st.text())
def test_no_text_raises_anything_else(text: str) -> None:
    try:
        assert isinstance(read(text), (Text, TrackId))
    except UnsupportedLink:
        assert text.strip().lower().startswith(("http", "www."))
