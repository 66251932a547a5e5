"""Tickets and their numbers, as rows."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    Index,
    UniqueConstraint,
    and_,
    bindparam,
    func,
    insert,
    literal_column,
    select,
    text,
    union_all,
    update,
)

from contract.reasons import OTHER, REASONS
from contract.tickets import PrintState, TicketState
from kiosk.domain.errors import TicketTaken, UnknownTicket
from kiosk.domain.queue import Waiting
from kiosk.domain.ticket import Ticket
from kiosk.store.columns import (
    OFFICE,
    big_integer,
    equals,
    integer,
    key,
    optional_big_integer,
    optional_text,
    table,
    text_column,
)
from kiosk.store.failures import stored_json
from kiosk.store.number_series import LAST, OF_DAY, RAISE, next_number
from kiosk.store.sql import OfficeTable, Row, Statement

tickets = table(
    "tickets",
    key("id"),
    text_column("number"),
    text_column("service"),
    text_column("issued_service"),
    text_column("state"),
    text_column("business_date"),
    big_integer("arrival"),
    big_integer("issued_at"),
    text_column("pool"),
    optional_text("priority"),
    text_column("language"),
    text_column("issued_by"),
    text_column("public_token"),
    optional_text("counter"),
    optional_text("clerk"),
    integer("calls"),
    optional_big_integer("first_called_at"),
    optional_big_integer("called_at"),
    optional_big_integer("serving_at"),
    optional_big_integer("ended_at"),
    integer("rated"),
    optional_text("reason"),
    text_column("kept"),
    text_column("dossiers"),
    text_column("print_state"),
    optional_text("print_reason"),
    integer("version"),
    UniqueConstraint("office", "business_date", "number"),
)
Index(
    "ix_tickets_waiting",
    tickets.c.office,
    tickets.c.pool,
    tickets.c.priority,
    tickets.c.arrival,
    sqlite_where=text("state = 'WAITING'"),
)
Index(
    "ix_tickets_aside",
    tickets.c.office,
    tickets.c.business_date,
    tickets.c.state,
    tickets.c.arrival,
    sqlite_where=text("state IN ('ON_HOLD', 'NO_SHOW')"),
)
Index("ix_tickets_token", tickets.c.office, tickets.c.public_token)
COLUMNS = [column for column in tickets.columns if column.name != "office"]
NAMES = [column.name for column in COLUMNS]
# Naming only what can change spares the other indexes: SQLite rewrites every index of a column that is set.
CHANGING = [
    "service",
    "state",
    "pool",
    "counter",
    "clerk",
    "calls",
    "first_called_at",
    "called_at",
    "serving_at",
    "ended_at",
    "rated",
    "reason",
    "kept",
    "dossiers",
    "print_state",
    "print_reason",
    "version",
]
_t = tickets.c
_mine = _t.office == OFFICE
_all = select(*COLUMNS).where(_mine)

# Literals, not parameters: a partial index serves a query only when its condition stands in the text.
# `pool > ""` is always true and leads SQLite's planner, which has no statistics, to the index of waiting tickets.
_IS_ASIDE = text("state IN ('ON_HOLD', 'NO_SHOW')")
_IS_WAITING = text("state = 'WAITING'")
_BY_ID = Statement(_all.where(_t.id == bindparam("id")))
_BY_NUMBER = Statement(_all.where(_t.business_date == bindparam("day"), _t.number == bindparam("number")))
_BY_TOKEN = Statement(_all.where(equals(_t.public_token, "token"), _t.business_date == bindparam("day")))
_ASIDE = Statement(
    _all.where(_t.business_date == bindparam("day"), _t.state == bindparam("state"), _IS_ASIDE).order_by(_t.arrival)
)
_ISSUED_AFTER = Statement(_all.where(equals(_t.business_date, "day"), _t.arrival > bindparam("after")))
_WAITING = Statement(_all.where(_IS_WAITING, _t.pool > "").order_by(_t.arrival))
_IN_POOL = Statement(_all.where(_IS_WAITING, equals(_t.pool, "pool")).order_by(_t.arrival))
_ANY = Statement(select(_t.id).where(_mine).limit(literal_column("1")))
_of_day = and_(_mine, equals(_t.business_date, "day"))
_CAME_BEFORE = Statement(select(func.max(_t.arrival)).where(_of_day, _t.issued_at <= bindparam("at")))
_CAME_AFTER = Statement(select(func.min(_t.arrival)).where(_of_day, _t.issued_at > bindparam("at")))
_INSERT = Statement(insert(tickets))
_SAVE = Statement(
    update(tickets)
    .where(_mine, _t.id == bindparam("ticket_id"), _t.version == bindparam("was"))
    .values({name: bindparam(name) for name in CHANGING})
)
_PRINTED = Statement(
    update(tickets)
    .where(_mine, _t.id == bindparam("ticket_id"))
    .values(print_state=bindparam("state"), print_reason=bindparam("why"))
)
_FORGET_WORDS = Statement(
    update(tickets)
    .where(_mine, _t.issued_at < bindparam("before"), *(_t.reason != code for code in REASONS))
    .values(reason=OTHER)
)


def _heads(pools: int) -> Statement:
    """The earliest ordinary and the earliest priority ticket of each of so many pools, in one statement."""
    parts = []
    for n in range(pools):
        for has_priority in (0, 1):
            kind = _t.priority.is_not(None) if has_priority else _t.priority.is_(None)
            part = select(_t.id, _t.arrival, literal_column(str(has_priority)).label("kind"))
            of_pool = (_t.pool == bindparam(f"pool{n}"), kind, _t.arrival > bindparam("after"))
            where = part.where(_mine, _IS_WAITING, *of_pool)
            parts.append(select(where.order_by(_t.arrival).limit(literal_column("1")).subquery(f"p{n}_{has_priority}")))
    return Statement(union_all(*parts))


_HEADS: dict[int, Statement] = {}
_count = select(func.count()).select_from(tickets).where(_mine, _IS_WAITING, _t.pool == bindparam("pool"))
_AHEAD = Statement(_count.where(_t.arrival < bindparam("arrival")))
_AHEAD_PRIORITY = Statement(_count.where(_t.priority.is_not(None), _t.arrival < bindparam("arrival")))
_STATE, _PRINT = NAMES.index("state"), NAMES.index("print_state")
_RATED, _KEPT, _DOSSIERS = NAMES.index("rated"), NAMES.index("kept"), NAMES.index("dossiers")


def to_row(ticket: Ticket) -> dict[str, Any]:
    row = dict(zip(NAMES, ticket, strict=True))
    row["rated"] = int(ticket.rated)
    row["kept"] = json.dumps(ticket.kept) if ticket.kept else "[]"
    row["dossiers"] = json.dumps(ticket.dossiers) if ticket.dossiers else "[]"
    return row


def from_row(row: Row) -> Ticket:
    """The columns stand in the order of the ticket's fields."""
    values = list(row)
    values[_STATE] = TicketState(values[_STATE])
    values[_PRINT] = PrintState(values[_PRINT])
    values[_RATED] = bool(values[_RATED])
    values[_KEPT] = () if values[_KEPT] == "[]" else tuple(stored_json(values[_KEPT]))
    values[_DOSSIERS] = () if values[_DOSSIERS] == "[]" else tuple(stored_json(values[_DOSSIERS]))
    return Ticket._make(values)


class TicketTable(OfficeTable):
    """The tickets of one office inside one transaction."""

    __slots__ = ()

    def get(self, ticket_id: str) -> Ticket:
        """Raises UnknownTicket."""
        row = _BY_ID.row(self._transaction, office=self._office, id=ticket_id)
        if row is None:
            raise UnknownTicket(f'there is no ticket "{ticket_id}"')
        return from_row(row)

    def by_number(self, day: str, number: str) -> Ticket | None:
        row = _BY_NUMBER.row(self._transaction, office=self._office, day=day, number=number)
        return None if row is None else from_row(row)

    def by_public_token(self, day: str, token: str) -> Ticket | None:
        row = _BY_TOKEN.row(self._transaction, office=self._office, token=token, day=day)
        return None if row is None else from_row(row)

    def aside(self, day: str, state: TicketState) -> list[Ticket]:
        """Tickets of one business date that are held (ON_HOLD) or absent (NO_SHOW)."""
        return [from_row(row) for row in self._rows(_ASIDE, day=day, state=state.value)]

    def issued_after(self, day: str, arrival: int) -> list[Ticket]:
        """Tickets of one business date that came behind an arrival, whatever became of them."""
        return [from_row(row) for row in self._rows(_ISSUED_AFTER, day=day, after=arrival)]

    def waiting(self) -> list[Ticket]:
        """Every waiting ticket by arrival."""
        return [from_row(row) for row in self._rows(_WAITING)]

    def waiting_in(self, pools: Sequence[str]) -> list[Ticket]:
        return [from_row(row) for pool in pools for row in self._rows(_IN_POOL, pool=pool)]

    def heads(self, pools: Sequence[str], after: int = 0) -> list[Waiting]:
        """The earliest waiting ticket of each pool and kind behind an arrival: all that the calling rule needs."""
        statement = _HEADS.get(len(pools)) or _HEADS.setdefault(len(pools), _heads(len(pools)))
        rows = self._rows(statement, after=after, **{f"pool{n}": pool for n, pool in enumerate(pools)})
        return [Waiting(row[0], row[1], bool(row[2])) for row in rows]

    def ahead_of(self, pool: str, has_priority: bool, arrival: int) -> int:
        """People of the same pool before this place; a priority ticket has only earlier priority ones before it."""
        statement = _AHEAD_PRIORITY if has_priority else _AHEAD
        row = statement.row(self._transaction, office=self._office, pool=pool, arrival=arrival)
        return int(row[0]) if row else 0

    def arrivals_around(self, day: str, at: int) -> tuple[int | None, int | None]:
        """The last arrival of a business date up to a time (ms since 1970), and the first after it."""
        before, after = self._row(_CAME_BEFORE, day=day, at=at), self._row(_CAME_AFTER, day=day, at=at)
        return before[0] if before else None, after[0] if after else None

    def is_empty(self) -> bool:
        return self._row(_ANY) is None

    def add(self, ticket: Ticket) -> None:
        _INSERT.run(self._transaction, office=self._office, **to_row(ticket))

    def save(self, before: Ticket, after: Ticket) -> None:
        """Claim by conditional update. Raises TicketTaken when the ticket is no longer as `before`."""
        row = to_row(after)
        changed = _SAVE.changed(self._transaction, office=self._office, ticket_id=after.id, was=before.version, **row)
        if changed != 1:
            raise TicketTaken(f"{before.number} was changed at another counter", number=before.number)

    def set_print_state(self, ticket_id: str, state: PrintState, reason: str | None) -> None:
        _PRINTED.run(self._transaction, office=self._office, ticket_id=ticket_id, state=state.value, why=reason)

    def next_ordinal(self, day: str, letter: str) -> int:
        """The next number of a letter on a business date; the series' row is the only source of numbers."""
        statement = next_number(self._transaction.dialect.name)
        row = statement.row(self._transaction, office=self._office, day=day, letter=letter)
        if row is None:
            raise RuntimeError("the number series returned nothing")
        return int(row[0])

    def last_ordinal(self, day: str, letter: str) -> int:
        row = LAST.row(self._transaction, office=self._office, day=day, letter=letter)
        return 0 if row is None else int(row[0])

    def last_ordinals(self, day: str) -> dict[str, int]:
        """The last number of each letter on a business date."""
        return {letter: last for letter, last in self._rows(OF_DAY, day=day)}

    def raise_series(self, day: str, letter: str, ordinal: int) -> None:
        """Continue behind a number written by hand."""
        while self.last_ordinal(day, letter) < ordinal:
            if self.last_ordinal(day, letter) == 0:
                self.next_ordinal(day, letter)
            else:
                RAISE.run(self._transaction, office=self._office, day=day, of_letter=letter, last=ordinal)

    def forget_words(self, before: int) -> int:
        """Of tickets given before a moment (ms since 1970) no reason stays that is no code; how many had one."""
        return self._changed(_FORGET_WORDS, before=before)
