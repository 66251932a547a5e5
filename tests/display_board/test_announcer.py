from __future__ import annotations

import array
import threading
from pathlib import Path

from display_board.announcer import Announcer
from display_board.sound import RATE, announcement, chime
from display_board.state import Call
from display_board.voice import Voice


class Speaker:
    """Plays each piece for three looks, and notices when two would sound together."""

    def __init__(self) -> None:
        self.played: list[int] = []
        self.left = 0
        self.overlapped = False

    def play(self, samples: array.array[int]) -> None:
        self.overlapped |= self.left > 0
        self.played.append(len(samples))
        self.left = 3

    def is_playing(self) -> bool:
        self.left -= 1
        return self.left > 0


def test_announcements_sound_in_order_and_never_together() -> None:
    speaker = Speaker()
    announcer = Announcer(speaker, None)
    announcer.start()
    for recall in (False, True, False):
        announcer.announce(Call("A001", "HT", "1", 0, recall), "bà con", 2)
    waited = threading.Event()
    for _ in range(100):
        if announcer.is_done():
            break
        waited.wait(0.05)
    announcer.stop()
    assert announcer.is_done() and not speaker.overlapped
    assert speaker.played == [len(chime(False)), len(chime(True)), len(chime(False))]


def test_the_sentence_is_said_twice_with_a_pause() -> None:
    spoken = array.array("h", [5] * RATE)
    once, twice = announcement(False, spoken, 1), announcement(False, spoken, 2)
    assert (len(twice) - len(once)) / RATE == 1.6


def test_without_a_voice_only_the_chime_sounds(tmp_path: Path) -> None:
    assert Voice(tmp_path, "no-such-program").speak("Mời bà con") is None
