"""The board's main loop: news in, scene out, thirty times a second at most."""

from __future__ import annotations

import os
import queue
import signal
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from display_board.announcer import Announcer
from display_board.director import Director
from display_board.follower import SILENCE_S, Follower, News
from display_board.loudspeaker import Loudspeaker
from display_board.reporter import Reporter
from display_board.scene import Moment, compose
from display_board.screen import Screen
from display_board.state import Call
from display_board.voice import Voice
from display_board.voice_line import VoiceLine
from display_board.voices.synthesis import Synthesiser

FRAME_S = 1 / 30
WATCHDOG_S = 2.0


@dataclass(frozen=True, slots=True)
class Wishes:
    """How the board is to run; `seconds` None means for ever."""

    address: str
    token: str
    name: str
    width: int
    height: int
    voice: bool
    voices: Path
    headless: bool = False
    snapshot: Path | None = None
    seconds: float | None = None


def wall_ms() -> int:
    return time.time_ns() // 1_000_000


class Program:
    """Everything of `motcua board` in one process; `stop` may be called from any thread."""

    def __init__(self, wishes: Wishes) -> None:
        if wishes.headless:
            os.environ.setdefault("SDL_AUDIODRIVER", "dummy")
        self._wishes = wishes
        self._stopped = threading.Event()
        self.screen = Screen(wishes.width, wishes.height, wishes.headless)
        self._speaker = Loudspeaker()
        self._announcer = Announcer(self._speaker, _voice(wishes) if wishes.voice else None)
        self.follower = Follower(wishes.address, wishes.token, wall_ms, time.monotonic)
        self._reporter = Reporter(wishes.address, wishes.token, wishes.name, self.follower)
        self._director = Director(self._begin, self._announcer.is_done)
        self._news = News(None, connected=False)
        self._lost_at: int | None = None

    def stop(self, *_: object) -> None:
        self._stopped.set()

    def run(self) -> int:
        """Until stopped, the window is closed, the seconds are over or the snapshot is taken; 0, or 1 without it."""
        from sdnotify import SystemdNotifier

        notifier = SystemdNotifier()
        for thread in (self._announcer, self.follower, self._reporter):
            thread.start()
        began = fed = time.monotonic()
        self.go_round()
        notifier.notify("READY=1")
        while not (self._stopped.wait(FRAME_S) or self.screen.is_closed() or self._is_over(began)):
            self.go_round()
            if time.monotonic() - fed >= WATCHDOG_S:
                notifier.notify("WATCHDOG=1")
                fed = time.monotonic()
        notifier.notify("STOPPING=1")
        return self._finish()

    def go_round(self) -> None:
        """Take the news, move the spotlight on, draw if anything changed."""
        now = Moment(wall_ms(), time.monotonic(), self._news.service_ahead_ms)
        self._take_news(now)
        self._director.tick(now.monotonic)
        self._judge_line(now)
        self.screen.show(compose(self._news.board, self._director.spotlight, self._lost_at, now))

    def _take_news(self, now: Moment) -> None:
        while True:
            try:
                news = self.follower.news.get_nowait()
            except queue.Empty:
                return
            self._news = news
            by_service = now.now_ms + (news.service_ahead_ms or 0)
            for ticket in news.withdrawn:
                self._director.withdraw(ticket)
            for call in news.calls:
                self._director.hear(call, by_service)

    def _judge_line(self, now: Moment) -> None:
        """At once when the stream closed; after 5 s when it only fell silent."""
        silent_s = now.monotonic - self.follower.heard_at
        if self._news.connected and silent_s <= SILENCE_S:
            self._lost_at = None
        elif self._lost_at is None:
            self._lost_at = now.now_ms - round(silent_s * 1000)

    def _begin(self, call: Call, times: int) -> None:
        board = self._news.board
        self._announcer.announce(call, board.display.folk if board else "bà con", times)

    def _is_over(self, began: float) -> bool:
        if self._wishes.seconds is not None:
            return time.monotonic() - began >= self._wishes.seconds
        return self._wishes.snapshot is not None and self._news.board is not None and self._news.connected

    def _finish(self) -> int:
        self.go_round()
        if self._wishes.snapshot is not None:
            self.screen.save(self._wishes.snapshot)
        for part in (self.follower, self._reporter, self._announcer):
            part.stop()
        self._speaker.close()
        self.screen.close()
        return 0


def _voice(wishes: Wishes) -> Voice:
    """Beside the packs of a service on the same machine the board keeps a folder of its own."""
    folder = wishes.voices / "board"
    return Voice(VoiceLine(wishes.address, wishes.token, folder, wall_ms), Synthesiser(), folder, wall_ms)


def run(wishes: Wishes) -> int:
    """The program of `motcua board`; SIGTERM and SIGINT end it cleanly."""
    program = Program(wishes)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, program.stop)
    return program.run()
