"""A printer's last slips, its last fortnight and its faults, for the technician."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from contract.records import dataclass
from contract.tickets import PrintState
from contract.times import from_rfc3339
from kiosk.domain.errors import UnknownSlip

if TYPE_CHECKING:
    from kiosk.domain.calendar import OpeningHours
    from kiosk.domain.print_job import DoubtfulSlip, PrintJob
    from kiosk.domain.service import Office
    from kiosk.domain.ticket import Ticket
    from kiosk.store.slip_history import PrinterChange
    from kiosk.store.store import Reading

DAY_MS = 24 * 3600_000
DAYS = 14
SLIPS = 8


@dataclass(frozen=True, slots=True)
class Fault:
    """A time in which a printer was not well: RFC 3339; `ended` None while it lasts. `kind`: fault or offline."""

    kind: str
    reason: str | None
    began: str
    ended: str | None = None


@dataclass(frozen=True, slots=True)
class PrinterDay:
    """A local date with its slips by outcome and the faults that began on it."""

    day: str
    printed: int
    not_printed: int
    unknown: int
    faults: int


@dataclass(frozen=True, slots=True)
class PrinterHistory:
    """Newest first; `doubtful`: tickets of today of which nobody knows whether their slip came out."""

    slips: tuple[PrintJob, ...]
    days: tuple[PrinterDay, ...]
    faults: tuple[Fault, ...]
    doubtful: tuple[DoubtfulSlip, ...]


def read_history(reading: Reading, office: Office, printer: str, now: int) -> PrinterHistory:
    """`now` in ms since 1970."""
    state, slips = reading.state, reading.slip_history
    quarters = slips.quarters(printer, now - DAYS * DAY_MS)
    faults = spans(slips.changes(state.head.epoch, state.head.seq, printer))
    return PrinterHistory(
        tuple(slips.latest(printer, SLIPS)),
        days(office.hours, now, quarters, faults),
        faults,
        tuple(slips.doubtful(state.business_date)),
    )


def read_slip(reading: Reading, printer: str, job_id: str) -> tuple[PrintJob, Ticket]:
    """A spooled slip and its ticket. Raises UnknownSlip."""
    job = reading.slip_history.get(printer, job_id)
    if job is None:
        raise UnknownSlip(f'the printer "{printer}" has no slip "{job_id}"')
    return job, reading.tickets.get(job.ticket)


def spans(changes: Iterable[PrinterChange]) -> tuple[Fault, ...]:
    """Times in which a printer was not well, newest first; `changes` oldest first."""
    faults: list[Fault] = []
    for change in changes:
        if faults and faults[-1].ended is None:
            faults[-1] = replace(faults[-1], ended=change.time)
        if change.kind != "recovered":
            faults.append(Fault(change.kind, change.reason, change.time))
    return tuple(reversed(faults))


def days(
    hours: OpeningHours, now: int, quarters: Iterable[tuple[int, PrintState, int]], faults: Iterable[Fault]
) -> tuple[PrinterDay, ...]:
    """The last 14 local dates, newest first. `quarters`: (ms at which a quarter of an hour begins, state, slips)."""
    dates = list(dict.fromkeys(hours.civil_date(now - back * DAY_MS) for back in range(DAYS)))
    slips: Counter[tuple[str, PrintState]] = Counter()
    for begins, state, count in quarters:
        slips[hours.civil_date(begins), state] += count
    broken = Counter(hours.civil_date(from_rfc3339(fault.began)) for fault in faults)
    return tuple(
        PrinterDay(
            day,
            slips[day, PrintState.PRINTED],
            slips[day, PrintState.NOT_PRINTED],
            slips[day, PrintState.UNKNOWN],
            broken[day],
        )
        for day in dates
    )
