"""Tracks, searches and short links, and what the client sends for them."""

from __future__ import annotations

import json

import pytest
from pytest_django import Settings

from music.domain import Album, AlbumRef, Artist, Kind, Playlist, Track
from music.links import Link, UnsupportedLink, read_link
from music.sources import spotify as package
from music.sources.base import BadAnswer, NotFound, NotSupported, SourceBlocked, SourceUnreachable
from music.sources.spotify.addresses import Addresses, hosts_at
from music.sources.spotify.client import Spotify
from music.sources.spotify.hashes import Hashes
from tests.music.spotify.conftest import paths, queries, soon
from tests.standin import catalogue
from tests.standin.process import StandIn
from tests.standin.spotify import ids, playlists


def header(standin: StandIn, name: str, number: int = -1) -> str:
    found = {key.lower(): value for key, value in standin.log("spotify", "api")[number]["headers"].items()}
    return str(found.get(name, ""))


def test_a_track_is_one_request_for_its_page(client: Spotify, standin: StandIn) -> None:
    track = client.track(ids.track_id(catalogue.FEATURED), soon())
    assert (track.title, track.duration, track.year) == (catalogue.FEATURED.title, 201, 2019)
    named = (*catalogue.FEATURED.artists, *catalogue.FEATURED.featured)
    assert [(artist.name, artist.id) for artist in track.artists] == [(name, ids.artist_id(name)) for name in named]
    assert paths(standin) == [f"/embed/track/{track.native}"]
    assert header(standin, "user-agent").startswith("Mozilla/5.0")
    assert header(standin, "accept-language") == "en"
    assert header(standin, "authorization") == ""


@pytest.mark.parametrize("song", [catalogue.EXPLICIT, catalogue.CLEAN, catalogue.ACCENTED, catalogue.ENTITIES])
def test_a_track_is_the_song_of_the_catalogue(client: Spotify, song: catalogue.Song) -> None:
    track = client.track(ids.track_id(song), soon())
    assert track.title == song.title.replace(' (From "Chai & Samosa")', ' - From "Chai & Samosa"')
    assert (track.artists[0].name, track.duration, track.explicit) == (song.artists[0], song.duration, song.explicit)


@pytest.mark.parametrize("native", ["", "x", "0" * 21, "0" * 23, "../../../../etc/pass", "a" * 21 + "/"])
def test_what_is_no_id_is_never_asked(client: Spotify, standin: StandIn, native: str) -> None:
    with pytest.raises(NotFound):
        client.track(native, soon())
    for ask in (client.album, client.playlist, client.artist):
        with pytest.raises(NotFound):
            ask(native, 1, 5, soon())
    assert standin.log() == []


def test_an_unknown_track_is_not_found(client: Spotify) -> None:
    with pytest.raises(NotFound):
        client.track("0" * 22, soon())
    with pytest.raises(NotFound):
        client.track(ids.track_id(catalogue.RINGTONE), soon())


def test_it_gives_no_audio(client: Spotify) -> None:
    assert not client.gives_audio
    track = client.track(ids.track_id(catalogue.PLAIN), soon())
    with pytest.raises(NotSupported):
        client.link(track, 320, soon())
    assert "scdn" not in repr(track)


def test_a_search_takes_its_token_from_a_page_and_goes_on_to_the_hash_that_works(
    client: Spotify, standin: StandIn
) -> None:
    page = client.search("marmalade telescope", "track", 1, 3, soon())
    assert page.items[0].id == f"spotify:{ids.track_id(catalogue.PLAIN)}"
    assert isinstance(page.items[0], Track)
    assert page.items[0].album == AlbumRef(ids.album_id(catalogue.PLAIN.album), catalogue.PLAIN.album.title)
    assert (len(page.items), page.has_more) == (3, True)
    assert paths(standin) == [f"/embed/track/{ids.CANARY_TRACK}", "/pathfinder/v1/query", "/pathfinder/v1/query"]
    assert header(standin, "app-platform") == "WebPlayer"
    assert header(standin, "authorization").startswith("Bearer anonymous.")
    standin.clear_log()
    client.search("paper boat", "track", 2, 5, soon())
    assert queries(standin) == ["searchDesktop"]
    variables = json.loads(standin.log("spotify")[-1]["query"]["variables"])
    assert {"searchTerm": "paper boat", "offset": 5, "limit": 5}.items() <= variables.items()


def test_the_token_of_a_track_serves_the_search_after_it(client: Spotify, standin: StandIn) -> None:
    client.track(ids.track_id(catalogue.PLAIN), soon())
    client.search("love", "track", 1, 1, soon())
    assert len([path for path in paths(standin) if path.startswith("/embed/")]) == 1


@pytest.mark.parametrize(
    ("query", "kind", "made", "native"),
    [
        ("marmalade drawer", "album", Album, ids.album_id(catalogue.PLAIN.album)),
        ("five hundred kettles", "playlist", Playlist, playlists.LONG.native),
        ("orla fenwright", "artist", Artist, ids.artist_id(catalogue.PLAIN.artists[0])),
    ],
)
def test_each_kind_is_found(client: Spotify, query: str, kind: Kind, made: type, native: str) -> None:
    items = client.search(query, kind, 1, 20, soon()).items
    assert {type(item) for item in items} == {made}
    assert f"spotify:{native}" in [item.id for item in items]


def test_pages_of_a_search_meet_without_a_gap(client: Spotify) -> None:
    whole = client.search("love", "track", 1, 12, soon())
    parts = [client.search("love", "track", page, 4, soon()) for page in (1, 2, 3)]
    assert tuple(item for part in parts for item in part.items) == whole.items
    assert {part.total for part in parts} == {whole.total}


def test_a_search_for_nothing_that_is_there_is_an_empty_page(client: Spotify) -> None:
    page = client.search("qqqqzzzz", "track", 1, 10, soon())
    assert (page.items, page.total, page.has_more) == ((), 0, False)


def test_a_search_further_than_the_service_counts_is_not_asked(client: Spotify, standin: StandIn) -> None:
    page = client.search("love", "track", 101, 10, soon())
    assert (page.items, page.has_more, page.truncated) == ((), False, True)
    assert standin.log() == []


def test_ping_asks_for_a_page_that_is_known_to_be_there(client: Spotify, standin: StandIn) -> None:
    client.ping(soon())
    assert paths(standin) == [f"/embed/track/{ids.CANARY_TRACK}"]
    standin.fault("spotify", "html")
    with pytest.raises(SourceBlocked):
        client.ping(soon())
    standin.fault("spotify", "zero")
    with pytest.raises(BadAnswer):
        client.ping(soon())


@pytest.mark.parametrize("host", ["spotify.link", "spotify.app.link"])
def test_a_short_link_leads_to_what_it_names(client: Spotify, standin: StandIn, host: str) -> None:
    code = ids.short_code(ids.track_id(catalogue.PLAIN))
    named = read_link(client.resolve_short(host, f"/{code}", soon()))
    assert isinstance(named, Link)
    assert (named.source, named.kind, named.native) == ("spotify", "track", ids.track_id(catalogue.PLAIN))
    assert paths(standin) == [f"/{host}/{code}"]


def test_where_a_short_link_leads_is_text_and_never_asked(client: Spotify, standin: StandIn) -> None:
    leads_to = client.resolve_short("spotify.link", f"/{ids.STRAY_SHORT_CODE}", soon())
    with pytest.raises(UnsupportedLink):
        read_link(leads_to)
    assert paths(standin) == [f"/spotify.link/{ids.STRAY_SHORT_CODE}"]


@pytest.mark.parametrize(
    ("host", "path"),
    [
        ("evil.example", "/abc"),
        ("127.0.0.1", "/abc"),
        ("open.spotify.com", "/abc"),
        ("spotify.link", "/../_control"),
        ("spotify.link", "/a/b"),
        ("spotify.link", "/"),
        ("spotify.link", "/a?b"),
        ("spotify.link", "abc"),
        ("spotify.link", "/" + "a" * 65),
        ("SPOTIFY.LINK", "/abc"),
    ],
)
def test_what_is_no_short_link_is_never_asked(client: Spotify, standin: StandIn, host: str, path: str) -> None:
    with pytest.raises(NotFound):
        client.resolve_short(host, path, soon())
    assert standin.log() == []


def test_a_short_link_that_leads_nowhere_says_so(client: Spotify, standin: StandIn) -> None:
    with pytest.raises(NotFound):
        client.resolve_short("spotify.link", "/nobodyKnows", soon())
    for fault in ("http:200", "http:500", "http:304"):
        standin.fault("spotify", fault)
        with pytest.raises(BadAnswer):
            client.resolve_short("spotify.link", "/abc", soon())


def test_the_hosts_that_follow_from_the_addresses() -> None:
    real = Addresses()
    assert real.accounts == "https://accounts.spotify.com"
    assert real.short_path("spotify.link", "/a") == ("https://spotify.link", "/a")
    local = Addresses("http://127.0.0.1:1", "http://127.0.0.1:2", "http://127.0.0.1:3")
    assert local.accounts == "http://127.0.0.1:3"
    assert local.short_path("spotify.link", "/a") == ("http://127.0.0.1:1", "/spotify.link/a")


def test_it_goes_through_a_proxy_to_the_real_hosts(standin: StandIn) -> None:
    hosts = hosts_at(Addresses(), proxy=standin.url, ca_file=str(standin.ca_file))
    client = Spotify(hosts, Hashes())
    track = client.search("marmalade telescope", "track", 1, 1, soon()).items[0]
    assert track.thumbnail.startswith("https://i.scdn.co/image/")
    code = ids.short_code(track.id.partition(":")[2])
    assert client.resolve_short("spotify.app.link", f"/{code}", soon()).startswith("https://open.spotify.com/track/")
    assert {entry["host"] for entry in standin.log("spotify", "api")} == {
        "open.spotify.com",
        "api-partner.spotify.com",
        "spotify.app.link",
    }


def test_a_host_that_is_not_there_is_unreachable() -> None:
    client = Spotify(hosts_at(Addresses(*["http://127.0.0.1:9"] * 3)), Hashes())
    with pytest.raises(SourceUnreachable):
        client.track("0" * 22, soon())


def test_it_is_made_from_the_settings(standin: StandIn, settings: Settings) -> None:
    settings.SPOTIFY_OPEN_URL = settings.SPOTIFY_PARTNER_URL = settings.SPOTIFY_API_URL = standin.url
    settings.SPOTIFY_HASHES = "searchDesktop=" + "ab" * 32
    built = package.build()
    assert built.search("love", "track", 1, 1, soon()).items
    asked = [json.loads(entry["query"]["extensions"]) for entry in standin.log("spotify") if entry["query"]]
    assert asked[0]["persistedQuery"]["sha256Hash"] == "ab" * 32
