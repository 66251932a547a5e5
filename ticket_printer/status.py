"""How a printer is: OK, FAULT with a reason, or UNKNOWN. Silence is never OK."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ticket_printer.replies import Automatic

State = Literal["OK", "FAULT", "UNKNOWN"]
QUESTIONS = (1, 2, 3, 4)  # DLE EOT n: printer, cause of offline, error, paper


@dataclass(frozen=True, slots=True)
class Status:
    """`reason` of a FAULT: paper_out, cover_open, cutter, overheat, offline; of UNKNOWN: no_answer, unreachable.

    `near_end` warns that the roll is nearly used up; the printer still prints.
    """

    state: State
    reason: str | None = None
    near_end: bool = False


def from_answers(answers: dict[int, int]) -> Status:
    """Of the answers to DLE EOT 1 to 4 by their number; a missing one makes it UNKNOWN unless another tells a fault."""
    printer, cause, error, paper = (answers.get(n, 0) for n in QUESTIONS)
    near_end = bool(paper & 0x0C)
    reason = _reason(
        paper_out=bool(paper & 0x60 or cause & 0x20),
        cover=bool(cause & 0x04),
        cutter=bool(error & 0x08),
        hot=bool(error & 0x40),
        offline=bool(printer & 0x28 or cause & 0x48 or error & 0x24),
    )
    if reason is not None:
        return Status("FAULT", reason, near_end)
    if len(answers) < len(QUESTIONS):
        return Status("UNKNOWN", "no_answer", near_end)
    return Status("OK", None, near_end)


def from_automatic(reply: Automatic) -> Status:
    """Of the four bytes that a printer sends by itself when something changes."""
    first, error, paper, _ = reply.data
    reason = _reason(
        paper_out=bool(paper & 0x0C),
        cover=bool(first & 0x20),
        cutter=bool(error & 0x08),
        hot=bool(error & 0x40),
        offline=bool(first & 0x48 or error & 0x25),
    )
    return Status("FAULT" if reason else "OK", reason, bool(paper & 0x03))


def _reason(paper_out: bool, cover: bool, cutter: bool, hot: bool, offline: bool) -> str | None:
    """The one to act on first. An open cover also looks like missing paper and, while printing, like a hot head."""
    causes = {"cover_open": cover, "paper_out": paper_out, "cutter": cutter, "overheat": hot, "offline": offline}
    return next((name for name, holds in causes.items() if holds), None)
