"""The registry of sources: what is switched on, and in which order it is asked."""

from __future__ import annotations

from pytest_django import Settings

from music.sources import sources
from tests.music.conftest import forget_sources
from tests.standin.process import StandIn


def test_all_three_are_asked_in_their_order(everywhere: StandIn) -> None:
    assert list(sources()) == ["jiosaavn", "spotify", "youtube"]
    assert [source.gives_audio for source in sources().values()] == [True, False, True]


def test_a_source_that_is_switched_off_is_not_made(everywhere: StandIn, settings: Settings) -> None:
    settings.FLAKS_SOURCES = ["youtube", "jiosaavn"]
    forget_sources()
    assert list(sources()) == ["jiosaavn", "youtube"]
