"""When the office's time is corrected, everything whose age counts moves along, and no age changes."""

from __future__ import annotations

from typing import Any

from sqlalchemy import BindParameter, Column, Table, Update, bindparam, case, text, update

from kiosk.store.answers import answers
from kiosk.store.counters import counters
from kiosk.store.devices import devices
from kiosk.store.followers import followers
from kiosk.store.pairings import pairings
from kiosk.store.person_sessions import person_sessions
from kiosk.store.pin_failures import pin_failures
from kiosk.store.print_spool import print_jobs
from kiosk.store.ratings import ratings
from kiosk.store.sessions import sessions
from kiosk.store.sql import OfficeTable, Statement
from kiosk.store.tickets import tickets

TICKET_TIMES = ("issued_at", "first_called_at", "called_at", "serving_at", "ended_at")
RATING_TIMES = ("tapped_at", "stored_at")
LIVING: tuple[tuple[Table, tuple[str, ...]], ...] = (
    (sessions, ("expires_at",)),
    (person_sessions, ("made_at", "expires_at")),
    (devices, ("expires_at", "seen_at")),
    (pairings, ("made_at", "approved_at")),
    (pin_failures, ("blocked_until",)),
    (answers, ("at",)),
    (counters, ("undo_at",)),
    (followers, ("updated_at", "since")),
)
_BY: BindParameter[int] = bindparam("by_ms")


def _own(changed: Table) -> Update:
    return update(changed).where(changed.c.office == bindparam("of_office"))


def _later(column: Column[Any]) -> Any:
    """The time moved when it was taken since the boot began; a missing one stays missing."""
    return case((column >= bindparam("began"), column + _BY), else_=column)


def _of_day(changed: Table, names: tuple[str, ...]) -> Statement:
    of_day = _own(changed).where(changed.c.business_date == bindparam("day"))
    return Statement(of_day.values({name: _later(changed.c[name]) for name in names}))


_LIVING = [Statement(_own(one).values({name: one.c[name] + _BY for name in names})) for one, names in LIVING]
# A literal, not a parameter: a partial index serves a query only when its condition stands in the text.
_SPOOLED = Statement(
    _own(print_jobs).where(text("state IN ('QUEUED', 'SENDING')")).values(created_at=print_jobs.c.created_at + _BY)
)
_REDATE_TICKET = Statement(
    _own(tickets).where(tickets.c.id == bindparam("of_ticket")).values(business_date=bindparam("day"))
)
_REDATE_RATING = Statement(
    _own(ratings).where(ratings.c.ticket == bindparam("of_ticket")).values(business_date=bindparam("day"))
)
_OF_DAY = [_of_day(tickets, TICKET_TIMES), _of_day(ratings, RATING_TIMES)]


class TimeShift(OfficeTable):
    """What of one office moves when its time is corrected."""

    __slots__ = ()

    def move(self, by: int, began: int, day: str) -> None:
        """By so many ms: what lives on, and of a business date the times taken since `began` (ms since 1970)."""
        for statement in (*_LIVING, _SPOOLED):
            statement.run(self._transaction, of_office=self._office, by_ms=by)
        for statement in _OF_DAY:
            statement.run(self._transaction, of_office=self._office, by_ms=by, began=began, day=day)

    def redate(self, ticket: str, day: str) -> None:
        """A ticket and its rating belong to another business date; the number stays."""
        for statement in (_REDATE_TICKET, _REDATE_RATING):
            statement.run(self._transaction, of_office=self._office, of_ticket=ticket, day=day)
