"""Figures read from the tables; every one can be recounted from the journal."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import bindparam, func, literal_column, select, text

from kiosk.store.sql import Row, Statement, Transaction
from kiosk.store.tables import dossiers, ratings, tickets

_t = tickets.c
_RECENT = Statement(
    select(_t.issued_service, _t.ended_at - _t.serving_at)
    .where(_t.office == bindparam("office"), _t.business_date == bindparam("day"), _t.state == "COMPLETED")
    .order_by(_t.ended_at.desc())
)  # fmt: skip
_CALLS = Statement(
    select(_t.number, _t.service, _t.counter, _t.called_at, _t.calls)
    .where(_t.office == bindparam("office"), _t.business_date == bindparam("day"), _t.called_at.is_not(None))
    .order_by(_t.called_at.desc())
    .limit(bindparam("limit", type_=_t.calls.type))
)
_WAITING = Statement(
    select(_t.service, func.count())
    .where(_t.office == bindparam("office"), text("state = 'WAITING'"), _t.pool > "")
    .group_by(_t.service)
)
_AT_COUNTER = Statement(
    select(_t.state, func.count(), func.sum(_t.first_called_at - _t.issued_at), func.sum(_t.ended_at - _t.serving_at))
    .where(_t.office == bindparam("office"), _t.business_date == bindparam("day"), _t.counter == bindparam("counter"))
    .group_by(_t.state)
)
_LEVELS = Statement(
    select(ratings.c.level, func.count())
    .where(
        ratings.c.office == bindparam("office"), ratings.c.business_date == bindparam("day"),
        ratings.c.counter == bindparam("counter"),
    )
    .group_by(ratings.c.level)
)  # fmt: skip
_VISITS = Statement(
    select(
        _t.number, _t.issued_service, _t.service, _t.state, _t.business_date, _t.issued_at, _t.counter, _t.clerk,
        _t.first_called_at, _t.serving_at, _t.ended_at, _t.calls, _t.priority,
    )
    .where(_t.office == bindparam("office"), _t.business_date.between(bindparam("first"), bindparam("last")))
    .order_by(_t.business_date, _t.arrival)
)  # fmt: skip
_RATINGS = Statement(
    select(ratings.c.level, ratings.c.counter, ratings.c.clerk, ratings.c.service, ratings.c.business_date)
    .where(
        ratings.c.office == bindparam("office"), ratings.c.business_date.between(bindparam("first"), bindparam("last"))
    )
)  # fmt: skip


def recent_service_ms(transaction: Transaction, office: str, day: str, limit: int) -> dict[str, list[int]]:
    """By service: times of its last `limit` completed tickets of a day, in ms, newest first."""
    times: dict[str, list[int]] = {}
    for service, taken in _RECENT.rows(transaction, office=office, day=day):
        of_service = times.setdefault(service, [])
        if taken is not None and len(of_service) < limit:
            of_service.append(max(0, taken))
    return times


def recent_calls(transaction: Transaction, office: str, day: str, limit: int) -> Sequence[Row]:
    """(number, service, counter, called_at, calls), newest first."""
    return _CALLS.rows(transaction, office=office, day=day, limit=limit)


def waiting_by_service(transaction: Transaction, office: str) -> dict[str, int]:
    return {row[0]: row[1] for row in _WAITING.rows(transaction, office=office)}


def counter_day(transaction: Transaction, office: str, day: str, counter: str) -> dict[str, int | None]:
    """served, no_show, mean_wait_ms, mean_service_ms of a counter on a day; a mean of nothing is None."""
    found = {row[0]: row[1:] for row in _AT_COUNTER.rows(transaction, office=office, day=day, counter=counter)}
    served, wait, service = found.get("COMPLETED", (0, None, None))
    return {
        "served": served, "no_show": found.get("NO_SHOW", (0,))[0],
        "mean_wait_ms": int(wait) // served if served and wait is not None else None,
        "mean_service_ms": int(service) // served if served and service is not None else None,
    }  # fmt: skip


def counter_ratings(transaction: Transaction, office: str, day: str, counter: str) -> dict[str, int]:
    return {row[0]: row[1] for row in _LEVELS.rows(transaction, office=office, day=day, counter=counter)}


def visits(transaction: Transaction, office: str, first: str, last: str) -> Sequence[Row]:
    """Tickets of a range of business dates (both included): (number, issued_service, service, state,
    business_date, issued_at, counter, clerk, first_called_at, serving_at, ended_at, calls, priority); times in ms.
    """
    return _VISITS.rows(transaction, office=office, first=first, last=last)


def rating_rows(transaction: Transaction, office: str, first: str, last: str) -> Sequence[Row]:
    """(level, counter, clerk, service, business_date)."""
    return _RATINGS.rows(transaction, office=office, first=first, last=last)


def ticket_rows(transaction: Transaction, office: str, first: str, last: str) -> Sequence[Row]:
    """Tickets of a range of business dates (both included), by arrival: (id, number, issued_service, service, state,
    business_date, issued_at, counter, clerk, first_called_at, serving_at, ended_at, calls, priority, rated, dossiers).
    """
    return _TICKETS.rows(transaction, office=office, first=first, last=last)


def rated_tickets(transaction: Transaction, office: str, first: str, last: str) -> Sequence[Row]:
    """(ticket, level, counter, clerk, service) of the ratings of tickets of a range of business dates."""
    return _RATED.rows(transaction, office=office, first=first, last=last)


def business_dates(transaction: Transaction, office: str) -> list[str]:
    """Every business date that has a ticket or a rating, in order."""
    found = {row[0] for row in _TICKET_DAYS.rows(transaction, office=office)}
    return sorted(found | {row[0] for row in _RATING_DAYS.rows(transaction, office=office)})


def has_data(transaction: Transaction, office: str) -> bool:
    """Whether the office has a ticket or a dossier."""
    return any(statement.row(transaction, office=office) is not None for statement in (_ANY_TICKET, _ANY_DOSSIER))


_TICKETS = Statement(
    select(
        _t.id, _t.number, _t.issued_service, _t.service, _t.state, _t.business_date, _t.issued_at, _t.counter,
        _t.clerk, _t.first_called_at, _t.serving_at, _t.ended_at, _t.calls, _t.priority, _t.rated, _t.dossiers,
    )
    .where(_t.office == bindparam("office"), _t.business_date.between(bindparam("first"), bindparam("last")))
    .order_by(_t.business_date, _t.arrival)
)  # fmt: skip
_RATED = Statement(
    select(ratings.c.ticket, ratings.c.level, ratings.c.counter, ratings.c.clerk, ratings.c.service)
    .where(
        ratings.c.office == bindparam("office"), ratings.c.business_date.between(bindparam("first"), bindparam("last"))
    )
)  # fmt: skip
_TICKET_DAYS = Statement(select(_t.business_date).where(_t.office == bindparam("office")).distinct())
_RATING_DAYS = Statement(select(ratings.c.business_date).where(ratings.c.office == bindparam("office")).distinct())
_ANY_TICKET = Statement(select(_t.id).where(_t.office == bindparam("office")).limit(literal_column("1")))
_ANY_DOSSIER = Statement(
    select(dossiers.c.code).where(dossiers.c.office == bindparam("office")).limit(literal_column("1"))
)
