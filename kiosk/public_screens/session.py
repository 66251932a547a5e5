"""The life of a public screen's browser: started, started again when it ends, wiped between users, dark at night."""

from __future__ import annotations

import logging
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from threading import Event
from typing import Protocol

from contract.records import dataclass
from kiosk.domain.calendar import OpeningHours
from kiosk.public_screens.blanking import is_lit
from kiosk.public_screens.screen import PublicScreen

STEP_S = 1.0
WIPE_AFTER_S = 180.0  # nobody touched a filing PC for so long
HOURS_EVERY_S = 600.0
END_S = 5.0
log = logging.getLogger("kiosk.public_screens.session")


class Browser(Protocol):
    """What is needed of a running program; `subprocess.Popen` fits."""

    def poll(self) -> int | None: ...
    def terminate(self) -> None: ...
    def kill(self) -> None: ...
    def wait(self, timeout: float | None = None) -> int: ...


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a session asks and does outside itself. Times in seconds but for `now_ms`, since 1970.

    `hours`: None while the service does not tell them. `light`: switch the monitor on or off; may raise OSError.
    """

    start: Callable[[], Browser]
    idle_s: Callable[[], float]
    monotonic: Callable[[], float]
    now_ms: Callable[[], int]
    hours: Callable[[], OpeningHours | None]
    light: Callable[[bool], None]


class ScreenSession:
    """Used by one thread; `step` is called about once a second."""

    def __init__(self, screen: PublicScreen, profile: Path, surroundings: Surroundings) -> None:
        self._screen, self._profile, self._outside = screen, profile, surroundings
        self._browser: Browser | None = None
        self._started_at = 0.0
        self._is_lit: bool | None = None
        self._hours: OpeningHours | None = None
        self._hours_at = float("-inf")

    def run(self, stop: Event) -> None:
        """Until `stop` is set; then the browser ends, and a filing PC keeps nothing."""
        while not stop.is_set():
            self.step()
            stop.wait(STEP_S)
        self._end()

    def step(self) -> None:
        self._keep_light()
        if self._browser is not None and self._browser.poll() is not None:
            log.warning("the browser has ended; it is started again")
            self._end()
        elif self._browser is not None and self._was_left():
            log.info("nobody is at the screen any more: what was typed is wiped")
            self._end()
        if self._browser is None:
            self._start()

    def _start(self) -> None:
        self._profile.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._browser = self._outside.start()
        self._started_at = self._outside.monotonic()

    def _was_left(self) -> bool:
        """Used since it was started, and not for a while."""
        idle = self._outside.idle_s()
        used = idle < self._outside.monotonic() - self._started_at
        return self._screen.opens_portals and used and idle >= WIPE_AFTER_S

    def _end(self) -> None:
        """The browser has ended when this returns; of a filing PC no cookie, form or picture is left."""
        if self._browser is not None:
            self._browser.terminate()
            try:
                self._browser.wait(END_S)
            except subprocess.TimeoutExpired:
                self._browser.kill()
                self._browser.wait()
            self._browser = None
        if self._screen.opens_portals:
            shutil.rmtree(self._profile, ignore_errors=True)

    def _keep_light(self) -> None:
        if self._outside.monotonic() - self._hours_at >= HOURS_EVERY_S:
            self._hours, self._hours_at = self._outside.hours() or self._hours, self._outside.monotonic()
        lit = self._hours is None or is_lit(self._hours, self._outside.now_ms())
        if lit == self._is_lit:
            return
        try:
            self._outside.light(lit)
        except (OSError, subprocess.SubprocessError) as error:
            log.warning("the monitor cannot be switched: %s", error)
        self._is_lit = lit
