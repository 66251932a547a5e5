"""The noise of a hall: people who talk where nobody understands them, and air that hisses. The same at every run."""

from __future__ import annotations

import array
import math
import random
from collections.abc import Sequence
from functools import cache

from display_board.voices.sound import RATE, Samples

TALKERS, SYLLABLE_S, LONGEST_S = 8, 0.22, 20


def hall(count: int, seed: int) -> list[float]:
    """`count` samples with a mean square of 1: voices as glottal pulses through moving resonances, and a hiss."""
    source = random.Random(seed)
    made = [0.6 * source.gauss(0, 1) for _ in range(count)]
    for _ in range(TALKERS):
        _add_talker(made, source)
    scale = math.sqrt(sum(x * x for x in made) / max(1, count)) or 1.0
    return [x / scale for x in made]


def _add_talker(made: list[float], source: random.Random) -> None:
    """Syllables of one vowel each, a breath now and then."""
    at = source.randrange(round(RATE * SYLLABLE_S))
    pitch, far = source.uniform(90, 240), source.uniform(0.4, 1.0)
    while at < len(made):
        length = round(RATE * SYLLABLE_S * source.uniform(0.6, 1.5))
        formants = source.uniform(300, 800), source.uniform(900, 2300)
        if source.random() < 0.8:
            _add_vowel(made, at, length, pitch * source.uniform(0.9, 1.15), formants, far)
        at += length


def _add_vowel(
    made: list[float], at: int, length: int, pitch: float, formants: tuple[float, float], loud: float
) -> None:
    period = RATE / pitch
    for n in range(at, min(len(made), at + length)):
        inside = (n % period) / RATE
        rise = math.sin(math.pi * (n - at) / length)
        tone = sum(math.sin(math.tau * formant * inside) for formant in formants)
        made[n] += 3 * loud * rise * tone * math.exp(-140 * inside)


@cache
def _long_hall() -> tuple[float, ...]:
    return tuple(hall(round(RATE * LONGEST_S), 1))


def with_noise(sound: Sequence[int], below_db: float, place: int) -> Samples:
    """A sound in a hall whose noise is so many dB below it (mean squares, pauses left out); `place`: when it begins."""
    spoken = [x for x in sound if abs(x) > 100]
    level = math.sqrt(sum(x * x for x in spoken) / max(1, len(spoken))) * 10 ** (-below_db / 20)
    around = _long_hall()
    begin = place * 7919 % (len(around) - len(sound))
    heard = (round(x + level * around[begin + at]) for at, x in enumerate(sound))
    return array.array("h", [max(-32768, min(32767, x)) for x in heard])
