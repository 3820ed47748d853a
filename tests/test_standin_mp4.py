"""The stand-in's audio: frames, the MP4 writer, ranges; checked with ffprobe and ffmpeg where they are installed."""

import shutil
import struct
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.standin.frames import BITRATES, CHUNK_BYTES, FRAME_SAMPLES, SAMPLE_RATE, loop_at, split_adts
from tests.standin.mp4 import Mp4, frames_for, song_file
from tests.standin.ranges import UnsatisfiableError, byte_range

_AUDIO = Path(__file__).parent / "standin" / "audio"
needs_ffmpeg = pytest.mark.skipif(not shutil.which("ffmpeg"), reason="needs ffmpeg")


def _write(file: Mp4, path: Path) -> Path:
    with path.open("wb") as out:
        for chunk in file.chunks(0, file.size):
            out.write(chunk)
    return path


def _boxes(data: bytes) -> dict[str, bytes]:
    found, at = {}, 0
    while at < len(data):
        size, kind = struct.unpack_from(">I4s", data, at)
        found[kind.decode("latin-1")] = data[at + 8 : at + size]
        at += size
    return found


@pytest.mark.parametrize("bitrate", BITRATES)
def test_the_frames_are_small_and_have_the_bitrate_that_they_claim(bitrate: int) -> None:
    assert (_AUDIO / f"{bitrate}.aac").stat().st_size < 100_000
    loop = loop_at(bitrate)
    seconds = len(loop.sizes) * FRAME_SAMPLES / SAMPLE_RATE
    assert loop.length * 8 / seconds / 1000 == pytest.approx(bitrate, rel=0.03)


def test_there_are_no_frames_at_a_bitrate_that_nobody_made() -> None:
    with pytest.raises(FileNotFoundError):
        loop_at(128)


def test_adts_frames_are_split_with_and_without_their_headers() -> None:
    stream = (_AUDIO / "96.aac").read_bytes()
    whole = split_adts(stream, keep_headers=True)
    assert b"".join(whole) == stream
    assert [frame[7:] for frame in whole] == split_adts(stream)


@pytest.mark.parametrize("damage", [b"\x00", b"\xff\xf1", b"RIFF0000"], ids=["zero", "cut header", "not audio"])
def test_damaged_adts_is_refused(damage: bytes) -> None:
    with pytest.raises(ValueError, match="ADTS"):
        split_adts((_AUDIO / "96.aac").read_bytes() + damage)


@given(st.binary(max_size=64))
def test_no_bytes_upset_the_adts_splitter(stream: bytes) -> None:
    try:
        frames = split_adts(stream, keep_headers=True)
    except ValueError:
        return
    assert b"".join(frames) == stream


def test_the_top_level_boxes_put_the_description_before_the_audio(tmp_path: Path) -> None:
    file = song_file(60, 96, "Title", "Artist")
    boxes = _boxes(_write(file, tmp_path / "a.m4a").read_bytes())
    assert list(boxes) == ["ftyp", "moov", "mdat"]
    assert len(boxes["mdat"]) == loop_at(96).bytes_of(frames_for(60))


@given(st.data())
def test_any_part_of_a_file_is_that_part_of_the_whole(data: st.DataObject) -> None:
    file = song_file(5, 320)
    whole = b"".join(file.chunks(0, file.size))
    start = data.draw(st.integers(0, file.size))
    stop = data.draw(st.integers(start, file.size))
    assert b"".join(file.chunks(start, stop)) == whole[start:stop]


def test_no_piece_is_larger_than_the_chunk_size() -> None:
    file = song_file(3600, 320)
    assert max(map(len, file.chunks(0, 5_000_000))) == CHUNK_BYTES
    assert len(file.head) < 1_000_000 < file.size


@pytest.mark.parametrize("seconds", [1, 29, 60, 213, 3600])
def test_the_duration_is_exact_to_one_frame(seconds: int) -> None:
    assert abs(frames_for(seconds) * FRAME_SAMPLES / SAMPLE_RATE - seconds) <= FRAME_SAMPLES / SAMPLE_RATE


@needs_ffmpeg
@pytest.mark.parametrize("bitrate", BITRATES)
def test_ffmpeg_decodes_to_the_end_without_a_word(bitrate: int, tmp_path: Path) -> None:
    path = _write(song_file(75, bitrate), tmp_path / "song.m4a")
    run = subprocess.run(
        ["ffmpeg", "-v", "error", "-i", str(path), "-f", "s16le", "-"], capture_output=True, check=True
    )
    assert run.stderr == b""
    assert len(run.stdout) == frames_for(75) * FRAME_SAMPLES * 4
    assert len(set(run.stdout[400_000:410_000])) > 50


@pytest.mark.parametrize(
    ("header", "part"),
    [
        ("bytes=0-0", (0, 1)),
        ("bytes=0-4095", (0, 4096)),
        ("bytes=9999-", (9999, 10000)),
        ("bytes=500-99999", (500, 10000)),
        ("bytes=-1", (9999, 10000)),
        ("bytes=-99999", (0, 10000)),
        ("Bytes = 5 - 6", (5, 7)),
        ("", None),
        ("bytes=-", None),
        ("bytes=7-3", None),
        ("bytes=0-1,5-6", None),
        ("items=0-1", None),
        ("bytes=a-b", None),
    ],
)
def test_a_range_is_read_or_ignored(header: str, part: tuple[int, int] | None) -> None:
    assert byte_range(header, 10_000) == part


@pytest.mark.parametrize("header", ["bytes=10000-", "bytes=10000-10001", "bytes=-0"])
def test_a_range_past_the_end_is_unsatisfiable(header: str) -> None:
    with pytest.raises(UnsatisfiableError):
        byte_range(header, 10_000)


@given(st.text(max_size=20) | st.from_regex(r"bytes=\d{0,9}-\d{0,9}", fullmatch=True), st.integers(1, 10**6))
def test_no_header_asks_for_bytes_outside_the_file(header: str, size: int) -> None:
    try:
        part = byte_range(header, size)
    except UnsatisfiableError:
        return
    assert part is None or 0 <= part[0] < part[1] <= size
