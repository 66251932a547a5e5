"""Sound as numbers: the chime, the pauses, what is spoken, joined to one announcement. No device."""

from __future__ import annotations

import array
import math
import wave
from pathlib import Path

RATE = 22050
PAUSE_S = 0.6
NOTE_S = 0.42
LEVEL = 0.45
# Rising for a call, two falling notes for a recall: E5 G5 C6 and C6 G5 in Hz (equal temperament).
CALL_NOTES = (659.26, 783.99, 1046.50)
RECALL_NOTES = (1046.50, 783.99)


def silence(seconds: float) -> array.array[int]:
    return array.array("h", bytes(2 * round(RATE * seconds)))


def chime(recall: bool) -> array.array[int]:
    """16 bit mono at 22,050 Hz; each note dies away before the next."""
    samples = array.array("h")
    for note in RECALL_NOTES if recall else CALL_NOTES:
        for n in range(round(RATE * NOTE_S)):
            at = n / RATE
            loud = min(1.0, at / 0.01) * math.exp(-5 * at) * LEVEL
            wave_form = math.sin(math.tau * note * at) + 0.25 * math.sin(2 * math.tau * note * at)
            samples.append(round(32767 * loud * wave_form / 1.25))
    return samples


def announcement(recall: bool, spoken: array.array[int] | None, times: int) -> array.array[int]:
    """Chime, then the sentence `times` times, 0.6 s apart; only the chime without a voice."""
    samples = chime(recall)
    if spoken is None:
        return samples
    for turn in range(times):
        samples.extend(silence(PAUSE_S if turn else 0.15))
        samples.extend(spoken)
    return samples


def read_wav(path: Path) -> array.array[int]:
    """Raises OSError, wave.Error or EOFError; ValueError unless 16 bit mono at 22,050 Hz."""
    with wave.open(str(path)) as file:
        if (file.getsampwidth(), file.getnchannels(), file.getframerate()) != (2, 1, RATE):
            raise ValueError(f"{path} is not 16 bit mono at {RATE} Hz")
        return array.array("h", file.readframes(file.getnframes()))
