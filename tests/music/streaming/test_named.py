"""What a song is called where its link is opened: by title where that is known, else by id, never by the address."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.core.cache import cache
from django.test import Client

from keys.models import ApiKey
from music.cache import hold_link
from music.domain import MediaLink
from music.known import KnownAudio, audio_of, hold_audio, name_of
from tests.music.streaming.conftest import PathOf, heard
from tests.standin import catalogue
from tests.standin.jiosaavn import ids
from tests.standin.process import StandIn

SONG = catalogue.SHORT
TITLE = f"{SONG.title} - {', '.join(SONG.artists)}"
TRACK = f"jiosaavn:{ids.pid(SONG)}"
LINK = MediaLink("https://aac.saavncdn.com/1/a_320.mp4", 320, "audio/mp4", "aac", 1000, None)


def redirected(key: ApiKey, name: str = "") -> str:
    """The Content-Disposition of a redirect to the song."""
    token, _ = key.play_token(TRACK, 320, "redirect", datetime.now(UTC))
    answer = Client().get(f"/play/{token}{name}")
    assert answer.status_code == 302
    return str(answer["Content-Disposition"])


def test_a_link_ends_in_the_songs_name_in_safe_letters(path_of: PathOf) -> None:
    path = path_of(SONG.title)
    assert path.endswith(f"/{'-'.join((SONG.title, *SONG.artists)).replace(' ', '-')}.m4a")
    heard(Client().get(path, headers={"Range": "bytes=0-0"}))


def test_a_song_without_latin_letters_has_a_link_without_a_name(api: Client, standin: StandIn) -> None:
    named = [song for song in catalogue.songs() if not song.title.isascii() and not song.title.split()[0].isascii()]
    if not named:
        pytest.skip("the made-up catalogue has no such song")
    url = api.get("/api/v1/stream", {"q": f"jiosaavn:{ids.pid(named[0])}"}).json()["stream"]["url"]
    assert all(letter.isascii() for letter in url)


def test_the_title_is_known_from_the_answer_that_gave_the_link(path_of: PathOf, key: tuple[ApiKey, str]) -> None:
    path_of(SONG.title)
    assert redirected(key[0]) == f'inline; filename="{TITLE}.m4a"'


def test_a_process_that_makes_the_link_anew_learns_the_title_by_that(standin: StandIn, key: tuple[ApiKey, str]) -> None:
    cache.clear()
    assert redirected(key[0]) == f'inline; filename="{TITLE}.m4a"'


def test_where_it_is_not_known_the_id_stands_for_it(standin: StandIn, key: tuple[ApiKey, str]) -> None:
    hold_link(TRACK, 320, LINK)
    assert redirected(key[0]) == f'inline; filename="{ids.pid(SONG)}.m4a"'


def test_the_name_in_the_address_is_ignored(standin: StandIn, key: tuple[ApiKey, str]) -> None:
    hold_link(TRACK, 320, LINK)
    assert redirected(key[0], "/Another%20Song%22%0d%0aX:1.m4a") == redirected(key[0])


def test_what_is_known_of_audio_outlives_its_link() -> None:
    assert audio_of(TRACK, 320) is None
    hold_audio(TRACK, 320, LINK, 999)
    assert audio_of(TRACK, 320) == KnownAudio("audio/mp4", 320, 999)
    assert audio_of(TRACK, 96) is None
    assert name_of("youtube:abc") == "abc"
