"""The AAC frames that all made-up songs are built of: read from `audio/`, ready to be repeated."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

SAMPLE_RATE = 44100
FRAME_SAMPLES = 1024
CHUNK_BYTES = 64 * 1024
BITRATES = (48, 96, 160, 320)
ADTS_HEADER_BYTES = 7
_AUDIO = Path(__file__).parent / "audio"


@dataclass(frozen=True, slots=True)
class Loop:
    """A short run of AAC-LC frames (44.1 kHz, stereo) that may be repeated without a seam.

    `sizes` are the bytes of each frame, `starts[i]` is where frame i begins (one entry more than frames, the last being
    the length of the run). `unrolled` holds the run often enough that CHUNK_BYTES can be cut out from any place in it.
    """

    bitrate: int
    sizes: tuple[int, ...]
    starts: tuple[int, ...]
    unrolled: memoryview

    @property
    def length(self) -> int:
        """Bytes of one pass."""
        return self.starts[-1]

    def bytes_of(self, frames: int) -> int:
        """Bytes of the first `frames` frames of the endless repetition."""
        passes, rest = divmod(frames, len(self.sizes))
        return passes * self.length + self.starts[rest]

    def cut(self, start: int, stop: int) -> memoryview:
        """Bytes `start` to `stop` (at most CHUNK_BYTES apart) of the endless repetition."""
        offset = start % self.length
        return self.unrolled[offset : offset + stop - start]


def split_adts(stream: bytes, keep_headers: bool = False) -> list[bytes]:
    """The frames of an ADTS stream without checksums; raises ValueError where a frame does not begin as it must."""
    frames, at = [], 0
    while at < len(stream):
        header = stream[at : at + ADTS_HEADER_BYTES]
        if len(header) < ADTS_HEADER_BYTES or header[0] != 0xFF or header[1] & 0xF7 != 0xF1:
            raise ValueError(f"no ADTS header at byte {at}")
        length = (header[3] & 0x03) << 11 | header[4] << 3 | header[5] >> 5
        if length <= ADTS_HEADER_BYTES or at + length > len(stream):
            raise ValueError(f"an ADTS frame of {length} bytes does not fit at byte {at}")
        frames.append(stream[at + (0 if keep_headers else ADTS_HEADER_BYTES) : at + length])
        at += length
    return frames


def make_loop(bitrate: int, frames: list[bytes]) -> Loop:
    """A loop of `frames`, said to have `bitrate` kbit/s."""
    starts = [0]
    for frame in frames:
        starts.append(starts[-1] + len(frame))
    run = b"".join(frames)
    unrolled = run * (1 + -(-CHUNK_BYTES // len(run)))
    return Loop(bitrate, tuple(map(len, frames)), tuple(starts), memoryview(unrolled))


@cache
def loop_at(bitrate: int) -> Loop:
    """The loop of one of BITRATES (kbit/s); raises FileNotFoundError for any other."""
    return make_loop(bitrate, split_adts((_AUDIO / f"{bitrate}.aac").read_bytes()))
