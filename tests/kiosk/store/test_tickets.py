"""Tickets as rows: who is before whom, who took it first, and numbers without gap."""

from __future__ import annotations

from typing import Any

import pytest

from contract.tickets import PrintState, TicketState
from kiosk.domain.errors import TicketTaken, UnknownTicket
from kiosk.domain.queue import Waiting
from kiosk.domain.ticket import Ticket
from kiosk.store.tables import OfficeTables
from tests.kiosk.store.conftest import DAY, NOW

WAITING = Ticket("t1", "A001", "HT", "HT", TicketState.WAITING, DAY, 1, NOW, "s:HT", public_token="token 1")
FULL = Ticket(
    id="t2",
    number="A002",
    service="DD",
    issued_service="HT",
    state=TicketState.COMPLETED,
    business_date=DAY,
    arrival=2,
    issued_at=NOW + 1,
    pool="c:3",
    priority="elderly",
    language="en",
    issued_by="hall",
    public_token="token 2",
    counter="3",
    clerk="Lê Thị An",
    calls=2,
    first_called_at=NOW + 2,
    called_at=NOW + 3,
    serving_at=NOW + 4,
    ended_at=NOW + 5,
    rated=True,
    reason="thiếu giấy tờ",
    kept=("HT",),
    dossiers=("000.00.53.H48-240414-0001",),
    print_state=PrintState.PRINTED,
    print_reason="paper_out",
    version=7,
)


def ticket(name: str, arrival: int, pool: str = "s:HT", priority: str | None = None, **more: Any) -> Ticket:
    return WAITING._replace(
        id=name, number=name, arrival=arrival, pool=pool, priority=priority, public_token=f"token of {name}", **more
    )


def add(tables: OfficeTables, *tickets: Ticket) -> None:
    for one in tickets:
        tables.tickets.add(one)


def names(tickets: list[Ticket]) -> list[str]:
    return [one.id for one in tickets]


@pytest.mark.parametrize("one", [WAITING, FULL])
def test_a_ticket_is_read_as_it_was_issued(tables: OfficeTables, one: Ticket) -> None:
    add(tables, one)
    found = tables.tickets.get(one.id)
    assert found == one
    assert [type(value) for value in found] == [type(value) for value in one]


def test_an_unknown_ticket_is_named_in_the_error(tables: OfficeTables, other: OfficeTables) -> None:
    add(other, WAITING)
    with pytest.raises(UnknownTicket, match='there is no ticket "t1"'):
        tables.tickets.get("t1")


def test_a_ticket_is_found_by_number_and_by_public_token_on_its_day_only(
    tables: OfficeTables, other: OfficeTables
) -> None:
    add(tables, WAITING)
    add(other, WAITING._replace(number="A009", public_token="token 9"))
    assert tables.tickets.by_number(DAY, "A001") == WAITING
    assert tables.tickets.by_public_token(DAY, "token 1") == WAITING
    for day, number, token in ((DAY, "A002", "token 2"), ("2024-04-16", "A001", "token 1"), (DAY, "A009", "token 9")):
        assert tables.tickets.by_number(day, number) is None
        assert tables.tickets.by_public_token(day, token) is None


def test_a_number_is_given_once_a_day(tables: OfficeTables) -> None:
    add(tables, WAITING, WAITING._replace(id="t2", business_date="2024-04-16"))
    with pytest.raises(Exception, match="UNIQUE constraint failed"):
        add(tables, WAITING._replace(id="t3"))


def test_only_waiting_tickets_wait_by_arrival(tables: OfficeTables, other: OfficeTables) -> None:
    add(
        tables,
        ticket("late", 9),
        ticket("early", 3, "c:2"),
        ticket("served", 1, state=TicketState.SERVING),
        ticket("middle", 5, "s:DD"),
    )
    add(other, ticket("theirs", 2))
    assert names(tables.tickets.waiting()) == ["early", "middle", "late"]
    assert names(tables.tickets.waiting_in(["s:HT", "c:2"])) == ["late", "early"]
    assert names(tables.tickets.waiting_in(["s:XX"])) == []


def test_held_and_absent_tickets_are_listed_by_day_and_state(tables: OfficeTables, other: OfficeTables) -> None:
    add(
        tables,
        ticket("held later", 5, state=TicketState.ON_HOLD),
        ticket("held", 2, state=TicketState.ON_HOLD),
        ticket("absent", 3, state=TicketState.NO_SHOW),
        ticket("yesterday", 1, state=TicketState.ON_HOLD, business_date="2024-04-14"),
        ticket("waiting", 4),
    )
    add(other, ticket("theirs", 1, state=TicketState.ON_HOLD))
    assert names(tables.tickets.aside(DAY, TicketState.ON_HOLD)) == ["held", "held later"]
    assert names(tables.tickets.aside(DAY, TicketState.NO_SHOW)) == ["absent"]
    assert names(tables.tickets.aside(DAY, TicketState.WAITING)) == []


def test_the_heads_are_the_first_of_each_pool_and_kind(tables: OfficeTables, other: OfficeTables) -> None:
    add(
        tables,
        ticket("second", 4),
        ticket("first", 2),
        ticket("priority", 3, priority="elderly"),
        ticket("second priority", 5, priority="pregnant"),
        ticket("own", 6, "c:1"),
        ticket("foreign", 1, "s:DD"),
        ticket("called", 1, state=TicketState.CALLED),
    )
    add(other, ticket("theirs", 1))
    heads = tables.tickets.heads(["s:HT", "c:1"])
    assert sorted(heads, key=lambda head: head.arrival) == [
        Waiting("first", 2, False),
        Waiting("priority", 3, True),
        Waiting("own", 6, False),
    ]
    assert tables.tickets.heads(["s:DD"]) == [Waiting("foreign", 1, False)]
    assert tables.tickets.heads(["s:HT", "c:1", "s:DD"])[-1].id == "foreign"


AHEAD = [("o1", 1, None), ("p2", 2, "elderly"), ("o3", 3, None), ("p4", 4, "pregnant"), ("o5", 5, None)]


@pytest.mark.parametrize(
    ("has_priority", "arrival", "people"),
    [
        (False, 1, 0),
        (False, 3, 2),
        (False, 5, 4),
        (False, 9, 5),
        (True, 2, 0),
        (True, 3, 1),
        (True, 4, 1),
        (True, 9, 2),
    ],
)
def test_people_before_a_priority_ticket_are_those_with_priority_before_it(
    tables: OfficeTables, other: OfficeTables, has_priority: bool, arrival: int, people: int
) -> None:
    for name, at, priority in AHEAD:
        add(tables, ticket(name, at, priority=priority))
    add(tables, ticket("another pool", 0, "s:DD", "elderly"), ticket("served", 0, state=TicketState.SERVING))
    add(other, ticket("theirs", 0, priority="elderly"))
    assert tables.tickets.ahead_of("s:HT", has_priority, arrival) == people


@pytest.mark.parametrize(("at", "around"), [(999, (None, 1)), (1000, (1, 3)), (2500, (3, 7)), (3000, (7, None))])
def test_arrivals_around_a_time_are_of_that_day_and_office(
    tables: OfficeTables, other: OfficeTables, at: int, around: tuple[int | None, int | None]
) -> None:
    for name, arrival, issued_at in (("A1", 1, 1000), ("A2", 3, 2000), ("A3", 7, 3000)):
        add(tables, ticket(name, arrival)._replace(issued_at=issued_at))
    add(tables, ticket("yesterday", 5)._replace(issued_at=2400, business_date="2024-04-14"))
    add(other, ticket("theirs", 6)._replace(issued_at=2400))
    assert tables.tickets.arrivals_around(DAY, at) == around


def test_whoever_saves_first_has_the_ticket(tables: OfficeTables) -> None:
    add(tables, WAITING)
    called = WAITING.call("1", None, NOW, 0)
    tables.tickets.save(WAITING, called)
    assert tables.tickets.get("t1") == called
    with pytest.raises(TicketTaken, match="A001 was changed at another counter") as refused:
        tables.tickets.save(WAITING, WAITING.call("2", None, NOW, 0))
    assert refused.value.facts == {"number": "A001"}
    assert tables.tickets.get("t1").counter == "1"


def test_saving_changes_one_ticket_of_one_office(tables: OfficeTables, other: OfficeTables) -> None:
    add(tables, WAITING, ticket("t9", 9))
    add(other, WAITING)
    tables.tickets.save(WAITING, WAITING.call("1", None, NOW, 0))
    assert tables.tickets.get("t9") == ticket("t9", 9)
    assert other.tickets.get("t1") == WAITING


def test_what_identifies_a_ticket_is_never_saved_again(tables: OfficeTables) -> None:
    fixed = {
        "number": "B999",
        "issued_service": "XX",
        "business_date": "2000-01-01",
        "arrival": 99,
        "issued_at": 99,
        "priority": "elderly",
        "language": "en",
        "issued_by": "nobody",
        "public_token": "another",
    }
    add(tables, WAITING)
    tables.tickets.save(WAITING, FULL._replace(id="t1", **fixed))
    kept = {name: getattr(WAITING, name) for name in fixed}
    assert tables.tickets.get("t1") == FULL._replace(id="t1", **kept)


def test_what_became_of_the_slip_is_noted_without_a_new_version(tables: OfficeTables, other: OfficeTables) -> None:
    for office in (tables, other):
        add(office, WAITING, ticket("t9", 9))
    tables.tickets.set_print_state("t1", PrintState.UNKNOWN, "no_answer")
    assert tables.tickets.get("t1") == WAITING._replace(print_state=PrintState.UNKNOWN, print_reason="no_answer")
    assert tables.tickets.get("t9") == ticket("t9", 9)
    assert other.tickets.get("t1") == WAITING


def test_numbers_are_given_in_order_by_day_and_letter(tables: OfficeTables, other: OfficeTables) -> None:
    assert tables.tickets.last_ordinal(DAY, "A") == 0
    assert [tables.tickets.next_ordinal(DAY, "A") for _ in range(3)] == [1, 2, 3]
    assert tables.tickets.next_ordinal(DAY, "B") == 1
    assert tables.tickets.next_ordinal("2024-04-16", "A") == 1
    assert other.tickets.next_ordinal(DAY, "A") == 1
    assert tables.tickets.last_ordinal(DAY, "A") == 3
    assert tables.tickets.last_ordinal(DAY, "B") == 1


@pytest.mark.parametrize(
    ("given", "raised_to", "last"), [(0, 5, 5), (3, 5, 5), (5, 5, 5), (7, 5, 7), (0, 1, 1), (0, 0, 0)]
)
def test_a_series_goes_on_behind_a_number_written_by_hand(
    tables: OfficeTables, other: OfficeTables, given: int, raised_to: int, last: int
) -> None:
    for _ in range(given):
        tables.tickets.next_ordinal(DAY, "A")
    tables.tickets.next_ordinal(DAY, "B")
    other.tickets.next_ordinal(DAY, "A")
    tables.tickets.raise_series(DAY, "A", raised_to)
    assert tables.tickets.last_ordinal(DAY, "A") == last
    assert tables.tickets.last_ordinal(DAY, "B") == 1
    assert other.tickets.last_ordinal(DAY, "A") == 1
    assert tables.tickets.next_ordinal(DAY, "A") == last + 1


def test_an_office_is_empty_until_its_own_first_ticket(tables: OfficeTables, other: OfficeTables) -> None:
    add(other, WAITING)
    assert tables.tickets.is_empty()
    add(tables, WAITING)
    assert not tables.tickets.is_empty()
