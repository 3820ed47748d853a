"""Songs that staff have pinned: what plays, from when on, and what where that cannot be played."""

from __future__ import annotations

import pickle
import threading
from collections.abc import Sequence
from dataclasses import replace
from io import StringIO
from typing import Any

import pytest
from django.core.cache import caches
from django.core.management import call_command
from django.db import connection, connections
from django.db.utils import OperationalError
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from music import cache, pinning, pins, prefetching, store
from music.links import Text, TrackId, read
from music.models import MatchPin, Tally, TallyQuerySet
from music.sources import sources
from tests.music.pinner import carol, on_jiosaavn, on_youtube, pin, soon, unpin
from tests.music.test_prefetch import until
from tests.standin import catalogue
from tests.standin.jiosaavn import ids as jiosaavn_ids
from tests.standin.process import StandIn
from tests.standin.spotify import ids as spotify_ids
from tests.standin.youtube import shelf

URL = "/api/v1/stream"
PLAIN, LIVE, ACCENTED = catalogue.PLAIN, catalogue.LIVE, catalogue.ACCENTED
SPOTIFY = f"spotify:{spotify_ids.track_id(PLAIN)}"
BY_STAFF = "pinned by staff"


def ask(api: Client, wanted: str, **more: str) -> dict[str, Any]:
    answer = api.get(URL, {"q": wanted, **more})
    assert answer.status_code == 200, answer.content
    body: dict[str, Any] = answer.json()
    return body


def plays(api: Client, wanted: str, **more: str) -> str:
    return str(ask(api, wanted, **more)["track"]["id"])


def test_words_play_what_is_pinned_for_them_also_where_another_song_is_remembered(
    api: Client, standin: StandIn
) -> None:
    assert plays(api, PLAIN.title) == on_jiosaavn(PLAIN)
    pin(PLAIN.title, on_jiosaavn(LIVE))
    body = ask(api, f"  {PLAIN.title.upper()} ")
    assert body["track"]["id"] == on_jiosaavn(LIVE)
    assert body["match"] == {"score": 1.0, "requested": None, "alternatives": [], "reason": BY_STAFF}
    assert body["answered_by"] == "jiosaavn"


def test_words_that_nobody_sings_may_be_pinned_to_a_song(api: Client, standin: StandIn) -> None:
    assert api.get(URL, {"q": "qqqq zzzz xxxx"}).status_code == 404
    pin("qqqq zzzz xxxx", on_jiosaavn(PLAIN))
    assert plays(api, "qqqq zzzz xxxx") == on_jiosaavn(PLAIN)


def test_without_the_pin_things_are_as_they_were(api: Client, standin: StandIn) -> None:
    made = pin(PLAIN.title, on_jiosaavn(LIVE))
    assert plays(api, PLAIN.title) == on_jiosaavn(LIVE)
    unpin(made)
    body = ask(api, PLAIN.title)
    assert (body["track"]["id"], body["match"]["reason"]) == (on_jiosaavn(PLAIN), "100% of the words were found")
    pin(PLAIN.title, on_jiosaavn(ACCENTED))
    assert plays(api, PLAIN.title) == on_jiosaavn(ACCENTED)


@pytest.mark.parametrize(
    "wanted",
    [
        SPOTIFY,
        f"https://open.spotify.com/intl-de/track/{spotify_ids.track_id(PLAIN)}?si=x",
        f"spotify:track:{spotify_ids.track_id(PLAIN)}",
        f"https://spotify.link/{spotify_ids.short_code(spotify_ids.track_id(PLAIN))}",
    ],
)
@pytest.mark.parametrize("is_remembered", [True, False])
def test_every_link_to_a_described_track_plays_what_is_pinned_for_it(
    api: Client, everywhere: StandIn, wanted: str, is_remembered: bool
) -> None:
    if is_remembered:
        assert plays(api, wanted) == on_jiosaavn(PLAIN)
    pin(SPOTIFY, on_jiosaavn(LIVE))
    body = ask(api, wanted)
    assert (body["track"]["id"], body["match"]["reason"]) == (on_jiosaavn(LIVE), BY_STAFF)
    if is_remembered:
        assert body["match"]["requested"]["id"] == SPOTIFY
    assert ask(api, wanted)["cached"]


@pytest.mark.parametrize("is_remembered", [True, False])
def test_a_link_of_jiosaavn_plays_what_is_pinned_for_its_song(
    api: Client, standin: StandIn, is_remembered: bool
) -> None:
    link = f"https://www.jiosaavn.com/song/x/{jiosaavn_ids.song_token(PLAIN)}"
    if is_remembered:
        assert plays(api, link) == on_jiosaavn(PLAIN)
    pin(link, on_jiosaavn(LIVE))
    assert MatchPin.objects.get().request == on_jiosaavn(PLAIN)
    assert plays(api, link) == plays(api, on_jiosaavn(PLAIN)) == on_jiosaavn(LIVE)


def test_what_a_link_named_need_not_be_remembered_for_the_pin_to_hold(api: Client, standin: StandIn) -> None:
    link = f"https://www.jiosaavn.com/song/x/{jiosaavn_ids.song_token(PLAIN)}"
    assert plays(api, link) == on_jiosaavn(PLAIN)
    pin(on_jiosaavn(PLAIN), on_jiosaavn(LIVE))
    wanted: Any = read(link)
    store.drop(cache.key_of("track", wanted))  # pushed out of a full memory
    assert plays(api, link) == on_jiosaavn(LIVE)


def test_a_tracks_own_route_plays_what_is_pinned(api: Client, everywhere: StandIn) -> None:
    pin(on_youtube(PLAIN), on_jiosaavn(LIVE))
    body = api.get(f"/api/v1/tracks/{on_youtube(PLAIN)}/stream").json()
    assert (body["track"]["id"], body["match"]["reason"]) == (on_jiosaavn(LIVE), BY_STAFF)


def test_what_is_told_of_the_track_itself_is_not_pinned(api: Client, everywhere: StandIn) -> None:
    pin(SPOTIFY, on_jiosaavn(LIVE))
    link = f"https://open.spotify.com/track/{spotify_ids.track_id(PLAIN)}"
    assert api.get("/api/v1/lookup", {"url": link}).json()["track"]["id"] == SPOTIFY
    assert api.get(f"/api/v1/tracks/{SPOTIFY}").json()["id"] == SPOTIFY


def test_a_video_that_is_pinned_to_itself_plays_its_own_audio(api: Client, everywhere: StandIn) -> None:
    assert plays(api, on_youtube(PLAIN)) == on_jiosaavn(PLAIN)
    pin(on_youtube(PLAIN), on_youtube(PLAIN), on_jiosaavn(PLAIN))
    assert plays(api, on_youtube(PLAIN)) == on_youtube(PLAIN)


def test_a_song_of_spotify_may_be_pinned_and_is_matched_to_audio(api: Client, everywhere: StandIn) -> None:
    pin("qqqq zzzz", SPOTIFY)
    body = ask(api, "qqqq zzzz")
    assert body["track"]["id"] == on_jiosaavn(PLAIN)
    assert body["match"]["reason"].startswith(f"{BY_STAFF}; title, artists and length agree")
    assert 0.8 < body["match"]["score"] <= 1


@pytest.mark.parametrize(
    ("language", "song"), [("tamil", LIVE), ("tamil,hindi", LIVE), ("hindi,tamil", ACCENTED), ("", ACCENTED)]
)
def test_a_pin_may_be_for_one_wished_language(api: Client, standin: StandIn, language: str, song: Any) -> None:
    pin(PLAIN.title, on_jiosaavn(LIVE), language="tamil")
    pin(PLAIN.title, on_jiosaavn(ACCENTED))
    assert plays(api, PLAIN.title, language=language) == on_jiosaavn(song)


def test_a_pin_for_one_language_holds_for_no_other(api: Client, standin: StandIn) -> None:
    pin(PLAIN.title, on_jiosaavn(LIVE), language="tamil")
    assert plays(api, PLAIN.title) == plays(api, PLAIN.title, language="hindi") == on_jiosaavn(PLAIN)


def test_pins_are_not_followed_twice(api: Client, standin: StandIn) -> None:
    pin(PLAIN.title, on_jiosaavn(LIVE))
    pin(on_jiosaavn(LIVE), on_jiosaavn(ACCENTED))
    assert plays(api, PLAIN.title) == on_jiosaavn(LIVE)
    assert plays(api, on_jiosaavn(LIVE)) == on_jiosaavn(ACCENTED)


def test_songs_are_resolved_ahead_as_pinned(api: Client, standin: StandIn) -> None:
    pin(PLAIN.title, on_jiosaavn(LIVE))
    api.post("/api/v1/prefetch", {"queries": [PLAIN.title]}, content_type="application/json")
    until(lambda: bool(ask(api, PLAIN.title)["cached"]))
    assert plays(api, PLAIN.title) == on_jiosaavn(LIVE)


def test_the_command_plays_as_pinned(standin: StandIn, db: None) -> None:
    pin(PLAIN.title, on_jiosaavn(LIVE))
    pins.forget()
    output = StringIO()
    call_command("play", PLAIN.title, stdout=output)
    assert f"match 1.00: {BY_STAFF}" in output.getvalue()


# --- Where the pinned track cannot be played ----------------------------------------------------------------------


def test_the_same_song_of_another_source_stands_in_for_one_whose_source_fails(api: Client, everywhere: StandIn) -> None:
    pin("qqqq zzzz", on_jiosaavn(PLAIN))
    everywhere.fault("jiosaavn", "http:403", "media")
    body = ask(api, "qqqq zzzz")
    assert body["track"]["id"] == on_youtube(PLAIN)
    assert body["match"]["reason"].startswith(f"{BY_STAFF}; ")
    assert [one["source"] for one in body["attempts"] if one["outcome"] not in ("ok", "no_match")] == ["jiosaavn"]
    key = [name for name in _choices() if _choices()[name].value.track.id == on_youtube(PLAIN)]
    assert [_choices()[name].fresh for name in key] == [cache.PROVISIONAL_LIFE]


def _choices() -> dict[str, Any]:
    """What is remembered of which song was chosen."""
    kept: Any = caches["default"]
    return {name: pickle.loads(value) for name, value in kept._cache.items() if ":choice:" in name}  # noqa: S301


def test_it_stands_in_as_well_where_the_source_does_not_even_describe_the_track(
    api: Client, everywhere: StandIn, settings: Settings
) -> None:
    pin("qqqq zzzz", on_jiosaavn(PLAIN))
    store.drop(cache.key_of("track", on_jiosaavn(PLAIN)))
    everywhere.fault("jiosaavn", "http:500", "all")
    body = ask(api, "qqqq zzzz")
    assert body["track"]["id"] == on_youtube(PLAIN)


def test_what_was_given_in_error_never_stands_in(api: Client, everywhere: StandIn) -> None:
    pin("qqqq zzzz", on_jiosaavn(PLAIN), instead_of=on_youtube(PLAIN))
    everywhere.fault("jiosaavn", "http:403", "media")
    answer = api.get(URL, {"q": "qqqq zzzz"})
    assert (answer.status_code, answer.json()["code"]) == (503, "sources_blocked")


def test_a_video_that_is_pinned_to_itself_has_no_other(api: Client, everywhere: StandIn) -> None:
    pin(on_youtube(PLAIN), on_youtube(PLAIN))
    everywhere.fault("youtube", "http:500", "all")
    answer = api.get(URL, {"q": on_youtube(PLAIN)})
    assert (answer.status_code, answer.json()["code"]) == (503, "sources_unavailable")
    assert {one["source"] for one in answer.json()["attempts"]} == {"youtube"}


def test_one_that_is_gone_and_has_no_like_is_told_with_what_was_tried(api: Client, everywhere: StandIn) -> None:
    MatchPin.objects.create(id="x", kind="words", request="qqqq", right="jiosaavn:nobody00", by="carol")
    Tally.objects.bump(pins.CHANGES)
    answer = api.get(URL, {"q": "qqqq"})
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
    assert answer.json()["attempts"][0]["source"] == "jiosaavn"


def test_a_source_that_fails_is_never_told_as_no_such_song(api: Client, everywhere: StandIn) -> None:
    pin("qqqq", on_youtube(shelf.ONLY_HERE))
    everywhere.fault("youtube", "http:500", "all")
    answer = api.get(URL, {"q": "qqqq"})
    assert (answer.status_code, answer.json()["code"]) == (503, "sources_unavailable")
    everywhere.clear_faults()


def test_one_whose_source_is_switched_off_plays_from_another(
    api: Client, everywhere: StandIn, settings: Settings
) -> None:
    pin("qqqq", on_jiosaavn(PLAIN))
    settings.FLAKS_SOURCES = ["spotify", "youtube"]
    sources.cache_clear()
    assert plays(api, "qqqq") == on_youtube(PLAIN)


def test_one_whose_source_no_longer_exists_plays_from_another(api: Client, everywhere: StandIn) -> None:
    pin("qqqq", on_jiosaavn(PLAIN))
    MatchPin.objects.update(right="a-source-that-is-gone:1")
    pins.forget()
    assert plays(api, "qqqq") == on_jiosaavn(PLAIN)
    everywhere.clear_log()
    assert ask(api, "qqqq")["cached"]
    assert everywhere.log() == []


# --- How pins are held --------------------------------------------------------------------------------------------


def test_a_hot_call_of_a_pinned_song_asks_nobody(api: Client, standin: StandIn) -> None:
    pin(PLAIN.title, on_jiosaavn(LIVE))
    ask(api, PLAIN.title)
    standin.clear_log()
    assert ask(api, PLAIN.title)["cached"]
    assert standin.log() == []


def test_what_another_process_pins_holds_here_within_two_seconds(api: Client, standin: StandIn) -> None:
    assert plays(api, PLAIN.title) == on_jiosaavn(PLAIN)
    right = pinning.described(on_jiosaavn(LIVE))
    row = MatchPin.key_for(pinning.wished(PLAIN.title), "")
    pinning.pin(carol(), pinning.wished(PLAIN.title), pinning.Choice(right))
    soon()
    assert plays(api, PLAIN.title) == on_jiosaavn(LIVE)
    MatchPin.objects.filter(pk=row).update(active=False)
    Tally.objects.bump(pins.CHANGES)
    soon()
    assert plays(api, PLAIN.title) == on_jiosaavn(PLAIN)


def test_changes_are_looked_for_once_a_second_however_many_ask(db: None) -> None:
    pins.refresh()
    soon()
    with CaptureQueriesContext(connection) as queries:
        for _ in range(100):
            pins.read()
            pins.pin_for(Text("a song"), ())
    assert len(queries) == 1


def test_pins_are_read_again_only_where_something_has_changed(db: None) -> None:
    MatchPin.objects.create(id="a", kind="words", request="a", right="youtube:dQw4w9WgXcQ", by="carol")
    Tally.objects.bump(pins.CHANGES)
    queries = []
    for change in (False, False, True):
        if change:
            Tally.objects.bump(pins.CHANGES)
        with CaptureQueriesContext(connection) as asked:
            pins.refresh()
        queries.append(len(asked))
    assert queries == [2, 1, 2]
    found = pins.pin_for(Text("A"), ())
    assert found is not None
    assert found.right == "youtube:dQw4w9WgXcQ"


def test_a_change_that_was_not_counted_is_met_after_a_while(db: None) -> None:
    pins.refresh()
    MatchPin.objects.create(id="a", kind="words", request="a", right="youtube:dQw4w9WgXcQ", by="carol")
    pins.refresh()
    assert pins.pin_for(Text("a"), ()) is None
    pins._KNOWN.believe(replace(pins._KNOWN.value, anyway=0.0))
    pins.refresh()
    assert pins.pin_for(Text("a"), ()) is not None


def test_a_database_that_is_away_leaves_them_as_they_were(
    db: None, standin: StandIn, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    pin("a", on_jiosaavn(PLAIN))

    def away(_: object, __: str) -> int:
        raise OperationalError("mongodb://alice:hunter2@db is away")

    monkeypatch.setattr(TallyQuerySet, "read", away)
    pins.refresh()
    assert pins.pin_for(Text("a"), ()) is not None
    assert "could not be read" in caplog.text
    assert "hunter2" not in caplog.text


def test_an_error_of_our_own_is_not_taken_for_that(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def wrong(_: object, __: str) -> int:
        raise ZeroDivisionError

    monkeypatch.setattr(TallyQuerySet, "read", wrong)
    with pytest.raises(ZeroDivisionError):
        pins.refresh()


def test_threads_that_resolve_ahead_touch_no_database_for_pins(
    api: Client, standin: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    pin(PLAIN.title, on_jiosaavn(LIVE))
    opened: list[tuple[str, set[str]]] = []
    resolve = prefetching._resolve

    def watched(wanted: Any, quality: int, languages: Sequence[str]) -> None:
        resolve(wanted, quality, languages)
        aliases = {made.alias for made in connections.all(initialized_only=True)}
        opened.append((threading.current_thread().name, aliases))

    monkeypatch.setattr(prefetching, "_resolve", watched)
    api.post("/api/v1/prefetch", {"queries": [PLAIN.title]}, content_type="application/json")
    until(lambda: bool(opened))
    assert opened[0][0].startswith("prefetch")
    assert opened[0][1] == set()


# --- Who was faster -----------------------------------------------------------------------------------------------


def test_a_second_pin_for_the_same_wish_is_told_and_changes_nothing(db: None, standin: StandIn) -> None:
    pin("a", on_jiosaavn(PLAIN))
    wish, right = pinning.wished(" A "), pinning.described(on_jiosaavn(LIVE))
    for seen in (0, 2):
        with pytest.raises(pinning.PinChanged):
            pinning.pin(carol(), wish, pinning.Choice(right, revision=seen))
    assert MatchPin.objects.get().right == on_jiosaavn(PLAIN)


@pytest.mark.parametrize(
    ("right", "told"),
    [
        ("a song", "neither the id"),
        ("jiosaavn:nobody00", "no such thing"),
        ("https://music.example/x", "no link of a music service"),
        ("https://open.spotify.com/album/4uLU6hMCjMI75M1A2tKUQC", "a list"),
        (f"https://spotify.link/{spotify_ids.STRAY_SHORT_CODE}", "Links to tracks"),
    ],
)
def test_only_a_track_that_its_service_knows_is_pinned(everywhere: StandIn, db: None, right: str, told: str) -> None:
    with pytest.raises(pinning.PinRefused, match=told):
        pinning.described(right)


def test_a_source_that_does_not_answer_is_told_to_staff(standin: StandIn, db: None) -> None:
    standin.fault("jiosaavn", "http:500", "all")
    with pytest.raises(pinning.PinRefused, match="did not answer"):
        pinning.described(on_jiosaavn(PLAIN))


def test_a_wish_is_named_however_it_is_spelled() -> None:
    assert pinning.wished(" A  SONG ") == pinning.wished("a song")
    assert pinning.wished("https://youtu.be/dQw4w9WgXcQ").name == str(TrackId("youtube", "dQw4w9WgXcQ"))
    with pytest.raises(pinning.PinRefused):
        pinning.wished("\u200e")
