"""The dashboard's table: counts and times of all tickets, and by service, counter and clerk."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from contract.records import dataclass
from kiosk.domain.service import Office
from kiosk.reports.group_order import in_order
from kiosk.reports.measures.tickets import (
    Dimension,
    Durations,
    TicketFact,
    by_dimension,
    service_time,
    ticket_counts,
    waiting_time,
)

TOTAL = "total"
GROUPED_BY: tuple[Dimension, ...] = ("service", "counter", "clerk")


@dataclass(frozen=True, slots=True)
class GroupFigures:
    """`dimension`: TOTAL or one of GROUPED_BY; `key`: its code or the clerk's name, "" of the total; times in ms."""

    dimension: str
    key: str
    name: str
    issued: int
    served: int
    no_show: int
    abandoned: int
    cancelled: int
    open: int
    waiting: Durations
    service: Durations


def group_figures(tickets: Sequence[TicketFact], office: Office) -> tuple[GroupFigures, ...]:
    """The total last."""
    return (*_groups(tickets, office), _group(TOTAL, "", "", tickets, office))


def _groups(tickets: Sequence[TicketFact], office: Office) -> Iterator[GroupFigures]:
    names = {
        "service": {code: one.name for code, one in office.services.items()},
        "counter": {code: one.name for code, one in office.counters.items()},
    }
    for dimension in GROUPED_BY:
        groups, words = by_dimension(tickets, dimension), names.get(dimension, {})
        for key in in_order(groups, words, of_people=dimension == "clerk"):
            yield _group(dimension, key, words.get(key, key), groups[key], office)


def _group(dimension: str, key: str, name: str, tickets: Sequence[TicketFact], office: Office) -> GroupFigures:
    counts = ticket_counts(tickets)
    return GroupFigures(
        dimension,
        key,
        name,
        counts.issued,
        counts.served,
        counts.no_show,
        counts.abandoned,
        counts.cancelled,
        counts.open,
        waiting_time(tickets, office.promises.waiting_ms),
        service_time(tickets, office.promises.service_ms),
    )
