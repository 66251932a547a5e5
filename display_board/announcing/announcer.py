"""Speaks calls one after the other, in a thread of its own because fetching and making speech may take a moment."""

from __future__ import annotations

import array
import logging
import queue
import threading
import time
from collections.abc import Callable
from typing import Protocol

from contract.records import dataclass
from display_board.state.board import BoardCall
from display_board.voices.settings import Settings
from display_board.voices.sound import RATE, at_volume, chime, spoken_rounds

POLL_S = 0.01
GRACE_S = 3.0
REFRESH_S = 5.0
STUCK_S = 30.0
log = logging.getLogger("display_board.announcing.announcer")


class Speaker(Protocol):
    def open(self) -> None: ...
    def play(self, samples: array.array[int]) -> None: ...
    def is_playing(self) -> bool: ...
    def reopen(self) -> None: ...


class Speech(Protocol):
    """`voice.Voice`, or a test; called from two threads."""

    def settings(self) -> Settings: ...
    def volume(self) -> int: ...
    def refresh(self) -> None: ...
    def prefetch(self, interrupted: Callable[[], bool]) -> None: ...
    def sentence(self, call: BoardCall, folk: str) -> array.array[int] | None: ...


@dataclass(frozen=True, slots=True)
class Announcement:
    """What is said, and how often."""

    call: BoardCall
    folk: str
    times: int


class Announcer(threading.Thread):
    """Each announcement once, in order, never two at a time. Without `speech` only the chime sounds."""

    def __init__(self, speaker: Speaker, speech: Speech | None) -> None:
        super().__init__(name="announcer", daemon=True)
        self._speaker = speaker
        self._speech = speech
        self._waiting: queue.Queue[Announcement | None] = queue.Queue()
        self._stopped = threading.Event()
        self._asked = 0
        self._spoken = 0
        self._due = 0.0

    def announce(self, call: BoardCall, folk: str, times: int) -> None:
        if self.is_done():
            self._allow(STUCK_S)
        self._asked += 1
        self._waiting.put(Announcement(call, folk, times))

    def is_done(self) -> bool:
        """Whether all that was asked for has been spoken to its end."""
        return self._spoken >= self._asked

    def is_stuck(self) -> bool:
        """Whether something that should long be said is not: the device holds this thread and does not let go."""
        return not self.is_done() and time.monotonic() > self._due

    def stop(self) -> None:
        self._stopped.set()
        self._waiting.put(None)

    def run(self) -> None:
        for recall in (False, True):
            chime(recall)  # reckoned now, so that the first call waits for nothing
        self._speaker.open()
        if self._speech is not None:
            threading.Thread(target=self._look_after_clips, args=(self._speech,), name="clips", daemon=True).start()
        while (announcement := self._waiting.get()) is not None and not self._stopped.is_set():
            self._say(announcement)
            self._spoken += 1

    def _look_after_clips(self, speech: Speech) -> None:
        """Beside the calls, so that no chime waits for the network."""
        while True:
            speech.refresh()
            speech.prefetch(lambda: self._stopped.is_set() or not self.is_done())
            if self._stopped.wait(REFRESH_S):
                return

    def _say(self, announcement: Announcement) -> None:
        """The chime at once; while it sounds, the voice is made ready, with what was recorded a moment ago."""
        self._allow(STUCK_S)
        speech = self._speech
        if speech is None:
            return self._wait(self._play(chime(announcement.call.recall), 100))
        end = self._play(chime(announcement.call.recall), speech.volume())
        speech.refresh()
        volume = speech.volume()
        spoken = (
            None if speech.settings().quiet or not volume else speech.sentence(announcement.call, announcement.folk)
        )
        self._wait(end)
        if spoken is not None and not self._stopped.is_set():
            self._wait(self._play(spoken_rounds(spoken, announcement.times), volume))
        return None

    def _play(self, samples: array.array[int], volume: int) -> float:
        """The monotonic time at which the sound has ended for certain, unless the device hangs."""
        if volume:
            self._allow(len(samples) / RATE + STUCK_S)
            self._speaker.play(at_volume(samples, volume))
        return time.monotonic() + len(samples) / RATE + GRACE_S

    def _allow(self, seconds: float) -> None:
        self._due = time.monotonic() + seconds

    def _wait(self, end: float) -> None:
        """Until it was said. A device that hangs must not hold the light on one number for ever."""
        while self._speaker.is_playing() and not self._stopped.wait(POLL_S):
            if time.monotonic() > end:
                log.warning("the sound hangs; opening the device anew")
                self._speaker.reopen()
                return
