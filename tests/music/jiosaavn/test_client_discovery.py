"""What goes on from a song, suggestions and trends: the real client and the stand-in."""

from __future__ import annotations

import pytest

from music.sources.base import NotFound
from music.sources.jiosaavn.client import JioSaavn, upstream_options
from music.upstream import Upstream
from tests.music.jiosaavn.conftest import calls, soon
from tests.standin import catalogue
from tests.standin.catalogue import songs
from tests.standin.jiosaavn import ids, radio
from tests.standin.process import StandIn

RECOMMENDED = next(filter(radio.has_recommendations, songs()))
RADIO_ONLY = next(song for song in songs() if not radio.has_recommendations(song) and radio.has_station(song))
ALONE = next(song for song in songs() if not radio.has_recommendations(song) and not radio.has_station(song))


def test_related_songs_are_those_that_the_service_recommends(client: JioSaavn, standin: StandIn) -> None:
    found = client.related(ids.pid(RECOMMENDED), 5, soon())
    assert [track.native for track in found] == [ids.pid(song) for song in radio.related(RECOMMENDED)[:5]]
    assert calls(standin) == ["reco.getreco"]


def test_without_recommendations_a_station_goes_on(client: JioSaavn, standin: StandIn) -> None:
    found = client.related(ids.pid(RADIO_ONLY), 6, soon())
    # A station begins with its own song, which is no song that goes on from it.
    assert [track.native for track in found] == [ids.pid(song) for song in radio.related(RADIO_ONLY)[:5]]
    assert calls(standin) == ["reco.getreco", "webradio.createEntityStation", "webradio.getSong"]
    assert {entry["query"]["ctx"] for entry in standin.log()[1:]} == {"android"}


def test_a_song_that_nothing_goes_on_from_has_no_related_songs(client: JioSaavn) -> None:
    assert client.related(ids.pid(ALONE), 5, soon()) == ()


def test_songs_related_to_an_unknown_one_are_not_found(client: JioSaavn) -> None:
    with pytest.raises(NotFound):
        client.related("nobody00", 5, soon())


def test_suggestions_are_whole_tracks_after_two_requests(client: JioSaavn, standin: StandIn) -> None:
    found = client.suggest("marmalade", 5, soon())
    assert found[0].title == catalogue.PLAIN.title
    assert all(track.duration and track.thumbnail and track.handle for track in found)
    autocomplete, details = (entry["query"] for entry in standin.log("jiosaavn"))
    assert (autocomplete["__call"], autocomplete["query"]) == ("autocomplete.get", "marmalade")
    assert details["pids"].split(",") == [track.native for track in found]


def test_as_many_suggestions_as_were_asked_for(client: JioSaavn) -> None:
    assert len(client.suggest("love", 2, soon())) == 2


def test_no_suggestion_is_believed_once_the_canary_sang(client: JioSaavn, standin: StandIn) -> None:
    assert client.suggest("qqqq", 5, soon()) == ()
    assert client.suggest("zzzz", 5, soon()) == ()
    assert calls(standin) == ["autocomplete.get", "search.getResults", "autocomplete.get"]


def test_trends_of_a_language(client: JioSaavn, standin: StandIn) -> None:
    found = client.trending("tamil", 7, soon())
    assert len(found) == 7
    assert {track.language for track in found} == {"tamil"}
    query = standin.log("jiosaavn")[0]["query"]
    assert (query["entity_type"], query["entity_language"]) == ("song", "tamil")


def test_trends_of_any_language(client: JioSaavn, standin: StandIn) -> None:
    assert len({track.language for track in client.trending("", 24, soon())}) > 1
    assert "entity_language" not in standin.log("jiosaavn")[0]["query"]


def test_trends_of_a_language_that_nobody_sings_in_are_none(client: JioSaavn) -> None:
    assert client.trending("klingon", 5, soon()) == ()


def test_without_trends_of_all_those_of_the_first_language_are_asked(standin: StandIn) -> None:
    client = JioSaavn(Upstream(upstream_options(standin.url)), ("hindi",))
    client.search("love", "track", 1, 1, soon())
    standin.fault("jiosaavn", "zero")
    assert client.trending("", 5, soon()) == ()
    asked = [entry["query"].get("entity_language") for entry in standin.log("jiosaavn")[1:]]
    assert asked == [None, "hindi"]
