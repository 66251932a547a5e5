"""Figures of the tables, against figures counted by hand."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from contract.tickets import TicketState
from kiosk.domain.ticket import Ticket
from kiosk.store.statistics import CallRow, CounterDay, RatedTicketRow, RatingRow, TicketRow, VisitRow
from kiosk.store.tables import OfficeTables
from tests.kiosk.store.conftest import DAY, NOW
from tests.kiosk.store.test_ratings import RATING
from tests.kiosk.store.test_tickets import FULL, WAITING

NEXT_DAY = "2024-04-16"
DONE = TicketState.COMPLETED


def served(n: int, taken: int | None, service: str = "HT", **more: Any) -> Ticket:
    """Completed at NOW + n, after `taken` ms of service."""
    start = None if taken is None else NOW + n - taken
    values = {"state": DONE, "issued_service": service, "service": service, "ended_at": NOW + n, **more}
    return WAITING._replace(id=f"t{n}", number=f"A{n:03d}", arrival=n, serving_at=start, **values)


def add(tables: OfficeTables, *tickets: Ticket) -> None:
    for one in tickets:
        tables.tickets.add(one)


def test_recent_service_times_are_the_newest_of_the_day_by_service(tables: OfficeTables, other: OfficeTables) -> None:
    add(tables, served(1, 100), served(2, 200), served(3, 300), served(4, 40, "DD"), served(5, None))
    add(tables, served(6, 600, business_date=NEXT_DAY), served(7, 700, state=TicketState.SERVING))
    add(other, served(9, 900))
    assert tables.statistics.recent_service_ms(DAY, 2) == {"HT": [300, 200], "DD": [40]}
    assert tables.statistics.recent_service_ms(DAY, 9) == {"HT": [300, 200, 100], "DD": [40]}


def test_a_clock_that_went_back_makes_no_negative_service(tables: OfficeTables) -> None:
    add(tables, served(1, -50))
    assert tables.statistics.recent_service_ms(DAY, 9) == {"HT": [0]}


def called(n: int, at: int | None, **more: Any) -> Ticket:
    values = {"counter": "1", "called_at": at, "calls": n, **more}
    return WAITING._replace(id=f"t{n}", number=f"A{n:03d}", **values)


def test_recent_calls_come_newest_first(tables: OfficeTables, other: OfficeTables) -> None:
    add(tables, called(1, NOW), called(2, NOW + 2), called(3, NOW + 1), called(4, None))
    add(tables, called(5, NOW + 9, business_date=NEXT_DAY))
    add(other, called(6, NOW + 9))
    newest = CallRow("A002", "HT", "1", NOW + 2, 2)
    assert tables.statistics.recent_calls(DAY, 2) == [newest, CallRow("A003", "HT", "1", NOW + 1, 3)]
    assert len(tables.statistics.recent_calls(DAY, 9)) == 3


def test_waiting_people_are_counted_by_the_service_they_wait_for(tables: OfficeTables, other: OfficeTables) -> None:
    add(tables, called(1, None), called(2, None), called(3, None, service="DD"))
    add(tables, called(4, None, state=TicketState.CALLED))
    add(other, called(5, None))
    assert tables.statistics.waiting_by_service() == {"HT": 2, "DD": 1}


def test_a_counters_day_is_that_of_the_tickets_it_called_last(tables: OfficeTables, other: OfficeTables) -> None:
    at_one = {"counter": "1", "first_called_at": NOW + 100}
    add(tables, served(1, 50, **at_one), served(2, 101, **{**at_one, "first_called_at": NOW + 301}))
    add(tables, served(3, None, state=TicketState.NO_SHOW, **at_one))
    add(tables, served(4, 999, counter="2", first_called_at=NOW), served(5, 999, business_date=NEXT_DAY, **at_one))
    add(other, served(6, 999, **at_one))
    assert tables.statistics.counter_day(DAY, "1") == CounterDay(2, 1, 200, 75)


@pytest.mark.parametrize(
    ("ticket", "figures"),
    [
        (None, CounterDay(0, 0, None, None)),
        (served(1, None, counter="1"), CounterDay(1, 0, None, None)),
        (served(1, 0, counter="1", first_called_at=NOW), CounterDay(1, 0, 0, 0)),
    ],
)
def test_a_mean_of_nothing_is_nothing(tables: OfficeTables, ticket: Ticket | None, figures: CounterDay) -> None:
    if ticket is not None:
        add(tables, ticket)
    assert tables.statistics.counter_day(DAY, "1") == figures


def test_a_counters_ratings_are_counted_by_level(tables: OfficeTables, other: OfficeTables) -> None:
    for n, change in enumerate(
        [{}, {}, {"level": "not_satisfied"}, {"counter": "2"}, {"business_date": NEXT_DAY}, {"counter": None}]
    ):
        tables.ratings.add(replace(RATING, id=f"r{n}", ticket=f"t{n}", **change))  # type: ignore[arg-type]
    other.ratings.add(RATING)
    assert tables.statistics.counter_ratings(DAY, "1") == {"satisfied": 2, "not_satisfied": 1}


def test_visits_and_tickets_of_days_are_listed_by_day_and_arrival(tables: OfficeTables, other: OfficeTables) -> None:
    add(tables, FULL, WAITING, WAITING._replace(id="next", business_date=NEXT_DAY, arrival=1))
    add(tables, WAITING._replace(id="before", business_date="2024-04-14"))
    add(tables, WAITING._replace(id="after", business_date="2024-04-17"))
    add(other, WAITING)
    assert [row.id for row in tables.statistics.tickets(DAY, NEXT_DAY)] == ["t1", "t2", "next"]
    assert [row.number for row in tables.statistics.visits(DAY, DAY)] == ["A001", "A002"]
    assert tables.statistics.visits(DAY, DAY)[1] == VisitRow(
        "A002",
        "HT",
        "DD",
        "COMPLETED",
        DAY,
        NOW + 1,
        "3",
        "Lê Thị An",
        NOW + 2,
        NOW + 4,
        NOW + 5,
        2,
        "elderly",
        "en",
    )
    assert tables.statistics.tickets(DAY, DAY)[1] == TicketRow(
        "t2",
        "A002",
        "HT",
        "DD",
        "COMPLETED",
        DAY,
        NOW + 1,
        "3",
        "Lê Thị An",
        NOW + 2,
        NOW + 4,
        NOW + 5,
        2,
        "elderly",
        1,
        '["000.00.53.H48-240414-0001"]',
    )


def test_ratings_of_days_are_listed(tables: OfficeTables, other: OfficeTables) -> None:
    tables.ratings.add(RATING)
    for n, day in enumerate(["2024-04-14", NEXT_DAY, "2024-04-17"]):
        tables.ratings.add(replace(RATING, id=f"r{n + 2}", ticket=f"t{n + 2}", business_date=day))
    other.ratings.add(RATING)
    assert sorted(tables.statistics.ratings(DAY, NEXT_DAY)) == [
        RatingRow("satisfied", "1", "Lê Thị An", "HT", DAY, RATING.tapped_at, RATING.stored_at, "r1"),
        RatingRow("satisfied", "1", "Lê Thị An", "HT", NEXT_DAY, RATING.tapped_at, RATING.stored_at, "r3"),
    ]
    assert tables.statistics.rated_tickets(DAY, DAY) == [RatedTicketRow("t1", "satisfied", "1", "Lê Thị An", "HT")]


def test_business_dates_are_those_of_tickets_and_ratings(tables: OfficeTables, other: OfficeTables) -> None:
    add(tables, WAITING, FULL)
    tables.ratings.add(replace(RATING, business_date="2024-04-12"))
    other.tickets.add(WAITING._replace(business_date="2024-01-01"))
    other.ratings.add(replace(RATING, business_date="2024-01-02"))
    assert tables.statistics.business_dates() == ["2024-04-12", DAY]
