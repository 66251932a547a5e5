"""One open transport to a printer: questions, their answers, and reports that the printer sends by itself."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import InitVar, field

from contract.records import dataclass
from ticket_printer.delivery.round_trip import RoundTrip
from ticket_printer.delivery.status_query import StatusQuery
from ticket_printer.errors import PrinterError
from ticket_printer.protocol.commands import ASK_PAPER_IN_TURN, process_mark
from ticket_printer.protocol.replies import (
    Automatic,
    Block,
    FullStatus,
    InTurn,
    Noise,
    PrinterReply,
    RealTime,
    ReplyParser,
)
from ticket_printer.protocol.status import FULL_QUESTION, QUESTIONS, Status, from_answers, from_automatic
from ticket_printer.transport import Transport

TICK_S = 0.05
STALL_S = 1.0  # even at 9600 baud a working printer takes something within this time
LATE_READS = 64  # a line that never falls silent is not listened to for ever


@dataclass
class PrinterLink:
    """`owed`: for each answer to GS r still to come, the bytes it confirms. `report`: the last status sent unasked.

    `stray` counts replies that nobody asked for: noise, echoes, answers of an earlier slip; `surplus` those that are
    whole answers. `presenter`: as in the profile. `answered_in_turn`: whether any GS r was answered.
    """

    transport: Transport
    monotonic: Callable[[], float]
    presenter: bool = False
    owed: deque[int] = field(default_factory=deque)
    report: Status | None = None
    marks: set[bytes] = field(default_factory=set)
    stray: int = 0
    surplus: int = 0
    answered_in_turn: bool = False
    round_trip: RoundTrip = field(default_factory=RoundTrip)
    synchronized: InitVar[bool] = True
    wire_free_at: float = float("-inf")

    def __post_init__(self, synchronized: bool) -> None:
        self._parser = ReplyParser(self.presenter)
        self._query = StatusQuery(self, self.round_trip, self.presenter, synchronized)

    @property
    def is_synchronized(self) -> bool:
        """Whether no answer to an earlier question for the status can still come."""
        return self._query.synchronized

    def listen(self, timeout_s: float) -> list[PrinterReply]:
        """Replies that came within the time; barriers and reports are recorded on the way."""
        replies = self._parser.feed(self.transport.read(timeout_s))
        for reply in replies:
            self._record(reply)
        return replies

    def discard_replies(self) -> None:
        """Throw away what came until now."""
        for _ in range(LATE_READS):
            if not self.listen(0.0):
                return

    def send(self, data: bytes, deadline: float) -> None:
        """Raises PrinterError: a reported fault, or "deadline", also when the printer stops taking bytes."""
        progress_at = self.monotonic()
        while data:
            now = self.monotonic()
            if now >= min(deadline, progress_at + STALL_S):
                raise PrinterError("deadline", retryable=True, detail="the printer takes no more bytes")
            taken = self.transport.write(data, min(deadline - now, TICK_S))
            if taken:
                progress_at = now
                self._allow_wire_time(taken)
            else:
                self.listen(0.0)
                if self.report is not None and self.report.stands_still:
                    raise PrinterError(str(self.report.reason), retryable=True)
            data = data[taken:]

    def send_with_barrier(self, data: bytes, deadline: float) -> None:
        """Send whole commands and, behind them, GS r: its answer says that they are done."""
        self.owed.append(len(data))
        self.send(data + ASK_PAPER_IN_TURN, deadline)

    def status(self) -> Status:
        """Ask the printer; without an answer, after the wait of the round trip, the port's own status counts."""
        status = self._ask() if self.transport.answers else Status("UNKNOWN", "no_answer")
        if status.state != "UNKNOWN":
            return status
        port_fault = self.transport.port_fault()
        return Status("FAULT", port_fault) if port_fault else status

    def begin_slip(self) -> None:
        """Forget every reply so far: nothing that was half read or reported earlier counts for the next slip."""
        self.discard_replies()
        self._parser.reset()
        self.marks.clear()
        self.owed.clear()
        self.report = None
        self.stray = self.surplus = 0

    def has_process_id(self, job: int) -> bool:
        """Whether the printer returned the process id of this job."""
        return process_mark(job) in self.marks

    def _note_surplus(self) -> None:
        self.surplus += 1
        self.stray += 1

    def _record(self, reply: PrinterReply) -> None:
        if isinstance(reply, InTurn):
            if self.owed:
                self.owed.popleft()
                self.answered_in_turn = True
            else:
                self._note_surplus()
        elif isinstance(reply, RealTime | FullStatus):
            if not self._query.record(reply):
                self._note_surplus()
        elif isinstance(reply, Automatic):
            self.report = from_automatic(reply)
        elif isinstance(reply, Block) and reply.is_process_id:
            if reply.data[2:] in self.marks:
                self._note_surplus()
            self.marks.add(reply.data[2:])
        elif isinstance(reply, Noise):
            self.stray += 1

    def _allow_wire_time(self, count: int) -> None:
        """So many bytes more are on a slow wire: what is asked behind them is heard later."""
        if bytes_per_s := self.transport.bytes_per_s:
            self.wire_free_at = max(self.wire_free_at, self.monotonic()) + count / bytes_per_s

    def _ask(self) -> Status:
        answers = self._query.ask()
        full = answers.get(FULL_QUESTION)
        bits = {question: answer.byte for question, answer in answers.items() if isinstance(answer, RealTime)}
        if len(bits) < len(QUESTIONS):
            return self.report if self.report and self.report.stands_still else from_answers(bits)
        if self.presenter and not isinstance(full, FullStatus):
            del bits[QUESTIONS[0]]  # a presenter that does not tell about its slip has not answered
        return from_answers(bits, full if isinstance(full, FullStatus) else None)
