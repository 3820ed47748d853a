"""Audio that this server carries: whole and in parts, through what media hosts do in the middle of a song."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
import requests
from django.test import Client
from pytest_django import Settings

from music.cache import held_link, hold_link
from music.streaming import carried
from music.streaming.places import Places
from tests.music.conftest import forget_sources
from tests.music.streaming.conftest import PathOf, heard, leave, streamed
from tests.standin import catalogue
from tests.standin.jiosaavn import ids
from tests.standin.mp4 import song_file
from tests.standin.process import StandIn
from tests.standin.youtube import ids as youtube_ids
from tests.standin.youtube import shelf

SHORT, LONG = catalogue.SHORT, catalogue.LONG
TRACK = f"jiosaavn:{ids.pid(SHORT)}"


def truth(song: catalogue.Song = SHORT, bitrate: int = 320) -> bytes:
    """The song's file as the stand-in makes it."""
    file = song_file(song.duration, bitrate, song.title, ", ".join(song.artists))
    return b"".join(file.chunks(0, file.size))


def media_ranges(standin: StandIn) -> list[str]:
    return [entry["headers"]["range"] for entry in standin.log(part="media")]


def test_a_song_is_carried_byte_for_byte(path_of: PathOf, places: Places) -> None:
    answer = Client().get(path_of(SHORT.title))
    whole = truth()
    assert (answer.status_code, answer["Content-Length"]) == (200, str(len(whole)))
    assert heard(answer) == whole
    assert places.running() == []


def test_its_headers_say_what_it_is_and_no_more(path_of: PathOf) -> None:
    answer = Client().get(path_of(SHORT.title), headers={"Range": "bytes=0-99"})
    said = {name: answer[name] for name in ("Content-Type", "Accept-Ranges", "Cache-Control", "Content-Range")}
    assert said == {
        "Content-Type": "audio/mp4",
        "Accept-Ranges": "bytes",
        "Cache-Control": "no-store",
        "Content-Range": f"bytes 0-99/{len(truth())}",
    }
    assert answer["Content-Disposition"] == f'inline; filename="{SHORT.title} - {", ".join(SHORT.artists)}.m4a"'
    ours = {"Content-Length", "ETag", "X-Request-ID", "X-Content-Type-Options", "X-Frame-Options", "Vary", "Allow"}
    ours |= {"Referrer-Policy", "Cross-Origin-Opener-Policy", "Content-Security-Policy", "Permissions-Policy"}
    assert set(answer.headers) <= {*said, *ours, "Content-Disposition"}
    heard(answer)


def test_a_long_song_is_asked_for_in_parts_and_stitched(
    path_of: PathOf, standin: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(carried, "PART_BYTES", 1_000_000)
    path = path_of(SHORT.title)
    standin.clear_log()
    assert heard(Client().get(path)) == truth()
    size = len(truth())
    assert media_ranges(standin) == ["bytes=0-999999", "bytes=1000000-1999999", f"bytes=2000000-{size - 1}"]


def test_no_part_is_larger_than_10_mib(path_of: PathOf, standin: StandIn) -> None:
    path = path_of(LONG.title, quality="96")
    standin.clear_log()
    answer = Client().get(path, headers={"Range": "bytes=20000000-"})
    assert heard(answer) == truth(LONG, 96)[20_000_000:]
    spans = [tuple(map(int, asked.removeprefix("bytes=").split("-"))) for asked in media_ranges(standin)]
    assert len(spans) == 3
    assert all(last - first < 10 * 1024 * 1024 for first, last in spans)


@pytest.mark.parametrize("fault", ["cut:700000", "truncated"])
def test_a_media_host_that_dies_in_the_middle_is_asked_again_at_the_same_byte(
    path_of: PathOf, standin: StandIn, fault: str
) -> None:
    path = path_of(SHORT.title)
    standin.fault("jiosaavn", fault, "media", times=1)
    standin.clear_log()
    assert heard(Client().get(path)) == truth()
    first, again = media_ranges(standin)[0], media_ranges(standin)[-1]
    assert first == f"bytes=0-{len(truth()) - 1}"
    assert 0 < int(re.findall(r"\d+", again)[0]) <= 1_300_000
    issued = [entry for entry in standin.log(part="api") if entry["query"]["__call"] == "song.generateAuthToken"]
    assert len(issued) == 1


def test_a_media_host_that_refuses_the_next_part_is_asked_with_a_new_link(
    path_of: PathOf, standin: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(carried, "PART_BYTES", 1_000_000)
    answer = Client().get(path_of(SHORT.title))
    standin.fault("jiosaavn", "http:403", "media", times=1)
    standin.clear_log()
    assert heard(answer) == truth()
    assert [entry["status"] for entry in standin.log(part="media")] == [403, 206, 206, 206]  # the second is the probe


def test_a_listener_who_leaves_gives_the_place_back(path_of: PathOf, standin: StandIn, places: Places) -> None:
    answer = Client().get(path_of(SHORT.title))
    assert next(streamed(answer))
    assert len(places.running()) == 1
    leave(answer)
    assert places.running() == []


def test_a_media_host_that_falls_silent_is_asked_again_too(
    path_of: PathOf, standin: StandIn, settings: Settings
) -> None:
    path = path_of(SHORT.title)
    settings.JIOSAAVN_READ_MS = 500
    forget_sources()
    standin.fault("jiosaavn", "stall:700000", "media", times=1)
    assert heard(Client().get(path)) == truth()


def test_it_is_renewed_once_and_then_broken_off(path_of: PathOf, standin: StandIn, places: Places) -> None:
    path = path_of(SHORT.title)
    standin.fault("jiosaavn", "truncated", "media")
    answer = Client().get(path)
    with pytest.raises(ConnectionResetError):
        heard(answer)
    assert places.running() == []


def test_two_files_are_never_stitched(path_of: PathOf, standin: StandIn, monkeypatch: pytest.MonkeyPatch) -> None:
    """After a failure the service answers with another file: of another size here, and of another tag below."""
    path = path_of(SHORT.title)
    other = held_link(TRACK, 320)
    path_of(catalogue.PLAIN.title)
    plain = held_link(f"jiosaavn:{ids.pid(catalogue.PLAIN)}", 320)
    assert other is not None
    assert plain is not None
    standin.fault("jiosaavn", "cut:500000", "media", times=1)
    answer = Client().get(path)
    hold_link(TRACK, 320, plain)
    with pytest.raises(ConnectionResetError):
        heard(answer)


def test_a_link_that_no_longer_opens_is_replaced_before_the_first_byte(path_of: PathOf, standin: StandIn) -> None:
    path = path_of(SHORT.title)
    held = held_link(TRACK, 320)
    assert held is not None
    hold_link(TRACK, 320, replace(held, url=held.url.replace("Signature=", "Signature=x")))
    assert heard(Client().get(path)) == truth()


def test_what_is_no_single_range_is_the_whole(path_of: PathOf) -> None:
    answer = Client().get(path_of(SHORT.title), headers={"Range": "bytes=0-1,5-6"})
    assert (answer.status_code, heard(answer)) == (200, truth())


def test_past_the_end_is_416_with_the_length(path_of: PathOf, places: Places) -> None:
    answer = Client().get(path_of(SHORT.title), headers={"Range": "bytes=99999999-"})
    assert (answer.status_code, answer["Content-Range"]) == (416, f"bytes */{len(truth())}")
    assert answer.json()["code"] == "range_not_satisfiable"
    assert places.running() == []


def test_a_player_that_has_it_is_told_so(path_of: PathOf, standin: StandIn, places: Places) -> None:
    path = path_of(SHORT.title)
    tag = Client().head(path)["ETag"]
    standin.clear_log()
    unchanged = Client().get(path, headers={"If-None-Match": tag})
    assert (unchanged.status_code, unchanged["ETag"], unchanged["Cache-Control"]) == (304, tag, "no-store")
    assert Client().get(path, headers={"If-Match": '"other"'}).status_code == 412
    assert Client().head(path, headers={"If-None-Match": tag}).status_code == 304
    assert standin.log(part="media") == []
    assert places.running() == []


def test_head_is_answered_from_what_is_known(path_of: PathOf, standin: StandIn, places: Places) -> None:
    path = path_of(SHORT.title)
    standin.clear_log()
    head = Client().head(path, headers={"Range": "bytes=0-9"})
    assert (head.status_code, head["Content-Length"], head.content) == (200, str(len(truth())), b"")
    whole = Client().get(path)
    assert {name: whole[name] for name in ("ETag", "Content-Type", "Accept-Ranges", "Content-Disposition")} == {
        name: head[name] for name in ("ETag", "Content-Type", "Accept-Ranges", "Content-Disposition")
    }
    assert len(standin.log()) == 1  # the GET's
    heard(whole)


def test_a_file_without_a_type_is_known_by_its_first_bytes(path_of: PathOf, standin: StandIn) -> None:
    path = path_of(SHORT.title)
    standin.fault("jiosaavn", "octet", "media")
    for asked, part in (("", truth()), ("bytes=5-9", truth()[5:10]), ("bytes=-9", truth()[-9:])):
        answer = Client().get(path, headers={"Range": asked} if asked else {})
        assert (answer["Content-Type"], heard(answer)) == ("audio/mp4", part)


def test_a_host_that_does_not_say_how_long_its_answer_is_is_read_to_the_known_end(
    path_of: PathOf, standin: StandIn
) -> None:
    path = path_of(SHORT.title)
    standin.fault("jiosaavn", "unsized", "media")
    answer = Client().get(path)
    assert (answer["Content-Length"], heard(answer)) == (str(len(truth())), truth())


def test_youtubes_audio_is_carried_too_and_resumed(
    api: Client, everywhere: StandIn, places: Places, settings: Settings
) -> None:
    only_here = youtube_ids.track_id(shelf.ONLY_HERE)
    url = api.get("/api/v1/stream", {"q": f"youtube:{only_here}"}).json()["stream"]["url"]
    everywhere.fault("youtube", "cut:600000", "media", times=1)
    path = re.sub(r"^http://testserver", "", url)
    assert heard(Client().get(path)) == truth(shelf.ONLY_HERE, 96)
    assert places.running() == []


def test_an_operator_may_have_all_of_a_source_carried(api: Client, standin: StandIn, settings: Settings) -> None:
    settings.FLAKS_CARRY = ["jiosaavn"]
    asked = {"q": SHORT.title}
    assert api.get("/api/v1/stream", asked).json()["stream"]["delivery"] == "proxy"
    direct = api.get("/api/v1/stream", asked | {"delivery": "direct"}).json()["stream"]
    assert direct["delivery"] == "direct"
    assert requests.head(direct["direct_url"], timeout=5).status_code == 200


def test_a_long_song_at_96_stays_under_what_telegram_fetches(path_of: PathOf, api: Client) -> None:
    asked = {"q": f"jiosaavn:{ids.pid(catalogue.PLAIN)}", "quality": "96"}
    stream = api.get("/api/v1/stream", asked).json()["stream"]
    assert (stream["bitrate"], stream["size"]) == (96, len(truth(catalogue.PLAIN, 96)))
    # 20 MB hold 27 minutes of it, and 8 of what 320 would be.
    assert stream["size"] * (25 * 60 / catalogue.PLAIN.duration) < 20_000_000
