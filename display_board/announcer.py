"""Speaks calls one after the other, in a thread of its own because making speech may take a moment."""

from __future__ import annotations

import array
import queue
import threading
from dataclasses import dataclass
from typing import Protocol

from display_board.sound import announcement
from display_board.speech import pronounced, sentence
from display_board.state import Call

POLL_S = 0.05


class Speaker(Protocol):
    def play(self, samples: array.array[int]) -> None: ...
    def is_playing(self) -> bool: ...


class Speech(Protocol):
    def speak(self, text: str) -> array.array[int] | None: ...


@dataclass(frozen=True, slots=True)
class Announcement:
    """What is said, and how often."""

    call: Call
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

    def announce(self, call: Call, folk: str, times: int) -> None:
        self._asked += 1
        self._waiting.put(Announcement(call, folk, times))

    def is_done(self) -> bool:
        """Whether all that was asked for has been spoken to its end."""
        return self._spoken >= self._asked

    def stop(self) -> None:
        self._stopped.set()
        self._waiting.put(None)

    def run(self) -> None:
        while (said := self._waiting.get()) is not None and not self._stopped.is_set():
            self._say(said)
            self._spoken += 1

    def _say(self, said: Announcement) -> None:
        text = pronounced(sentence(said.call, said.folk))
        spoken = self._speech.speak(text) if self._speech is not None else None
        self._speaker.play(announcement(said.call.recall, spoken, said.times))
        while self._speaker.is_playing() and not self._stopped.wait(POLL_S):
            pass
