"""The board's main loop: news in, scene out; sixty times a second while something moves, else when there is news."""

from __future__ import annotations

import logging
import os
import signal
import threading
import time
from pathlib import Path

from contract.records import dataclass
from contract.service_manager import ALIVE, READY, STOPPING, notify
from display_board.announcing.announcer import Announcer
from display_board.announcing.loudspeaker import Loudspeaker
from display_board.announcing.voice import BoardVoice
from display_board.announcing.voice_packs import VoicePackClient
from display_board.drawing.screen import Screen
from display_board.follower import SILENCE_S, BoardFollower, News
from display_board.reporter import Reporter
from display_board.service_client import ConnectService
from display_board.state.board import BoardCall
from display_board.state.call_scheduler import CallScheduler
from display_board.state.idle import is_calm
from display_board.state.scene import Now, Scene, compose
from display_board.voices.espeak import Espeak

FRAME_S = 1 / 60
LIT_S = 0.1
CALM_S = 0.25
WATCHDOG_S = 2.0
PATIENCE_S = 10.0
log = logging.getLogger("display_board")


@dataclass(frozen=True, slots=True)
class BoardOptions:
    """How the board is to run; `seconds` None means for ever, or until the snapshot is taken."""

    address: str
    connect: ConnectService
    name: str
    width: int
    height: int
    voice: bool
    voices: Path
    pictures: Path | None = None
    headless: bool = False
    snapshot: Path | None = None
    seconds: float | None = None


def wall_ms() -> int:
    return time.time_ns() // 1_000_000


class Stuck(Exception):
    """The sound device holds on to a thread of this process; an orderly end would hang with it."""


class BoardProgram:
    """Everything of `motcua board` in one process; `stop` may be called from any thread."""

    def __init__(self, options: BoardOptions) -> None:
        if options.headless:
            os.environ.setdefault("SDL_AUDIODRIVER", "dummy")
        self._wishes = options
        self._stopped = threading.Event()
        self.screen = Screen(options.width, options.height, options.headless, options.pictures)
        self._speaker = Loudspeaker()
        self._announcer = Announcer(self._speaker, _voice(options) if options.voice else None)
        self.follower = BoardFollower(options.connect, wall_ms, time.monotonic)
        self._reporter = Reporter(options.connect, options.name, self.follower)
        self._scheduler = CallScheduler(self._begin, self._announcer.is_done)
        self._news = News(None, connected=False)
        self._lost_at: int | None = None
        self._calm_since: float | None = None

    def stop(self, *_: object) -> None:
        self._stopped.set()

    def run(self) -> int:
        """Until stopped, the window is closed, the seconds are over or the snapshot is taken.

        0; 1 when a part of it died, so that whoever watches over it starts it anew. Raises Stuck.
        """
        for thread in (self._announcer, self.follower, self._reporter):
            thread.start()
        began = fed = time.monotonic()
        scene = self.run_once()
        notify(READY)
        while not (self._stopped.is_set() or self.screen.is_closed() or self._is_over(began)):
            if self._announcer.is_stuck():
                log.error("the sound hangs; the board ends so that it is started anew")
                raise Stuck
            if not self._lives():
                self._finish()
                return 1
            self.follower.await_news(self._pause(scene))
            self.screen.follow_window(time.monotonic())
            scene = self.run_once()
            if time.monotonic() - fed >= WATCHDOG_S:
                notify(ALIVE)
                fed = time.monotonic()
        notify(STOPPING)
        return self._finish()

    def run_once(self) -> Scene:
        """Take the news, move the spotlight on, draw what changed."""
        now = Now(wall_ms(), time.monotonic(), self._news.service_ahead_ms)
        self._take_news(now)
        self._scheduler.tick(now.monotonic)
        self._judge_line(now)
        idle_s = self._idle_s(now.monotonic)
        now = Now(now.now_ms, now.monotonic, self._news.service_ahead_ms, idle_s, self.screen.stands)
        scene = compose(self._news.board, self._scheduler.spotlight, self._lost_at, now)
        self.screen.show(scene)
        return scene

    def _pause(self, scene: Scene) -> float:
        """Seconds until the next look, if no news comes before; a frame's share while something moves."""
        if scene.moves:
            return max(0.0, FRAME_S - time.monotonic() % FRAME_S)
        return LIT_S if self._scheduler.spotlight else CALM_S

    def _take_news(self, now: Now) -> None:
        for news in self.follower.take_news():
            self._news = news
            for ticket, since in news.withdrawn:
                self._scheduler.withdraw(ticket, since)
            for call in news.calls:
                self._scheduler.hear(call, news.service_ms(now.monotonic, now.now_ms))

    def _judge_line(self, now: Now) -> None:
        """At once when the stream closed; after 5 s when it only fell silent."""
        silent_s = now.monotonic - self.follower.heard_at
        if self._news.connected and silent_s <= SILENCE_S:
            self._lost_at = None
        elif self._lost_at is None:
            self._lost_at = now.now_ms - round(silent_s * 1000)

    def _idle_s(self, monotonic: float) -> float:
        """How long nobody has waited and no call has been shown."""
        board = self._news.board
        if board is None or self._scheduler.spotlight is not None or not is_calm(board):
            self._calm_since = None
            return 0.0
        self._calm_since = monotonic if self._calm_since is None else self._calm_since
        return monotonic - self._calm_since

    def _begin(self, call: BoardCall, times: int) -> None:
        board = self._news.board
        self._announcer.announce(call, board.display.folk if board else "bà con", times)

    def _lives(self) -> bool:
        dead = [thread.name for thread in (self._announcer, self.follower) if not thread.is_alive()]
        for name in dead:
            log.error("the %s died; the board ends so that it is started anew", name)
        return not dead

    def _is_over(self, began: float) -> bool:
        passed = time.monotonic() - began
        if self._wishes.seconds is not None:
            return passed >= self._wishes.seconds
        if self._wishes.snapshot is None:
            return False
        if passed >= PATIENCE_S:
            log.warning("no answer from %s within %.0f s: %s", self._wishes.address, passed, self.follower.problem)
            return True
        return self._news.board is not None and self._news.connected

    def _finish(self) -> int:
        self.run_once()
        if self._wishes.snapshot is not None:
            self.screen.save(self._wishes.snapshot)
        for part in (self.follower, self._reporter, self._announcer):
            part.stop()
        self._speaker.close()
        self.screen.close()
        return 0


def _voice(options: BoardOptions) -> BoardVoice:
    """Beside the packs of a service on the same machine the board keeps a folder of its own."""
    folder = options.voices / "board"
    return BoardVoice(VoicePackClient(options.connect, folder, wall_ms), Espeak(), folder, wall_ms)


def run(options: BoardOptions) -> int:
    """The program of `motcua board`; SIGTERM and SIGINT end it cleanly."""
    program = BoardProgram(options)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, program.stop)
    try:
        return program.run()
    except Stuck:
        logging.shutdown()
        os._exit(1)
