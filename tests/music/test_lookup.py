"""GET /api/v1/lookup: what is behind a link of any service."""

from __future__ import annotations

import pytest
from django.test import Client

from keys.models import KeyQuota
from tests.standin import catalogue
from tests.standin.jiosaavn import ids as jiosaavn_ids
from tests.standin.jiosaavn import playlists as jiosaavn_playlists
from tests.standin.process import StandIn
from tests.standin.spotify import ids as spotify_ids
from tests.standin.spotify import playlists as spotify_playlists
from tests.standin.youtube import ids as youtube_ids
from tests.standin.youtube import shelf

ALBUM, SINGER = catalogue.PLAIN.album, catalogue.PLAIN.artists[0]

URL = "/api/v1/lookup"


@pytest.mark.parametrize(
    "link",
    [
        "http://127.0.0.1:9/",
        "https://youtube.com@evil.example/watch?v=dQw4w9WgXcQ",
        "https://evil.example/?u=youtube.com",
        "https://evil.example/youtube.com/watch?v=dQw4w9WgXcQ",
        "http://[::1]/watch?v=dQw4w9WgXcQ",
        "http://2130706433/song/x/y",
        "https://www.jiosaavn.com.evil.example/song/x/y",
        "https://music.apple.com/us/song/1",
        "just words",
    ],
)
def test_what_is_no_link_of_a_service_is_refused_and_never_asked(api: Client, standin: StandIn, link: str) -> None:
    answer = api.get(URL, {"url": link})
    assert (answer.status_code, answer.json()["code"]) == (400, "unsupported_link")
    assert answer.json()["parameter"] == "url"
    assert answer.json()["supported"] == ["JioSaavn", "Spotify", "YouTube"]
    assert standin.log() == []
    assert not KeyQuota.objects.exists()


@pytest.mark.parametrize("query", [{}, {"url": ""}, {"url": "x" * 2001}, {"url": "https://youtu.be/\x00"}])
def test_bad_input_is_named(api: Client, standin: StandIn, query: dict[str, str]) -> None:
    answer = api.get(URL, query)
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid_request")
    assert answer.json()["parameter"] == "url"


LINKS = [
    (f"https://www.jiosaavn.com/song/x/{jiosaavn_ids.song_token(catalogue.PLAIN)}", "track"),
    (f"jiosaavn.com/album/x/{jiosaavn_ids.album_token(ALBUM)}", "album"),
    (f"https://www.jiosaavn.com/featured/x/{jiosaavn_playlists.ORDINARY.token}", "playlist"),
    (f"https://www.jiosaavn.com/artist/x/{jiosaavn_ids.artist_token(SINGER)}", "artist"),
    (f"https://open.spotify.com/intl-de/track/{spotify_ids.track_id(catalogue.PLAIN)}?si=abc", "track"),
    (f"spotify:album:{spotify_ids.album_id(ALBUM)}", "album"),
    (f"https://open.spotify.com/playlist/{spotify_playlists.ORDINARY.native}", "playlist"),
    (f"https://open.spotify.com/artist/{spotify_ids.artist_id(SINGER)}", "artist"),
    (f"https://spotify.link/{spotify_ids.short_code(spotify_ids.track_id(catalogue.PLAIN))}", "track"),
    (f"https://youtu.be/{youtube_ids.track_id(catalogue.PLAIN)}?si=x", "track"),
    (f"https://music.youtube.com/browse/{youtube_ids.album_id(ALBUM)}", "album"),
    (f"https://www.youtube.com/playlist?list={shelf.WITH_GAPS.id}", "playlist"),
    (f"https://music.youtube.com/channel/{youtube_ids.artist_id(SINGER)}", "artist"),
]


@pytest.mark.parametrize(("link", "kind"), LINKS)
def test_every_kind_of_link_of_every_service_is_answered(
    api: Client, everywhere: StandIn, link: str, kind: str
) -> None:
    answer = api.get(URL, {"url": link})
    assert answer.status_code == 200, answer.content
    body = answer.json()
    assert list(body) == ["kind", kind, "attempts", "cached", "stale"]
    assert body["kind"] == kind
    assert body[kind]["id"].partition(":")[2]
    assert body[kind].get("title") or body[kind]["name"]


def test_a_short_link_that_leads_elsewhere_is_refused(api: Client, everywhere: StandIn) -> None:
    answer = api.get(URL, {"url": f"https://spotify.link/{spotify_ids.STRAY_SHORT_CODE}"})
    assert (answer.status_code, answer.json()["code"]) == (400, "unsupported_link")


def test_a_wrong_token_is_not_found(api: Client, everywhere: StandIn) -> None:
    answer = api.get(URL, {"url": "https://www.jiosaavn.com/album/nothing/Wrong,Token_"})
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
