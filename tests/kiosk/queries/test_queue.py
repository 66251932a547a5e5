"""The queue as a clerk sees it: who comes next and why, who is held, who is absent."""

from __future__ import annotations

import pytest

from contract.tickets import TicketState
from kiosk.actions import calling, help_requests
from kiosk.domain.errors import UnknownCounter
from kiosk.domain.ticket import Ticket
from kiosk.queries.queue import QueueView, in_calling_order, read_queue, within_grace
from tests.office import OfficeStory

IN_A_ROW = 2
GRACE_MS = 15 * 60_000


def ticket(number: str, arrival: int, state: TicketState = TicketState.WAITING, ended_at: int | None = None) -> Ticket:
    """A number ending in "*" goes first."""
    priority = "elderly" if number.endswith("*") else None
    made = Ticket(number, number.rstrip("*"), "HT", "HT", state, "2024-04-15", arrival, 0, "s:HT", priority)
    return made._replace(ended_at=ended_at)


@pytest.mark.parametrize(
    ("arrivals", "run", "order"),
    [
        ("", 0, ""),
        ("A1 A2 A3", 0, "A1 A2 A3"),
        ("A1 A2* A3", 0, "A2* A1 A3"),
        ("A1* A2* A3* A4", 0, "A1* A2* A4 A3*"),
        ("A1* A2* A3* A4", 1, "A1* A4 A2* A3*"),
        ("A1* A2* A3* A4", 2, "A4 A1* A2* A3*"),
        ("A1* A2* A3*", 2, "A1* A2* A3*"),
        ("A1 A2 A3* A4* A5* A6", 0, "A3* A4* A1 A5* A2 A6"),
    ],
)
def test_priority_first_and_after_two_of_them_an_ordinary_one(arrivals: str, run: int, order: str) -> None:
    waiting = [ticket(number, n) for n, number in enumerate(arrivals.split())]
    assert " ".join(one.ticket.id for one in in_calling_order(waiting[::-1], run, IN_A_ROW)) == order


def test_each_ticket_says_why_it_stands_there() -> None:
    waiting = [ticket(number, n) for n, number in enumerate(("A1", "A2*", "A3*", "A4*", "A5"))]
    why = {one.ticket.id: one.why for one in in_calling_order(waiting, 0, IN_A_ROW)}
    assert why == {"A2*": "priority", "A3*": "priority", "A1": "turn", "A4*": "priority", "A5": "arrival"}


@pytest.mark.parametrize(
    ("absent_for_s", "left_s"), [(0, 900), (1, 899), (60, 840), (899, 1), (899.5, 0), (900, None), (5000, None)]
)
def test_an_absent_citizen_may_be_called_again_within_the_grace_time(absent_for_s: float, left_s: int | None) -> None:
    now = 10_000_000
    absent = ticket("A1", 1, TicketState.NO_SHOW, ended_at=now - round(absent_for_s * 1000))
    left = [one.grace_left_s for one in within_grace([absent], GRACE_MS, now)]
    assert left == ([] if left_s is None else [left_s])


def seen(office: OfficeStory, code: str = "1") -> QueueView:
    with office.app.store.reading() as reading:
        return read_queue(reading, office.app.office, code, office.clock.now_ms())


def numbers(view: QueueView) -> list[str]:
    return [one.ticket.number for one in view.waiting]


def test_a_clerk_sees_those_that_his_counter_serves(small_office: OfficeStory) -> None:
    for service in ("HT", "DD", "HT", "KQ"):
        small_office.take_number(service)
    assert numbers(seen(small_office, "1")) == numbers(seen(small_office, "2")) == ["A001", "A002"]
    assert numbers(seen(small_office, "3")) == ["C001"]
    assert numbers(seen(small_office, "5")) == ["R001"]
    assert numbers(seen(small_office, "4")) == []


def test_a_clerk_sees_how_many_wait_for_every_service(small_office: OfficeStory) -> None:
    for service in ("HT", "DD", "HT"):
        small_office.take_number(service)
    assert seen(small_office, "5").waiting_by_service == {"HT": 2, "DD": 1, "VX": 0, "VP": 0, "KQ": 0}


def test_the_order_shown_is_the_order_called(small_office: OfficeStory) -> None:
    for priority in (None, "elderly", "pregnant", "disabled", None):
        small_office.take_number("HT", priority)
    shown = numbers(seen(small_office))
    called = []
    while one := small_office.call_next("1", "complete" if called else None):
        called.append(one.number)
    assert called == shown == ["A002", "A003", "A001", "A004", "A005"]


def test_held_and_absent_tickets_stand_apart(small_office: OfficeStory) -> None:
    for _ in range(3):
        small_office.take_number("HT")
    held = small_office.call_next("1")
    assert held is not None
    with small_office.unit() as unit:
        calling.hold(unit, held.id, "1", "waits for a paper")
    small_office.call_next("1")
    small_office.call_next("1", "no_show")
    view = seen(small_office, "2")
    assert [one.number for one in view.held] == ["A001"] and view.held[0].reason == "waits for a paper"
    assert [(one.ticket.number, one.grace_left_s) for one in view.absent] == [("A002", 900)]
    small_office.clock.passes(901)
    assert seen(small_office, "2").absent == ()


def test_calls_for_help_are_shown_until_they_are_answered(small_office: OfficeStory) -> None:
    with small_office.unit("kiosk") as unit:
        asked = help_requests.ask_help(unit, "kiosk", "kiosk-1")
    request = seen(small_office).help[0]
    assert (request.id, request.place, request.device) == (asked, "kiosk", "kiosk-1")
    assert request.asked_at == small_office.clock.now_ms()
    with small_office.unit() as unit:
        help_requests.answer_help(unit, asked, "1")
    assert seen(small_office).help == ()


def test_the_queue_of_a_counter_that_there_is_not_is_refused(small_office: OfficeStory) -> None:
    with pytest.raises(UnknownCounter):
        seen(small_office, "9")
