"""What is read often is read by an index, however many years an office has worked."""

from __future__ import annotations

import pytest

from kiosk.store import number_series, print_spool, ratings, slip_history, statistics, tickets
from kiosk.store.sql import Statement
from kiosk.store.tables import OfficeTables

BY_DAY = "sqlite_autoindex_tickets_2 (office=? AND business_date>? AND business_date<?)"
PLANS = {
    "a ticket": (tickets._BY_ID, "PRIMARY KEY (office=? AND id=?)"),
    "a ticket by number": (
        tickets._BY_NUMBER,
        "sqlite_autoindex_tickets_2 (office=? AND business_date=? AND number=?)",
    ),
    "a ticket by its public token": (tickets._BY_TOKEN, "ix_tickets_token (office=? AND public_token>?"),
    "those set aside": (tickets._ASIDE, "ix_tickets_aside (office=? AND business_date=? AND state=?)"),
    "everybody who waits": (tickets._WAITING, "ix_tickets_waiting (office=? AND pool>?)"),
    "those who wait in a pool": (tickets._IN_POOL, "ix_tickets_waiting (office=? AND pool>? AND pool<?)"),
    "people before": (tickets._AHEAD, "ix_tickets_waiting (office=? AND pool=?"),
    "people with priority before": (tickets._AHEAD_PRIORITY, "ix_tickets_waiting (office=? AND pool=? AND priority>?)"),
    "who came before a time": (tickets._CAME_BEFORE, BY_DAY),
    "who came after a time": (tickets._CAME_AFTER, BY_DAY),
    "the last number": (number_series.LAST, "PRIMARY KEY (office=? AND business_date=? AND letter=?)"),
    "recent service times": (statistics._RECENT, BY_DAY),
    "recent calls": (statistics._CALLS, BY_DAY),
    "waiting people by service": (statistics._WAITING, "ix_tickets_waiting (office=? AND pool>?)"),
    "a counter's day": (statistics._AT_COUNTER, BY_DAY),
    "a counter's ratings": (statistics._LEVELS, "ix_ratings_day (office=? AND business_date>? AND business_date<?)"),
    "visits": (statistics._VISITS, BY_DAY),
    "ratings": (statistics._RATINGS, "ix_ratings_day (office=? AND business_date>? AND business_date<?)"),
    "answers of visits with a dossier": (
        statistics._LINKED,
        "ix_further_answers_day (office=? AND business_date>? AND business_date<?)",
    ),
    "a rating's token": (ratings._TOKEN, "PRIMARY KEY (office=? AND token_hash=?)"),
    "slips in doubt": (slip_history._DOUBTFUL, BY_DAY),
    "slips of two weeks": (slip_history._QUARTERS, "PRIMARY KEY (office=? AND id>?)"),
    "the next slip": (print_spool._NEXT, "ix_print_jobs_waiting (office=? AND printer=?)"),
    "unsettled slips": (print_spool._UNSETTLED, "ix_print_jobs_waiting (office=? AND printer>?)"),
    "slips being sent": (print_spool._SENDING, "ix_print_jobs_waiting (office=? AND printer>?)"),
    "slips of a ticket": (print_spool._OF_TICKET, "ix_print_jobs_ticket (office=? AND ticket>? AND ticket<?)"),
}


@pytest.mark.parametrize("name", PLANS)
def test_it_is_read_by_an_index(tables: OfficeTables, name: str) -> None:
    statement, index = PLANS[name]
    assert index in plan(tables, statement)


def plan(tables: OfficeTables, statement: Statement) -> str:
    statement._compile(tables.transaction.dialect)
    values = ["x"] * statement._text.count("?")
    return str(tables.transaction.cursor.execute(f"EXPLAIN QUERY PLAN {statement._text}", values).fetchone()[3])
