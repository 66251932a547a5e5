"""From a figure of the dashboard to what it was counted from: tickets, ratings, dossiers, a page at a time."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Generic, Literal, TypeVar

from contract.dossiers import mask_code
from contract.records import dataclass
from kiosk.domain.service import Office
from kiosk.reports.dashboard import day_start, dossiers_of
from kiosk.reports.masked import masks_of
from kiosk.reports.measures.arithmetic import duration, rank_of
from kiosk.reports.measures.dossiers import DossierFact, ResolutionFigures, is_in, resolution
from kiosk.reports.measures.ratings import BEST_LEVELS
from kiosk.reports.periods import Period
from kiosk.reports.standings import STANDINGS, SUMS
from kiosk.store.statistics import RatingRow, VisitRow
from kiosk.store.store import Reading

OUTCOMES = {"COMPLETED": "served", "NO_SHOW": "no_show", "ABANDONED": "abandoned", "CANCELLED": "cancelled"}
PAGE = 500
HOUR_MS = 3_600_000
RANKS = {"median": 50, "p90": 90, "most": 100}
Timed = Literal["waiting", "service"]
Counted = TypeVar("Counted")


@dataclass(frozen=True, slots=True)
class ListPage(Generic[Counted]):
    """`count`: how many there are in all; `rows`: at most PAGE of them, from number `offset` on (counted from 0)."""

    count: int
    offset: int
    rows: Sequence[Counted]


@dataclass(frozen=True, slots=True)
class TicketChoice:
    """What tickets are wanted; None: any. `hour`, `weekday` (Monday is 0): of issue, local; `present`: a local hour in
    which they waited; `outcome`: as in the daily report. `timed`: those that have such a time, the longest first;
    `kept`: of them those within the promise, or beyond it. `begin`: one of RANKS, the page that has this ticket; else
    the page from `offset` on.
    """

    hour: int | None = None
    weekday: int | None = None
    present: int | None = None
    service: str | None = None
    counter: str | None = None
    clerk: str | None = None
    outcome: str | None = None
    timed: Timed | None = None
    kept: bool | None = None
    begin: str | None = None
    offset: int = 0


@dataclass(frozen=True, slots=True)
class RatingChoice:
    """What ratings are wanted; None: any. `satisfied`: one of the two best levels, or none of them.

    `question`: answered on the second page, by `answer` when that is given.
    """

    counter: str | None = None
    clerk: str | None = None
    level: str | None = None
    satisfied: bool | None = None
    question: str | None = None
    answer: str | None = None
    offset: int = 0


@dataclass(frozen=True, slots=True)
class DossierChoice:
    """`standing`: one of STANDINGS, of SUMS, or "received"; None: all."""

    field: str | None = None
    standing: str | None = None
    offset: int = 0


@dataclass(frozen=True, slots=True)
class CountedTicket:
    """A ticket with its durations in ms. `marks`: which of RANKS it is in a list by time, and "beyond" the promise."""

    number: str
    day: str
    service: str
    outcome: str
    issued_at: int
    counter: str | None
    clerk: str | None
    waited_ms: int | None
    served_ms: int | None
    marks: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class CountedRating:
    """`day`: ISO date; `level`: its code."""

    day: str
    level: str
    service: str
    counter: str | None
    clerk: str | None


@dataclass(frozen=True, slots=True)
class CountedDossier:
    """A dossier with its ISO dates. `standing`: the column of form II.06a that it counts in, one of STANDINGS;
    `withdrawn` counts as on time.
    """

    code: str
    field: str
    procedure: str
    received: str
    due: str | None
    ended: str | None
    standing: str
    withdrawn: bool


Choice = TicketChoice | RatingChoice | DossierChoice
CHOICES: dict[str, type[Choice]] = {"tickets": TicketChoice, "ratings": RatingChoice, "dossiers": DossierChoice}


def rows_behind(reading: Reading, office: Office, period: Period, choice: Choice, masked: bool) -> ListPage[Any]:
    """The list that the kind of the choice names, see CHOICES."""
    if isinstance(choice, TicketChoice):
        return tickets_behind(reading, office, period, choice, masked)
    if isinstance(choice, RatingChoice):
        return ratings_behind(reading, office, period, choice, masked)
    return dossiers_behind(reading, office, period, choice, masked)


def tickets_behind(
    reading: Reading, office: Office, period: Period, choice: TicketChoice, masked: bool = False
) -> ListPage[CountedTicket]:
    """By business date and arrival, or by time. `masked`: clerks by their masks, in the choice as well."""
    shown = _shown_names(reading, period) if masked else None
    visits = reading.statistics.visits(*_days(period))
    rows = (_ticket(row, shown) for row in visits if _is_then(row, office, choice))
    chosen = [one for one in rows if _is_chosen(one, choice)]
    if choice.timed is None:
        return _page(chosen, choice.offset)
    return _by_time(chosen, choice, office)


def ratings_behind(
    reading: Reading, office: Office, period: Period, choice: RatingChoice, masked: bool = False
) -> ListPage[CountedRating]:
    """By business date."""
    shown = _shown_names(reading, period) if masked else None
    answered = None if choice.question is None else _answered(reading, period, choice)
    given = reading.statistics.ratings(*_days(period))
    rated = (_rating(row, shown) for row in given if answered is None or row.id in answered)
    wanted = {"counter": choice.counter, "clerk": choice.clerk, "level": choice.level}
    best = office.survey.levels[:BEST_LEVELS]
    rows = [
        one
        for one in rated
        if all(value in {None, getattr(one, name)} for name, value in wanted.items())
        and choice.satisfied in {None, one.level in best}
    ]
    return _page(sorted(rows, key=lambda one: one.day), choice.offset)


def _answered(reading: Reading, period: Period, choice: RatingChoice) -> set[str]:
    """The ratings that answered a question so."""
    rows = reading.statistics.further_answers(*_days(period))
    return {row.rating for row in rows if row.question == choice.question and choice.answer in {None, row.choice}}


def dossiers_behind(
    reading: Reading, office: Office, period: Period, choice: DossierChoice, masked: bool = False
) -> ListPage[CountedDossier]:
    """By code."""
    standing = choice.standing
    wanted = {**SUMS, "received": STANDINGS}.get(standing or "received", (standing,))
    facts = [fact for fact in dossiers_of(reading, office, period) if is_in(fact, period)]
    in_field = (fact for fact in facts if choice.field in {None, fact.field})
    page = _page([one for one in map(_standing_in(period), in_field) if one.standing in wanted], choice.offset)
    return replace(page, rows=[replace(one, code=mask_code(one.code)) for one in page.rows]) if masked else page


def _days(period: Period) -> tuple[str, str]:
    return period.first.isoformat(), period.last.isoformat()


def _page(rows: Sequence[Counted], offset: int) -> ListPage[Counted]:
    return ListPage(len(rows), offset, rows[offset : offset + PAGE])


def _shown_names(reading: Reading, period: Period) -> Mapping[str, str]:
    """The masks that a report of the same period has."""
    days = _days(period)
    served = [row.clerk for row in reading.statistics.visits(*days)]
    return masks_of([*served, *(row.clerk for row in reading.statistics.ratings(*days))])


def _shown(clerk: str | None, shown: Mapping[str, str] | None) -> str | None:
    return clerk if clerk is None or shown is None else shown[clerk]


def _ticket(row: VisitRow, shown: Mapping[str, str] | None) -> CountedTicket:
    return CountedTicket(
        row.number,
        row.business_date,
        row.issued_service,
        OUTCOMES.get(row.state, "open"),
        row.issued_at,
        row.counter,
        _shown(row.clerk, shown),
        duration(row.issued_at, row.first_called_at),
        duration(row.serving_at, row.ended_at) if row.state == "COMPLETED" else None,
    )


def _rating(row: RatingRow, shown: Mapping[str, str] | None) -> CountedRating:
    return CountedRating(row.business_date, row.level, row.service, row.counter, _shown(row.clerk, shown))


def _is_then(row: VisitRow, office: Office, choice: TicketChoice) -> bool:
    if choice.hour is None and choice.weekday is None and choice.present is None:
        return True
    local = office.hours.local(row.issued_at)
    if choice.hour not in {None, local.hour} or choice.weekday not in {None, local.weekday()}:
        return False
    return choice.present is None or _waited_in(row, office, choice.present)


def _waited_in(row: VisitRow, office: Office, hour: int) -> bool:
    """Who still waits does so to the end of the day."""
    start = day_start(office, date.fromisoformat(row.business_date)) + hour * HOUR_MS
    until = row.first_called_at or row.ended_at
    return row.issued_at < start + HOUR_MS and (until is None or until > start)


def _is_chosen(one: CountedTicket, choice: TicketChoice) -> bool:
    wanted = {"service": choice.service, "counter": choice.counter, "clerk": choice.clerk, "outcome": choice.outcome}
    return all(value in {None, getattr(one, name)} for name, value in wanted.items())


def _by_time(chosen: Sequence[CountedTicket], choice: TicketChoice, office: Office) -> ListPage[CountedTicket]:
    """The longest first; what figures were read off is marked."""
    waiting = choice.timed == "waiting"
    promise = office.promises.waiting_ms if waiting else office.promises.service_ms

    def taken(one: CountedTicket) -> int | None:
        return one.waited_ms if waiting else one.served_ms

    timed = [(ms, one) for one in chosen if (ms := taken(one)) is not None]
    timed.sort(key=lambda pair: pair[0])
    places: dict[int, list[str]] = {}
    for name, percent in RANKS.items() if timed else ():
        places.setdefault(rank_of(len(timed), percent), []).append(name)
    rows = []
    for place, (ms, one) in enumerate(timed):
        beyond = promise is not None and ms > promise
        if choice.kept in {None, not beyond}:
            rows.append(replace(one, marks=(*places.get(place, ()), *(["beyond"] if beyond else []))))
    rows.reverse()
    at = next((place for place, one in enumerate(rows) if choice.begin in one.marks), choice.offset)
    return _page(rows, at // PAGE * PAGE if choice.begin else choice.offset)


def _standing_in(period: Period) -> Callable[[DossierFact], CountedDossier]:
    def counted(fact: DossierFact) -> CountedDossier:
        row: ResolutionFigures = resolution([fact], period)
        return CountedDossier(
            fact.code,
            fact.field,
            fact.procedure,
            fact.received.isoformat(),
            fact.due.isoformat() if fact.due else None,
            fact.ended.isoformat() if fact.ended else None,
            next(name for name in STANDINGS if getattr(row, name)),
            bool(row.withdrawn),
        )

    return counted
