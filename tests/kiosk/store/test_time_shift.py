"""When the time is corrected, ages stay: of what lives on whole, of tickets only what was taken since the boot."""

from __future__ import annotations

from contract.tickets import TicketState
from kiosk.domain.accounts import PairingRequest
from kiosk.domain.rating import Rating
from kiosk.store.answers import RememberedAnswer
from kiosk.store.tables import OfficeTables
from tests.kiosk.store.conftest import DAY, NOW
from tests.kiosk.store.test_tickets import ticket

BEGAN, BY = NOW, 3_600_000


def test_of_a_ticket_only_what_was_taken_since_the_boot_moves(tables: OfficeTables) -> None:
    called = {"first_called_at": NOW - 1, "called_at": NOW, "serving_at": NOW + 1}
    tables.tickets.add(ticket("t1", 1, issued_at=NOW - 2, state=TicketState.SERVING, **called))
    tables.time_shift.move(BY, BEGAN, DAY)
    after = tables.tickets.get("t1")
    assert (after.issued_at, after.first_called_at) == (NOW - 2, NOW - 1)
    assert (after.called_at, after.serving_at, after.ended_at) == (NOW + BY, NOW + 1 + BY, None)


def test_tickets_of_another_date_and_of_another_office_stay(tables: OfficeTables, other: OfficeTables) -> None:
    tables.tickets.add(ticket("t1", 1, issued_at=NOW, business_date="2024-04-14"))
    other.tickets.add(ticket("t2", 1, issued_at=NOW))
    tables.time_shift.move(BY, BEGAN, DAY)
    assert (tables.tickets.get("t1").issued_at, other.tickets.get("t2").issued_at) == (NOW, NOW)


def test_sessions_tokens_lock_outs_and_answers_keep_their_age(tables: OfficeTables, other: OfficeTables) -> None:
    for office in (tables, other):
        office.sessions.add("hash", "lan", "1", "quay-1", NOW + 5)
    tables.devices.add("admin-1", "admin", None, "token", NOW, NOW + 7)
    tables.devices.add("tv", "board", None, "another", NOW)
    tables.pin_failures.set("quay-1", "lan", 5, NOW + 9)
    tables.pairings.add(PairingRequest("BCDFGHJK", "board", "hall", None, NOW, None, 0, None, "secret", "10.0.0.1"))
    tables.answers.add("kiosk", "once", RememberedAnswer("f", 201, "{}"), NOW)
    tables.time_shift.move(BY, BEGAN, DAY)
    session, others = tables.sessions.get("hash"), other.sessions.get("hash")
    assert session is not None and others is not None
    assert (session.expires_at, others.expires_at) == (NOW + 5 + BY, NOW + 5)
    expiry = {device.name: device.expires_at for device in tables.devices.all()}
    assert expiry == {"admin-1": NOW + 7 + BY, "tv": None}
    assert tables.pin_failures.get("quay-1", "lan").blocked_until == NOW + 9 + BY
    pairing = tables.pairings.get("BCDFGHJK")
    assert pairing is not None and (pairing.made_at, pairing.approved_at) == (NOW + BY, None)
    tables.answers.purge(NOW + BY)
    assert tables.answers.get("kiosk", "once") is not None


def test_a_redated_ticket_takes_its_rating_along(tables: OfficeTables) -> None:
    tables.tickets.add(ticket("t1", 1))
    tables.ratings.add(Rating("r1", "t1", "1", None, "HT", "attitude", "satisfied", (), NOW, NOW, DAY, "tablet-1"))
    tables.time_shift.redate("t1", "2024-04-16")
    rating = tables.ratings.get("r1")
    assert rating is not None
    assert (tables.tickets.get("t1").business_date, rating.business_date) == ("2024-04-16", "2024-04-16")
    assert tables.tickets.get("t1").version == ticket("t1", 1).version


def test_heads_behind_an_arrival_leave_those_before_it_out(tables: OfficeTables) -> None:
    for arrival, priority in ((1, None), (2, "elderly"), (3, None)):
        tables.tickets.add(ticket(f"t{arrival}", arrival, priority=priority))
    assert [head.id for head in tables.tickets.heads(["s:HT"])] == ["t1", "t2"]
    assert [head.id for head in tables.tickets.heads(["s:HT"], after=2)] == ["t3"]
    assert [one.id for one in tables.tickets.issued_after(DAY, 1)] == ["t2", "t3"]
