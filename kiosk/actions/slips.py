"""The outcome of printing, told truthfully: PRINTED, NOT_PRINTED or UNKNOWN."""

from __future__ import annotations

from collections.abc import Iterable

from kiosk.actions.ports import Unit
from kiosk.domain.events import SlipEvent
from kiosk.domain.printing import EXPIRES_MS, PrintJob
from kiosk.domain.ticket import PrintState

EVENTS = {PrintState.PRINTED: "printed", PrintState.NOT_PRINTED: "not_printed", PrintState.UNKNOWN: "unknown"}
SEEN = "seen_by_clerk"  # the reason in the journal: a person's word, not the printer's
EXPIRE_AT_ONCE = 200
REFUSE_AT_ONCE = 50
WAS_SENT = {PrintState.PRINTED, PrintState.UNKNOWN}


def claim(unit: Unit, printer: str) -> PrintJob | None:
    """The next slip for a printer, marked as SENDING before the first byte goes out; None when there is none."""
    job = unit.spool.next_for(printer)
    if job is None or unit.now - job.created_at > EXPIRES_MS:
        return None
    if not unit.spool.move(job.id, PrintState.QUEUED, PrintState.SENDING, None, unit.now):
        return None
    unit.tickets.set_print_state(job.ticket, PrintState.SENDING, None)
    return job


def hand_over(unit: Unit, job: PrintJob, printer: str) -> None:
    """A slip of which no byte was sent goes to another printer, in its old place among those that wait."""
    if unit.spool.reroute(job.id, PrintState.SENDING, printer, unit.now):
        unit.tickets.set_print_state(job.ticket, PrintState.QUEUED, None)


def refuse(unit: Unit, printer: str, reason: str) -> int:
    """A printer that stands still gets no slips at all: whoever waits is told at once. How many were settled."""
    waiting = unit.spool.queued_for(printer, REFUSE_AT_ONCE)
    for job in waiting:
        settle(unit, job, PrintState.QUEUED, PrintState.NOT_PRINTED, reason)
    return len(waiting)


def settle(unit: Unit, job: PrintJob, was: PrintState, outcome: PrintState, reason: str | None) -> None:
    """Record what became of a slip, once."""
    if unit.spool.move(job.id, was, outcome, reason, unit.now):
        unit.tickets.set_print_state(job.ticket, outcome, reason)
        unit.record(SlipEvent(EVENTS[outcome], job.ticket, job.number, job.printer, reason))


def expire(unit: Unit, printer: str, reason: str) -> int:
    """A printer's slips that waited longer than 30 s are not printed, ever; returns how many were settled."""
    before = unit.now - EXPIRES_MS
    stale = [job for job in unit.spool.queued_for(printer, EXPIRE_AT_ONCE) if job.created_at < before]
    for job in stale:
        settle(unit, job, PrintState.QUEUED, PrintState.NOT_PRINTED, reason)
    return len(stale)


def was_sent(job: PrintJob) -> bool:
    """Whether paper of it may be about: also when a clerk said that none came out."""
    return job.state in WAS_SENT or job.reason == SEEN


def left_in_doubt(newest: Iterable[PrintJob]) -> bool:
    """Whether a piece of the last slip that was sent may still be in the printer; `newest` first.

    A printer that never proves anything ("no_proof") took the whole slip.
    """
    last = next((job for job in newest if was_sent(job)), None)
    return last is not None and last.reason not in {None, "no_proof"}


def recover(unit: Unit, printer: str) -> int:
    """After a crash while sending, nobody knows what came out of that printer."""
    interrupted = [job for job in unit.spool.sending() if job.printer == printer]
    for job in interrupted:
        settle(unit, job, PrintState.SENDING, PrintState.UNKNOWN, "interrupted")
    return len(interrupted)


def settle_orphans(unit: Unit, printers: Iterable[str]) -> int:
    """Slips of printers that left the configuration: nobody prints them any more, and nobody knows of one half sent."""
    known = set(printers)
    lost = [job for job in unit.spool.unsettled() if job.printer not in known]
    for job in lost:
        sent = job.state is PrintState.SENDING
        outcome, reason = (PrintState.UNKNOWN, "interrupted") if sent else (PrintState.NOT_PRINTED, "unsupported")
        settle(unit, job, job.state, outcome, reason)
    return len(lost)
