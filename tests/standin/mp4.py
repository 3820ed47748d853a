"""A small MP4 writer: repeats a loop of AAC frames to any length; every byte is computed when it is asked for.

Layout: ftyp, moov, mdat, so that a player can begin with the first bytes. Boxes are those of ISO/IEC 14496-12 and -14.
"""

import struct
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from sys import byteorder

from tests.standin.frames import CHUNK_BYTES, FRAME_SAMPLES, SAMPLE_RATE, Loop, loop_at

_MATRIX = struct.pack(">9I", 0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000)
_AAC_LC_44100_STEREO = bytes((0x12, 0x10))
_MDAT_HEADER_BYTES = 8
_LARGEST_32_BIT = 2**32 - 1


def box(kind: str, *parts: bytes) -> bytes:
    """One box: length, four letters, contents."""
    content = b"".join(parts)
    return struct.pack(">I", 8 + len(content)) + kind.encode("latin-1") + content


def full_box(kind: str, *parts: bytes, flags: int = 0) -> bytes:
    """One box of version 0 with flags."""
    return box(kind, struct.pack(">I", flags), *parts)


def _big_endian(numbers: "array[int]") -> bytes:
    if byteorder == "little":
        numbers.byteswap()
    return numbers.tobytes()


def _descriptor(tag: int, content: bytes) -> bytes:
    return bytes((tag, len(content))) + content


def _esds(bitrate: int) -> bytes:
    config = struct.pack(">BBBHII", 0x40, 0x15, 0, 0x1800, bitrate * 1000, bitrate * 1000)
    decoder = _descriptor(4, config + _descriptor(5, _AAC_LC_44100_STEREO))
    return full_box("esds", _descriptor(3, struct.pack(">HB", 1, 0) + decoder + _descriptor(6, b"\x02")))


def _stsd(bitrate: int) -> bytes:
    entry = struct.pack(">6xH8xHHIHH", 1, 2, 16, 0, SAMPLE_RATE, 0)
    return full_box("stsd", struct.pack(">I", 1), box("mp4a", entry, _esds(bitrate)))


def _stsc(frames: int, per_chunk: int) -> bytes:
    passes, rest = divmod(frames, per_chunk)
    runs = [(1, per_chunk)] if passes else []
    if rest:
        runs.append((passes + 1, rest))
    return full_box("stsc", struct.pack(">I", len(runs)), *(struct.pack(">III", *run, 1) for run in runs))


def _stsz(loop: Loop, frames: int) -> bytes:
    passes, rest = divmod(frames, len(loop.sizes))
    sizes = array("I", loop.sizes) * passes + array("I", loop.sizes[:rest])
    return full_box("stsz", struct.pack(">II", 0, frames), _big_endian(sizes))


def _chunk_offsets(loop: Loop, frames: int, first: int) -> bytes:
    chunks = -(-frames // len(loop.sizes))
    offsets = range(first, first + chunks * loop.length, loop.length)
    if offsets and offsets[-1] > _LARGEST_32_BIT:
        return full_box("co64", struct.pack(">I", chunks), _big_endian(array("Q", offsets)))
    return full_box("stco", struct.pack(">I", chunks), _big_endian(array("I", offsets)))


def _sample_table(loop: Loop, frames: int, first: int) -> bytes:
    stts = full_box("stts", struct.pack(">III", 1, frames, FRAME_SAMPLES))
    tables = (_stsc(frames, len(loop.sizes)), _stsz(loop, frames), _chunk_offsets(loop, frames, first))
    return box("stbl", _stsd(loop.bitrate), stts, *tables)


def _media(loop: Loop, frames: int, first: int) -> bytes:
    mdhd = full_box("mdhd", struct.pack(">IIIIHH", 0, 0, SAMPLE_RATE, frames * FRAME_SAMPLES, 0x55C4, 0))
    hdlr = full_box("hdlr", struct.pack(">I4s12x", 0, b"soun"), b"SoundHandler\0")
    dinf = box("dinf", full_box("dref", struct.pack(">I", 1), full_box("url ", flags=1)))
    minf = box("minf", full_box("smhd", bytes(4)), dinf, _sample_table(loop, frames, first))
    return box("mdia", mdhd, hdlr, minf)


def _text_item(kind: str, text: str) -> bytes:
    return box(kind, box("data", struct.pack(">II", 1, 0), text.encode()))


def _tags(title: str, artist: str) -> bytes:
    hdlr = full_box("hdlr", struct.pack(">I4s4s9x", 0, b"mdir", b"appl"))
    items = box("ilst", _text_item("\xa9nam", title), _text_item("\xa9ART", artist))
    return box("udta", full_box("meta", hdlr, items))


def _moov(loop: Loop, frames: int, first: int, tags: bytes) -> bytes:
    units = frames * FRAME_SAMPLES
    mvhd = full_box(
        "mvhd",
        struct.pack(">IIIIIH10x", 0, 0, SAMPLE_RATE, units, 0x10000, 0x100),
        _MATRIX,
        bytes(24),
        struct.pack(">I", 2),
    )
    tkhd = full_box("tkhd", struct.pack(">IIIII8xHHH2x", 0, 0, 1, 0, units, 0, 0, 0x100), _MATRIX, bytes(8), flags=3)
    return box("moov", mvhd, box("trak", tkhd, _media(loop, frames, first)), tags)


def _head(loop: Loop, frames: int, tags: bytes) -> bytes:
    ftyp = box("ftyp", b"M4A ", struct.pack(">I", 0x200), b"M4A mp42isom")
    audio_bytes = loop.bytes_of(frames)
    if audio_bytes + _MDAT_HEADER_BYTES > _LARGEST_32_BIT:
        raise ValueError("this writer makes no file above 4 GiB")
    first = len(ftyp) + len(_moov(loop, frames, 0, tags)) + _MDAT_HEADER_BYTES
    mdat = struct.pack(">I4s", _MDAT_HEADER_BYTES + audio_bytes, b"mdat")
    return ftyp + _moov(loop, frames, first, tags) + mdat


@dataclass(frozen=True, slots=True)
class Mp4:
    """A computed MP4 file: its size is known, and any part of it can be made without the rest."""

    head: bytes
    loop: Loop
    size: int

    def chunks(self, start: int, stop: int) -> Iterator[memoryview]:
        """Bytes `start` to `stop` of the file in pieces of at most CHUNK_BYTES."""
        head, edge = memoryview(self.head), len(self.head)
        while start < stop:
            end = min(stop, start + CHUNK_BYTES)
            if start < edge:
                end = min(end, edge)
                yield head[start:end]
            else:
                yield self.loop.cut(start - edge, end - edge)
            start = end


def frames_for(seconds: float) -> int:
    """How many AAC frames last `seconds`, to the nearest frame, at least one."""
    return max(1, round(seconds * SAMPLE_RATE / FRAME_SAMPLES))


@lru_cache(maxsize=64)
def song_file(seconds: int, bitrate: int, title: str = "", artist: str = "") -> Mp4:
    """The file of a song of `seconds` at `bitrate` kbit/s (one of BITRATES, else FileNotFoundError), with its tags."""
    loop, frames = loop_at(bitrate), frames_for(seconds)
    head = _head(loop, frames, _tags(title, artist) if title or artist else b"")
    return Mp4(head, loop, len(head) + loop.bytes_of(frames))
