"""Slips on their way to paper, and their outcome: PRINTED, NOT_PRINTED or UNKNOWN."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from contract.tickets import PrintState
from kiosk.domain.events.slips import SlipEvent, SlipNotPrinted, SlipPrinted, SlipUnknown

if TYPE_CHECKING:
    from kiosk.actions.ports import Unit
    from kiosk.domain.print_job import PrintJob

EVENTS: Mapping[PrintState, type[SlipEvent]] = {
    PrintState.PRINTED: SlipPrinted,
    PrintState.NOT_PRINTED: SlipNotPrinted,
    PrintState.UNKNOWN: SlipUnknown,
}
EXPIRE_AT_ONCE = 200
REFUSE_AT_ONCE = 50


def claim(unit: Unit, printer: str) -> PrintJob | None:
    """The next slip for a printer, marked as SENDING before the first byte goes out; None when there is none."""
    job = unit.spool.next_for(printer)
    if job is None or job.has_expired(unit.now):
        return None
    if not unit.spool.move(job.id, PrintState.QUEUED, PrintState.SENDING, None, unit.now):
        return None
    unit.tickets.set_print_state(job.ticket, PrintState.SENDING, None)
    return job


def reroute_slip(unit: Unit, job: PrintJob, printer: str) -> None:
    """A slip of which no byte was sent goes to another printer, in its old place among those that wait."""
    if unit.spool.reroute(job.id, PrintState.SENDING, printer, unit.now):
        unit.tickets.set_print_state(job.ticket, PrintState.QUEUED, None)


def refuse(unit: Unit, printer: str, reason: str) -> int:
    """A printer that stands still gets no slips at all: who waits learns it at once. How many were settled."""
    waiting = unit.spool.queued_for(printer, REFUSE_AT_ONCE)
    for job in waiting:
        settle(unit, job, PrintState.QUEUED, PrintState.NOT_PRINTED, reason)
    return len(waiting)


def settle(unit: Unit, job: PrintJob, was: PrintState, outcome: PrintState, reason: str | None) -> None:
    """Record what became of a slip, once."""
    if unit.spool.move(job.id, was, outcome, reason, unit.now):
        unit.tickets.set_print_state(job.ticket, outcome, reason)
        unit.record(EVENTS[outcome](job.ticket, job.number, job.printer, reason))


def expire(unit: Unit, printer: str, reason: str) -> int:
    """A printer's slips that waited longer than 30 s are not printed, ever; returns how many were settled."""
    stale = [job for job in unit.spool.queued_for(printer, EXPIRE_AT_ONCE) if job.has_expired(unit.now)]
    for job in stale:
        settle(unit, job, PrintState.QUEUED, PrintState.NOT_PRINTED, reason)
    return len(stale)


def left_in_doubt(newest: Iterable[PrintJob]) -> bool:
    """Whether a piece of the last slip that was sent may still be in the printer; `newest` first.

    A printer that never proves anything ("no_proof") took the whole slip.
    """
    last = next((job for job in newest if job.was_sent), None)
    return last is not None and last.reason not in {None, "no_proof"}


def recover(unit: Unit, printer: str) -> int:
    """After a crash while sending, nobody knows what came out of that printer."""
    interrupted = [job for job in unit.spool.sending() if job.printer == printer]
    for job in interrupted:
        settle(unit, job, PrintState.SENDING, PrintState.UNKNOWN, "interrupted")
    return len(interrupted)


def settle_orphans(unit: Unit, printers: Iterable[str]) -> int:
    """Slips of printers that left the configuration: nobody prints them any more, and nobody knows of one half sent."""
    configured = set(printers)
    lost = [job for job in unit.spool.unsettled() if job.printer not in configured]
    for job in lost:
        sent = job.state is PrintState.SENDING
        outcome, reason = (PrintState.UNKNOWN, "interrupted") if sent else (PrintState.NOT_PRINTED, "unsupported")
        settle(unit, job, job.state, outcome, reason)
    return len(lost)
