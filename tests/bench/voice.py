"""How soon a call is heard:  python -m tests.bench.voice

The chime must sound within 150 ms of the announcement, also while the service hangs; the sentence behind it must be
ready before the chime has ended (1.26 s), also on a board that has just started and holds nothing in memory.
"""

from __future__ import annotations

import array
import sys
import tempfile
import threading
import time
from pathlib import Path

from display_board.announcing.announcer import Announcer
from display_board.announcing.voice import BoardVoice
from display_board.state.board import BoardCall
from display_board.voices.espeak import Espeak
from display_board.voices.phrases import needed
from display_board.voices.recording import clip_of
from display_board.voices.settings import Settings
from display_board.voices.sound import RATE, chime
from tests.display_board.hall import NOW, OFFICE, Shelfless, until
from tests.display_board.voices.sounds import recording

ROUNDS = 40
CHIME_MS = 150.0
CHIME_S = len(chime(False)) / RATE
CALL = BoardCall("A012", "HT", "3", 0, False, "t", "hre")


class Stopwatch:
    """A loudspeaker that only notes when it was given something."""

    def __init__(self) -> None:
        self.times: list[float] = []

    def open(self) -> None:
        pass

    def play(self, samples: array.array[int]) -> None:
        self.times.append(time.monotonic())

    def is_playing(self) -> bool:
        return False

    def reopen(self) -> None:
        pass


class Slow(Shelfless):
    """A service that answers after `seconds`."""

    seconds = 0.0

    def refresh(self) -> bool:
        self.asked += 1
        threading.Event().wait(self.seconds)
        return True


def delays_ms(line: Slow, folder: Path) -> tuple[list[float], list[float]]:
    """From each announcement to the chime and to the sentence, in ms, on a board that has just started."""
    chimes, sentences = [], []
    for _ in range(ROUNDS):
        line.asked, speaker = 0, Stopwatch()
        announcer = Announcer(speaker, BoardVoice(line, Espeak("no-such-program"), folder, lambda: NOW))
        announcer.start()
        until(lambda: line.asked > 0)
        began = time.monotonic()
        announcer.announce(CALL, "bà con", 2)
        until(announcer.is_done)
        announcer.stop()
        chimes.append((speaker.times[0] - began) * 1000)
        sentences.append((speaker.times[1] - began) * 1000)
    return sorted(chimes), sorted(sentences)


def main() -> int:
    good = True
    with tempfile.TemporaryDirectory() as folder:
        phrases = needed("vi", OFFICE)
        line = Slow(Settings(("vi", "hre"), manner=OFFICE), {"vi": phrases, "hre": phrases})
        for line.seconds in (0.0, 0.3):
            chimes, sentences = delays_ms(line, Path(folder))
            good &= chimes[-1] <= CHIME_MS and sentences[-1] <= CHIME_S * 1000
            print(
                f"the service answers after {line.seconds} s: "
                f"chime after {chimes[ROUNDS // 2]:.1f} ms (most {chimes[-1]:.1f}), "
                f"sentence ready after {sentences[ROUNDS // 2]:.0f} ms (most {sentences[-1]:.0f})"
            )
    began = time.process_time()
    for _ in range(5):
        clip_of(recording())
    print(f"a recording of 2.1 s becomes a clip in {(time.process_time() - began) / 5 * 1000:.0f} ms of CPU")
    print(f"targets: chime {CHIME_MS:.0f} ms, sentence {CHIME_S * 1000:.0f} ms: {'met' if good else 'MISSED'}")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
