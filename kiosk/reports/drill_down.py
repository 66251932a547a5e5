"""From a figure of the dashboard to what it was counted from: tickets, ratings, dossiers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from kiosk.domain.service import Office
from kiosk.reports.dashboard import dossiers_of
from kiosk.reports.measures.arithmetic import duration
from kiosk.reports.measures.dossiers import DossierFact, ResolutionFigures, is_in, resolution
from kiosk.reports.periods import Period
from kiosk.reports.standings import STANDINGS
from kiosk.store.statistics import VisitRow
from kiosk.store.store import Reading

OUTCOMES = {"COMPLETED": "served", "NO_SHOW": "no_show", "ABANDONED": "abandoned", "CANCELLED": "cancelled"}


@dataclass(frozen=True, slots=True)
class TicketChoice:
    """What tickets are wanted; None: any. `hour`: of issue, local; `outcome`: as in the daily report."""

    hour: int | None = None
    service: str | None = None
    counter: str | None = None
    outcome: str | None = None


@dataclass(frozen=True, slots=True)
class CountedTicket:
    """A ticket with its durations in ms."""

    row: VisitRow
    outcome: str
    waited_ms: int | None
    served_ms: int | None


@dataclass(frozen=True, slots=True)
class CountedDossier:
    """A dossier and the column of form II.06a that it counts in: one of STANDINGS; `withdrawn` counts as on time."""

    fact: DossierFact
    standing: str
    withdrawn: bool


def tickets_behind(reading: Reading, office: Office, period: Period, choice: TicketChoice) -> list[CountedTicket]:
    """By business date and arrival."""
    visits = reading.statistics.visits(period.first.isoformat(), period.last.isoformat())
    return [one for one in map(_counted, visits) if _is_chosen(one, office, choice)]


def ticket_values(one: CountedTicket) -> list[Any]:
    """A ticket as plain JSON, for another process."""
    return [list(one.row), one.outcome, one.waited_ms, one.served_ms]


def ticket_of(values: Sequence[Any]) -> CountedTicket:
    """The ticket of `ticket_values`."""
    row, *rest = values
    return CountedTicket(VisitRow(*row), *rest)


def dossiers_behind(
    reading: Reading, office: Office, period: Period, field: str | None, standing: str | None
) -> list[CountedDossier]:
    """`standing`: one of STANDINGS, or "resolved", "received"; None: all. By code."""
    wanted = {"resolved": STANDINGS[:3], "received": STANDINGS}.get(standing or "received", (standing,))
    facts = [fact for fact in dossiers_of(reading, office, period) if is_in(fact, period)]
    return [one for one in _standings(facts, period) if one.standing in wanted and field in {None, one.fact.field}]


def _standings(facts: list[DossierFact], period: Period) -> Iterator[CountedDossier]:
    for fact in facts:
        row: ResolutionFigures = resolution([fact], period)
        yield CountedDossier(fact, next(name for name in STANDINGS if getattr(row, name)), bool(row.withdrawn))


def _counted(row: VisitRow) -> CountedTicket:
    served = duration(row.serving_at, row.ended_at) if row.state == "COMPLETED" else None
    return CountedTicket(row, OUTCOMES.get(row.state, "open"), duration(row.issued_at, row.first_called_at), served)


def _is_chosen(one: CountedTicket, office: Office, choice: TicketChoice) -> bool:
    row = one.row
    return (
        choice.hour in {None, office.hours.local(row.issued_at).hour}
        and choice.service in {None, row.issued_service}
        and choice.counter in {None, row.counter}
        and choice.outcome in {None, one.outcome}
    )
