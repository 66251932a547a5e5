"""Ratings and the tokens of phones."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.domain.rating import Rating
from kiosk.store.tables import OfficeTables
from tests.kiosk.store.conftest import DAY, NOW

RATING = Rating(
    id="r1",
    ticket="t1",
    counter="1",
    clerk="Lê Thị An",
    service="HT",
    question="attitude",
    level="satisfied",
    reasons=("slow", "rude"),
    tapped_at=NOW - 3,
    stored_at=NOW,
    business_date=DAY,
    device="tablet-1",
)


def test_a_rating_is_read_as_it_was_given(tables: OfficeTables) -> None:
    tables.ratings.add(RATING)
    assert tables.ratings.get("r1") == RATING
    assert tables.ratings.get("r2") is None


def test_a_ticket_without_counter_and_clerk_may_be_rated(tables: OfficeTables) -> None:
    nobody = replace(RATING, counter=None, clerk=None, reasons=())
    tables.ratings.add(nobody)
    assert tables.ratings.get("r1") == nobody


def test_answers_of_the_second_page_are_read_by_day(tables: OfficeTables, other: OfficeTables) -> None:
    tables.ratings.add_further("r1", {"contacts": "none", "offices": "here"}, DAY)
    tables.ratings.add_further("r2", {"contacts": "one"}, "2024-04-16")
    tables.ratings.add_further("r3", {}, DAY)
    other.ratings.add_further("r1", {"contacts": "more"}, DAY)
    assert sorted(map(tuple, tables.statistics.further_answers(DAY, DAY))) == [
        ("r1", "contacts", "none"),
        ("r1", "offices", "here"),
    ]


def test_a_ticket_is_rated_once(tables: OfficeTables) -> None:
    tables.ratings.add(RATING)
    with pytest.raises(Exception, match=r"UNIQUE constraint failed: ratings.office, ratings.ticket"):
        tables.ratings.add(replace(RATING, id="r2"))


def test_reasons_given_later_replace_those_of_one_rating(tables: OfficeTables, other: OfficeTables) -> None:
    second = replace(RATING, id="r2", ticket="t2")
    for rating in (RATING, second):
        tables.ratings.add(rating)
    other.ratings.add(RATING)
    tables.ratings.set_reasons("r1", ["dirty"])
    assert tables.ratings.get("r1") == replace(RATING, reasons=("dirty",))
    assert tables.ratings.get("r2") == second
    assert other.ratings.get("r1") == RATING


def test_a_token_belongs_to_one_ticket_of_one_office(tables: OfficeTables, other: OfficeTables) -> None:
    tables.ratings.add_token("hash 1", "t1", NOW)
    tables.ratings.add_token("hash 2", "t2", NOW)
    assert tables.ratings.ticket_of_token("hash 1") == "t1"
    assert tables.ratings.ticket_of_token("hash 2") == "t2"
    assert tables.ratings.ticket_of_token("hash 3") is None
    assert other.ratings.ticket_of_token("hash 1") is None
    assert tables.ratings.ticket_of_token("hash 1", NOW) == "t1"
    assert tables.ratings.ticket_of_token("hash 1", NOW + 1) is None, "made before"
