"""Requests for help stand on every console until a clerk answers."""

from __future__ import annotations

from kiosk.domain.help_request import HelpRequest
from kiosk.store.tables import OfficeTables
from tests.kiosk.store.conftest import NOW

FIRST = HelpRequest("h1", "kiosk", "hall", NOW)
SECOND = HelpRequest("h0", "tablet", "tablet-1", NOW + 1)


def test_open_requests_are_listed_oldest_first_in_their_office(tables: OfficeTables, other: OfficeTables) -> None:
    assert tables.help_requests.open() == []
    tables.help_requests.add(SECOND)
    tables.help_requests.add(FIRST)
    other.help_requests.add(FIRST)
    assert tables.help_requests.open() == [FIRST, SECOND]
    assert other.help_requests.open() == [FIRST]


def test_a_request_is_answered_once(tables: OfficeTables, other: OfficeTables) -> None:
    for office in (tables, other):
        office.help_requests.add(FIRST)
        office.help_requests.add(SECOND)
    assert tables.help_requests.answer("h1", NOW + 5)
    assert not tables.help_requests.answer("h1", NOW + 6)
    assert not tables.help_requests.answer("h9", NOW)
    assert tables.help_requests.open() == [SECOND]
    assert other.help_requests.open() == [FIRST, SECOND]
    tables.transaction.cursor.execute("SELECT answered_at FROM help_calls WHERE office = 'ba-vi' AND id = 'h1'")
    assert tables.transaction.cursor.fetchone() == (NOW + 5,)


def test_only_what_was_asked_before_a_moment_is_forgotten(tables: OfficeTables, other: OfficeTables) -> None:
    for office in (tables, other):
        office.help_requests.add(FIRST)
        office.help_requests.add(SECOND)
    assert tables.help_requests.purge(NOW) == 0
    assert tables.help_requests.purge(NOW + 1) == 1
    assert (tables.help_requests.open(), other.help_requests.open()) == ([SECOND], [FIRST, SECOND])
