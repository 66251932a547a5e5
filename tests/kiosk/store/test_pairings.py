"""Pairing: a code is approved once and its token collected once."""

from __future__ import annotations

from kiosk.domain.accounts import PairingRequest
from kiosk.store.tables import OfficeTables
from tests.kiosk.store.conftest import NOW

DAY_MS = 24 * 3600_000


def ask(tables: OfficeTables, code: str, at: int = NOW, approved: bool = False) -> None:
    tables.pairings.add(request(code, at, at if approved else None))


def request(code: str, at: int = NOW, approved_at: int | None = None) -> PairingRequest:
    return PairingRequest(code, "tablet", "tablet-1", "1", at, approved_at, 0, None, f"secret of {code}", "10.0.0.5")


def test_a_request_waits_until_somebody_approves_it(tables: OfficeTables) -> None:
    ask(tables, "BCDFGHJK")
    assert tables.pairings.get("BCDFGHJK") == request("BCDFGHJK")
    assert tables.pairings.approve("BCDFGHJK", "tablet-1", NOW + 3)
    kept = tables.pairings.get("BCDFGHJK")
    assert kept is not None and kept.approved_at == NOW + 3


def test_a_request_from_this_machine_is_approved_at_once(tables: OfficeTables) -> None:
    ask(tables, "BCDFGHJK", approved=True)
    kept = tables.pairings.get("BCDFGHJK")
    assert kept is not None and kept.approved_at == NOW
    assert not tables.pairings.approve("BCDFGHJK", "tablet-1", NOW + 3)


def test_an_unknown_code_is_neither_approved_nor_collected(tables: OfficeTables) -> None:
    assert tables.pairings.get("XXXXXXXX") is None
    assert not tables.pairings.approve("XXXXXXXX", "tablet-1", NOW)
    assert not tables.pairings.collect("XXXXXXXX", NOW)


def test_a_token_is_collected_once(tables: OfficeTables) -> None:
    ask(tables, "BCDFGHJK", approved=True)
    assert tables.pairings.collect("BCDFGHJK", NOW + 1)
    assert not tables.pairings.collect("BCDFGHJK", NOW + 2)
    request = tables.pairings.get("BCDFGHJK")
    assert request is not None and request.collected_at == NOW + 1


def test_those_who_wait_are_listed_oldest_first_without_older_and_approved_ones(tables: OfficeTables) -> None:
    ask(tables, "OLD", NOW - 600_000)
    ask(tables, "LATER", NOW)
    ask(tables, "EARLIER", NOW - 1)
    ask(tables, "APPROVED", NOW - 5, approved=True)
    assert [request.code for request in tables.pairings.waiting(NOW - 600_000)] == ["EARLIER", "LATER"]
    assert [request.code for request in tables.pairings.waiting(NOW - 600_001)] == ["OLD", "EARLIER", "LATER"]


def test_requests_are_forgotten_after_a_day(tables: OfficeTables, other: OfficeTables) -> None:
    ask(tables, "YESTERDAY", NOW - DAY_MS - 1)
    ask(tables, "A DAY AGO", NOW - DAY_MS)
    ask(other, "THEIRS", NOW - 2 * DAY_MS)
    ask(tables, "NOW", NOW)
    assert tables.pairings.get("YESTERDAY") is None
    assert tables.pairings.get("A DAY AGO") is not None
    assert other.pairings.get("THEIRS") is not None


def test_approving_and_collecting_touch_one_code_of_one_office(tables: OfficeTables, other: OfficeTables) -> None:
    for code in ("A", "B"):
        ask(tables, code)
    ask(other, "A")
    tables.pairings.approve("A", "tablet-1", NOW + 1)
    tables.pairings.collect("A", NOW + 2)
    for request in (tables.pairings.get("B"), other.pairings.get("A")):
        assert request is not None and (request.approved_at, request.collected_at) == (None, None)
    assert [request.code for request in other.pairings.waiting(0)] == ["A"]
    assert tables.pairings.get("A") != other.pairings.get("A")


def test_a_device_is_found_by_its_own_secret_and_may_be_pushed_out(tables: OfficeTables) -> None:
    ask(tables, "BCDFGHJK")
    assert tables.pairings.by_secret("secret of BCDFGHJK") == request("BCDFGHJK")
    assert tables.pairings.by_secret("BCDFGHJK") is None
    tables.pairings.remove("BCDFGHJK")
    assert tables.pairings.get("BCDFGHJK") is None
