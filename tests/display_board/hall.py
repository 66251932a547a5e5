"""A hall for tests: a loudspeaker that remembers, and packs without a network."""

from __future__ import annotations

import array
import threading
from collections.abc import Callable, Mapping
from hashlib import sha256

from display_board.announcing.voice_packs import Published
from display_board.voices.loudness import levelled
from display_board.voices.phrases import Manner, needed
from display_board.voices.settings import Settings
from display_board.voices.sound import RATE
from display_board.voices.wav import encode
from tests.display_board.voices.sounds import word

OFFICE = Manner(letters=("A", "C", "H", "K", "R"), counters=("1", "2", "3", "4", "5"))
NOW = 1_713_143_520_000  # 2024-04-15 08:12 in Vietnam


class Speaker:
    """Plays each piece for three looks, and notices when two would sound together."""

    def __init__(self) -> None:
        self.played: list[array.array[int]] = []
        self.left = 0
        self.overlapped = False

    def open(self) -> None:
        pass

    def play(self, samples: array.array[int]) -> None:
        self.overlapped |= self.left > 0
        self.played.append(samples)
        self.left = 3

    def is_playing(self) -> bool:
        self.left -= 1
        return self.left > 0

    def reopen(self) -> None:
        raise AssertionError("this device never hangs")


class Shelfless:
    """Packs in memory: every needed phrase of a language is a tone of its own length."""

    def __init__(self, settings: Settings, languages: Mapping[str, tuple[str, ...]]) -> None:
        self.files: dict[str, bytes] = {}
        self.clips: dict[str, dict[str, str]] = {}
        self.asked = 0
        self.ahead_ms = 0
        self.before_answer: Callable[[], None] = lambda: None
        for language, keys in languages.items():
            self.clips[language] = {}
            for key in keys:
                self.put(language, key)
        self.known = Published(settings, self.clips)

    def put(self, language: str, key: str, turn: int = 0) -> array.array[int]:
        at = (*needed("vi", OFFICE), key).index(key) + 40 * turn
        pitch = {"vi": 200, "en": 300, "hre": 400}[language]
        samples = levelled(word(0.2 + 0.01 * at, RATE, 5000, pitch), RATE)
        data = encode(samples)
        digest = sha256(data).hexdigest()
        self.files[digest] = data
        self.clips[language][key] = digest
        return samples

    def refresh(self) -> bool:
        self.asked += 1
        self.before_answer()
        return True

    def clip(self, digest: str) -> bytes | None:
        return self.files.get(digest)

    def forget_unused(self) -> None:
        pass


def until(true: Callable[[], bool], patience_s: float = 15.0) -> bool:
    """Whether it came true in time."""
    pause = threading.Event()
    for _ in range(round(patience_s / 0.01)):
        if true():
            return True
        pause.wait(0.01)
    return true()
