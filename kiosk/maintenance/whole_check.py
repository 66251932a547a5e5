"""The whole check of a large database behind a service that has started: `motcua verify` in a process that yields."""

from __future__ import annotations

import subprocess
import sys
import threading

YIELDING = ("nice", "-n", "15")


class WholeCheck(threading.Thread):
    """Runs `motcua verify`, which keeps its outcome; the housekeeper tells of it."""

    def __init__(self, config: str | None) -> None:
        super().__init__(name="whole check", daemon=True)
        named = [] if config is None else ["--config", config]
        self._command = [*YIELDING, sys.executable, "-m", "kiosk.cli", "verify", *named]
        self._process: subprocess.Popen[bytes] | None = None
        self._stopped = False

    def run(self) -> None:
        if not self._stopped:
            self._process = subprocess.Popen(self._command, stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL)
            self._process.wait()

    def stop(self) -> None:
        self._stopped = True
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()
