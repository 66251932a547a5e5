"""Each table's key starts with the office, and a row needs no conversion."""

from __future__ import annotations

import pytest
from sqlalchemy import BigInteger, Integer, Text, select
from sqlalchemy.dialects import sqlite

import kiosk.store.tables  # noqa: F401 - the tables enter the metadata
from kiosk.store.columns import (
    OFFICE,
    big_integer,
    equals,
    integer,
    key,
    metadata,
    optional_big_integer,
    optional_integer,
    optional_text,
    text_column,
)

TABLES = [
    "answers",
    "clerks",
    "corrections",
    "counters",
    "devices",
    "dossiers",
    "epochs",
    "followers",
    "free_texts",
    "further_answers",
    "help_calls",
    "journal",
    "lost_numbers",
    "number_series",
    "offices",
    "pairings",
    "paper_rolls",
    "person_sessions",
    "persons",
    "pin_failures",
    "print_jobs",
    "rating_tokens",
    "ratings",
    "sessions",
    "tickets",
    "webhooks",
]


def test_the_database_has_these_tables() -> None:
    assert sorted(metadata.tables) == TABLES


@pytest.mark.parametrize("name", TABLES)
def test_the_office_comes_first_in_each_key_and_the_table_is_the_keys_tree(name: str) -> None:
    table = metadata.tables[name]
    assert next(column.name for column in table.primary_key) == "office"
    assert table.primary_key.name == f"pk_{name}"
    assert table.dialect_options["sqlite"]["with_rowid"] is False
    assert {type(column.type) for column in table.columns} <= {Integer, BigInteger, Text}


@pytest.mark.parametrize(
    ("column", "kind", "nullable", "primary"),
    [
        (key("a"), Text, False, True),
        (text_column("a"), Text, False, False),
        (optional_text("a"), Text, True, False),
        (integer("a"), Integer, False, False),
        (optional_integer("a"), Integer, True, False),
        (big_integer("a"), BigInteger, False, False),
        (optional_big_integer("a"), BigInteger, True, False),
    ],
)
def test_a_column_is_what_its_name_says(column: object, kind: type, nullable: bool, primary: bool) -> None:
    assert (type(column.type), column.nullable, column.primary_key) == (kind, nullable, primary)  # type: ignore[attr-defined]


def test_equality_is_written_as_a_range_of_one_value() -> None:
    devices = metadata.tables["devices"].c
    text = str(
        select(devices.name)
        .where(devices.office == OFFICE, equals(devices.role, "role"))
        .compile(dialect=sqlite.dialect(paramstyle="named"))
    )
    assert "devices.office = :office AND devices.role >= :role AND devices.role <= :role" in text
