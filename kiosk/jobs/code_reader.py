"""Codes in pictures of a kiosk's camera, read by a child process: `python -m kiosk.jobs.reading_child`.

The child is started by the first picture and ended behind the first code, or when none came for a minute. A picture
that would crash or hold up the library ends the child, never the service. No picture is kept, logged or put on a disk.
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from contextlib import suppress
from typing import Protocol

from kiosk.jobs.picture import PICTURE_BYTES

WAIT_S = 1.0  # so long a picture waits for that of another kiosk
MOST_S = 3.0  # no picture takes longer to read; the start of the child included
IDLE_S = 60.0


class ReaderBusy(Exception):
    """Another kiosk's picture is being read."""


class ReaderFailed(Exception):
    """The child gave no answer."""


class CodeReader(Protocol):
    """Reads the code in a picture."""

    def read(self, picture: bytes) -> str | None:
        """Raises ReaderBusy, ReaderFailed."""
        ...

    def stop(self) -> None: ...


class ChildCodeReader:
    """One child for all kiosks; its pictures come one after the other."""

    def __init__(self) -> None:
        self._turn = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None
        self._idle: threading.Timer | None = None

    def read(self, picture: bytes) -> str | None:
        """The text of the code in a picture of 640 × 480 grey dots, if there is one.

        Raises ReaderBusy, ReaderFailed.
        """
        if len(picture) != PICTURE_BYTES:
            raise ValueError(f"a picture has {PICTURE_BYTES} bytes")
        if not self._turn.acquire(timeout=WAIT_S):
            raise ReaderBusy
        try:
            self._rest_later()
            return self._ask(picture)
        finally:
            self._turn.release()

    def stop(self) -> None:
        """End the child."""
        with self._turn:
            if self._idle is not None:
                self._idle.cancel()
            self._end()

    def _rest_later(self) -> None:
        if self._idle is not None:
            self._idle.cancel()
        self._idle = threading.Timer(IDLE_S, self.stop)
        self._idle.daemon = True
        self._idle.start()

    def _ask(self, picture: bytes) -> str | None:
        child = self._child = self._child or _start()
        watch = threading.Timer(MOST_S, child.kill)
        watch.daemon = True
        watch.start()
        try:
            assert child.stdin is not None and child.stdout is not None
            child.stdin.write(picture)
            child.stdin.flush()
            answer = json.loads(child.stdout.readline())
            text, is_over = answer["text"], answer["over"]
        except (OSError, ValueError, KeyError) as error:
            self._end()
            raise ReaderFailed from error
        finally:
            watch.cancel()
        if is_over:
            self._end()
        return None if text is None else str(text)

    def _end(self) -> None:
        child, self._child = self._child, None
        if child is None:
            return
        child.kill()
        child.wait()
        for pipe in (child.stdin, child.stdout):
            with suppress(OSError, AttributeError):  # what the child no longer reads
                pipe.close()  # type: ignore[union-attr] # None where it never started


def _start() -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "kiosk.jobs.reading_child"]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, close_fds=True)
