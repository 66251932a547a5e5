"""Sends the simulated printer's answers: late, merged, split, with noise, with a turned bit, or not at all."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable

from ticket_printer.simulator.state import PrinterCondition

Send = Callable[[bytes], None]


class AnswerChannel(threading.Thread):
    """Sends answers in the order in which they were given; the port may change meanwhile."""

    def __init__(self, condition: PrinterCondition) -> None:
        super().__init__(name="printer-answers", daemon=True)
        self._condition = condition
        self._changed = threading.Condition()
        self._answers: deque[tuple[float, bytes]] = deque()
        self._send: Send = lambda data: None
        self._stopped = False
        self._bytes = 0

    def connect(self, send: Send) -> None:
        """Where answers go from now on; those that nobody collected are lost."""
        with self._changed:
            self._send = send
            self._answers.clear()

    def send(self, data: bytes) -> None:
        condition = self._condition
        if condition.silent or not data:
            return
        data, condition.garbage = condition.noise + condition.garbage + self._damaged(data), b""
        data *= 2 if condition.doubled else 1
        with self._changed:
            if not (condition.late_s or condition.merge_s or self._answers):
                self._emit(data)
                return
            self._answers.append((time.monotonic() + condition.late_s + condition.merge_s, data))
            self._changed.notify_all()

    def send_raw(self, data: bytes) -> None:
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
                    self._emit_due()

    def _emit_due(self) -> None:
        """One answer; those that are merged go together."""
        count = len(self._answers) if self._condition.merge_s else 1
        self._emit(b"".join(self._answers.popleft()[1] for _ in range(count)))

    def _emit(self, data: bytes) -> None:
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
