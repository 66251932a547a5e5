"""One slip's delivery: sent in pieces that the printer confirms, watched, and proven.

No more than `WINDOW` bytes stay unconfirmed, less than any printer's buffer: the questions in between always get
through, a fault is known at once, and little is left in the printer to come out after a refill.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Literal

from ticket_printer.delivery.printer_link import PrinterLink
from ticket_printer.errors import PrinterError
from ticket_printer.protocol.commands import process_id
from ticket_printer.protocol.pieces import PIECE, pieces
from ticket_printer.protocol.status import PASSING, Status

WINDOW = 3584  # bytes; printers hold 4096
ON_THE_WIRE_S = 0.5  # of a slow line: longer, and a question waits too long behind what was sent
PAPER_S = 3.0  # 150 mm at 50 mm/s: longer slips on slower printers do not exist
GRACE_S = 8.0
HOT_S = 12.0  # more for a head that has to cool down
LOOK_S = 0.25
SILENT_S = 1.2
NO_TURN_S = 2.0
FORGOTTEN_S = 3.0  # a printer that is well needs less for what is unconfirmed, its cut included
QUIET_S = 0.5  # longer than a cut: a barrier that was none shows by a real one coming after it
BARRIERS = 3
TICK_S = 0.02
Proof = Literal["process_id", "queue", "none"]


def job_mark(job: int) -> int:
    """A job number for `process_id`: three figures that count up and a check figure that shows a flipped bit."""
    a, b, c = (int(figure) for figure in f"{job % 999 + 1:03}")
    return int(f"{a}{b}{c}{(3 * a + 7 * b + 9 * c) % 10}") - 1


class DeliveryProtocol:
    """Use once. `run` returns None when the slip is proven, or why it is not; PrinterError tells a fault.

    `answers_in_turn`: whether the printer answers GS r; None: not known yet. `status_known`: whether it answered
    before the slip. `begun`: whether anything was sent.
    """

    def __init__(
        self,
        link: PrinterLink,
        proof: Proof,
        job: int,
        monotonic: Callable[[], float],
        answers_in_turn: bool | None,
        status_known: bool,
    ) -> None:
        self._link = link
        self._status_known = status_known
        self._proof: Proof = proof if link.transport.answers else "none"
        self._job = job_mark(job)
        self._monotonic = monotonic
        self.answers_in_turn = answers_in_turn is not False and self._proof != "none"
        link.answered_in_turn = answers_in_turn is True
        self.begun = self._question_repeated = False
        self._begun_at = self._answered_at = self._progress_at = self._checked_at = self._wire_free_at = monotonic()
        self._bytes_per_s = link.transport.bytes_per_s
        self._window = min(WINDOW, int((self._bytes_per_s or WINDOW / ON_THE_WIRE_S) * ON_THE_WIRE_S))
        self._deadline = self._begun_at + PAPER_S + GRACE_S

    def run(self, parts: Iterable[bytes]) -> str | None:
        """`parts`: whole commands, the cut last. Returns None, "no_proof", "garbled" or the reason of a fault."""
        self._link.begin_slip()
        for piece in pieces(parts, min(PIECE, self._window)):
            self._wait_for_window(len(piece))
            self._allow_wire_time(len(piece))
            self.begun = True
            if self.answers_in_turn:
                self._link.send_with_barrier(piece, self._deadline)
            else:
                self._link.send(piece, self._deadline)
            self._link.listen(0.0)
            self._check_report()
        self._link.transport.finish(max(0.0, self._deadline - self._monotonic()))
        return self._missing_proof()

    def _allow_wire_time(self, count: int) -> None:
        """So many bytes more are on the wire: the slip may take longer, and the printer hears questions later."""
        if self._bytes_per_s:
            self._deadline += count / self._bytes_per_s
            self._wire_free_at = max(self._wire_free_at, self._monotonic()) + count / self._bytes_per_s

    def _wait_for_window(self, count: int) -> None:
        """Until so many bytes more are safe to send; a printer that never answers in turn is sent the rest blindly."""
        if not self.answers_in_turn:
            return
        if not self._wait_until(lambda: not self._link.owed or sum(self._link.owed) + count <= self._window):
            self.answers_in_turn = False
            self._link.owed.clear()

    def _missing_proof(self) -> str | None:
        """Ask for the proof and wait for it. None: proven. An answer too much spoils every proof: it may stand for
        one that never came."""
        if self._proof == "process_id":
            self._link.send(process_id(self._job), self._deadline)
            self._wait_until(lambda: self._link.has_process_id(self._job), maybe_never=False)
            if self.answers_in_turn and self._link.owed:
                # answers keep their order: a question before the proof was never heard
                raise PrinterError("garbled", retryable=True)
        elif not self.answers_in_turn or not self._barriers_answered():
            if self._status_known:
                self._check_status()
            return "no_proof"
        after = self._link.status()
        if after.state == "OK":
            return "garbled" if self._is_spoilt() else None
        return after.reason

    def _is_spoilt(self) -> bool:
        """Whether something came that nobody asked for: any byte where answers carry no name, else an answer."""
        return bool(self._link.surplus if self._proof == "process_id" else self._link.stray)

    def _barriers_answered(self) -> bool:
        """Answers in turn carry no name: whatever came too much stood for one that is still to come."""
        for _ in range(BARRIERS):
            self._link.send_with_barrier(b"", self._deadline)
        self.answers_in_turn = self._wait_until(lambda: not self._link.owed)
        until = self._monotonic() + QUIET_S
        while (left := until - self._monotonic()) > 0 and self._link.stray == 0:
            self._link.listen(left)
        return self.answers_in_turn

    def _wait_until(self, done: Callable[[], bool], maybe_never: bool = True) -> bool:
        """Listen until it is done; False when a printer that is well never answered anything in turn for so long.

        Raises PrinterError with the fault, no_answer or deadline; the last also when a well printer forgot the slip.
        """
        self._progress_at = self._answered_at = max(self._monotonic(), self._wire_free_at)
        owed = len(self._link.owed)
        while not done():
            self._link.listen(TICK_S)
            now = self._monotonic()
            if len(self._link.owed) != owed:
                self._progress_at, owed = now, len(self._link.owed)
            self._check_report()
            well = now - max(self._checked_at, self._wire_free_at) >= LOOK_S and self._check_status()
            if well and now - self._progress_at > NO_TURN_S and not self._link.answered_in_turn and maybe_never:
                if self._question_repeated:
                    return False
                self._repeat_question()
            if now >= self._deadline or (well and now - self._progress_at > FORGOTTEN_S):
                raise PrinterError("deadline", retryable=True)
        return True

    def _repeat_question(self) -> None:
        """A printer that was without power for a moment did not hear the first question, and answers this one.

        Then an older question stays without its answer, and the slip is not proven.
        """
        self._question_repeated, self._progress_at = True, self._monotonic()
        self._link.send_with_barrier(b"", self._deadline)

    def _check_report(self) -> None:
        """A fault that the printer reported counts when it says so again: one bit may have been turned."""
        report = self._link.report
        if report is not None and report.state == "FAULT":
            self._link.report = None
            self._check_status(report)

    def _check_status(self, report: Status | None = None) -> bool:
        """Whether the printer says that it is well. Raises PrinterError for a fault that stands.

        `report`: a fault that it reported by itself before.
        """
        status = self._link.status()
        if status.stands_still and report is None:
            status = self._link.status()
        self._checked_at = now = self._monotonic()
        if status.state == "UNKNOWN":
            if report is not None and report.stands_still:
                raise PrinterError(str(report.reason), retryable=True)
            if now - self._answered_at > SILENT_S:
                raise PrinterError(str(status.reason), retryable=True)
            return False
        self._answered_at = now
        if status.stands_still:
            raise PrinterError(str(status.reason), retryable=True)
        if status.reason in PASSING:
            self._progress_at = now
            self._deadline = max(self._deadline, min(now + GRACE_S, self._begun_at + PAPER_S + GRACE_S + HOT_S))
        return status.state == "OK"
