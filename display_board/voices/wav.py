"""PCM in WAV files: what a browser, a telephone or a synthesiser hands over, and what a pack keeps."""

from __future__ import annotations

import array
import io
import sys
import wave
from collections.abc import Sequence

from contract.records import dataclass
from display_board.voices.sound import RATE

LEAST_RATE, MOST_RATE = 8000, 96_000
MOST_CHANNELS = 2


@dataclass(frozen=True, slots=True)
class Wave:
    """16 bit mono samples at `rate` Hz."""

    samples: array.array[int]
    rate: int

    @property
    def seconds(self) -> float:
        return len(self.samples) / self.rate


def parse(data: bytes) -> Wave:
    """16 bit PCM, mono or stereo (mixed down), 8 to 96 kHz. Raises ValueError saying what it is instead."""
    try:
        with wave.open(io.BytesIO(data)) as file:
            width, channels, rate = file.getsampwidth(), file.getnchannels(), file.getframerate()
            raw = file.readframes(file.getnframes())
    except (wave.Error, EOFError, RuntimeError) as error:
        raise ValueError(f"not a WAV file of plain PCM: {error}") from None
    if width != 2 or not 1 <= channels <= MOST_CHANNELS or not LEAST_RATE <= rate <= MOST_RATE:
        raise ValueError(f"{8 * width} bit, {channels} channels, {rate} Hz; 16 bit, 1 or 2, 8 to 96 kHz are taken")
    samples = _samples(raw[: len(raw) // (2 * channels) * 2 * channels])
    if channels == 2:
        pairs = zip(samples[::2], samples[1::2], strict=True)
        samples = array.array("h", [(left + right) // 2 for left, right in pairs])
    return Wave(samples, rate)


def _samples(raw: bytes) -> array.array[int]:
    samples = array.array("h", raw)
    if sys.byteorder == "big":
        samples.byteswap()
    return samples


def parse_clip(data: bytes) -> array.array[int]:
    """The samples of a clip of a pack. Raises ValueError unless it is 16 bit mono at 22,050 Hz."""
    wave = parse(data)
    if wave.rate != RATE or data[22:24] != b"\x01\x00":
        raise ValueError(f"a clip of a pack is 16 bit mono at {RATE} Hz, not {wave.rate} Hz")
    return wave.samples


def encode(samples: Sequence[int], rate: int = RATE) -> bytes:
    """A WAV file of 16 bit mono; the same samples always make the same bytes."""
    raw = array.array("h", samples)
    if sys.byteorder == "big":
        raw.byteswap()
    target = io.BytesIO()
    with wave.open(target, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(raw.tobytes())
    return target.getvalue()
