"""JioSaavn's links and CDN as the stand-in plays them: signatures, Range, real audio, covers; over real HTTP."""

import json
import shutil
import subprocess
import time
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from tests.standin import catalogue
from tests.standin.catalogue import Song
from tests.standin.client import Caller
from tests.standin.frames import FRAME_SAMPLES, SAMPLE_RATE
from tests.standin.jiosaavn import ids
from tests.standin.jiosaavn.media import KEY_PAIR_ID, media_field, signature, song_of_field
from tests.standin.mp4 import song_file
from tests.standin.process import StandIn


@pytest.fixture(scope="module")
def standin() -> Iterator[StandIn]:
    with StandIn() as running:
        yield running


@pytest.fixture(scope="module")
def http() -> Iterator[requests.Session]:
    with requests.Session() as session:
        session.trust_env = False
        yield session


@pytest.fixture
def call(standin: StandIn, http: requests.Session) -> Caller:
    return Caller(standin.url, http)


def test_the_media_field_has_96_characters_and_opens_with_the_stand_in_s_key() -> None:
    field = media_field(catalogue.PLAIN, "https://aac.saavncdn.com")
    assert len(field) == 96
    assert song_of_field(field) is catalogue.PLAIN


@pytest.mark.parametrize("field", ["", "no base64!", "AAAA", "A" * 96, "é" * 96])
def test_an_unknown_media_field_gets_no_link(call: Caller, field: str) -> None:
    assert song_of_field(field) is None
    assert call("song.generateAuthToken", url=field, bitrate=320) == {"auth_url": False, "status": "failure"}


def test_a_bitrate_that_the_service_does_not_know_gets_no_link(call: Caller) -> None:
    field = call.row(catalogue.PLAIN)["more_info"]["encrypted_media_url"]
    assert call("song.generateAuthToken", url=field, bitrate=192)["auth_url"] is False


@pytest.mark.parametrize(("bitrate", "suffix"), [(32, 48), (64, 96), (128, 160), (320, 320)])
def test_a_signed_link_leads_to_the_file_of_its_bitrate(
    call: Caller, http: requests.Session, bitrate: int, suffix: int
) -> None:
    link = call.link(catalogue.PLAIN, bitrate)
    assert urlsplit(link).path.endswith(f"_{suffix}.mp4")
    answer = http.get(link, headers={"Range": "bytes=0-4095"})
    assert (answer.status_code, answer.headers["Content-Type"]) == (206, "audio/mp4")
    assert answer.content[4:8] == b"ftyp"
    size = int(answer.headers["Content-Range"].partition("/")[2])
    assert size * 8 / catalogue.PLAIN.duration / 1000 == pytest.approx(suffix, rel=0.05)


@pytest.mark.skipif(not shutil.which("ffprobe"), reason="needs ffprobe")
@pytest.mark.parametrize(("bitrate", "suffix"), [(64, 96), (128, 160), (320, 320)])
@pytest.mark.parametrize("song", [catalogue.SHORT, catalogue.PLAIN, catalogue.LONG], ids=lambda song: song.title)
def test_ffprobe_reads_the_song_s_duration_bitrate_and_tags(
    call: Caller, song: Song, bitrate: int, suffix: int
) -> None:
    command = ["ffprobe", "-v", "error", "-of", "json", "-show_format", "-show_streams", call.link(song, bitrate)]
    run = subprocess.run(command, capture_output=True, check=True)
    seen = json.loads(run.stdout)
    (stream,), container = seen["streams"], seen["format"]
    assert run.stderr == b""
    assert float(container["duration"]) == pytest.approx(song.duration, abs=FRAME_SAMPLES / SAMPLE_RATE)
    assert int(stream["bit_rate"]) == pytest.approx(suffix * 1000, rel=0.03)
    assert (stream["codec_name"], stream["profile"]) == ("aac", "LC")
    assert (stream["sample_rate"], stream["channels"]) == ("44100", 2)
    assert (container["tags"]["title"], container["tags"]["artist"]) == (song.title, song.artists[0])


@pytest.mark.skipif(not shutil.which("ffmpeg"), reason="needs ffmpeg")
def test_ffmpeg_plays_a_signed_link_to_its_end_without_a_word(call: Caller) -> None:
    command = ["ffmpeg", "-v", "error", "-i", call.link(catalogue.PLAIN), "-f", "null", "-"]
    run = subprocess.run(command, capture_output=True, check=True)
    assert (run.stdout, run.stderr) == (b"", b"")


def test_a_signed_link_says_that_it_ends_in_five_minutes(call: Caller) -> None:
    before = int(time.time())
    query = parse_qs(urlsplit(call.link(catalogue.PLAIN)).query)
    assert set(query) == {"Expires", "Signature", "Key-Pair-Id"}
    assert before + 300 <= int(query["Expires"][0]) <= int(time.time()) + 300


@pytest.mark.parametrize("bitrate", [16, 320])
def test_a_file_that_is_not_there_answers_404_as_html(call: Caller, http: requests.Session, bitrate: int) -> None:
    answer = http.get(call.link(catalogue.NO_320, bitrate))
    assert (answer.status_code, answer.headers["Content-Type"]) == (404, "text/html")


@pytest.mark.parametrize("change", ["expired", "resigned", "other file", "other key", "no signature"])
def test_a_link_that_is_not_signed_as_it_must_be_answers_403(call: Caller, http: requests.Session, change: str) -> None:
    whole = urlsplit(call.link(catalogue.PLAIN))
    path, expires, pair = whole.path, int(parse_qs(whole.query)["Expires"][0]), KEY_PAIR_ID
    sealed = signature(path, expires)
    if change == "expired":
        expires = int(time.time()) - 1
        sealed = signature(path, expires)
    elif change == "resigned":
        expires += 60
    elif change == "other file":
        path = path.replace("_320", "_160")
    elif change == "other key":
        pair = "APKASOMEBODYELSE0000"
    else:
        sealed = ""
    asked = {"Expires": str(expires), "Signature": sealed, "Key-Pair-Id": pair}
    answer = http.get(f"{whole.scheme}://{whole.netloc}{path}", params=asked)
    assert (answer.status_code, answer.headers["Content-Type"]) == (403, "text/html")
    assert len(answer.content) < 500


@pytest.mark.parametrize(
    ("header", "status", "start", "stop"),
    [
        ("", 200, 0, None),
        ("bytes=0-", 206, 0, None),
        ("bytes=0-0", 206, 0, 1),
        ("bytes=100000-199999", 206, 100_000, 200_000),
        ("bytes=1000-99999999", 206, 1000, None),
        ("bytes=-1000", 206, -1000, None),
        ("bytes=5-2", 200, 0, None),
        ("bytes=0-1,4-5", 200, 0, None),
    ],
)
def test_the_cdn_answers_the_part_that_is_asked_for(
    standin: StandIn, http: requests.Session, header: str, status: int, start: int, stop: int | None
) -> None:
    song = catalogue.SHORT
    file = song_file(60, 96, song.title, song.artists[0])
    whole = b"".join(file.chunks(0, file.size))
    answer = http.get(f"{standin.url}/{ids.file_stem(song)}_96.mp4", headers={"Range": header} if header else {})
    assert (answer.status_code, answer.headers["Accept-Ranges"]) == (status, "bytes")
    assert answer.content == whole[start:stop]
    assert ("Content-Range" in answer.headers) == (status == 206)


def test_the_cdn_answers_416_past_the_end(standin: StandIn, http: requests.Session) -> None:
    address = f"{standin.url}/{ids.file_stem(catalogue.SHORT)}_96.mp4"
    size = int(http.head(address).headers["Content-Length"])
    answer = http.get(address, headers={"Range": f"bytes={size}-"})
    assert (answer.status_code, answer.headers["Content-Range"]) == (416, f"bytes */{size}")


def test_head_tells_the_size_and_sends_nothing(standin: StandIn, http: requests.Session) -> None:
    answer = http.head(f"{standin.url}/{ids.file_stem(catalogue.LONG)}_320.mp4")
    assert (answer.status_code, answer.content) == (200, b"")
    seconds = int(answer.headers["Content-Length"]) * 8 / 320_000
    assert seconds == pytest.approx(3600, rel=0.02)


def test_if_range_with_another_etag_sends_the_whole_file(standin: StandIn, http: requests.Session) -> None:
    address = f"{standin.url}/{ids.file_stem(catalogue.SHORT)}_48.mp4"
    etag = http.head(address).headers["ETag"]
    same = http.get(address, headers={"Range": "bytes=0-9", "If-Range": etag})
    other = http.get(address, headers={"Range": "bytes=0-9", "If-Range": '"other"'})
    assert (same.status_code, other.status_code) == (206, 200)


def test_the_last_bytes_of_an_hour_come_without_the_hour(standin: StandIn, http: requests.Session) -> None:
    song = catalogue.LONG
    answer = http.get(f"{standin.url}/{ids.file_stem(song)}_320.mp4", headers={"Range": "bytes=-100000"})
    file = song_file(song.duration, 320, song.title, song.artists[0])
    assert answer.content == b"".join(file.chunks(file.size - 100_000, file.size))


@pytest.mark.parametrize("path", ["/123/00000000000000000000000000000000_96.mp4", "/song/unknown", "/favicon.ico"])
def test_an_unknown_address_answers_404(standin: StandIn, http: requests.Session, path: str) -> None:
    assert http.get(standin.url + path).status_code == 404


@pytest.mark.parametrize("size", ["50x50", "150x150", "500x500"])
def test_a_cover_is_a_picture_in_every_size_that_clients_ask_for(
    call: Caller, http: requests.Session, size: str
) -> None:
    answer = http.get(call.row(catalogue.PLAIN)["image"].replace("150x150", size))
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "image/png")
    assert answer.content[16:24] == 2 * int(size.partition("x")[0]).to_bytes(4, "big")
