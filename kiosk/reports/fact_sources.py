"""All facts of a period, from the tables and what only the journal knows, or from events alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any, Protocol

from contract.records import dataclass
from kiosk.domain.rating import is_late
from kiosk.domain.service import Office
from kiosk.reports.events_of_period import events_of_period
from kiosk.reports.facts import dossier_fact, dossier_facts_of_events
from kiosk.reports.facts_of_events import Folded, LinkedAnswer
from kiosk.reports.measures.arithmetic import duration
from kiosk.reports.measures.dossiers import DossierFact, has_result_in
from kiosk.reports.measures.equipment import CounterSpell, DeviceSpell
from kiosk.reports.measures.ratings import RatingFact
from kiosk.reports.measures.tickets import TicketFact
from kiosk.reports.periods import Period
from kiosk.store.failures import stored_json
from kiosk.store.statistics import RatingRow, VisitRow
from kiosk.store.store import Reading

CORRECTED = "office.clock_corrected"
OF_TICKETS = ("ticket.", "rating.submitted", CORRECTED)
OF_SPELLS = ("counter.", "device.", "office.day_closed", CORRECTED)
OF_TRANSFERS = ("ticket.transferred", "ticket.undone", "ticket.redated")


class PeriodFacts(Protocol):
    """Tickets, ratings and spells of the period; every dossier, since rows reach over periods."""

    @property
    def tickets(self) -> Sequence[TicketFact]: ...

    @property
    def ratings(self) -> Sequence[RatingFact]: ...

    @property
    def counter_spells(self) -> Sequence[CounterSpell]: ...

    @property
    def device_spells(self) -> Sequence[DeviceSpell]: ...

    @property
    def dossiers(self) -> Sequence[DossierFact]: ...

    @property
    def decided(self) -> Sequence[DossierFact]:
        """Dossiers that were decided in the period, with what citizens answered whose visits were linked to them."""


@dataclass(frozen=True, slots=True)
class GivenFacts:
    """Facts that are there already."""

    tickets: Sequence[TicketFact]
    ratings: Sequence[RatingFact]
    counter_spells: Sequence[CounterSpell]
    device_spells: Sequence[DeviceSpell]
    dossiers: Sequence[DossierFact]
    decided: Sequence[DossierFact] = ()


class TableFacts:
    """From one consistent view, each kind read when it is asked for."""

    def __init__(self, reading: Reading, office: Office, period: Period) -> None:
        self._reading, self._office, self._period = reading, office, period
        self._days = period.first.isoformat(), period.last.isoformat()

    @cached_property
    def tickets(self) -> Sequence[TicketFact]:
        moves = _transfers(self._events)
        moved = moves.get
        return [ticket_fact(row, self._office, moved((row.business_date, row.number), 0)) for row in self.visits]

    @cached_property
    def visits(self) -> Sequence[VisitRow]:
        return self._reading.statistics.visits(*self._days)

    @cached_property
    def ratings(self) -> Sequence[RatingFact]:
        rows = self._reading.statistics.ratings(*self._days)
        further: dict[str, list[tuple[str, str]]] = {}
        for one in self._reading.statistics.further_answers(*self._days):
            further.setdefault(one.rating, []).append((one.question, one.choice))
        return [_rating(row, further.get(row.id, ())) for row in rows]

    @property
    def counter_spells(self) -> Sequence[CounterSpell]:
        return self._spells.counter_spells

    @property
    def device_spells(self) -> Sequence[DeviceSpell]:
        return self._spells.device_spells()

    @cached_property
    def dossiers(self) -> Sequence[DossierFact]:
        zone = self._office.hours.timezone
        return [dossier_fact(dossier, zone) for dossier in self._reading.dossiers.all()]

    @cached_property
    def decided(self) -> Sequence[DossierFact]:
        return decided_with_answers(self._reading, self.dossiers, self._period)

    @cached_property
    def _events(self) -> list[dict[str, Any]]:
        return list(events_of_period(self._reading, self._period, (*OF_SPELLS, *OF_TRANSFERS)))

    @cached_property
    def _spells(self) -> Folded:
        events = (event for event in self._events if event["type"].startswith(OF_SPELLS))
        return Folded(self._office.hours.local).take(events)


def facts_of_events(events: Iterable[dict[str, Any]], office: Office, period: Period) -> GivenFacts:
    """`events`: all of the journal up to some position, in order."""
    first, last = period.first.isoformat(), period.last.isoformat()
    whole = list(events)
    folded = Folded(office.hours.local).take(event for event in whole if event["type"].startswith(OF_TICKETS))
    inside = [event for event in whole if first <= event["business_date"] <= last]
    spells = Folded(office.hours.local).take(event for event in inside if event["type"].startswith(OF_SPELLS))
    dossiers = dossier_facts_of_events(whole, office.hours.timezone)
    decided = [fact for fact in dossiers if has_result_in(fact, period)]
    answers = [answer for answer in folded.linked_answers() if answer[0] <= last]
    return GivenFacts(
        [fact for fact in folded.ticket_facts() if first <= fact.business_date <= last],
        [fact for fact in folded.rating_facts() if first <= fact.business_date <= last],
        spells.counter_spells,
        spells.device_spells(),
        dossiers,
        _with_answers(decided, answers),
    )


def decided_with_answers(reading: Reading, facts: Iterable[DossierFact], period: Period) -> Sequence[DossierFact]:
    """Of all dossiers those decided in a period, with what citizens answered of them up to its end."""
    decided = [fact for fact in facts if has_result_in(fact, period)]
    if not decided:
        return ()
    first = min(fact.began for fact in decided).isoformat()
    rows = reading.statistics.linked_answers(first, period.last.isoformat())
    answers = (
        (row.business_date, code, row.question, row.choice) for row in rows for code in stored_json(row.dossiers)
    )
    return _with_answers(decided, answers)


def _with_answers(facts: Iterable[DossierFact], answers: Iterable[LinkedAnswer]) -> list[DossierFact]:
    """Each dossier with what was answered of it, from the day that it began."""
    given: dict[str, list[tuple[str, str, str]]] = {}
    for day, code, question, choice in answers:
        given.setdefault(code, []).append((day, question, choice))
    return [replace(fact, answers=_answers_since(fact.began.isoformat(), given.get(fact.code, ()))) for fact in facts]


def _answers_since(first: str, given: Iterable[tuple[str, str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((question, choice) for day, question, choice in given if day >= first))


def ticket_fact(row: VisitRow, office: Office, transfers: int = 0) -> TicketFact:
    """How often it was moved, only the journal knows."""
    local = office.hours.quarter(row.issued_at)
    return TicketFact(
        row.number,
        row.issued_service,
        row.state,
        row.business_date,
        local.hour,
        local.weekday(),
        row.counter,
        row.clerk,
        row.priority,
        row.language,
        duration(row.issued_at, row.first_called_at),
        duration(row.serving_at, row.ended_at) if row.state == "COMPLETED" else None,
        transfers,
    )


def _rating(row: RatingRow, further: Iterable[tuple[str, str]]) -> RatingFact:
    late, answers = is_late(row.tapped_at, row.stored_at), tuple(sorted(further))
    return RatingFact(row.level, row.service, row.counter, row.clerk, row.business_date, late, answers)


def _transfers(events: Iterable[dict[str, Any]]) -> dict[tuple[str, str], int]:
    """How often each ticket, by business date and number, was moved; an undone move never happened."""
    moves: dict[str, tuple[str, str]] = {}
    for event in events:
        data, day = event["data"], event["business_date"]
        if event["type"] == "ticket.transferred":
            moves[event["id"]] = (day, data["number"])
        elif event["type"] == "ticket.undone":
            moves.pop(data["undoes"], None)
        elif event["type"] == "ticket.redated":
            before, now = (data["from"], data["number"]), (day, data["number"])
            moves = {name: now if key == before else key for name, key in moves.items()}
    return dict(Counter(moves.values()))
