"""Makes the AAC frames beside this file: `python -m tests.standin.audio.make_frames` (needs ffmpeg).

The melody is computed here, from sine tones and a soft brush noise, so it is the project's own. One period lasts a
whole number of AAC frames. Three periods are encoded and the frames of the middle one are kept: the frame after the
last is then nearly the first again, and a loop has no seam.
"""

import array
import math
import random
import subprocess
from pathlib import Path

from tests.standin.frames import ADTS_HEADER_BYTES, BITRATES, FRAME_SAMPLES, SAMPLE_RATE, split_adts

FRAMES = 96
TOLERANCE = 0.02
_NOTES_HZ = (261.63, 329.63, 392.00, 523.25, 440.00, 392.00, 329.63, 293.66)
_HERE = Path(__file__).parent


def _whole_cycles(frequency: float, samples: int) -> float:
    """The nearest frequency, in Hz, that fits a whole number of cycles into `samples`."""
    return round(frequency * samples / SAMPLE_RATE) * SAMPLE_RATE / samples


def _note(frequency: float, samples: int, pan: float, noise: random.Random) -> list[tuple[float, float]]:
    exact = _whole_cycles(frequency, samples)
    pairs = []
    for index in range(samples):
        swell = math.sin(math.pi * index / samples)
        phase = 2 * math.pi * exact * index / SAMPLE_RATE
        tone = sum(math.sin(phase * harmonic) / harmonic**1.5 for harmonic in range(1, 9))
        brush = 0.16 * math.exp(-index / 4000)
        level = 0.28 * swell * tone
        pairs.append((level * (1 - pan) + brush * noise.uniform(-1, 1), level * pan + brush * noise.uniform(-1, 1)))
    return pairs


def period() -> bytes:
    """One period of the melody: 16-bit little-endian stereo samples, FRAMES * 1024 of them."""
    noise = random.Random(7)
    each = FRAMES * FRAME_SAMPLES // len(_NOTES_HZ)
    samples = array.array("h")
    for number, frequency in enumerate(_NOTES_HZ):
        for left, right in _note(frequency, each, 0.35 + 0.3 * (number % 2), noise):
            samples.extend((round(left * 26000), round(right * 26000)))
    return samples.tobytes()


def encode(pcm: bytes, asked: float) -> list[bytes]:
    """ADTS frames of `pcm` in AAC-LC, ffmpeg's encoder being asked for `asked` kbit/s."""
    command = ["ffmpeg", "-v", "error", "-f", "s16le", "-ar", str(SAMPLE_RATE), "-ac", "2", "-i", "-"]
    command += ["-c:a", "aac", "-b:a", f"{asked:.1f}k", "-bitexact", "-f", "adts", "-"]
    stream = subprocess.run(command, input=pcm, stdout=subprocess.PIPE, check=True).stdout
    return split_adts(stream, keep_headers=True)


def middle_at(pcm: bytes, bitrate: int) -> bytes:
    """The middle period of `pcm` at `bitrate` kbit/s; the encoder misses what it is asked, so it is asked again."""
    asked = float(bitrate)
    for _ in range(12):
        middle = encode(pcm, asked)[FRAMES : 2 * FRAMES]
        got = (
            sum(len(frame) - ADTS_HEADER_BYTES for frame in middle) * 8 * SAMPLE_RATE / (FRAMES * FRAME_SAMPLES) / 1000
        )
        if abs(got / bitrate - 1) < TOLERANCE:
            return b"".join(middle)
        asked *= bitrate / got
    raise SystemExit(f"the encoder does not reach {bitrate} kbit/s")


def main() -> None:
    """Writes `<bitrate>.aac` for every bitrate."""
    pcm = period() * 3
    for bitrate in BITRATES:
        (_HERE / f"{bitrate}.aac").write_bytes(middle_at(pcm, bitrate))


if __name__ == "__main__":
    main()
