"""Statements are compiled once and run on the driver's cursor; a transaction gives its connection back."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import bindparam, column, insert, literal_column, select, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.schema import CreateTable

from kiosk.store.columns import key, table, text_column
from kiosk.store.devices import devices
from kiosk.store.sql import MemberTransaction, OfficeTable, Statement, Transaction, Undone
from kiosk.store.tables import OfficeTables
from kiosk.store.webhooks import webhooks


class Cursor:
    """Remembers what was executed."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, Any]] = []
        self.closed = False
        self.rowcount = 3

    def execute(self, statement: str, values: Any = ()) -> Cursor:
        self.calls.append((statement, values))
        return self

    def executemany(self, statement: str, values: Any) -> None:
        self.calls.append((statement, values))

    def close(self) -> None:
        self.closed = True


class Connection:
    """Remembers what was done with it."""

    def __init__(self) -> None:
        self.made = Cursor()
        self.done: list[str] = []

    def cursor(self) -> Cursor:
        return self.made

    def commit(self) -> None:
        self.done.append("commit")

    def rollback(self) -> None:
        self.done.append("rollback")

    def close(self) -> None:
        self.done.append("close")


def begun(write: bool, dialect: Any = None) -> tuple[Transaction, Connection]:
    connection = Connection()
    return Transaction(connection, dialect or sqlite.dialect(), write), connection


def test_values_stand_in_the_order_of_the_question_marks() -> None:
    transaction, connection = begun(True)
    statement = Statement(
        select(literal_column("1")).where(column("a") == bindparam("x"), column("b") > bindparam("y"))
    )
    statement.run(transaction, y=2, x=1)
    assert connection.made.calls[-1][1] == (1, 2)


def test_a_value_that_is_missing_is_an_error() -> None:
    transaction, _ = begun(True)
    statement = Statement(
        select(literal_column("1")).where(column("a") == bindparam("x"), column("b") > bindparam("y"))
    )
    with pytest.raises(KeyError, match="y"):
        statement.run(transaction, x=1)
    with pytest.raises(KeyError, match="x"):
        Statement(select(literal_column("1")).where(column("a") == bindparam("x"))).run(transaction)


def test_values_of_the_statement_itself_are_kept() -> None:
    transaction, connection = begun(True)
    Statement(select(literal_column("1")).where(column("a") == bindparam("x"), column("b") == "fixed")).run(
        transaction, x=1
    )
    assert connection.made.calls[-1][1] == (1, "fixed")
    Statement(select(literal_column("1")).where(column("b") == "fixed")).run(transaction)
    assert connection.made.calls[-1][1] == ("fixed",)
    Statement(select(literal_column("1"))).run(transaction)
    assert connection.made.calls[-1][1] == ()


def test_a_statement_is_compiled_once_for_each_database() -> None:
    statement = Statement(select(literal_column("1")).where(column("a") == bindparam("x")))
    on_sqlite, connection = begun(True)
    statement.run(on_sqlite, x=1)
    bind = statement._bind
    statement.run(on_sqlite, x=2)
    assert statement._bind is bind
    on_postgresql, other = begun(True, postgresql.dialect(paramstyle="pyformat"))
    statement.run(on_postgresql, x=3)
    assert "a = ?" in connection.made.calls[-1][0]
    assert "a = %(x)s" in other.made.calls[-1][0] and other.made.calls[-1][1] == {"x": 3}


def test_on_postgresql_values_have_names_and_fixed_ones_may_be_given() -> None:
    transaction, connection = begun(True, postgresql.dialect(paramstyle="pyformat"))
    statement = Statement(select(literal_column("1")).where(column("a") == bindparam("x", "fixed")))
    statement.run(transaction)
    assert connection.made.calls[-1][1] == {"x": "fixed"}
    statement.run(transaction, x="given", unused=1)
    assert connection.made.calls[-1][1] == {"x": "given"}
    statement.run(transaction, x=None)
    assert connection.made.calls[-1][1] == {"x": None}


def test_only_statements_can_be_compiled() -> None:
    transaction, _ = begun(True)
    with pytest.raises(TypeError, match="only statements can be compiled"):
        Statement(CreateTable(devices)).run(transaction)


def test_rows_come_as_tuples_and_changes_are_counted(tables: OfficeTables) -> None:
    add = Statement(insert(webhooks))
    urls = ["a", "b", "c"]
    add.many(tables.transaction, ({"office": "ba-vi", "url": url, "secret": "s", "made_at": 1} for url in urls))
    some = Statement(select(webhooks.c.url).where(webhooks.c.url >= bindparam("first")).order_by(webhooks.c.url))
    assert some.rows(tables.transaction, first="b") == [("b",), ("c",)]
    assert some.row(tables.transaction, first="b") == ("b",)
    assert some.row(tables.transaction, first="d") is None
    remove = Statement(
        webhooks.delete().where(webhooks.c.url > bindparam("first"), webhooks.c.made_at == bindparam("at"))
    )
    assert remove.changed(tables.transaction, first="a", at=1) == 2
    assert remove.changed(tables.transaction, first="a", at=1) == 0


def test_many_rows_are_compiled_for_the_database_of_the_transaction() -> None:
    transaction, connection = begun(True)
    Statement(insert(webhooks)).many(transaction, [{"office": "o", "url": "u", "secret": "s", "made_at": 1}])
    assert connection.made.calls[-1] == (
        "INSERT INTO webhooks (office, url, secret, made_at) VALUES (?, ?, ?, ?)",
        [("o", "u", "s", 1)],
    )


@pytest.mark.parametrize(
    ("write", "dialect", "first"),
    [
        (True, sqlite.dialect(), ["BEGIN IMMEDIATE"]),
        (False, sqlite.dialect(), ["BEGIN"]),
        (True, postgresql.dialect(), []),
        (False, postgresql.dialect(), ["SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY"]),
    ],
)
def test_a_transaction_begins_as_its_database_wants_it(write: bool, dialect: Any, first: list[str]) -> None:
    _, connection = begun(write, dialect)
    assert [statement for statement, _ in connection.made.calls] == first


@pytest.mark.parametrize(
    ("dialect", "executed", "done"),
    [
        (sqlite.dialect(), ["BEGIN IMMEDIATE", "COMMIT"], ["close"]),
        (postgresql.dialect(), [], ["commit", "close"]),
    ],
)
def test_a_committed_transaction_is_not_rolled_back(dialect: Any, executed: list[str], done: list[str]) -> None:
    transaction, connection = begun(True, dialect)
    transaction.commit()
    transaction.close()
    assert [statement for statement, _ in connection.made.calls] == executed
    assert (connection.done, connection.made.closed) == (done, True)


def test_what_was_not_committed_is_undone_and_the_connection_is_given_back() -> None:
    transaction, connection = begun(True)
    transaction.close()
    assert (connection.done, connection.made.closed) == (["rollback", "close"], True)


def test_the_connection_is_given_back_also_when_the_rollback_fails() -> None:
    transaction, connection = begun(True)

    def fail() -> None:
        raise OSError("gone")

    connection.rollback = fail  # type: ignore[method-assign]
    with pytest.raises(OSError, match="gone"):
        transaction.close()
    assert connection.done == ["close"]


def test_what_comes_after_the_commit_is_called_once_it_is_done() -> None:
    transaction, connection = begun(True, postgresql.dialect())
    transaction.commit(lambda: connection.done.append("told"))
    assert connection.done == ["commit", "told"]


def test_a_member_leaves_its_group_once_with_its_cursor_closed() -> None:
    left = list[tuple[BaseException | None, bool]]()
    connection = Connection()
    for end in ("commit", "close"):
        member = MemberTransaction(
            connection, sqlite.dialect(), lambda error, _: left.append((error, connection.made.closed))
        )
        getattr(member, end)()
        member.close(OSError("late"))
    assert [(type(error), closed) for error, closed in left] == [(type(None), True), (Undone, True)]
    assert (connection.done, connection.made.calls) == ([], []), "the group begins and ends the transaction"


def test_a_table_family_names_its_office_in_each_statement() -> None:
    notes = table("notes of a test", key("id"), text_column("text"))
    notes.metadata.remove(notes)
    transaction, connection = begun(True)
    family = OfficeTable(transaction, "ba-vi")
    family._run(Statement(text("SELECT :office, :x").bindparams(bindparam("office"), bindparam("x"))), x=1)
    assert connection.made.calls[-1][1] == ("ba-vi", 1)
    assert family._changed(Statement(insert(notes)), id="a", text="b") == 3
    assert connection.made.calls[-1][1] == ("ba-vi", "a", "b")
