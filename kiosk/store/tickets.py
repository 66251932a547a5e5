"""Tickets and their numbers, as rows."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import bindparam, func, insert, literal_column, select, text, union_all, update
from sqlalchemy.dialects import postgresql, sqlite

from kiosk.domain.errors import Taken, UnknownTicket
from kiosk.domain.queue import Waiting
from kiosk.domain.ticket import PrintState, Ticket, TicketState
from kiosk.store.sql import Row, Statement, Transaction
from kiosk.store.tables import number_series, tickets

COLUMNS = [column for column in tickets.columns if column.name != "office"]
NAMES = [column.name for column in COLUMNS]
# Naming only what can change spares the other indexes: SQLite rewrites every index of a column that is set.
CHANGING = [
    "service", "state", "pool", "counter", "clerk", "calls", "first_called_at", "called_at", "serving_at", "ended_at",
    "rated", "reason", "kept", "dossiers", "print_state", "print_reason", "version",
]  # fmt: skip
_t = tickets.c
_mine = _t.office == bindparam("office")
_all = select(*COLUMNS).where(_mine)

# Literals, not parameters: a partial index serves a query only when its condition stands in the text.
# `pool > ""` is always true and leads SQLite's planner, which has no statistics, to the index of waiting tickets.
_IS_ASIDE = text("state IN ('ON_HOLD', 'NO_SHOW')")
_IS_WAITING = text("state = 'WAITING'")
_BY_ID = Statement(_all.where(_t.id == bindparam("id")))
_BY_NUMBER = Statement(_all.where(_t.business_date == bindparam("day"), _t.number == bindparam("number")))
_BY_TOKEN = Statement(_all.where(_t.public_token == bindparam("token"), _t.business_date == bindparam("day")))
_ASIDE = Statement(
    _all.where(_t.business_date == bindparam("day"), _t.state == bindparam("state"), _IS_ASIDE).order_by(_t.arrival)
)
_WAITING = Statement(_all.where(_IS_WAITING, _t.pool > "").order_by(_t.arrival))
_IN_POOL = Statement(_all.where(_IS_WAITING, _t.pool == bindparam("pool")).order_by(_t.arrival))
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


def _heads(pools: int) -> Statement:
    """The earliest ordinary and the earliest priority ticket of each of so many pools, in one statement."""
    parts = []
    for n in range(pools):
        for has_priority in (0, 1):
            kind = _t.priority.is_not(None) if has_priority else _t.priority.is_(None)
            part = select(_t.id, _t.arrival, literal_column(str(has_priority)).label("kind"))
            where = part.where(_mine, _IS_WAITING, _t.pool == bindparam(f"pool{n}"), kind)
            parts.append(select(where.order_by(_t.arrival).limit(literal_column("1")).subquery(f"p{n}_{has_priority}")))
    return Statement(union_all(*parts))


_HEADS: dict[int, Statement] = {}
_count = select(func.count()).select_from(tickets).where(_mine, _IS_WAITING, _t.pool == bindparam("pool"))
_AHEAD = Statement(_count.where(_t.arrival < bindparam("arrival")))
_AHEAD_PRIORITY = Statement(_count.where(_t.priority.is_not(None), _t.arrival < bindparam("arrival")))
_series_key = [number_series.c.office, number_series.c.business_date, number_series.c.letter]


def _next_number(dialect: Any) -> Statement:
    """The series' row, made or raised by one, and read back in one statement."""
    fresh = dialect.insert(number_series).values(
        office=bindparam("office"), business_date=bindparam("day"), letter=bindparam("letter"), last=1
    )
    return Statement(
        fresh.on_conflict_do_update(index_elements=_series_key, set_={"last": number_series.c.last + 1}).returning(
            number_series.c.last
        )
    )


_NEXT = {"sqlite": _next_number(sqlite), "postgresql": _next_number(postgresql)}
_LAST = Statement(
    select(number_series.c.last).where(
        number_series.c.office == bindparam("office"),
        number_series.c.business_date == bindparam("day"),
        number_series.c.letter == bindparam("letter"),
    )
)
_RAISE = Statement(
    update(number_series)
    .where(
        number_series.c.office == bindparam("office"),
        number_series.c.business_date == bindparam("day"),
        number_series.c.letter == bindparam("of_letter"),
    )
    .values(last=bindparam("last"))
)


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
    values[_KEPT] = () if values[_KEPT] == "[]" else tuple(json.loads(values[_KEPT]))
    values[_DOSSIERS] = () if values[_DOSSIERS] == "[]" else tuple(json.loads(values[_DOSSIERS]))
    return Ticket._make(values)


class Tickets:
    """The tickets of one office inside one transaction."""

    def __init__(self, transaction: Transaction, office: str) -> None:
        self._transaction = transaction
        self._office = office

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

    def waiting(self) -> list[Ticket]:
        """Every waiting ticket by arrival."""
        return [from_row(row) for row in self._rows(_WAITING)]

    def waiting_in(self, pools: Sequence[str]) -> list[Ticket]:
        return [from_row(row) for pool in pools for row in self._rows(_IN_POOL, pool=pool)]

    def heads(self, pools: Sequence[str]) -> list[Waiting]:
        """The earliest waiting ticket of each pool and kind: all that the calling rule needs."""
        statement = _HEADS.get(len(pools)) or _HEADS.setdefault(len(pools), _heads(len(pools)))
        rows = self._rows(statement, **{f"pool{n}": pool for n, pool in enumerate(pools)})
        return [Waiting(row[0], row[1], bool(row[2])) for row in rows]

    def ahead_of(self, pool: str, has_priority: bool, arrival: int) -> int:
        """People of the same pool before this place; a priority ticket has only earlier priority ones before it."""
        if has_priority:
            row = _AHEAD_PRIORITY.row(self._transaction, office=self._office, pool=pool, arrival=arrival)
            return int(row[0]) if row else 0
        row = _AHEAD.row(self._transaction, office=self._office, pool=pool, arrival=arrival)
        return int(row[0]) if row else 0

    def add(self, ticket: Ticket) -> None:
        _INSERT.run(self._transaction, office=self._office, **to_row(ticket))

    def save(self, before: Ticket, after: Ticket) -> None:
        """Claim by conditional update. Raises Taken when the ticket is no longer as `before`."""
        row = to_row(after)
        changed = _SAVE.changed(self._transaction, office=self._office, ticket_id=after.id, was=before.version, **row)
        if changed != 1:
            raise Taken(f"{before.number} was changed at another counter", number=before.number)

    def set_print_state(self, ticket_id: str, state: PrintState, reason: str | None) -> None:
        _PRINTED.run(self._transaction, office=self._office, ticket_id=ticket_id, state=state.value, why=reason)

    def next_ordinal(self, day: str, letter: str) -> int:
        """The next number of a letter on a business date; the series' row is the only source of numbers."""
        statement = _NEXT[self._transaction.dialect.name]
        row = statement.row(self._transaction, office=self._office, day=day, letter=letter)
        if row is None:
            raise RuntimeError("the number series returned nothing")
        return int(row[0])

    def last_ordinal(self, day: str, letter: str) -> int:
        row = _LAST.row(self._transaction, office=self._office, day=day, letter=letter)
        return 0 if row is None else int(row[0])

    def raise_series(self, day: str, letter: str, ordinal: int) -> None:
        """Continue behind a number written by hand."""
        while self.last_ordinal(day, letter) < ordinal:
            if self.last_ordinal(day, letter) == 0:
                self.next_ordinal(day, letter)
            else:
                _RAISE.run(self._transaction, office=self._office, day=day, of_letter=letter, last=ordinal)

    def _rows(self, statement: Statement, **values: Any) -> Sequence[Row]:
        return statement.rows(self._transaction, office=self._office, **values)
