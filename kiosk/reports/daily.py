"""The daily report: what happened to the tickets of a range of business dates, and how people rated it.

Its JSON (`daily_json`) is
{"report": "daily", "office": {"code", "name"}, "from": D, "to": D, "levels": [code, best first],
 "total": FIGURES, "by_service": [GROUP], "by_counter": [GROUP], "by_clerk": [GROUP], "by_hour": [GROUP],
 "ratings": {"total": RATINGS, "by_service": [RATED], "by_counter": [RATED], "by_clerk": [RATED]}} with
FIGURES = {"issued", "served", "no_show", "abandoned", "cancelled", "open", "no_show_rate_bp",
           "waiting_ms": SPREAD, "service_ms": SPREAD}; GROUP = FIGURES with "key" and "name";
SPREAD = {"count", "median", "p90"}; RATINGS = {"count", "levels": {code: count}, "satisfied_rate_bp"};
RATED = RATINGS with "key" and "name".
Durations are whole ms. Rates are hundredths of a percent; without a denominator they are null:
no_show_rate_bp = no_show / (served + no_show); satisfied_rate_bp = the two best levels / all ratings.
A ticket belongs to the service and the local hour it was issued for, and to the counter and clerk that called it
last; one that nobody called belongs to no counter and no clerk. A rating belongs to the service, counter and clerk
that were rated. Waiting time: issue to first call. Service time of a completed ticket: start of serving (or the
call, when completed straight from it) to its end.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, field
from typing import Generic, NamedTuple, TypeVar

from contract.records import dataclass
from kiosk.reports.group_order import in_order
from kiosk.reports.measures.arithmetic import Spread, duration, rate_bp, spread
from kiosk.store.statistics import VisitRow

Item = TypeVar("Item")
Figures = TypeVar("Figures")
BEST_LEVELS = 2
OUTCOMES = {"COMPLETED": "served", "NO_SHOW": "no_show", "ABANDONED": "abandoned", "CANCELLED": "cancelled"}
COUNTS = ("issued", "served", "no_show", "abandoned", "cancelled", "open")


class Visit(NamedTuple):
    """A ticket as the report sees it; `hour` is the local hour of issue, times are ms since 1970."""

    service: str
    state: str
    counter: str | None
    clerk: str | None
    hour: int
    waited_ms: int | None
    served_ms: int | None


@dataclass(frozen=True, slots=True)
class Rated:
    level: str
    service: str
    counter: str | None
    clerk: str | None


@dataclass(frozen=True, slots=True)
class Frame:
    """What the report says of the office; `names` maps codes of services and counters to their names."""

    office: str
    name: str
    levels: tuple[str, ...]
    services: Mapping[str, str]
    counters: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class TicketFigures:
    """Counts, waiting and service time of some tickets; rates in hundredths of a percent."""

    issued: int
    served: int
    no_show: int
    abandoned: int
    cancelled: int
    open: int
    no_show_rate_bp: int | None
    waiting_ms: Spread
    service_ms: Spread

    def count(self, name: str) -> int:
        """One of COUNTS."""
        value: int = getattr(self, name)
        return value


@dataclass(frozen=True, slots=True)
class RatingFigures:
    """`levels`: how often each was given, best first; one that is no longer configured after the others."""

    count: int
    levels: Mapping[str, int]
    satisfied_rate_bp: int | None


@dataclass(frozen=True, slots=True)
class Group(Generic[Figures]):
    """The figures of one service, counter, clerk or hour, with its code and its name."""

    key: str
    name: str
    figures: Figures


@dataclass(frozen=True, slots=True)
class DailyReport:
    """`tickets_by`, `ratings_by`: the groups of each dimension ("by_service" …), in the order of the report.

    `without`, `rated_without`: what stands in no group of a dimension, such as tickets that no counter called.
    """

    office: str
    office_name: str
    first: str
    last: str
    levels: tuple[str, ...]
    tickets: TicketFigures
    tickets_by: Mapping[str, tuple[Group[TicketFigures], ...]]
    ratings: RatingFigures
    ratings_by: Mapping[str, tuple[Group[RatingFigures], ...]]
    without: Mapping[str, TicketFigures] = field(default_factory=dict)
    rated_without: Mapping[str, RatingFigures] = field(default_factory=dict)

    def tickets_without(self, dimension: str) -> TicketFigures | None:
        """What makes the rows of a dimension come to the total; None when they do."""
        figures = self.without.get(dimension)
        return figures if figures is not None and figures.issued else None

    def ratings_without(self, dimension: str) -> RatingFigures | None:
        """The same of ratings."""
        figures = self.rated_without.get(dimension)
        return figures if figures is not None and figures.count else None


def visit_of(row: VisitRow, hour_of: Callable[[int], int]) -> Visit:
    """`hour_of` gives the local hour of a time in ms."""
    served = duration(row.serving_at, row.ended_at) if row.state == "COMPLETED" else None
    return Visit(
        row.issued_service,
        row.state,
        row.counter,
        row.clerk,
        hour_of(row.issued_at),
        duration(row.issued_at, row.first_called_at),
        served,
    )


def daily(frame: Frame, first: str, last: str, visits: Sequence[Visit], ratings: Sequence[Rated]) -> DailyReport:
    """The report of business dates `first` to `last`, both included."""

    def rated(some: Iterable[Rated]) -> RatingFigures:
        return rating_figures(frame.levels, [one.level for one in some])

    return DailyReport(
        frame.office,
        frame.name,
        first,
        last,
        frame.levels,
        ticket_figures(visits),
        {
            "by_service": _groups(visits, lambda v: v.service, frame.services, ticket_figures),
            "by_counter": _groups(visits, lambda v: v.counter, frame.counters, ticket_figures),
            "by_clerk": _groups(visits, lambda v: v.clerk, {}, ticket_figures, of_people=True),
            "by_hour": _groups(visits, lambda v: f"{v.hour:02d}", {}, ticket_figures),
        },
        rated(ratings),
        {
            "by_service": _groups(ratings, lambda r: r.service, frame.services, rated),
            "by_counter": _groups(ratings, lambda r: r.counter, frame.counters, rated),
            "by_clerk": _groups(ratings, lambda r: r.clerk, {}, rated, of_people=True),
        },
        {
            "by_counter": ticket_figures(visit for visit in visits if visit.counter is None),
            "by_clerk": ticket_figures(visit for visit in visits if visit.clerk is None),
        },
        {
            "by_counter": rated(one for one in ratings if one.counter is None),
            "by_clerk": rated(one for one in ratings if one.clerk is None),
        },
    )


def ticket_figures(visits: Iterable[Visit]) -> TicketFigures:
    counted = list(visits)
    counts = dict.fromkeys(COUNTS, 0) | {"issued": len(counted)}
    for state, times in Counter([visit.state for visit in counted]).items():
        counts[OUTCOMES.get(state, "open")] += times
    return TicketFigures(
        **counts,
        no_show_rate_bp=rate_bp(counts["no_show"], counts["served"] + counts["no_show"]),
        waiting_ms=spread([visit.waited_ms for visit in counted]),
        service_ms=spread([visit.served_ms for visit in counted]),
    )


def rating_figures(levels: Sequence[str], given: Sequence[str]) -> RatingFigures:
    counts = {level: given.count(level) for level in (*levels, *sorted(set(given) - set(levels)))}
    good = sum(counts[level] for level in levels[:BEST_LEVELS])
    return RatingFigures(len(given), counts, rate_bp(good, len(given)))


def daily_json(report: DailyReport) -> dict[str, object]:
    """The report as JSON; its shape stands above."""
    return {
        "report": "daily",
        "office": {"code": report.office, "name": report.office_name},
        "from": report.first,
        "to": report.last,
        "levels": list(report.levels),
        "total": asdict(report.tickets),
        **{dimension: _groups_json(groups) for dimension, groups in report.tickets_by.items()},
        "ratings": {
            "total": asdict(report.ratings),
            **{dimension: _groups_json(groups) for dimension, groups in report.ratings_by.items()},
        },
    }


def _groups_json(groups: Sequence[Group[TicketFigures] | Group[RatingFigures]]) -> list[dict[str, object]]:
    return [{"key": group.key, "name": group.name, **asdict(group.figures)} for group in groups]


def _groups(
    items: Iterable[Item],
    key: Callable[[Item], str | None],
    names: Mapping[str, str],
    measure: Callable[[Iterable[Item]], Figures],
    of_people: bool = False,
) -> tuple[Group[Figures], ...]:
    """One group a key that occurs."""
    members: dict[str, list[Item]] = {}
    for item in items:
        if (name := key(item)) is not None:
            members.setdefault(name, []).append(item)
    order = in_order(members, names, of_people)
    return tuple(Group(name, names.get(name, name), measure(members[name])) for name in order)
