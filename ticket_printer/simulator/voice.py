"""What the simulated printer says, on its way back: late, merged, split, with noise, a turned bit, or not at all."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable

from ticket_printer.simulator.state import Condition

Send = Callable[[bytes], None]


class Voice(threading.Thread):
    """Answers leave in the order in which they were given; the port may change meanwhile."""

    def __init__(self, condition: Condition) -> None:
        super().__init__(name="printer-voice", daemon=True)
        self._condition = condition
        self._changed = threading.Condition()
        self._answers: deque[tuple[float, bytes]] = deque()
        self._send: Send = lambda data: None
        self._stopped = False
        self._bytes = 0

    def to(self, send: Send) -> None:
        """Where answers go from now on; those that nobody collected are lost."""
        with self._changed:
            self._send = send
            self._answers.clear()

    def say(self, data: bytes) -> None:
        found = self._condition
        if found.silent or not data:
            return
        data, found.garbage = found.noise + found.garbage + self._damaged(data), b""
        with self._changed:
            if not (found.late_s or found.merge_s or self._answers):
                self._speak(data)
                return
            self._answers.append((time.monotonic() + found.late_s + found.merge_s, data))
            self._changed.notify_all()

    def echo(self, data: bytes) -> None:
        with self._changed:
            self._send(data)

    def stop(self) -> None:
        with self._changed:
            self._stopped = True
            self._changed.notify_all()
        if self.is_alive():
            self.join(5)

    def run(self) -> None:
        with self._changed:
            while not self._stopped:
                if not self._answers:
                    self._changed.wait()
                elif (left := self._answers[0][0] - time.monotonic()) > 0:
                    self._changed.wait(left)
                else:
                    self._speak_due()

    def _speak_due(self) -> None:
        """One answer; those that are merged go together."""
        count = len(self._answers) if self._condition.merge_s else 1
        self._speak(b"".join(self._answers.popleft()[1] for _ in range(count)))

    def _speak(self, data: bytes) -> None:
        for piece in [data[i : i + 1] for i in range(len(data))] if self._condition.split else [data]:
            self._send(piece)

    def _damaged(self, data: bytes) -> bytes:
        every = self._condition.flip_every
        if not every:
            return data
        damaged = bytearray(data)
        for at in range(len(damaged)):
            self._bytes += 1
            if self._bytes % every == 0:
                damaged[at] ^= 1 << (self._bytes // every) % 8
        return bytes(damaged)
