"""Players of Debian (ffprobe, ffmpeg) and of Telegram's bots (py-tgcalls) at the real server's links.

What ffmpeg decodes is compared, sample for sample, with what it decodes of the service's own file.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.music.streaming.served import Served
from tests.standin import catalogue
from tests.standin.mp4 import song_file
from tests.standin.song import Song
from tests.standin.spotify import ids as spotify_ids
from tests.standin.youtube import ids as youtube_ids
from tests.standin.youtube import shelf

pytestmark = pytest.mark.skipif(not shutil.which("ffmpeg"), reason="ffmpeg is not installed")

SONG, ONLY_HERE = catalogue.SHORT, shelf.ONLY_HERE
# As py-tgcalls and the Go bots start it.
RECONNECTS = "-reconnect 1 -reconnect_at_eof 1 -reconnect_streamed 1 -reconnect_delay_max 2".split()
SOURCES = {
    "jiosaavn": ({"wanted": SONG.title}, SONG, 320),
    "jiosaavn, carried": ({"wanted": SONG.title, "delivery": "proxy"}, SONG, 320),
    "spotify": ({"wanted": f"spotify:track:{spotify_ids.track_id(SONG)}", "delivery": "proxy"}, SONG, 320),
    "youtube": ({"wanted": f"youtube:{youtube_ids.track_id(ONLY_HERE)}"}, ONLY_HERE, 96),
}


def file_of(folder: Path, song: Song, bitrate: int) -> str:
    """The service's own file, on disk."""
    file = song_file(song.duration, bitrate, song.title, ", ".join(song.artists))
    path = folder / "truth.m4a"
    path.write_bytes(b"".join(file.chunks(0, file.size)))
    return str(path)


def decoded(source: str, *options: str) -> tuple[str, float]:
    """The digest of what ffmpeg decodes, and how many seconds of it; fails where ffmpeg says a word of an error."""
    command = ["ffmpeg", "-v", "error", *options, "-i", source, "-f", "s16le", "-ac", "2", "-ar", "48000", "pipe:1"]
    done = subprocess.run(command, capture_output=True, timeout=60, check=True)
    assert done.stderr == b""
    return hashlib.sha256(done.stdout).hexdigest(), len(done.stdout) / (48_000 * 4)


@pytest.mark.parametrize("source", SOURCES)
def test_ffprobe_finds_audio_and_a_duration(served: Served, source: str) -> None:
    asked, song, _ = SOURCES[source]
    command = ["ffprobe", "-v", "error", "-show_format", "-show_streams", "-of", "json", served.link(**asked)]
    found = json.loads(subprocess.run(command, capture_output=True, timeout=20, check=True).stdout)
    assert [stream["codec_name"] for stream in found["streams"]] == ["aac"]
    assert abs(float(found["format"]["duration"]) - song.duration) < 0.1


@pytest.mark.parametrize("source", SOURCES)
def test_ffmpeg_plays_it_to_the_end(served: Served, tmp_path: Path, source: str) -> None:
    asked, song, bitrate = SOURCES[source]
    heard, seconds = decoded(served.link(**asked))
    assert abs(seconds - song.duration) < 0.2
    assert heard == decoded(file_of(tmp_path, song, bitrate))[0]


@pytest.mark.parametrize("source", SOURCES)
def test_ffmpeg_seeks(served: Served, tmp_path: Path, source: str) -> None:
    asked, song, bitrate = SOURCES[source]
    heard, seconds = decoded(served.link(**asked), "-ss", "40")
    assert abs(seconds - (song.duration - 40)) < 0.2
    assert heard == decoded(file_of(tmp_path, song, bitrate), "-ss", "40")[0]


@pytest.mark.parametrize("source", [name for name in SOURCES if name != "jiosaavn"])
@pytest.mark.parametrize("fault", ["cut:1000000", "truncated"])
def test_ffmpeg_does_not_notice_a_failure_of_the_media_host(
    served: Served, tmp_path: Path, source: str, fault: str
) -> None:
    """Without ffmpeg's own reconnecting: what is carried has no gap that it could mend."""
    asked, song, bitrate = SOURCES[source]
    link = served.link(**asked)
    served.standin.fault("youtube" if source == "youtube" else "jiosaavn", fault, "media", times=1)
    heard, seconds = decoded(link)
    served.standin.clear_faults()
    assert abs(seconds - song.duration) < 0.2
    assert heard == decoded(file_of(tmp_path, song, bitrate))[0]


def test_a_redirected_song_survives_a_failure_as_bots_play_it(served: Served, tmp_path: Path) -> None:
    """ffmpeg opens our link again, at the byte where it was cut off, and follows the new redirect."""
    link = served.link(SONG.title)
    served.standin.fault("jiosaavn", "cut:1000000", "media", times=1)
    done = subprocess.run(
        ["ffmpeg", "-v", "quiet", *RECONNECTS, "-i", link, "-f", "s16le", "-ac", "2", "-ar", "48000", "pipe:1"],
        capture_output=True,
        timeout=60,
        check=True,
    )
    served.standin.clear_faults()
    truth, _ = decoded(file_of(tmp_path, SONG, 320))
    assert hashlib.sha256(done.stdout).hexdigest() == truth


CHECK = """
import asyncio, sys
from pytgcalls.ffmpeg import check_stream
from pytgcalls.types.raw import AudioParameters
asyncio.run(check_stream(None, sys.argv[1], AudioParameters(48000, 2)))
print("accepted")
"""


@pytest.mark.skipif(find_spec("pytgcalls") is None, reason="py-tgcalls is not installed")
@pytest.mark.parametrize("source", SOURCES)
def test_py_tgcalls_accepts_it_as_a_song_and_not_as_a_live_stream(served: Served, source: str) -> None:
    """Its check raises where no audio is found, and where there is no duration (it drops its reconnecting then)."""
    link = served.link(**SOURCES[source][0])
    done = subprocess.run([sys.executable, "-c", CHECK, link], capture_output=True, text=True, timeout=60, check=False)
    assert (done.stdout.strip(), done.returncode) == ("accepted", 0), done.stderr


@pytest.mark.skipif(find_spec("pytgcalls") is None, reason="py-tgcalls is not installed")
def test_py_tgcalls_refuses_what_is_no_song(served: Served) -> None:
    """The check can fail: a link that was tampered with is none."""
    link = served.link(SONG.title).replace("/play/A", "/play/B")
    done = subprocess.run([sys.executable, "-c", CHECK, link], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode != 0
