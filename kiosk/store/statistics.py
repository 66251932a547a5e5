"""Figures read from the tables; every one can be recounted from the journal."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import and_, bindparam, func, select, text

from kiosk.store.columns import OFFICE, equals
from kiosk.store.ratings import further_answers, ratings
from kiosk.store.sql import OfficeTable, Statement
from kiosk.store.tickets import tickets

_t, _r, _f = tickets.c, ratings.c, further_answers.c


class CallRow(NamedTuple):
    """A call of a ticket: its latest, and how many there were."""

    number: str
    service: str
    counter: str
    called_at: int
    calls: int


class CounterDay(NamedTuple):
    """A counter on one business date; a mean of nothing is None."""

    served: int
    no_show: int
    mean_wait_ms: int | None
    mean_service_ms: int | None


class VisitRow(NamedTuple):
    """A ticket as the reports read it; times in ms since 1970."""

    number: str
    issued_service: str
    service: str
    state: str
    business_date: str
    issued_at: int
    counter: str | None
    clerk: str | None
    first_called_at: int | None
    serving_at: int | None
    ended_at: int | None
    calls: int
    priority: str | None
    language: str


class RatingRow(NamedTuple):
    """A rating as the reports read it; times of the touch and of its arrival in ms since 1970."""

    level: str
    counter: str | None
    clerk: str | None
    service: str
    business_date: str
    tapped_at: int
    stored_at: int
    id: str = ""


class FurtherRow(NamedTuple):
    """An answer of the survey's second page."""

    rating: str
    question: str
    choice: str


class LinkedAnswerRow(NamedTuple):
    """An answer of the survey's second page, of a visit that dossiers were linked to: a list of codes as JSON."""

    business_date: str
    dossiers: str
    question: str
    choice: str


class TicketRow(NamedTuple):
    """A ticket as it is compared with the journal: `rated` is 0 or 1, `dossiers` a list as JSON."""

    id: str
    number: str
    issued_service: str
    service: str
    state: str
    business_date: str
    issued_at: int
    counter: str | None
    clerk: str | None
    first_called_at: int | None
    serving_at: int | None
    ended_at: int | None
    calls: int
    priority: str | None
    rated: int
    dossiers: str


class RatedTicketRow(NamedTuple):
    """A rating as it is compared with the journal."""

    ticket: str
    level: str
    counter: str | None
    clerk: str | None
    service: str


_RECENT = Statement(
    select(_t.issued_service, _t.ended_at - _t.serving_at)
    .where(_t.office == OFFICE, equals(_t.business_date, "day"), _t.state == "COMPLETED")
    .order_by(_t.ended_at.desc())
)
_CALLS = Statement(
    select(_t.number, _t.service, _t.counter, _t.called_at, _t.calls)
    .where(_t.office == OFFICE, equals(_t.business_date, "day"), _t.called_at.is_not(None))
    .order_by(_t.called_at.desc())
    .limit(bindparam("limit", type_=_t.calls.type))
)
_WAITING = Statement(
    select(_t.service, func.count())
    .where(_t.office == OFFICE, text("state = 'WAITING'"), _t.pool > "")
    .group_by(_t.service)
)
_AT_COUNTER = Statement(
    select(_t.state, func.count(), func.sum(_t.first_called_at - _t.issued_at), func.sum(_t.ended_at - _t.serving_at))
    .where(_t.office == OFFICE, equals(_t.business_date, "day"), _t.counter == bindparam("counter"))
    .group_by(_t.state)
)
_LEVELS = Statement(
    select(_r.level, func.count())
    .where(
        _r.office == OFFICE,
        equals(_r.business_date, "day"),
        _r.counter == bindparam("counter"),
    )
    .group_by(_r.level)
)
_BETWEEN = (_t.office == OFFICE, _t.business_date.between(bindparam("first"), bindparam("last")))
_BY_ARRIVAL = (_t.business_date, _t.arrival)
_RATED_BETWEEN = (_r.office == OFFICE, _r.business_date.between(bindparam("first"), bindparam("last")))
_VISITS = Statement(select(*(_t[name] for name in VisitRow._fields)).where(*_BETWEEN).order_by(*_BY_ARRIVAL))
_RATINGS = Statement(select(*(_r[name] for name in RatingRow._fields)).where(*_RATED_BETWEEN))
_FURTHER = Statement(
    select(*(_f[name] for name in FurtherRow._fields)).where(
        _f.office == OFFICE, _f.business_date.between(bindparam("first"), bindparam("last"))
    )
)
_LINKED = Statement(
    select(_f.business_date, _t.dossiers, _f.question, _f.choice)
    .join_from(further_answers, ratings, and_(_r.office == _f.office, _r.id == _f.rating))
    .join(tickets, and_(_t.office == _r.office, _t.id == _r.ticket))
    .where(
        _f.office == OFFICE,
        _f.business_date.between(bindparam("first"), bindparam("last")),
        _t.dossiers != text("'[]'"),
    )
)
_TICKETS = Statement(select(*(_t[name] for name in TicketRow._fields)).where(*_BETWEEN).order_by(*_BY_ARRIVAL))
_RATED = Statement(select(*(_r[name] for name in RatedTicketRow._fields)).where(*_RATED_BETWEEN))
_TICKET_DAYS = Statement(select(_t.business_date).where(_t.office == OFFICE).distinct())
_RATING_DAYS = Statement(select(_r.business_date).where(_r.office == OFFICE).distinct())


class Statistics(OfficeTable):
    """The figures of one office. Ranges of business dates include both ends."""

    __slots__ = ()

    def recent_service_ms(self, day: str, limit: int) -> dict[str, list[int]]:
        """By service: times of its last `limit` completed tickets of a day, in ms, newest first."""
        times: dict[str, list[int]] = {}
        for service, taken in self._rows(_RECENT, day=day):
            of_service = times.setdefault(service, [])
            if taken is not None and len(of_service) < limit:
                of_service.append(max(0, taken))
        return times

    def recent_calls(self, day: str, limit: int) -> list[CallRow]:
        """Newest first."""
        return [CallRow._make(row) for row in self._rows(_CALLS, day=day, limit=limit)]

    def waiting_by_service(self) -> dict[str, int]:
        return {row[0]: row[1] for row in self._rows(_WAITING)}

    def counter_day(self, day: str, counter: str) -> CounterDay:
        rows = {row[0]: row[1:] for row in self._rows(_AT_COUNTER, day=day, counter=counter)}
        served, wait, service = rows.get("COMPLETED", (0, None, None))
        return CounterDay(
            served=served,
            no_show=rows.get("NO_SHOW", (0,))[0],
            mean_wait_ms=int(wait) // served if served and wait is not None else None,
            mean_service_ms=int(service) // served if served and service is not None else None,
        )

    def counter_ratings(self, day: str, counter: str) -> dict[str, int]:
        """How often each level was given."""
        return {row[0]: row[1] for row in self._rows(_LEVELS, day=day, counter=counter)}

    def visits(self, first: str, last: str) -> list[VisitRow]:
        """By business date and arrival."""
        return [VisitRow._make(row) for row in self._rows(_VISITS, first=first, last=last)]

    def ratings(self, first: str, last: str) -> list[RatingRow]:
        return [RatingRow._make(row) for row in self._rows(_RATINGS, first=first, last=last)]

    def further_answers(self, first: str, last: str) -> list[FurtherRow]:
        return [FurtherRow._make(row) for row in self._rows(_FURTHER, first=first, last=last)]

    def linked_answers(self, first: str, last: str) -> list[LinkedAnswerRow]:
        """Only of visits with a dossier."""
        return [LinkedAnswerRow._make(row) for row in self._rows(_LINKED, first=first, last=last)]

    def tickets(self, first: str, last: str) -> list[TicketRow]:
        """By business date and arrival."""
        return [TicketRow._make(row) for row in self._rows(_TICKETS, first=first, last=last)]

    def rated_tickets(self, first: str, last: str) -> list[RatedTicketRow]:
        return [RatedTicketRow._make(row) for row in self._rows(_RATED, first=first, last=last)]

    def business_dates(self) -> list[str]:
        """Every business date that has a ticket or a rating, in order."""
        return sorted({row[0] for statement in (_TICKET_DAYS, _RATING_DAYS) for row in self._rows(statement)})
