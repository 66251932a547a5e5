"""The status of a printer: OK, FAULT with a reason, or UNKNOWN. Silence is never OK."""

from __future__ import annotations

from typing import Literal

from contract.records import dataclass
from ticket_printer.protocol.replies import Automatic, FullStatus

PrinterState = Literal["OK", "FAULT", "UNKNOWN"]
QUESTIONS = (1, 2, 3, 4)  # DLE EOT n: printer, cause of offline, error, paper
FULL_QUESTION = 20  # of a presenter
PASSING = frozenset(("overheat",))  # the printer waits and goes on by itself
FAULT_REASONS = ("cover_open", "paper_out", "cutter", "overheat", "offline")


@dataclass(frozen=True, slots=True)
class Status:
    """`reason` of a FAULT: one of FAULT_REASONS; of UNKNOWN: no_answer, unreachable.

    `near_end` warns that the roll is nearly used up; the printer still prints. `slip_waiting`: in a presenter.
    """

    state: PrinterState
    reason: str | None = None
    near_end: bool = False
    slip_waiting: bool = False

    @property
    def stands_still(self) -> bool:
        """A fault that somebody has to end."""
        return self.state == "FAULT" and self.reason not in PASSING


def from_answers(answers: dict[int, int], full: FullStatus | None = None) -> Status:
    """Of the answers to DLE EOT 1 to 4 by their number; a missing one makes it UNKNOWN unless another tells a fault."""
    printer, cause, error, paper = (answers.get(n, 0) for n in QUESTIONS)
    own = _from_full(full) if full else Status("OK")
    near_end = bool(paper & 0x0C) or own.near_end
    reason = _first(
        own.reason,
        _reason(
            paper_out=bool(paper & 0x60 or cause & 0x20),
            cover=bool(cause & 0x04),
            cutter=bool(error & 0x08),
            hot=bool(error & 0x40),
            offline=bool(printer & 0x68 or cause & 0x48 or error & 0x24),
        ),
    )
    if reason is not None:
        return Status("FAULT", reason, near_end, own.slip_waiting)
    if len(answers) < len(QUESTIONS):
        return Status("UNKNOWN", "no_answer", near_end, own.slip_waiting)
    return Status("OK", None, near_end, own.slip_waiting)


def from_automatic(reply: Automatic) -> Status:
    """Of the four bytes that a printer sends by itself when something changes."""
    first, error, paper, _ = reply.data
    reason = _reason(
        paper_out=bool(paper & 0x0C),
        cover=bool(first & 0x20),
        cutter=bool(error & 0x08),
        hot=bool(error & 0x40),
        offline=bool(first & 0x48 or error & 0x27),
    )
    return Status("FAULT" if reason else "OK", reason, bool(paper & 0x03))


def _from_full(reply: FullStatus) -> Status:
    """Bits of the VKP80 II; sister models differ: read their command reference before using a profile of it.

    A mark that was not found (80h) and an order that was not understood (20h) are told until the next order: neither
    is a fault by itself, and when the printer stands still for it the other answers say so.
    """
    paper, user, passing, lasting = reply.data
    reason = _reason(
        paper_out=bool(paper & 0x01),
        cover=bool(user & 0x03),
        cutter=bool(passing & 0x40 or lasting & 0x03),
        hot=bool(passing & 0x01),
        offline=bool(passing & 0x0A or lasting & 0x0C),
    )
    return Status("FAULT" if reason else "OK", reason, bool(paper & 0x04), bool(paper & 0x20))


def _reason(paper_out: bool, cover: bool, cutter: bool, hot: bool, offline: bool) -> str | None:
    """The one to act on first. An open cover also looks like missing paper and, while printing, like a hot head."""
    causes = {"cover_open": cover, "paper_out": paper_out, "cutter": cutter, "overheat": hot, "offline": offline}
    return next((name for name, holds in causes.items() if holds), None)


def _first(*reasons: str | None) -> str | None:
    """Of several, the one to act on first."""
    return min((reason for reason in reasons if reason), key=FAULT_REASONS.index, default=None)
