"""Statements written with SQLAlchemy Core, compiled once per database and run on the driver's own cursor.

Executing a Core construct costs several times what SQLite needs for the statement itself, and an action runs
about ten of them; see docs/decisions/0004-compiled-statements.md.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from operator import itemgetter
from typing import Any

from sqlalchemy import Dialect
from sqlalchemy.sql.base import Executable
from sqlalchemy.sql.compiler import SQLCompiler

Row = tuple[Any, ...]


class Statement:
    """A clause of SQLAlchemy Core. Parameters are its bind names; columns come back as plain tuples."""

    __slots__ = ("_bind", "_dialect", "_text", "clause")

    def __init__(self, clause: Executable) -> None:
        self.clause = clause
        self._dialect: Dialect | None = None
        self._text = ""
        self._bind: Callable[[Mapping[str, Any]], Any] = dict

    def run(self, transaction: Transaction, **values: Any) -> Any:
        """Execute; returns the driver's cursor."""
        if self._dialect is not transaction.dialect:
            self._compile(transaction.dialect)
        return transaction.cursor.execute(self._text, self._bind(values))

    def many(self, transaction: Transaction, rows: Iterable[Mapping[str, Any]]) -> None:
        if self._dialect is not transaction.dialect:
            self._compile(transaction.dialect)
        transaction.cursor.executemany(self._text, [self._bind(row) for row in rows])

    def row(self, transaction: Transaction, **values: Any) -> Row | None:
        row: Row | None = self.run(transaction, **values).fetchone()
        return row

    def rows(self, transaction: Transaction, **values: Any) -> Sequence[Row]:
        rows: Sequence[Row] = self.run(transaction, **values).fetchall()
        return rows

    def changed(self, transaction: Transaction, **values: Any) -> int:
        count: int = self.run(transaction, **values).rowcount
        return count

    def _compile(self, dialect: Dialect) -> None:
        compiled = self.clause.compile(dialect=dialect)  # type: ignore[attr-defined] # every clause has it
        if not isinstance(compiled, SQLCompiler):
            raise TypeError("only statements can be compiled")
        self._text = str(compiled)
        fixed = {name: value for name, value in compiled.params.items() if value is not None}
        if compiled.positional:
            self._bind = _positional(tuple(compiled.positiontup or ()), fixed)
        else:
            names = tuple(compiled.params)
            self._bind = lambda values: {n: values[n] if n in values else fixed.get(n) for n in names}
        self._dialect = dialect


def _positional(order: tuple[str, ...], fixed: dict[str, Any]) -> Callable[[Mapping[str, Any]], Any]:
    """Parameters in the order of the question marks; a missing one is a KeyError."""
    if len(order) < 2:
        return lambda values: tuple({**fixed, **values}[name] for name in order)
    pick = itemgetter(*order)
    return (lambda values: pick({**fixed, **values})) if fixed else pick


class Transaction:
    """A connection between begin and commit, with one cursor. `ended`: a line for each credential that it ends."""

    __slots__ = ("_connection", "_open", "cursor", "dialect", "ended")

    def __init__(self, connection: Any, dialect: Dialect, write: bool) -> None:
        self._connection = connection
        self.dialect = dialect
        self.cursor = connection.cursor()
        self._open = True
        self.ended: list[str] = []
        if dialect.name == "sqlite":
            self.cursor.execute("BEGIN IMMEDIATE" if write else "BEGIN")
        elif not write:
            self.cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")

    def commit(self, after: Callable[[], None] | None = None) -> None:
        """Returns once it is durable; `after` was called then."""
        if self.dialect.name == "sqlite":
            self.cursor.execute("COMMIT")
        else:
            self._connection.commit()
        self._open = False
        if after is not None:
            after()

    def close(self, error: BaseException | None = None) -> None:
        """Give the connection back; what was not committed is undone, because of `error` when it is given."""
        try:
            if self._open:
                self._connection.rollback()
            self.cursor.close()
        finally:
            self._connection.close()


class MemberTransaction(Transaction):
    """A member's part of the transaction that several threads share (kiosk/store/group_commit.py)."""

    __slots__ = ("_leave",)

    def __init__(
        self,
        connection: Any,
        dialect: Dialect,
        leave: Callable[[BaseException | None, Callable[[], None] | None], None],
    ) -> None:
        self._leave = leave
        self.dialect = dialect
        self.cursor = connection.cursor()
        self._open = True
        self.ended = []

    def commit(self, after: Callable[[], None] | None = None) -> None:
        self._end(None, after)

    def close(self, error: BaseException | None = None) -> None:
        if self._open:
            self._end(error or Undone(), None)

    def _end(self, error: BaseException | None, after: Callable[[], None] | None) -> None:
        self._open = False
        self.cursor.close()
        self._leave(error, after)


class Undone(Exception):
    """A transaction was closed without a commit."""


class OfficeTable:
    """The rows of one office in one table family, inside one transaction."""

    __slots__ = ("_office", "_transaction")

    def __init__(self, transaction: Transaction, office: str) -> None:
        self._transaction = transaction
        self._office = office

    def _row(self, statement: Statement, **values: Any) -> Row | None:
        return statement.row(self._transaction, office=self._office, **values)

    def _rows(self, statement: Statement, **values: Any) -> Sequence[Row]:
        return statement.rows(self._transaction, office=self._office, **values)

    def _note_end(self, line: str) -> None:
        """A credential is over with this transaction."""
        self._transaction.ended.append(line)

    def _run(self, statement: Statement, **values: Any) -> None:
        statement.run(self._transaction, office=self._office, **values)

    def _changed(self, statement: Statement, **values: Any) -> int:
        """How many rows the statement changed."""
        return statement.changed(self._transaction, office=self._office, **values)
