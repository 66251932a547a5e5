"""A printer of a few lines in a time of its own: each test says what it answers, and no test waits."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from ticket_printer.delivery.printer_link import PrinterLink
from ticket_printer.errors import PrinterError

# DLE EOT 1 to 4 as Epson's command reference has them, of a printer that is well
WELL = {1: 0x16, 2: 0x12, 3: 0x12, 4: 0x12}
PAPER_OUT = {**WELL, 1: 0x1E, 2: 0x32, 4: 0x7E}
COVER_OPEN = {**WELL, 1: 0x1E, 2: 0x16}
HOT = {**WELL, 2: 0x52, 3: 0x52}
JAMMED = {**WELL, 2: 0x52, 3: 0x1A}
NEAR_END = {**WELL, 4: 0x1E}
BARRIER = b"\x1dr\x01"
PROCESS_ID = b"\x1d(H\x06\x0000"


@dataclass
class ScriptedPrinter:
    """A transport and the printer behind it. `status`: its answers to DLE EOT n; None: it is silent.

    `answers_barriers`, `answers_process_id`: whether it answers GS r and GS ( H. `process_id`: figures that it returns
    instead of those it was sent. `then`: called with each byte string it took, before it answers.
    """

    status: dict[int, int] | None = field(default_factory=lambda: dict(WELL))
    answers_barriers: bool = True
    answers_process_id: bool = True
    process_id: bytes | None = None
    full: bytes | None = None  # of a presenter, after 10h 0Fh
    answers: bool = True
    guarded: bool = True
    bytes_per_s: float | None = None
    takes: bool = True
    gone: bool = False
    noise_after_cut: bytes = b""
    barrier_s: float = 0.0  # that each answer to GS r takes, one after the other
    late_s: float = 0.0  # that each answer to DLE EOT takes
    serial: bool = False  # those answers take their time one after the other
    lost_questions: int = 0  # so many questions for the status are answered by nothing
    events: list[tuple[float, Callable[[], object]]] = field(default_factory=list)  # when, what
    fault: str | None = None  # that the port tells
    then: Callable[[bytes], None] = lambda data: None
    now: float = 0.0
    sent: bytes = b""
    finished: int = 0
    aborted: int = 0
    closed: int = 0
    _back: bytes = b""
    _free_at: float = 0.0
    _answered_at: float = 0.0

    def monotonic(self) -> float:
        return self.now

    def link(self, presenter: bool = False) -> PrinterLink:
        return PrinterLink(self, self.monotonic, presenter)

    def at(self, seconds: float, event: Callable[[], object]) -> None:
        """It happens when the clock shows so many seconds."""
        self.events.append((seconds, event))

    def say(self, data: bytes) -> None:
        """Bytes that come without a question."""
        self._back += data

    def commands(self) -> bytes:
        """What it was sent without the questions."""
        return re.sub(rb"\x10\x04.|\x1dr\x01", b"", self.sent, flags=re.DOTALL)

    def write(self, data: bytes, timeout_s: float) -> int:
        if self.gone:
            raise PrinterError("unreachable", retryable=True)
        if not self.takes:
            self.now += timeout_s
            return 0
        self.sent += data
        self.then(data)
        self._answer(data)
        if b"\x1dV" in data:
            self._back += self.noise_after_cut
        return len(data)

    def read(self, timeout_s: float) -> bytes:
        if self.gone:
            raise PrinterError("unreachable", retryable=True)
        self._happen()
        if not self._back:
            until = self.now + max(timeout_s, 0.001)
            self.now = min([until, *(when for when, _ in self.events)])
            self._happen()
        back, self._back = self._back, b""
        return back

    def _happen(self) -> None:
        due = [event for event in self.events if event[0] <= self.now]
        self.events = [event for event in self.events if event[0] > self.now]
        for _, event in due:
            event()

    def finish(self, timeout_s: float) -> None:
        self.finished += 1

    def port_fault(self) -> str | None:
        return self.fault

    def abort(self) -> None:
        self.aborted += 1

    def close(self) -> None:
        self.closed += 1

    def _answer(self, data: bytes) -> None:
        at = 0
        while at < len(data):
            if data[at : at + 2] == b"\x10\x04":
                self._answer_question(data[at + 2])
                at += 3
            elif data.startswith(BARRIER, at):
                self._answer_barrier()
                at += 3
            elif data.startswith(PROCESS_ID, at):
                figures = self.process_id or data[at + 7 : at + 11]
                self._back += b"\x37\x22" + figures + b"\0" if self.answers_process_id else b""
                at += 11
            else:
                at += 1

    def _answer_barrier(self) -> None:
        if not self.answers_barriers:
            return
        if self.barrier_s:
            self._free_at = max(self.now, self._free_at) + self.barrier_s
            self.at(self._free_at, lambda: self.say(b"\x00"))
        else:
            self.say(b"\x00")

    def _answer_question(self, n: int) -> None:
        if self.lost_questions:
            self.lost_questions -= 1
        elif n == 20 and self.full is not None:
            self._say_late(b"\x10\x0f" + self.full)
        elif self.status is not None and n in self.status:
            self._say_late(bytes([self.status[n]]))

    def _say_late(self, answer: bytes) -> None:
        if not self.late_s:
            self.say(answer)
            return
        self._answered_at = max(self.now, self._answered_at if self.serial else self.now) + self.late_s
        self.at(self._answered_at, lambda: self.say(answer))
