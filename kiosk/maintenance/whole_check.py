"""The whole check of a large database behind a service that has started: `motcua verify` in a process that yields."""

from __future__ import annotations

import logging
import subprocess
import sys
import threading
from collections.abc import Callable

YIELDING = ("nice", "-n", "15")
EQUAL, DIFFERENT = 0, 1  # exit codes of `motcua verify`
log = logging.getLogger("kiosk.maintenance.whole_check")


class WholeCheck(threading.Thread):
    """Runs `motcua verify`, which keeps its outcome; `ended` is called when it has, or could not be run."""

    def __init__(self, config: str | None, ended: Callable[[], None]) -> None:
        super().__init__(name="whole check", daemon=True)
        named = [] if config is None else ["--config", config]
        self._command = [*YIELDING, sys.executable, "-m", "kiosk.cli", "verify", "--alone", *named]
        self._ended = ended
        self._process: subprocess.Popen[bytes] | None = None
        self._stopped = False

    def run(self) -> None:
        if self._stopped:
            return
        try:
            self._process = subprocess.Popen(self._command, stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL)
            code = self._process.wait()
        except OSError as error:
            log.error("the database cannot be checked: %s", error)
        else:
            if code not in {EQUAL, DIFFERENT}:
                log.error("the check of the database ended with exit code %s", code)
        self._ended()

    def stop(self) -> None:
        self._stopped = True
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()
