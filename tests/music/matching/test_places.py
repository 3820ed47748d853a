"""Where typed words are found in a track."""

import pytest

from music.domain import Track
from music.matching import best_for_text
from tests.accuracy.cases import song


def is_answer(query: str, track: Track) -> bool:
    """Whether a song alone is the answer."""
    return best_for_text(query, [track])[0] is track


@pytest.mark.parametrize(
    ("query", "artist"),
    [
        ("nine acre lanterns", "NineAcre"),
        ("lanterns zilla moose wala", "Zilla Moosewala"),
        ("lanterns zillamoosewala", "Zilla Moose Wala"),
        ("nineacre lanterns", "Nine Acre"),
        ("warm play lanterns", "Warmplay"),
    ],
)
def test_an_artist_may_be_written_apart_or_together(query: str, artist: str) -> None:
    assert is_answer(query, song("Lanterns", artist))
    assert not is_answer(query, song("Kettles", artist))
    assert not is_answer(query, song("Lanterns", "Marlo Vexley"))
