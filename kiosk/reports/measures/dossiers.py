"""Figures of dossiers in a period, by the counting rules of form II.06a/VPCP/KSTT.

Form: Thông tư 02/2017/TT-VPCP as changed by Thông tư 01/2020/TT-VPCP; rules: those of one-stop software in use. Dates
are local and compared without the time of day. With a period from A to B:

- carried over: received before A and not ended before A; received: from A to B; statuses 1 (registered) and 3 (refused)
  never count.
- resolved: decided or returned (9, 10) from A to B, early when the end is before the due date, on time when it is the
  due date or there is none, late when it is after. Withdrawn (7) from A to B counts as resolved on time.
- open: everything else that was received or carried over; overdue when it was in progress (2, 4), or ended after B, and
  its due date lies before B; waiting for papers or money, or stopped (5, 6, 8), counts as in time.

So received = in person and post + online + carried over, resolved = early + on time + late, open = in time + overdue,
and received = resolved + open, always.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from datetime import date

from contract.dossiers import ONLINE_CHANNELS, RESOLVED, DossierStatus, day_of_code
from contract.records import dataclass
from kiosk.reports.measures.arithmetic import rate_bp
from kiosk.reports.measures.registry import measure
from kiosk.reports.periods import Period

NOT_COUNTED = frozenset({DossierStatus.REGISTERED, DossierStatus.REFUSED})
ENDED = RESOLVED | {DossierStatus.WITHDRAWN}
IN_WORK = frozenset({DossierStatus.RECEIVED, DossierStatus.PROCESSING})


@dataclass(frozen=True, slots=True)
class DossierFact:
    """A dossier as figures see it; dates are local.

    `ended`: the day it was decided, handed over or withdrawn. `digitised`: of a dossier with a result. `answers`:
    (question, choice) of the survey's second page, by citizens whose visit was linked to it, where that was asked for.
    """

    code: str
    procedure: str
    field: str
    channel: int
    status: int
    received: date
    due: date | None
    ended: date | None
    digitised: bool
    not_digitised_reason: str | None = None
    answers: tuple[tuple[str, str], ...] = ()

    @property
    def is_counted(self) -> bool:
        return self.status not in NOT_COUNTED

    @property
    def began(self) -> date:
        """The day of its code or of its receipt, whichever is earlier: no visit before it was about it."""
        return min(day_of_code(self.code) or self.received, self.received)


@dataclass(frozen=True, slots=True)
class ResolutionFigures:
    """One row of form II.06a: its columns 3 to 13, counts of dossiers. `withdrawn` is part of `on_time`."""

    received: int = 0
    online: int = 0
    in_person: int = 0
    carried_over: int = 0
    resolved: int = 0
    early: int = 0
    on_time: int = 0
    late: int = 0
    open: int = 0
    open_in_time: int = 0
    open_overdue: int = 0
    withdrawn: int = 0

    def __add__(self, other: ResolutionFigures) -> ResolutionFigures:
        names = [field.name for field in fields(self)]
        return ResolutionFigures(*(getattr(self, name) + getattr(other, name) for name in names))

    @property
    def new(self) -> int:
        """Received in the period itself."""
        return self.online + self.in_person

    @property
    def decided(self) -> int:
        """Resolved, without those that were withdrawn."""
        return self.resolved - self.withdrawn


@dataclass(frozen=True, slots=True)
class OnTimeRates:
    """Two rates in hundredths of a percent that differ in what they are of; None without a denominator.

    `of_resolved`: (early + on time) / resolved. `of_received`: (early + on time + open in time) / received, the basis
    of Quyết định 766/QĐ-TTg.
    """

    of_resolved: int | None
    of_received: int | None


@dataclass(frozen=True, slots=True)
class DigitisationFigures:
    """Results in electronic form. `counted`: dossiers with a result or on their way to one in the period.

    The office's own report counts every dossier of the period: (counted - missing) / counted.
    """

    counted: int
    missing: tuple[DossierFact, ...]

    @property
    def rate_bp(self) -> int | None:
        return rate_bp(self.counted - len(self.missing), self.counted)


@measure("resolution")
def resolution(facts: Iterable[DossierFact], period: Period) -> ResolutionFigures:
    """The columns of form II.06a: dossiers received, resolved and open, each by its parts, and those withdrawn.
    Received = online + in person + carried over = resolved + open; resolved = early + on time + late; open = in time +
    overdue.

    Source: dossier.updated, the last of each dossier.
    Unit: dossiers.
    Period: day of receipt up to its end, day of the end inside it; local dates, both ends included.
    Rules: Thông tư 02/2017/TT-VPCP, 01/2020/TT-VPCP; this module says them in full.
    """
    total = ResolutionFigures()
    for fact in facts:
        if is_in(fact, period):
            total += _row_of(fact, period)
    return total


def resolution_by_field(facts: Iterable[DossierFact], period: Period) -> dict[str, ResolutionFigures]:
    """A row a field that has any dossier in the period."""
    rows: dict[str, ResolutionFigures] = {}
    for fact in facts:
        if is_in(fact, period):
            rows[fact.field] = rows.get(fact.field, ResolutionFigures()) + _row_of(fact, period)
    return rows


def is_in(fact: DossierFact, period: Period) -> bool:
    """Whether a dossier was received in the period or carried over into it."""
    if not fact.is_counted or fact.received > period.last:
        return False
    return fact.received >= period.first or not _ended_before(fact, period.first)


@measure("on-time")
def on_time_rates(row: ResolutionFigures) -> OnTimeRates:
    """Two rates of dossiers in time: early and on time of those resolved; with those open in time of those received.

    Source: measure resolution.
    Unit: hundredths of a percent, half up; none without a denominator.
    Period: that of resolution.
    Rules: the form's basis, and that of Quyết định 766/QĐ-TTg.
    """
    kept = row.early + row.on_time
    return OnTimeRates(rate_bp(kept, row.resolved), rate_bp(kept + row.open_in_time, row.received))


@measure("digitisation")
def digitisation(facts: Iterable[DossierFact], period: Period) -> DigitisationFigures:
    """Dossiers of the period whose result is in electronic form, of all of the period; the missing with their reasons.

    Source: dossier.updated: digitised, not_digitised_reason.
    Unit: dossiers; the rate in hundredths of a percent, half up.
    Period: a range of its own may be given; the denominator stands beside the rate.
    Rules: the office's own report: every dossier received or carried over counts.
    """
    counted = [fact for fact in facts if is_in(fact, period)]
    return DigitisationFigures(len(counted), tuple(fact for fact in counted if not fact.digitised))


def has_result_in(fact: DossierFact, period: Period) -> bool:
    """Whether a dossier was decided or returned in the period."""
    return fact.status in RESOLVED and fact.ended is not None and fact.ended in period


def _ended_before(fact: DossierFact, day: date) -> bool:
    return fact.status in ENDED and fact.ended is not None and fact.ended < day


def _row_of(fact: DossierFact, period: Period) -> ResolutionFigures:
    came = {"carried_over": 1} if fact.received < period.first else _channel_of(fact)
    return ResolutionFigures(received=1, **came, **_standing_of(fact, period))


def _channel_of(fact: DossierFact) -> dict[str, int]:
    return {"online": 1} if fact.channel in ONLINE_CHANNELS else {"in_person": 1}


def _standing_of(fact: DossierFact, period: Period) -> dict[str, int]:
    if fact.status in ENDED and fact.ended is not None and fact.ended <= period.last:
        if fact.status == DossierStatus.WITHDRAWN:
            return {"resolved": 1, "on_time": 1, "withdrawn": 1}
        return {"resolved": 1, _punctuality(fact.ended, fact.due): 1}
    worked_on = fact.status in IN_WORK or fact.status in ENDED
    overdue = worked_on and fact.due is not None and fact.due < period.last
    return {"open": 1, "open_overdue" if overdue else "open_in_time": 1}


def _punctuality(ended: date, due: date | None) -> str:
    if due is None or ended == due:
        return "on_time"
    return "early" if ended < due else "late"
