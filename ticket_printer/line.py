"""One open line to a printer: questions, their answers, and what the printer says by itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from ticket_printer.commands import ask, process_mark
from ticket_printer.errors import PrinterError
from ticket_printer.replies import Automatic, Block, InTurn, RealTime, Reply, Sorter
from ticket_printer.status import QUESTIONS, Status, from_answers, from_automatic
from ticket_printer.transport import Transport

ANSWER_S = 0.5  # all four questions together
TICK_S = 0.05
STALL_S = 3.0  # even at 9600 baud a working printer takes something within this time
LATE_READS = 64  # a line that never falls silent is not listened to for ever
PASSING = frozenset(("overheat",))  # the printer waits and goes on by itself


@dataclass
class Line:
    """`owed`: answers to GS r that are still to come. `told`: the last status the printer sent by itself."""

    transport: Transport
    monotonic: Callable[[], float]
    owed: int = 0
    told: Status | None = None
    marks: set[bytes] = field(default_factory=set)
    _sorter: Sorter = field(default_factory=Sorter)

    def listen(self, timeout_s: float) -> list[Reply]:
        """Replies that came within the time; barriers and reports are noted on the way."""
        replies = self._sorter.feed(self.transport.read(timeout_s))
        for reply in replies:
            if isinstance(reply, InTurn):
                self.owed = max(0, self.owed - 1)
            elif isinstance(reply, Automatic):
                self.told = from_automatic(reply)
            elif isinstance(reply, Block) and reply.data[:2] == b"\x37\x22":
                self.marks.add(reply.data[2:])
        return replies

    def settle(self) -> None:
        """Throw away what came late, so that it cannot answer the next question."""
        for _ in range(LATE_READS):
            if not self.listen(0.0):
                return

    def send(self, data: bytes, deadline: float) -> None:
        """Raises PrinterError: a fault told meanwhile, or "deadline", also when the printer stops taking bytes."""
        moved_at = self.monotonic()
        while data:
            now = self.monotonic()
            if now >= min(deadline, moved_at + STALL_S):
                raise PrinterError("deadline", True, "the printer takes no more bytes")
            taken = self.transport.write(data, min(deadline - now, TICK_S))
            if taken:
                moved_at = now
            else:
                self.listen(0.0)
                if fault := self.fault():
                    raise PrinterError(fault, True)
            data = data[taken:]

    def status(self) -> Status:
        """Ask the four questions one after the other; the wait for all is half a second."""
        if not self.transport.answers:
            return Status("UNKNOWN", "no_answer")
        self.settle()
        until = self.monotonic() + ANSWER_S
        answers: dict[int, int] = {}
        for question in QUESTIONS:
            try:
                self.send(ask(question), until)
            except PrinterError as error:
                if error.reason != "deadline":
                    raise
                return Status("UNKNOWN", "no_answer")
            answer = self._answer(until)
            if answer is None:
                return from_answers(answers)
            answers[question] = answer
        return from_answers(answers)

    def fault(self) -> str | None:
        """The reason that the printer gave by itself, unless it is one that passes."""
        if self.told is None or self.told.state != "FAULT" or self.told.reason in PASSING:
            return None
        return self.told.reason

    def fresh(self) -> None:
        """Before a slip: nothing that was half read or told earlier counts for it."""
        self.settle()
        self._sorter.forget()
        self.marks.clear()
        self.told = None

    def printed(self, job: int) -> bool:
        return process_mark(job) in self.marks

    def _answer(self, until: float) -> int | None:
        while (left := until - self.monotonic()) > 0:
            for reply in self.listen(min(left, TICK_S)):
                if isinstance(reply, RealTime):
                    return reply.byte
        return None
