"""Codes in pictures of a kiosk's camera, read by a child process: `python -m kiosk.jobs.reading_child`.

The child is started by the first picture and ended behind the first code, or when none came for a minute. A picture
that would crash or hold up the library ends the child, never the service. No picture is kept, logged or put on a disk.
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Callable
from typing import Protocol

from contract.records import dataclass
from kiosk.jobs.child_end import end_child
from kiosk.jobs.picture import PICTURE_BYTES

WAIT_S = 1.0  # so long a picture waits for that of another kiosk
MOST_S = 3.0  # no picture takes longer to read; the start of the child included
IDLE_S = 60.0


class ReaderBusy(Exception):
    """Another kiosk's picture is being read."""


class ReaderFailed(Exception):
    """The child gave no answer."""


@dataclass(frozen=True, slots=True)
class CodeRead:
    """`text`: of the code that may be told; `is_over`: there was a code, and the child ended behind it."""

    text: str | None
    is_over: bool


class CodeReader(Protocol):
    """Reads the code in a picture."""

    def read(self, picture: bytes) -> CodeRead:
        """Raises ReaderBusy, ReaderFailed."""
        ...

    def stop(self) -> None: ...


class ChildCodeReader:
    """One child for all kiosks; its pictures come one after the other."""

    def __init__(self) -> None:
        self._turn = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None
        self._idle: threading.Timer | None = None
        self._is_stopped = False

    def read(self, picture: bytes) -> CodeRead:
        """The text of the code in a picture of 640 × 480 grey dots, if there is one.

        Raises ReaderBusy, ReaderFailed.
        """
        if len(picture) != PICTURE_BYTES:
            raise ValueError(f"a picture has {PICTURE_BYTES} bytes")
        if not self._turn.acquire(timeout=WAIT_S):
            raise ReaderBusy
        try:
            if self._is_stopped:
                raise ReaderFailed
            return self._ask(picture)
        finally:
            self._turn.release()

    def stop(self) -> None:
        """End the child; no picture is read after that."""
        with self._turn:
            self._is_stopped = True
            if self._idle is not None:
                self._idle.cancel()
            self._end()

    def _rest(self) -> None:
        with self._turn:
            self._end()

    def _rest_later(self) -> None:
        if self._idle is not None:
            self._idle.cancel()
        self._idle = _timer(IDLE_S, self._rest)

    def _ask(self, picture: bytes) -> CodeRead:
        try:
            self._rest_later()
            child = self._child = self._child or _start()
            answer = json.loads(_answer(child, picture))
            text, is_over = answer["text"], answer["over"]
        except (OSError, RuntimeError, ValueError, KeyError, TypeError) as error:  # no process or thread, or no answer
            self._end()
            raise ReaderFailed from error
        if is_over:
            self._end()
        return CodeRead(None if text is None else str(text), bool(is_over))

    def _end(self) -> None:
        child, self._child = self._child, None
        if child is None:
            return
        end_child(child)


def _answer(child: subprocess.Popen[bytes], picture: bytes) -> bytes:
    """A line; empty when the child ended, as it does when it takes too long."""
    watch = _timer(MOST_S, child.kill)
    try:
        assert child.stdin is not None and child.stdout is not None
        child.stdin.write(picture)
        child.stdin.flush()
        return child.stdout.readline()
    finally:
        watch.cancel()


def _timer(after_s: float, act: Callable[[], None]) -> threading.Timer:
    """One that runs and holds up no end of the service."""
    timer = threading.Timer(after_s, act)
    timer.daemon = True
    timer.start()
    return timer


def _start() -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "kiosk.jobs.reading_child"]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, close_fds=True)
