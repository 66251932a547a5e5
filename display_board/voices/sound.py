"""Sound as numbers: the chime, the pauses, what is spoken, joined to one announcement. No device."""

from __future__ import annotations

import array
import math
from collections.abc import Sequence
from functools import cache
from typing import TypeAlias

Samples: TypeAlias = "array.array[int]"
RATE = 22050
PAUSE_S = 0.6
LEAD_S = 0.15
NOTE_S = 0.42
LEVEL = 0.366  # -20 LUFS, as loud as the voice behind it
# Rising for a call, two falling notes for a recall: E5 G5 C6 and C6 G5 in Hz (equal temperament).
CALL_NOTES = (659.26, 783.99, 1046.50)
RECALL_NOTES = (1046.50, 783.99)


def silence(seconds: float) -> array.array[int]:
    return array.array("h", bytes(2 * round(RATE * seconds)))


@cache
def _notes(notes: tuple[float, ...]) -> bytes:
    samples = array.array("h")
    for note in notes:
        for n in range(round(RATE * NOTE_S)):
            at = n / RATE
            loud = min(1.0, at / 0.01) * math.exp(-5 * at) * LEVEL
            wave_form = math.sin(math.tau * note * at) + 0.25 * math.sin(2 * math.tau * note * at)
            samples.append(round(32767 * loud * wave_form / 1.25))
    return samples.tobytes()


def chime(recall: bool) -> array.array[int]:
    """16 bit mono at 22,050 Hz; each note dies away before the next."""
    return array.array("h", _notes(RECALL_NOTES if recall else CALL_NOTES))


def spoken_rounds(spoken: Sequence[int], times: int) -> array.array[int]:
    """What sounds behind the chime: the sentence `times` times, 0.6 s apart."""
    samples = array.array("h")
    for turn in range(times):
        samples.extend(silence(PAUSE_S if turn else LEAD_S))
        samples.extend(spoken)
    return samples


def at_volume(samples: array.array[int], percent: int) -> array.array[int]:
    """Quieter by amplitude; 100 leaves the samples as they are."""
    if percent >= 100:
        return samples
    return array.array("h", [sample * percent // 100 for sample in samples])
