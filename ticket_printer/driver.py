"""A ticket printer: a slip in, and what became of it, as far as the printer proves it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from ticket_printer.commands import ASK_PAPER_IN_TURN, BAND_ROWS, CLEAR_BUFFERS, CLEAR_ERROR, CUT, process_id
from ticket_printer.errors import PrinterError
from ticket_printer.line import PASSING, Line
from ticket_printer.profiles import profile
from ticket_printer.slip import Slip
from ticket_printer.status import Status
from ticket_printer.transport import open_transport
from ticket_printer.ways import Way, baud_of
from ticket_printer.writer import Writer

PAPER_MM_PER_S = 50.0  # slower than any printer in use
DOTS_PER_MM = 8
GRACE_S = 8.0
CLEAR_S = 0.3
LOOK_AGAIN_S = 0.3
SLIP_ROWS = 1200  # longer than any slip of ours
PIECE = 2048  # between two pieces the printer is listened to
Fate = Literal["PRINTED", "NOT_PRINTED", "UNKNOWN"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """PRINTED: proven, cut included. NOT_PRINTED: no byte of it was sent. UNKNOWN: nobody knows. `reason`: a code."""

    state: Fate
    reason: str | None = None


class TicketPrinter:
    """One printer of one address. Used by one thread; the line is opened when needed and again after a fault."""

    def __init__(
        self,
        url: str,
        profile_name: str,
        width_dots: int | None = None,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._url = url
        self._profile = profile(profile_name)
        self._monotonic = monotonic
        self.width = (width_dots or self._profile.width_dots) // 8 * 8
        self._line: Line | None = None
        self._doubtful = False  # a piece of an earlier slip may still be in the printer
        self._writer = Writer(self._profile, self.width, baud_of(url), monotonic)

    @property
    def way(self) -> Way:
        """How its slips are printed, and why."""
        return self._writer.wanted

    def prepare(self, samples: Callable[[], Iterable[Slip]]) -> bool:
        """A step of work for a printer that is idle; whether there is more. Never raises, opens no line."""
        if self._doubtful or self._line is None:
            return False
        try:
            return self._writer.prepare(self._line, samples)
        except PrinterError:
            self._drop()
            return False

    def status(self) -> Status:
        """Asks the printer; at most about half a second, two and a half when it has to be connected first."""
        try:
            return self._open().status()
        except PrinterError as error:
            self._drop()
            return Status("UNKNOWN", error.reason)

    def print(self, slip: Slip, job: int) -> Outcome:
        """`job` tells slips apart in the printer's proof; count it upwards."""
        return self.send(b"".join(self._writer.parts(slip)), SLIP_ROWS, job)

    def send(self, data: bytes, rows: int, job: int) -> Outcome:
        """Print a whole slip's bytes, `rows` dots long, ending in its cut."""
        before = self._ready()
        if before.state == "FAULT" or before.reason in {"unreachable", "unsupported"}:
            return Outcome("NOT_PRINTED", before.reason)
        if before.state == "UNKNOWN" and self._profile.status_trusted and self._open().transport.answers:
            return Outcome("NOT_PRINTED", before.reason)
        try:
            outcome = self._sent(self._recovery() + data, rows, job)
        except PrinterError as error:
            outcome = Outcome("UNKNOWN", error.reason)
        if outcome.state == "UNKNOWN" and outcome.reason != "no_proof":
            cause = self._clear()
            return Outcome("UNKNOWN", cause if outcome.reason == "deadline" and cause else outcome.reason)
        return outcome

    def close(self) -> None:
        if self._line is not None:
            self._line.transport.close()
            self._line = None

    def _open(self) -> Line:
        if self._line is None:
            self._line = Line(open_transport(self._url), self._monotonic)
        return self._line

    def _drop(self) -> None:
        if self._line is not None:
            self._line.transport.abort()
            self._line = None

    def _ready(self) -> Status:
        """The status before the first byte; on a line of proofs still owed, only once the printer has caught up."""
        status = self.status()
        if status.state != "OK" or not (self._doubtful and self._profile.proof == "queue"):
            return status
        return status if self._caught_up() else Status("UNKNOWN", "no_answer")

    def _caught_up(self) -> bool:
        """After a doubtful slip an old answer could pass for a new one: ask in turn until it is quiet again."""
        try:
            line = self._open()
            line.owed = 1
            line.send(ASK_PAPER_IN_TURN, self._monotonic() + CLEAR_S)
            until = self._monotonic() + 1.0
            while line.owed and self._monotonic() < until:
                line.listen(LOOK_AGAIN_S / 3)
            caught = line.owed == 0
            until += 1.0
            while line.listen(LOOK_AGAIN_S) and self._monotonic() < until:
                pass
        except PrinterError:
            self._drop()
            return False
        line.owed = 0
        return caught

    def _recovery(self) -> bytes:
        """Zeros end a picture that may have been cut short; then the piece of it is cut off."""
        if not self._doubtful:
            return b""
        from ticket_printer.escpos_bytes import Dialect, start

        return bytes(BAND_ROWS * self.width // 8) + start(Dialect()) + CUT

    def _sent(self, data: bytes, rows: int, job: int) -> Outcome:
        line = self._open()
        line.fresh()
        proof = self._proof(line, job)
        wire = (len(data) / line.transport.bytes_per_s) if line.transport.bytes_per_s else 0.0
        deadline = self._monotonic() + wire + rows / DOTS_PER_MM / PAPER_MM_PER_S + GRACE_S
        waiting = data + proof
        while waiting:
            line.send(waiting[:PIECE], deadline)
            waiting = waiting[PIECE:]
            line.listen(0.0)
            if fault := line.fault():
                return Outcome("UNKNOWN", fault)
        if not proof:
            self._doubtful = False
            return Outcome("UNKNOWN", "no_proof")
        return self._proven(line, job, deadline)

    def _proof(self, line: Line, job: int) -> bytes:
        if not line.transport.answers or self._profile.proof == "none":
            return b""
        if self._profile.proof == "process_id":
            return process_id(job)
        line.owed = 2
        return ASK_PAPER_IN_TURN * 2

    def _proven(self, line: Line, job: int, deadline: float) -> Outcome:
        """Wait for the proof, looking for faults meanwhile; afterwards the printer must still be well."""
        look_at = self._monotonic() + LOOK_AGAIN_S
        while not self._has_proof(line, job):
            line.listen(0.02)
            if fault := line.fault():
                return Outcome("UNKNOWN", fault)
            if self._monotonic() >= deadline:
                return Outcome("UNKNOWN", "deadline")
            if self._monotonic() >= look_at:
                seen = line.status()
                if seen.state == "FAULT" and seen.reason not in PASSING:
                    return Outcome("UNKNOWN", seen.reason)
                look_at = self._monotonic() + LOOK_AGAIN_S
        after = line.status()
        if after.state != "OK":
            return Outcome("UNKNOWN", after.reason)
        self._doubtful = False
        return Outcome("PRINTED")

    def _has_proof(self, line: Line, job: int) -> bool:
        return line.printed(job) if self._profile.proof == "process_id" else line.owed == 0

    def _clear(self) -> str | None:
        """So that nothing old comes out after a refill: drop what is on the wire and empty the printer.

        Returns the fault that the printer tells on the new line, if any.
        """
        self._doubtful = True
        self._drop()
        try:
            line = self._open()
            line.send(CLEAR_ERROR + CLEAR_BUFFERS, self._monotonic() + CLEAR_S)
            line.listen(CLEAR_S)
        except PrinterError:
            self._drop()
        found = self.status()
        return found.reason if found.state == "FAULT" else None
