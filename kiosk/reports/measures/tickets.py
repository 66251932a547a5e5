"""Figures of tickets: how many, how long, when. A ticket counts on the business date it was issued for."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from operator import attrgetter
from typing import Literal, NamedTuple, get_args

from contract.records import dataclass
from kiosk.reports.measures.arithmetic import nearest_rank, rate_bp
from kiosk.reports.measures.registry import measure

Dimension = Literal["service", "counter", "clerk", "hour", "weekday", "priority", "language"]
ENDED = frozenset({"COMPLETED", "NO_SHOW", "ABANDONED", "CANCELLED"})
DIMENSIONS: tuple[Dimension, ...] = get_args(Dimension)


class TicketFact(NamedTuple):
    """A ticket as figures see it. `hour` and `weekday` (Monday is 0) are local, of the issue; times in whole ms.

    `service`: it was issued for. `counter`, `clerk`: the last to call it, None when nobody did. `transfers`: how often
    it was moved to another service or counter.
    """

    number: str
    service: str
    state: str
    business_date: str
    hour: int
    weekday: int
    counter: str | None
    clerk: str | None
    priority: str | None
    language: str
    waited_ms: int | None
    served_ms: int | None
    transfers: int = 0


@dataclass(frozen=True, slots=True)
class TicketCounts:
    """`issued` is the sum of the next five; `transferred` is part of them."""

    issued: int
    served: int
    no_show: int
    abandoned: int
    cancelled: int
    open: int
    transferred: int


@dataclass(frozen=True, slots=True)
class Durations:
    """Whole ms; None of nothing. `within_bp`: the share that took no longer than promised."""

    count: int
    median: int | None
    p90: int | None
    most: int | None
    within_bp: int | None


@dataclass(frozen=True, slots=True)
class LoadCell:
    """Tickets issued on a weekday (Monday is 0) in a local hour."""

    weekday: int
    hour: int
    issued: int


@measure("tickets")
def ticket_counts(tickets: Iterable[TicketFact]) -> TicketCounts:
    """Tickets issued, and how each ended: served, no-show, abandoned at the day's close, cancelled, or still open;
    beside it those that were moved to another service or counter at least once. Also by service, counter, clerk, hour,
    weekday, priority and language: a ticket nobody called belongs to no counter and no clerk.

    Source: ticket.issued and what followed; an undone event never happened.
    Unit: tickets.
    Period: business date of the issue.
    Rules: own, decision 10.
    """
    facts = list(tickets)
    states = Counter([fact.state for fact in facts])
    return TicketCounts(
        issued=len(facts),
        served=states["COMPLETED"],
        no_show=states["NO_SHOW"],
        abandoned=states["ABANDONED"],
        cancelled=states["CANCELLED"],
        open=sum(count for state, count in states.items() if state not in ENDED),
        transferred=sum([fact.transfers > 0 for fact in facts]),
    )


@measure("waiting-time")
def waiting_time(tickets: Iterable[TicketFact], promise_ms: int | None = None) -> Durations:
    """From the issue to the first call, of tickets that were called: how many, median, 90th percentile, longest, and
    the share that waited no longer than the office promises. Percentiles are nearest rank: each was really measured.

    Source: issued_at and first_called_at of tickets; corrections of the clock are in them.
    Unit: whole milliseconds, shown as minutes to a tenth, half up; the share in hundredths of a percent.
    Period: business date of the issue.
    Rules: own, decision 10.
    """
    return _durations([fact.waited_ms for fact in tickets], promise_ms)


@measure("service-time")
def service_time(tickets: Iterable[TicketFact], promise_ms: int | None = None) -> Durations:
    """From the start of serving (from the call, when completed straight from it) to the end, of completed tickets, the
    last such interval of each.

    Source: serving_at and ended_at of tickets; what the old key X ended within half a second is named by verify.
    Unit: whole milliseconds, shown as minutes to a tenth, half up.
    Period: business date of the issue.
    Rules: own, decision 10.
    """
    return _durations([fact.served_ms for fact in tickets], promise_ms)


@measure("load")
def load(tickets: Iterable[TicketFact]) -> tuple[LoadCell, ...]:
    """Tickets issued by weekday and local hour, the cells that have any: the map that shows when people come.

    Source: ticket.issued.
    Unit: tickets.
    Period: business date of the issue; weekday and hour by the office's calendar.
    Rules: own.
    """
    cells = Counter((fact.weekday, fact.hour) for fact in tickets)
    return tuple(LoadCell(weekday, hour, count) for (weekday, hour), count in sorted(cells.items()))


def by_dimension(tickets: Iterable[TicketFact], dimension: Dimension) -> dict[str, list[TicketFact]]:
    """Tickets by the value they have in a dimension, in its order; those without one are left out."""
    groups: defaultdict[str | int | None, list[TicketFact]] = defaultdict(list)
    value_of = attrgetter(dimension)
    for fact in tickets:
        groups[value_of(fact)].append(fact)
    groups.pop(None, None)
    return dict(sorted((f"{value:02d}" if dimension == "hour" else str(value), some) for value, some in groups.items()))


def _durations(values: Sequence[int | None], promise_ms: int | None) -> Durations:
    given = sorted([value for value in values if value is not None])
    kept = None if promise_ms is None else rate_bp(bisect_right(given, promise_ms), len(given))
    return Durations(len(given), nearest_rank(given, 50), nearest_rank(given, 90), given[-1] if given else None, kept)
