"""Takes of phrases as people hand them in, spoken by voices that the product does not use, and ways to spoil them.

Everything is the same at each run: noise comes from a seed.
"""

from __future__ import annotations

import array
import math
import random
import subprocess
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from display_board.voices.phrases import read_aloud
from display_board.voices.wav import encode, parse

RATE = 22_050
LEAD_S, TAIL_S = 0.35, 0.6
FLOOR_DB = -38.0  # of the room, beside the word
# Voice, words a minute, pitch: men and women of three regions.
SPEAKERS = {
    "vi": (
        ("vi+f2", 120, 55),
        ("vi+m3", 145, 40),
        ("vi-vn-x-central+f3", 130, 60),
        ("vi-vn-x-south+m7", 125, 45),
        ("vi+f4", 150, 65),
        ("vi-vn-x-south+f1", 140, 50),
        ("vi-vn-x-central+m2", 115, 35),
    ),
    "en": (("en-us+f2", 140, 55), ("en-gb-scotland+m3", 150, 40), ("en-gb-x-rp+f4", 135, 60)),
}
Samples = array.array


@dataclass(frozen=True, slots=True)
class Take:
    """A take of a phrase: where in it the word stands, in samples."""

    samples: list[int]
    start: int
    end: int

    def wav(self) -> bytes:
        return encode([max(-32768, min(32767, sample)) for sample in self.samples], RATE)


def spoken(language: str, key: str, words: str, speaker: int) -> list[int]:
    """A word as one of the speakers says it, without the silence around it."""
    voice, speed, pitch = SPEAKERS[language][speaker % len(SPEAKERS[language])]
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "take.wav"
        manner = ["-v", voice, "-s", str(speed), "-p", str(pitch), "-a", "70", "-w", str(target)]
        command = ["espeak-ng", *manner, "--", read_aloud(language, key, words)]
        subprocess.run(command, check=True, capture_output=True, timeout=20)
        samples = parse(target.read_bytes()).samples
    least = max(map(abs, samples)) / 100
    loud = [at for at, sample in enumerate(samples) if abs(sample) > least]
    return list(samples[loud[0] : loud[-1] + 1])


def noise(count: int, level: float, seed: int) -> list[int]:
    """The hiss and hum of a room, `level` in root mean square."""
    source, low = random.Random(seed), 0.0
    made = []
    for at in range(count):
        low = 0.95 * low + source.gauss(0, 1)
        hum = math.sin(math.tau * 100 * at / RATE)
        made.append(0.25 * low + 0.4 * source.gauss(0, 1) + 0.4 * hum)
    scale = level / math.sqrt(sum(x * x for x in made) / max(1, count))
    return [round(x * scale) for x in made]


def strength(samples: list[int]) -> float:
    return math.sqrt(sum(x * x for x in samples) / max(1, len(samples)))


def take(word: list[int], seed: int, floor_db: float = FLOOR_DB) -> Take:
    """The word in a room: a moment before it, a moment behind it, at a loudness of its own."""
    source = random.Random(seed)
    gain = source.uniform(0.25, 0.9)
    loud = [round(x * gain) for x in word]
    start = round(RATE * LEAD_S * source.uniform(0.6, 1.4))
    length = start + len(loud) + round(RATE * TAIL_S)
    made = noise(length, strength(loud) * 10 ** (floor_db / 20), seed)
    for at, sample in enumerate(loud):
        made[start + at] += sample
    return Take(made, start, start + len(loud))


def _share(seed: int) -> float:
    return random.Random(seed).uniform(0.35, 0.6)


def begun_late(good: Take, seed: int) -> list[int]:
    """The microphone opened in the middle of the words."""
    return good.samples[good.start + round(_share(seed) * (good.end - good.start)) :]


def ended_early(good: Take, seed: int) -> list[int]:
    return good.samples[: good.end - round(_share(seed) * (good.end - good.start))]


def lost_start(good: Take, seed: int) -> list[int]:
    """The room is heard before the rest of the words."""
    gone = good.start + round(_share(seed) * (good.end - good.start))
    room = noise(good.start, strength(good.samples[: good.start]), seed + 1)
    return room + good.samples[gone:]


def lost_end(good: Take, seed: int) -> list[int]:
    kept = good.end - round(_share(seed) * (good.end - good.start))
    room = noise(round(RATE * TAIL_S), strength(good.samples[: good.start]), seed + 1)
    return good.samples[:kept] + room


def silent(good: Take, seed: int) -> list[int]:
    """Nobody spoke."""
    return noise(len(good.samples), random.Random(seed).uniform(4, 60), seed)


def overdriven(good: Take, seed: int) -> list[int]:
    """Tops cut off, at the end of the scale or below it as some sound cards do."""
    source = random.Random(seed)
    gain = source.uniform(4, 9) * 32767 / max(map(abs, good.samples))
    most = source.choice([32767, 32767, 26_000])
    return [max(-most, min(most, round(x * gain))) for x in good.samples]


def noisy(good: Take, seed: int) -> list[int]:
    """A fan beside the microphone: 2 to 8 dB below the voice."""
    word = good.samples[good.start : good.end]
    level = strength(word) * 10 ** (-random.Random(seed).uniform(2, 8) / 20)
    return [a + b for a, b in zip(good.samples, noise(len(good.samples), level, seed + 2), strict=True)]


SPOILT: dict[str, Callable[[Take, int], list[int]]] = {
    "begun late": begun_late,
    "ended early": ended_early,
    "lost start": lost_start,
    "lost end": lost_end,
    "silent": silent,
    "overdriven": overdriven,
    "noisy": noisy,
}
