"""Every form of link that people send, and what it names."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from music.domain import Kind
from music.links import Link, ShortLink, UnsupportedLink, read, read_link

FOLDER = os.environ.get("FLAKS_RECORDINGS")
recorded = pytest.mark.skipif(not FOLDER, reason="FLAKS_RECORDINGS names no folder")

VIDEO = "Qz7_paper-B"
OTHER = "Boat_lamp09"
PL = "PLq3Lantern0verWater-Boats_2026xyzA"
OLAK = "OLAK5uy_kPaperBoatsAndLanterns-on_Water01"
RDCLAK = "RDCLAK5uy_mPaperBoatsAndLanterns-on_Water01"
MPRE = "MPREb_paperBoat01"
UC = "UCpaperBoats-and_Lamps01"
SPOT = "3PaperBoat7Lantern0Wat"
SONG = "Pb0aTLan,rn"
LIST = "Pb0aT,LanTern-0n,Wat3r__"
ALBUM = "-PbaTrnL,,w_"

JIOSAAVN: dict[str, tuple[Kind, str]] = {
    f"https://www.jiosaavn.com/song/paper-boats/{SONG}": ("track", SONG),
    f"http://www.jiosaavn.com/song/paper-boats/{SONG}": ("track", SONG),
    f"https://jiosaavn.com/song/paper-boats/{SONG}": ("track", SONG),
    f"https://m.jiosaavn.com/song/paper-boats/{SONG}": ("track", SONG),
    f"www.jiosaavn.com/song/paper-boats/{SONG}": ("track", SONG),
    f"jiosaavn.com/song/paper-boats/{SONG}": ("track", SONG),
    f"//www.jiosaavn.com/song/paper-boats/{SONG}": ("track", SONG),
    f"HTTPS://WWW.JioSaavn.COM/song/paper-boats/{SONG}": ("track", SONG),
    f"https://www.jiosaavn.com/song/paper-boats/{SONG}/": ("track", SONG),
    f"https://www.jiosaavn.com/song/paper-boats/{SONG}?autoplay=1&utm_source=share": ("track", SONG),
    f"https://www.jiosaavn.com/song/paper-boats/{SONG}&utm_source=share": ("track", SONG),
    f"https://www.jiosaavn.com/song/paper-boats/{SONG}#lyrics": ("track", SONG),
    f"https://www.jiosaavn.com/song/paper-boats/{SONG}).": ("track", SONG),
    f"https://www.jiosaavn.com/song/paper-boats/{SONG},": ("track", SONG),
    f"https://www.jiosaavn.com/song/paper-boats/{SONG.replace(',', '%2C')}": ("track", SONG),
    f"https://www.jiosaavn.com/song/%e0%a4%b0%e0%a4%be%e0%a4%ae/{SONG}": ("track", SONG),
    f"https://www.jiosaavn.com/song/राम-नाम/{SONG}": ("track", SONG),
    f"https://www.jiosaavn.com/song/from-%22paper%7c-boats%22/{SONG}": ("track", SONG),
    f"https://www.jiosaavn.com/song/paper-boats/{SONG}/more": ("track", SONG),
    f"https://www.saavn.com/s/song/hindi/Lanterns/Paper-Boats/{SONG}": ("track", SONG),
    f"https://saavn.com/s/song/hindi/Lanterns/Paper-Boats/{SONG}?p=1": ("track", SONG),
    f"http://m.saavn.com/p/song/hindi/Lanterns/Paper-Boats/{SONG}": ("track", SONG),
    f"https://internal-site.jiosaavn.com/s/song/hindi/lanterns/paper-boats/{SONG}": ("track", SONG),
    f"https://www.jiosaavn.com/album/lanterns/{ALBUM}": ("album", ALBUM),
    f"jiosaavn.com/album/96/{ALBUM}": ("album", ALBUM),
    f"https://www.saavn.com/p/album/hindi/lanterns-2026/{ALBUM}": ("album", ALBUM),
    f"https://www.saavn.com/s/album/hindi/lanterns-2026/{ALBUM}": ("album", ALBUM),
    f"https://internal-site.jiosaavn.com/s/album/hindi/lanterns-2026/{ALBUM}": ("album", ALBUM),
    f"https://www.jiosaavn.com/featured/fresh-lanterns/{ALBUM}": ("playlist", ALBUM),
    f"https://www.jiosaavn.com/s/playlist/00ff00ff00ff00ff/mood-lanterns/{LIST}": ("playlist", LIST),
    f"www.jiosaavn.com/s/playlist/00ff00ff00ff00ff/mood-lanterns/{LIST}?x=y": ("playlist", LIST),
    f"https://www.saavn.com/s/featured/hindi/best-of-lanterns/{LIST}": ("playlist", LIST),
    f"https://www.saavn.com/s/playlist/00ff00ff00ff00ff/mood-lanterns/{LIST}": ("playlist", LIST),
    f"https://www.jiosaavn.com/artist/the-lamplighters-songs/{ALBUM}": ("artist", ALBUM),
    f"https://staging.jiosaavn.com/artist/a.b.-lamp-songs/{ALBUM}": ("artist", ALBUM),
    f"https://www.saavn.com/s/artist/the-lamplighters-albums/{ALBUM}": ("artist", ALBUM),
}

SPOTIFY: dict[str, tuple[Kind, str]] = {
    f"https://open.spotify.com/track/{SPOT}": ("track", SPOT),
    f"http://open.spotify.com/track/{SPOT}": ("track", SPOT),
    f"open.spotify.com/track/{SPOT}": ("track", SPOT),
    f"https://play.spotify.com/track/{SPOT}": ("track", SPOT),
    f"//open.spotify.com/track/{SPOT}": ("track", SPOT),
    f"https://Open.Spotify.com/track/{SPOT}": ("track", SPOT),
    f"https://open.spotify.com./track/{SPOT}": ("track", SPOT),
    f"https://open.spotify.com:443/track/{SPOT}": ("track", SPOT),
    f"https://open.spotify.com/track/{SPOT}?si=0123456789abcdef": ("track", SPOT),
    f"https://open.spotify.com/track/{SPOT}?si=0123&utm_source=copy-link&nd=1": ("track", SPOT),
    f"https://open.spotify.com/track/{SPOT}?context=spotify%3Aalbum%3A{SPOT[::-1]}": ("track", SPOT),
    f"https://open.spotify.com/track/{SPOT}/": ("track", SPOT),
    f"https://open.spotify.com/track/{SPOT}#login": ("track", SPOT),
    f"https://open.spotify.com/track/{SPOT}).": ("track", SPOT),
    f"https://open.spotify.com/track/{SPOT}&si=0123": ("track", SPOT),
    f"https://open.spotify.com/intl-de/track/{SPOT}": ("track", SPOT),
    f"https://open.spotify.com/intl-pt-BR/track/{SPOT}?si=0123": ("track", SPOT),
    f"https://open.spotify.com/de/track/{SPOT}": ("track", SPOT),
    f"https://open.spotify.com/embed/track/{SPOT}?utm_source=generator&theme=0": ("track", SPOT),
    f"https://open.spotify.com/intl-fr/embed/track/{SPOT}": ("track", SPOT),
    f"https://open.spotify.com/embed/intl-fr/track/{SPOT}": ("track", SPOT),
    f"https://open.spotify.com/album/{SPOT}?highlight=spotify:track:{SPOT[::-1]}": ("album", SPOT),
    f"https://open.spotify.com/album/{SPOT}": ("album", SPOT),
    f"https://open.spotify.com/intl-ja/album/{SPOT}": ("album", SPOT),
    f"https://open.spotify.com/embed/album/{SPOT}": ("album", SPOT),
    f"https://open.spotify.com/playlist/{SPOT}?si=0123": ("playlist", SPOT),
    f"open.spotify.com/embed/playlist/{SPOT}": ("playlist", SPOT),
    f"https://open.spotify.com/user/lamplighter/playlist/{SPOT}": ("playlist", SPOT),
    f"https://play.spotify.com/user/lamplighter/playlist/{SPOT}?play=true": ("playlist", SPOT),
    f"https://open.spotify.com/artist/{SPOT}": ("artist", SPOT),
    f"https://open.spotify.com/intl-es/artist/{SPOT}/discography/all": ("artist", SPOT),
    f"spotify:track:{SPOT}": ("track", SPOT),
    f"Spotify:Track:{SPOT}": ("track", SPOT),
    f"spotify:track:{SPOT}?si=0123": ("track", SPOT),
    f"spotify:album:{SPOT}": ("album", SPOT),
    f"spotify:playlist:{SPOT}": ("playlist", SPOT),
    f"spotify:user:lamplighter:playlist:{SPOT}": ("playlist", SPOT),
    f"spotify:artist:{SPOT}": ("artist", SPOT),
    f"spotify://track/{SPOT}": ("track", SPOT),
}

YOUTUBE: dict[str, tuple[Kind, str]] = {
    f"https://www.youtube.com/watch?v={VIDEO}": ("track", VIDEO),
    f"http://www.youtube.com/watch?v={VIDEO}": ("track", VIDEO),
    f"https://youtube.com/watch?v={VIDEO}": ("track", VIDEO),
    f"https://m.youtube.com/watch?v={VIDEO}": ("track", VIDEO),
    f"https://music.youtube.com/watch?v={VIDEO}": ("track", VIDEO),
    f"youtube.com/watch?v={VIDEO}": ("track", VIDEO),
    f"www.youtube.com/watch?v={VIDEO}": ("track", VIDEO),
    f"m.youtube.com/watch?v={VIDEO}": ("track", VIDEO),
    f"music.youtube.com/watch?v={VIDEO}": ("track", VIDEO),
    f"//www.YouTube.com/watch?v={VIDEO}": ("track", VIDEO),
    f"https:/www.youtube.com/watch?v={VIDEO}": ("track", VIDEO),
    f"HTTPS://WWW.YOUTUBE.COM/watch?v={VIDEO}": ("track", VIDEO),
    f"https://www.youtube.com./watch?v={VIDEO}": ("track", VIDEO),
    f"https://www.youtube.com:443/watch?v={VIDEO}": ("track", VIDEO),
    f"https://www.youtube.com/watch/?v={VIDEO}": ("track", VIDEO),
    f"https://www.youtube.com/watch?v={VIDEO}&t=42s": ("track", VIDEO),
    f"https://www.youtube.com/watch?v={VIDEO}#t=42": ("track", VIDEO),
    f"https://www.youtube.com/watch?t=42s&feature=share&v={VIDEO}": ("track", VIDEO),
    f"https://www.youtube.com/watch?feature=player_embedded&amp;v={VIDEO}": ("track", VIDEO),
    f"https://www.youtube.com/watch?feature=player_embedded&amp;amp;v={VIDEO}": ("track", VIDEO),
    f"https://www.youtube.com/watch?v={VIDEO}&v={OTHER}": ("track", VIDEO),
    f"https://www.youtube.com/watch?v={VIDEO}&list={PL}&index=3": ("track", VIDEO),
    f"https://www.youtube.com/watch?list={PL}&v={VIDEO}": ("track", VIDEO),
    f"https://www.youtube.com/watch?v={VIDEO}&list=RD{VIDEO}&start_radio=1": ("track", VIDEO),
    f"https://music.youtube.com/watch?v={VIDEO}&list=RDAMVM{VIDEO}": ("track", VIDEO),
    f"https://music.youtube.com/watch?list={OLAK}&v={VIDEO}&si=0123": ("track", VIDEO),
    f"https://www.youtube.com/watch?v={VIDEO}&list=WL": ("track", VIDEO),
    f"https://www.youtube.com/watch?v={VIDEO}?si=0123": ("track", VIDEO),
    f"https://www.youtube.com/watch?v={VIDEO}).": ("track", VIDEO),
    f"https://www.youtube.com/watch?v={VIDEO}sharePLED17F32AD": ("track", VIDEO),
    f"https://www.youtube.com/watch?v={VIDEO}%22%3E": ("track", VIDEO),
    f"https://www.youtube.com/?v={VIDEO}": ("track", VIDEO),
    f"https://www.youtube.com/watch_popup?v={VIDEO}": ("track", VIDEO),
    f"https://www.youtube.com/watch/{VIDEO}": ("track", VIDEO),
    f"https://youtu.be/{VIDEO}": ("track", VIDEO),
    f"http://youtu.be/{VIDEO}": ("track", VIDEO),
    f"youtu.be/{VIDEO}": ("track", VIDEO),
    f"www.youtu.be/{VIDEO}": ("track", VIDEO),
    f"https://youtu.be/{VIDEO}?si=0123456789abcdef": ("track", VIDEO),
    f"https://youtu.be/{VIDEO}?t=42&list={PL}": ("track", VIDEO),
    f"https://youtu.be/{VIDEO}&t=42": ("track", VIDEO),
    f"https://youtu.be/{VIDEO}/": ("track", VIDEO),
    f"https://youtu.be/{VIDEO}!": ("track", VIDEO),
    f"https://youtu.be/watch?v={VIDEO}": ("track", VIDEO),
    f"https://www.youtube.com/shorts/{VIDEO}": ("track", VIDEO),
    f"youtube.com/shorts/{VIDEO}?feature=share": ("track", VIDEO),
    f"https://m.youtube.com/shorts/{VIDEO}": ("track", VIDEO),
    f"https://www.youtube.com/live/{VIDEO}?si=0123": ("track", VIDEO),
    f"https://www.youtube.com/embed/{VIDEO}?autoplay=1": ("track", VIDEO),
    f"https://www.youtube.com/embed/{VIDEO}?list={PL}": ("track", VIDEO),
    f"https://www.youtube.com/v/{VIDEO}?version=3": ("track", VIDEO),
    f"https://www.youtube.com/v/{VIDEO}&hl=en": ("track", VIDEO),
    f"https://www.youtube.com/e/{VIDEO}": ("track", VIDEO),
    f"https://www.youtube-nocookie.com/embed/{VIDEO}": ("track", VIDEO),
    f"youtube-nocookie.com/embed/{VIDEO}?rel=0": ("track", VIDEO),
    f"https://www.youtube.com/attribution_link?a=x&u=%2Fwatch%3Fv%3D{VIDEO}%26feature%3Dshare": ("track", VIDEO),
    f"https://www.youtube.com/attribution_link?u=/watch?v={VIDEO}&a=x": ("track", VIDEO),
    f"https://www.youtube.com/playlist?list={PL}": ("playlist", PL),
    f"youtube.com/playlist?list={PL}&si=0123": ("playlist", PL),
    f"https://m.youtube.com/playlist?si=0123&list={PL}": ("playlist", PL),
    f"https://music.youtube.com/playlist?list={PL}": ("playlist", PL),
    f"https://www.youtube.com/playlist?list={PL}).": ("playlist", PL),
    f"https://www.youtube.com/watch?list={PL}": ("playlist", PL),
    f"https://www.youtube.com/embed/videoseries?list={PL}": ("playlist", PL),
    f"https://youtu.be/playlist?list={PL}": ("playlist", PL),
    f"https://music.youtube.com/playlist?list={RDCLAK}": ("playlist", RDCLAK),
    f"https://music.youtube.com/browse/VL{PL}": ("playlist", PL),
    f"https://music.youtube.com/playlist?list={OLAK}": ("album", OLAK),
    f"https://www.youtube.com/playlist?list={OLAK}&playnext=1": ("album", OLAK),
    f"https://music.youtube.com/browse/{MPRE}": ("album", MPRE),
    f"music.youtube.com/browse/{MPRE}?si=0123": ("album", MPRE),
    f"https://music.youtube.com/channel/{UC}": ("artist", UC),
    f"https://www.youtube.com/channel/{UC}/videos": ("artist", UC),
    f"https://music.youtube.com/browse/{UC}": ("artist", UC),
}

SHORT = {
    "https://spotify.link/PaperBoat01": ("spotify.link", "/PaperBoat01"),
    "http://spotify.link/PaperBoat01/": ("spotify.link", "/PaperBoat01"),
    "spotify.link/PaperBoat01?si=0123": ("spotify.link", "/PaperBoat01"),
    "https://SPOTIFY.link/PaperBoat01).": ("spotify.link", "/PaperBoat01"),
    "https://spotify.app.link/PaperBoat01?_p=c11037": ("spotify.app.link", "/PaperBoat01"),
}

NOTHING_TO_PLAY = [
    "https://www.jiosaavn.com/",
    "www.jiosaavn.com",
    "https://www.jiosaavn.com/song/paper-boats",
    "https://www.jiosaavn.com/song/paper-boats/",
    "https://www.jiosaavn.com/s",
    "https://www.jiosaavn.com/s/song",
    "https://www.jiosaavn.com/shows/lantern-tales/1/PbTLan-Sguk_",
    "https://www.jiosaavn.com/label/boat-records-albums/PbTLan3VoTo_",
    "https://www.jiosaavn.com/song/paper-boats/%00",
    f"https://www.jiosaavn.com/song/paper-boats/{'x' * 65}",
    f"https://www.jiosaavn.com/song/paper-boats/abc,{'x' * 65}",
    f"https://api.jiosaavn.com/song/paper-boats/{SONG}",
    "https://open.spotify.com",
    f"https://open.spotify.com/episode/{SPOT}",
    f"https://open.spotify.com/show/{SPOT}?si=0123",
    f"https://open.spotify.com/embed/episode/{SPOT}",
    f"spotify:episode:{SPOT}",
    "spotify:user:lamplighter:collection",
    "https://open.spotify.com/user/lamplighter",
    "https://open.spotify.com/collection/tracks",
    "https://open.spotify.com/track/",
    f"https://open.spotify.com/track/{SPOT[:21]}",
    f"https://open.spotify.com/track/{SPOT}x",
    "spotify:track:short",
    f"https://www.spotify.com/track/{SPOT}",
    "https://spotify.link/",
    "https://spotify.link/one/two",
    f"https://spotify.link/{'x' * 65}",
    "https://www.youtube.com",
    "youtube.com",
    "https://www.youtube.com/watch",
    "https://www.youtube.com/watch?v=",
    "https://www.youtube.com/watch?v=short",
    f"https://www.youtube.com/watch?v=short&list={PL}",
    "https://www.youtube.com/embed/videoseries",
    "https://www.youtube.com/embed/live_stream?channel=UCx",
    "https://www.youtube.com/watch?list=RDQz7_paper-B",
    "https://www.youtube.com/playlist?list=WL",
    "https://music.youtube.com/playlist?list=LM",
    f"https://www.youtube.com/playlist?list=PL{'x' * 70}",
    "https://music.youtube.com/browse/FEmusic_charts",
    "https://www.youtube.com/@lamplighters",
    "https://www.youtube.com/c/lamplighters",
    "https://www.youtube.com/user/lamplighters",
    "https://www.youtube.com/results?search_query=paper+boats",
    f"https://www.youtube.com/redirect?q=https://youtu.be/{VIDEO}",
    f"https://www.youtube.com/attribution_link?u=https://evil.example/watch?v={VIDEO}",
    f"https://www.youtube.com/attribution_link?u=//evil.example/watch?v={VIDEO}",
    "https://youtu.be/",
    "https://youtu.be/short",
]

NOT_OURS = [
    "https://example.com/song",
    "HTTP://x",
    "www.example.com/a",
    "https://www.deezer.com/track/3135556",
    "deezer.com/track/3135556",
    "soundcloud.com/lamplighters/paper-boats",
    "https://music.apple.com/in/album/lanterns/1?i=2",
    "https://spoti.fi/paperboat",
    "ftp://www.youtube.com/watch?v=Qz7_paper-B",
    "file:///etc/passwd",
    "http://127.0.0.1:9/",
    "http://127.0.0.1:9/watch?v=Qz7_paper-B",
    "http://localhost/watch?v=Qz7_paper-B",
    "http://2130706433/watch?v=Qz7_paper-B",
    "http://0x7f000001/watch?v=Qz7_paper-B",
    "http://0177.0.0.1/watch?v=Qz7_paper-B",
    "http://[::1]/watch?v=Qz7_paper-B",
    "http://[::ffff:127.0.0.1]:80/watch?v=Qz7_paper-B",
    "http://[::1",
    "http://169.254.169.254/latest/meta-data/",
    "https://youtube.com@evil",
    "https://youtube.com@evil/watch?v=Qz7_paper-B",
    "https://youtube.com:pass@evil.example/watch?v=Qz7_paper-B",
    "https://user:pass@www.youtube.com/watch?v=Qz7_paper-B",
    "https://youtube.com%40evil/watch?v=Qz7_paper-B",
    "https://youtube.com\\@evil.example/watch?v=Qz7_paper-B",
    "https:\\\\youtube.com\\watch?v=Qz7_paper-B",
    "https://youtube.com\\.evil.example/watch?v=Qz7_paper-B",
    "https://evil/?u=youtube.com",
    "https://evil/?u=https://youtu.be/Qz7_paper-B",
    "https://evil/https://www.youtube.com/watch?v=Qz7_paper-B",
    "https://evil.example/#https://youtu.be/Qz7_paper-B",
    "evil.com/?u=youtube.com/watch?v=Qz7_paper-B",
    "https://youtube.com.evil.example/watch?v=Qz7_paper-B",
    "https://evil-youtube.com/watch?v=Qz7_paper-B",
    "https://notyoutu.be/Qz7_paper-B",
    "https://evil.youtube.com/watch?v=Qz7_paper-B",
    "https://youtube.com..evil/watch?v=Qz7_paper-B",
    "https://youtube.com../watch?v=Qz7_paper-B",
    "https://youtube.com:8080/watch?v=Qz7_paper-B",
    "https://www.youtube.com:/watch?v=Qz7_paper-B",
    "https:///www.youtube.com/watch?v=Qz7_paper-B",
    "https://ｙoutube.com/watch?v=Qz7_paper-B",
    "https://youtubé.com/watch?v=Qz7_paper-B",
    "https://xn--youtub-dva.com/watch?v=Qz7_paper-B",
    "https://open.\u017fpotify.com/track/3PaperBoat7Lantern0Wat",
    "https://spotify.lin\u212a/PaperBoat01",
    "https://youtube\u3002com/watch?v=Qz7_paper-B",
]


def test_the_tables_hold_all_that_they_promise() -> None:
    assert len(JIOSAAVN) + len(SPOTIFY) + len(YOUTUBE) + len(SHORT) >= 120


@pytest.mark.parametrize(("text", "named"), JIOSAAVN.items())
def test_a_jiosaavn_link_gives_its_token(text: str, named: tuple[Kind, str]) -> None:
    assert_names(text, "jiosaavn", named, is_token=True)


@pytest.mark.parametrize(("text", "named"), SPOTIFY.items())
def test_a_spotify_link_gives_its_id(text: str, named: tuple[Kind, str]) -> None:
    assert_names(text, "spotify", named)


@pytest.mark.parametrize(("text", "named"), YOUTUBE.items())
def test_a_youtube_link_gives_its_id(text: str, named: tuple[Kind, str]) -> None:
    assert_names(text, "youtube", named)


@pytest.mark.parametrize(("text", "where"), SHORT.items())
def test_a_short_link_gives_where_to_ask(text: str, where: tuple[str, str]) -> None:
    assert read(text) == read_link(text) == ShortLink("spotify", *where)


@pytest.mark.parametrize("text", NOTHING_TO_PLAY + NOT_OURS)
def test_any_other_link_is_refused_and_told_which_ones_are_not(text: str) -> None:
    for reader in (read, read_link):
        with pytest.raises(UnsupportedLink, match="JioSaavn, Spotify and YouTube"):
            reader(text)


@recorded
def test_the_recorded_expectations_of_jiosaavn_links_hold() -> None:
    for expected in recording("jiosaavn/yt-dlp-expected-results-2026-10-26.json"):
        kind = expected["extractor"].removeprefix("JioSaavn").removesuffix("IE").lower()
        if kind.startswith("show"):
            assert_refused(expected["url"])
            continue
        found = expected.get("info_dict", {})
        token = found.get("display_id") or found.get("id") or expected["url"].rpartition("/")[2]
        assert_names(expected["url"], "jiosaavn", ("track" if kind == "song" else kind, token), is_token=True)


@recorded
def test_every_link_in_a_recorded_jiosaavn_answer_gives_its_token() -> None:
    pages = {"song": "track", "album": "album", "featured": "playlist", "artist": "artist"}
    links = {text for text in texts("jiosaavn") if re.match(r"https?://[a-z-]+\.(jio)?saavn\.com/(?!api\.php)", text)}
    assert len(links) > 500
    for link in links:
        page = re.sub(r"https?://[^/]+/(s/)?", "", link).partition("/")[0]
        if page in {"label", "shows"}:
            assert_refused(link)
        elif page in pages:
            assert_names(link, "jiosaavn", (pages[page], link.rpartition("/")[2]), is_token=True)  # type: ignore[arg-type]


@recorded
def test_every_item_in_a_recorded_spotify_answer_gives_its_id() -> None:
    form = r"(?:https://open\.spotify\.com/(?:embed/)?|spotify:)([a-z]+)[:/]([A-Za-z0-9]{22})(?:\?.*)?"
    found = [(text, match) for text in texts("spotify") if (match := re.fullmatch(form, text))]
    assert len(found) > 200
    for text, match in found:
        if match[1] in {"track", "album", "playlist", "artist"}:
            assert_names(text, "spotify", (match[1], match[2]))  # type: ignore[arg-type]
        else:
            assert_refused(text)


@recorded
def test_every_list_in_a_recorded_youtube_answer_gives_its_id() -> None:
    form = r"MPREb_[\w-]{11}|OLAK5uy_[\w-]{33}|RDCLAK5uy_[\w-]{33}|PL[\w-]{16,32}|UC[\w-]{22}"
    found = {text for text in texts("youtube") if re.fullmatch(form, text)}
    assert len(found) > 30
    for native in found:
        link = read_link(f"https://music.youtube.com/browse/{native}")
        assert isinstance(link, Link)
        assert link.native == native


def assert_names(text: str, source: str, named: tuple[Kind, str], is_token: bool = False) -> None:
    found = read(text)
    assert isinstance(found, Link)
    assert (found.source, found.kind, found.native, found.is_token) == (source, *named, is_token)
    assert read_link(text) == found
    assert read(found.url) == found, "the canonical form names the same"


def assert_refused(text: str) -> None:
    with pytest.raises(UnsupportedLink):
        read(text)


def recording(name: str) -> Any:
    return json.loads((Path(FOLDER or "") / name).read_text())


def texts(service: str) -> Iterator[str]:
    """Every string in the service's recorded bodies."""
    for path in sorted((Path(FOLDER or "") / service).rglob("*.json")):
        if path.name != "requests.json" and not path.name.startswith("yt-dlp"):
            yield from strings(json.loads(path.read_text()))


def strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, (dict, list)):
        for part in value.values() if isinstance(value, dict) else value:
            yield from strings(part)
