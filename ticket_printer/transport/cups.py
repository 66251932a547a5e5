"""A CUPS queue, `cups://hall`, through the system's own commands. A queue proves nothing: it only takes slips.

A slip that the queue does not pass on in time is cancelled, so that it cannot come out hours later.
"""

from __future__ import annotations

import contextlib
import os
import re
import subprocess
import time

from ticket_printer.errors import PrinterError, SlipRefused
from ticket_printer.transport.base import CHUNK, unreachable

COMMAND_S = 3.0
LOOK_S = 0.1
ALERTS = {
    "media-empty": "paper_out",
    "media-needed": "paper_out",
    "cover-open": "cover_open",
    "door-open": "cover_open",
    "media-jam": "cutter",
    "cutter": "cutter",
    "offline": "offline",
    "paused": "offline",
    "shutdown": "offline",
}


class CommandFailed(Exception):
    """A command of CUPS ended with an error; the text is what it said."""


def _run(*words: str, data: bytes | None = None) -> str:
    """The output of a command in plain English; raises CommandFailed, and PrinterError when it is missing or hangs."""
    try:
        done = subprocess.run(
            words, input=data, capture_output=True, timeout=COMMAND_S, check=True, env={**os.environ, "LC_ALL": "C"}
        )
    except FileNotFoundError as error:
        raise PrinterError(
            "unsupported", retryable=False, detail=f"{words[0]} is missing; install cups-client"
        ) from error
    except subprocess.CalledProcessError as error:
        raise CommandFailed(error.stderr.decode(errors="replace").strip()) from error
    except subprocess.TimeoutExpired as error:
        raise unreachable(f"{words[0]} does not end") from error
    return done.stdout.decode(errors="replace")


def ask(*words: str) -> str:
    """The output of a command; raises PrinterError also when it fails."""
    try:
        return _run(*words)
    except CommandFailed as error:
        raise unreachable(error) from error


class CupsTransport:
    """Collects one slip and hands it over whole."""

    bytes_per_s: float | None = None
    answers = False
    guarded = True

    def __init__(self, queue: str) -> None:
        self._queue = queue
        self._slip = bytearray()
        self._jobs: list[str] = []
        ask("lpstat", "-p", queue)  # raises when there is no such queue

    def write(self, data: bytes, timeout_s: float) -> int:
        self._slip += data[:CHUNK]
        return len(data[:CHUNK])

    def read(self, timeout_s: float) -> bytes:
        return b""

    def finish(self, timeout_s: float) -> None:
        """Raises SlipRefused, and PrinterError: deadline when the queue still holds the slip at the end of the time."""
        slip, self._slip = bytes(self._slip), bytearray()
        until = time.monotonic() + timeout_s
        try:
            answer = _run("lp", "-d", self._queue, "-o", "raw", "-t", "slip", data=slip)
        except CommandFailed as error:
            raise SlipRefused(str(error)) from error
        job = re.search(r"request id is (\S+)", answer)
        if job is None:
            raise unreachable(f"lp said: {answer.strip()}")
        self._jobs = [job[1]]
        while self._waits(job[1]):
            if time.monotonic() >= until:
                raise PrinterError("deadline", retryable=True, detail=f"{job[1]} still waits in the queue")
            time.sleep(LOOK_S)
        self._jobs = []

    def port_fault(self) -> str | None:
        """The fault that CUPS knows of the printer; None when it knows none."""
        output = ask("lpstat", "-l", "-p", self._queue)
        alerts = next((line for line in output.splitlines() if "Alerts:" in line), "")
        known = (reason for alert, reason in ALERTS.items() if alert in alerts)
        return next(known, "offline" if " disabled " in output else None)

    def abort(self) -> None:
        for job in self._jobs:
            with contextlib.suppress(PrinterError):
                ask("cancel", job)
        self.close()

    def close(self) -> None:
        self._slip.clear()
        self._jobs = []

    def _waits(self, job: str) -> bool:
        output = ask("lpstat", "-W", "not-completed", "-o", self._queue)
        return any(line.split(maxsplit=1)[:1] == [job] for line in output.splitlines())
