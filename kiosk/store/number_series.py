"""The last number of each letter and business date: the only source of numbers."""

from __future__ import annotations

from functools import cache
from importlib import import_module

from sqlalchemy import bindparam, select, update

from kiosk.store.columns import OFFICE, integer, key, table
from kiosk.store.sql import Statement

number_series = table("number_series", key("business_date"), key("letter"), integer("last"))
_series_key = [number_series.c.office, number_series.c.business_date, number_series.c.letter]


@cache
def next_number(database: str) -> Statement:
    """The series' row, made or raised by one, and read back in one statement. `database`: sqlite or postgresql.

    Only the dialect in use is loaded: PostgreSQL's is 2 MiB that an office on SQLite never needs.
    """
    dialect = import_module(f"sqlalchemy.dialects.{database}")
    fresh = dialect.insert(number_series).values(
        office=OFFICE, business_date=bindparam("day"), letter=bindparam("letter"), last=1
    )
    return Statement(
        fresh.on_conflict_do_update(index_elements=_series_key, set_={"last": number_series.c.last + 1}).returning(
            number_series.c.last
        )
    )


LAST = Statement(
    select(number_series.c.last).where(
        number_series.c.office == OFFICE,
        number_series.c.business_date == bindparam("day"),
        number_series.c.letter == bindparam("letter"),
    )
)
OF_DAY = Statement(
    select(number_series.c.letter, number_series.c.last).where(
        number_series.c.office == OFFICE, number_series.c.business_date == bindparam("day")
    )
)
RAISE = Statement(
    update(number_series)
    .where(
        number_series.c.office == OFFICE,
        number_series.c.business_date == bindparam("day"),
        number_series.c.letter == bindparam("of_letter"),
    )
    .values(last=bindparam("last"))
)
