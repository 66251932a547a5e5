"""The daily report: what happened to the tickets of a range of business dates, and how people rated it.

Its JSON is
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

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from kiosk.reports.measures import duration, rate_bp, spread

Figures = dict[str, Any]
Item = TypeVar("Item")
BEST_LEVELS = 2
OUTCOMES = {"COMPLETED": "served", "NO_SHOW": "no_show", "ABANDONED": "abandoned", "CANCELLED": "cancelled"}
COUNTS = ("issued", "served", "no_show", "abandoned", "cancelled", "open")


@dataclass(frozen=True, slots=True)
class Visit:
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


def visit_of(row: Sequence[Any], hour_of: Callable[[int], int]) -> Visit:
    """From a row of kiosk.store.statistics.visits."""
    _, issued_service, _, state, _, issued_at, counter, clerk, first_called_at, serving_at, ended_at, *_rest = row
    served = duration(serving_at, ended_at) if state == "COMPLETED" else None
    return Visit(
        issued_service, state, counter, clerk, hour_of(issued_at), duration(issued_at, first_called_at), served
    )  # fmt: skip


def daily(frame: Frame, first: str, last: str, visits: Sequence[Visit], ratings: Sequence[Rated]) -> Figures:
    """The report of business dates `first` to `last`, both included; the shape stands above."""
    return {
        "report": "daily",
        "office": {"code": frame.office, "name": frame.name},
        "from": first,
        "to": last,
        "levels": list(frame.levels),
        "total": figures(visits),
        "by_service": _groups(visits, lambda v: v.service, frame.services, figures),
        "by_counter": _groups(visits, lambda v: v.counter, frame.counters, figures),
        "by_clerk": _groups(visits, lambda v: v.clerk, {}, figures),
        "by_hour": _groups(visits, lambda v: f"{v.hour:02d}", {}, figures),
        "ratings": _ratings(frame, ratings),
    }


def figures(visits: Iterable[Visit]) -> Figures:
    """Counts, waiting and service time of some tickets."""
    found = list(visits)
    counts: Figures = dict.fromkeys(COUNTS, 0)
    for visit in found:
        counts["issued"] += 1
        counts[OUTCOMES.get(visit.state, "open")] += 1
    return {
        **counts,
        "no_show_rate_bp": rate_bp(counts["no_show"], counts["served"] + counts["no_show"]),
        "waiting_ms": spread(visit.waited_ms for visit in found),
        "service_ms": spread(visit.served_ms for visit in found),
    }


def _ratings(frame: Frame, ratings: Sequence[Rated]) -> Figures:
    def opinion(some: Iterable[Rated]) -> Figures:
        return satisfaction(frame.levels, [rated.level for rated in some])

    return {
        "total": opinion(ratings),
        "by_service": _groups(ratings, lambda r: r.service, frame.services, opinion),
        "by_counter": _groups(ratings, lambda r: r.counter, frame.counters, opinion),
        "by_clerk": _groups(ratings, lambda r: r.clerk, {}, opinion),
    }


def satisfaction(levels: Sequence[str], given: Sequence[str]) -> Figures:
    """How often each level was given; a level that is no longer configured is kept after the others."""
    counts = {level: given.count(level) for level in (*levels, *sorted(set(given) - set(levels)))}
    good = sum(counts[level] for level in levels[:BEST_LEVELS])
    return {"count": len(given), "levels": counts, "satisfied_rate_bp": rate_bp(good, len(given))}


def _groups(
    items: Iterable[Item], key: Callable[[Item], str | None], names: Mapping[str, str],
    measure: Callable[[Iterable[Item]], Figures],
) -> list[Figures]:  # fmt: skip
    """One entry a key that occurs, in the order of the configuration, then of the alphabet."""
    found: dict[str, list[Item]] = {}
    for item in items:
        if (name := key(item)) is not None:
            found.setdefault(name, []).append(item)
    order = [*(name for name in names if name in found), *sorted(set(found) - set(names))]
    return [{"key": name, "name": names.get(name, name), **measure(found[name])} for name in order]
