"""Made-up recordings for tests: a voice that hums, a room that hisses."""

from __future__ import annotations

import array
import math
import random
from pathlib import Path

from display_board.voices.espeak import Espeak
from display_board.voices.packs import RECORDED, PackFolder, clip_for
from display_board.voices.phrases import Manner, written
from display_board.voices.synthesis import Built, build
from display_board.voices.wav import encode


def word(seconds: float, rate: int = 48_000, loud: float = 6000, pitch: float = 180) -> array.array[int]:
    samples = array.array("h")
    for n in range(round(seconds * rate)):
        at = n / rate
        envelope = max(0.0, min(1.0, at / 0.02, (seconds - at) / 0.04))
        voice = math.sin(math.tau * pitch * at) + 0.4 * math.sin(math.tau * 5.1 * pitch * at)
        samples.append(max(-32768, min(32767, round(loud * envelope * voice))))
    return samples


def room(seconds: float, rate: int = 48_000, loud: float = 20) -> array.array[int]:
    noise = random.Random(7)
    return array.array("h", [round(noise.gauss(0, loud)) for _ in range(round(seconds * rate))])


def recording(
    spoken_s: float = 0.6, rate: int = 48_000, loud: float = 6000, noise: float = 20, pitch: float = 180
) -> bytes:
    """Half a second of room, a word, a second of room."""
    return encode(room(0.5, rate, noise) + word(spoken_s, rate, loud, pitch) + room(1.0, rate, noise), rate)


def build_calls(shelf: PackFolder, language: str, manner: Manner) -> Built:
    """The machine reads the phrases of the calls, round by round."""
    made = 0
    while True:
        done = build(shelf, language, written(language, manner), Espeak())
        made += done.made
        if not done.left:
            return Built(made, done.kept, 0)


def fill(folder: Path, language: str, phrases: dict[str, str], skip: tuple[str, ...] = ()) -> None:
    """Each phrase gets a clip of its own that hums."""
    hum = word(0.3 + len(phrases) * 0.0005, 22050)
    with PackFolder(folder / "voices").changing(language) as change:
        for at, (key, text) in enumerate(phrases.items()):
            if key not in skip:
                samples = hum[: round((0.3 + at * 0.0005) * 22050)]
                change.put(key, *clip_for(key, samples, RECORDED, text, "Hoa", "CC0"))
