"""What every table is built of. Each key starts with the office; times are ms since 1970 UTC; flags are 0 or 1.

Only Integer, BigInteger and Text are used, so that a row needs no conversion on its way from the driver.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    BigInteger,
    BindParameter,
    Column,
    ColumnElement,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    and_,
    bindparam,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)
OFFICE: BindParameter[str] = bindparam("office")


def equals(column: Column[str], parameter: str) -> ColumnElement[bool]:
    """`column = :parameter`, written as a range, so that SQLite uses an index whose second column this is.

    Without statistics SQLite takes the office alone to be as selective as office and column together, and reads all
    rows of the office by the primary key. A range it takes to be more selective.
    """
    return and_(column >= bindparam(parameter), column <= bindparam(parameter))


def table(name: str, *columns: Column[Any] | UniqueConstraint) -> Table:
    """A table whose key starts with the office.

    On SQLite a table is its primary key's tree and nothing beside it: fewer pages to write at each commit.
    """
    return Table(name, metadata, key("office"), *columns, sqlite_with_rowid=False)


def key(name: str) -> Column[str]:
    """A text that is part of the primary key."""
    return Column(name, Text, primary_key=True)


def text_column(name: str) -> Column[str]:
    return Column(name, Text, nullable=False)


def optional_text(name: str) -> Column[str]:
    return Column(name, Text, nullable=True)


def integer(name: str) -> Column[int]:
    """A count, a code or a flag."""
    return Column(name, Integer, nullable=False)


def optional_integer(name: str) -> Column[int]:
    return Column(name, Integer, nullable=True)


def big_integer(name: str) -> Column[int]:
    """A time in ms or a position in a journal."""
    return Column(name, BigInteger, nullable=False)


def optional_big_integer(name: str) -> Column[int]:
    return Column(name, BigInteger, nullable=True)
