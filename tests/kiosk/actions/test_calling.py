"""What a clerk does: calling, recalling, serving, ending, holding and sending on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from contract.tickets import CounterState, TicketState
from kiosk.actions import calling, counters
from kiosk.actions.tickets import TicketRequest, issue_ticket
from kiosk.domain.errors import (
    BadRequest,
    CounterBusy,
    CounterNotOpen,
    Forbidden,
    IllegalTransition,
    NobodyThere,
    TicketTaken,
    TooLate,
    UnknownCounter,
    UnknownService,
    UnknownTicket,
)
from kiosk.domain.ticket import Ticket
from tests.kiosk.actions.memory import MINUTE, MONDAY, MemoryUnit


@pytest.fixture
def unit() -> MemoryUnit:
    return MemoryUnit()


def issue(unit: MemoryUnit, service: str = "HT", priority: str | None = None) -> Ticket:
    return issue_ticket(unit, TicketRequest(service, priority), "kiosk-1")[0]


def called(unit: MemoryUnit, code: str = "1") -> Ticket:
    issue(unit)
    ticket = calling.call_next(unit, code)
    assert ticket is not None
    return ticket


def last(unit: MemoryUnit) -> tuple[str, str, dict[str, object]]:
    return unit.events[-1]


def test_the_next_by_arrival_comes_to_the_counter(unit: MemoryUnit) -> None:
    first, _ = issue(unit), issue(unit)
    unit.passes(MINUTE)
    ticket = calling.call_next(unit, "1")
    assert ticket is not None and (ticket.id, ticket.counter, ticket.called_at) == (first.id, "1", MONDAY + MINUTE)
    assert unit.tickets.get(first.id) == ticket
    assert unit.counters.get("1").current == first.id
    kind, subject, data = last(unit)
    assert (kind, subject, data["why"], data["calls"]) == ("ticket.called", first.id, "arrival", 1)


def test_the_first_call_opens_the_counter_even_when_nobody_waits(unit: MemoryUnit) -> None:
    assert calling.call_next(unit, "3") is None
    assert unit.counters.get("3").state is CounterState.OPEN
    assert unit.events == [
        ("counter.opened", "3", {"clerk": None, "services": ["DD", "KQ"], "reason": "first call"}),
    ]


def test_priority_is_called_first_and_after_two_of_them_an_ordinary_ticket(unit: MemoryUnit) -> None:
    for kind in "oopppp":
        issue(unit, priority="elderly" if kind == "p" else None)
    order, why = [], []
    for _ in range(6):
        ticket = calling.call_next(unit, "1", "complete")
        assert ticket is not None
        order.append(ticket.number)
        why.append(last(unit)[2]["why"])
    assert order == ["A003", "A004", "A001", "A005", "A006", "A002"]
    assert why == ["priority", "priority", "turn", "priority", "priority", "arrival"]


def test_the_run_of_priority_calls_is_that_of_each_counter(unit: MemoryUnit) -> None:
    for kind in "opppp":
        issue(unit, priority="elderly" if kind == "p" else None)
    numbers = [calling.call_next(unit, code, "complete") for code in ("1", "1", "2", "1")]
    assert [ticket.number for ticket in numbers if ticket] == ["A002", "A003", "A004", "A001"]


def test_a_busy_counter_names_the_number_in_front_of_it(unit: MemoryUnit) -> None:
    called(unit), issue(unit)
    with pytest.raises(CounterBusy) as refused:
        calling.call_next(unit, "1")
    assert refused.value.facts == {"counter": "1", "number": "A001"}


@pytest.mark.parametrize(
    ("how", "state", "kind", "to_rate"),
    [
        ("complete", TicketState.COMPLETED, "ticket.completed", True),
        ("no_show", TicketState.NO_SHOW, "ticket.no_show", False),
    ],
)
def test_the_ticket_in_front_is_ended_by_the_next_call(
    unit: MemoryUnit, how: str, state: TicketState, kind: str, to_rate: bool
) -> None:
    first = called(unit)
    second = issue(unit)
    unit.passes(MINUTE)
    ticket = calling.call_next(unit, "1", how)
    assert ticket is not None and ticket.id == second.id
    ended = unit.tickets.get(first.id)
    assert (ended.state, ended.ended_at) == (state, unit.now)
    assert unit.types()[-2:] == [kind, "ticket.called"]
    counter = unit.counters.get("1", with_undo=True)
    assert counter.last_served == (first.id if to_rate else None)
    assert (counter.current, [step.ticket for step in counter.undo or ()]) == (second.id, [first.id, second.id])


@pytest.mark.parametrize("how", ["complete", "no_show"])
def test_the_ticket_in_front_ends_also_when_nobody_else_waits(unit: MemoryUnit, how: str) -> None:
    called(unit)
    assert calling.call_next(unit, "1", how) is None
    assert unit.counters.get("1").current is None


def test_a_free_counter_has_nothing_to_end(unit: MemoryUnit) -> None:
    ticket = issue(unit)
    assert calling.call_next(unit, "1", "complete") == unit.tickets.get(ticket.id)


@pytest.mark.parametrize(
    "call", [lambda u: calling.call_next(u, "9"), lambda u: calling.call_number(u, "9", "no number")]
)
def test_an_unknown_counter_calls_nobody(unit: MemoryUnit, call: Callable[[MemoryUnit], object]) -> None:
    issue(unit)
    with pytest.raises(UnknownCounter):
        call(unit)
    assert "9" not in unit.counters.rows


ACTS: dict[str, Callable[[MemoryUnit, Ticket], object]] = {
    "next": lambda u, t: calling.call_next(u, "2"),
    "number": lambda u, t: calling.call_number(u, "2", "A001"),
    "recall": lambda u, t: calling.recall(u, t.id, "2"),
}


@pytest.mark.parametrize("act", ACTS)
def test_a_paused_counter_calls_nobody(unit: MemoryUnit, act: str) -> None:
    ticket = issue(unit)
    calling.hold(unit, ticket.id, "2", None)
    counters.set_state(unit, "2", CounterState.PAUSED)
    with pytest.raises(CounterNotOpen, match="counter 2 is paused") as refused:
        ACTS[act](unit, ticket)
    assert refused.value.facts == {"counter": "2"}


@pytest.mark.parametrize("act", ACTS)
def test_where_a_clerk_is_demanded_nobody_is_called_without_one(unit: MemoryUnit, act: str) -> None:
    ticket = issue(unit)
    calling.hold(unit, ticket.id, "2", None)
    unit.office = replace(unit.office, require_clerk=True)
    with pytest.raises(Forbidden, match="sign in at counter 2 first"):
        ACTS[act](unit, ticket)
    counters.assign_clerk(unit, "2", "Lan")
    assert ACTS[act](unit, ticket) is not None or act == "next"


@pytest.mark.parametrize("typed", ["A002", "a 2", "A-2"])
def test_a_number_is_called_out_of_turn(unit: MemoryUnit, typed: str) -> None:
    issue(unit)
    chosen = issue(unit)
    ticket = calling.call_number(unit, "3", typed)
    assert (ticket.id, ticket.counter) == (chosen.id, "3")
    assert (last(unit)[0], last(unit)[2]["why"]) == ("ticket.called", "chosen")
    assert unit.counters.get("3").current == chosen.id


@pytest.mark.parametrize(("typed", "error"), [("12", BadRequest), ("A000", BadRequest), ("A002", UnknownTicket)])
def test_a_number_that_was_not_given_is_not_called(unit: MemoryUnit, typed: str, error: type[Exception]) -> None:
    issue(unit)
    with pytest.raises(error):
        calling.call_number(unit, "1", typed)


def test_a_number_of_another_day_is_not_called(unit: MemoryUnit) -> None:
    ticket = issue(unit)
    unit.tickets.rows[ticket.id] = ticket._replace(business_date="2024-04-12")
    with pytest.raises(UnknownTicket, match="A001 was not given today") as refused:
        calling.call_number(unit, "1", "A001")
    assert refused.value.facts == {"number": "A001"}


def test_a_number_at_another_counter_is_not_called_away(unit: MemoryUnit) -> None:
    called(unit)
    with pytest.raises(TicketTaken, match="A001 is at counter 1") as refused:
        calling.call_number(unit, "2", "A001")
    assert refused.value.facts == {"number": "A001", "counter": "1"}


def test_a_busy_counter_calls_no_other_number(unit: MemoryUnit) -> None:
    called(unit), issue(unit)
    with pytest.raises(CounterBusy, match="A001 is still at counter 1"):
        calling.call_number(unit, "1", "A002")


def test_the_number_in_front_of_the_counter_is_not_called_by_number(unit: MemoryUnit) -> None:
    called(unit)
    with pytest.raises(IllegalTransition, match="A001 is CALLED, cannot call"):
        calling.call_number(unit, "1", "A001")


def test_a_recall_counts_and_keeps_the_clerk_who_called(unit: MemoryUnit) -> None:
    counters.assign_clerk(unit, "1", "Lan")
    ticket = called(unit)
    counters.assign_clerk(unit, "1", "Minh")
    unit.passes(MINUTE)
    again = calling.recall(unit, ticket.id, "1")
    assert (again.calls, again.clerk, again.called_at) == (2, "Lan", unit.now)
    assert (last(unit)[0], last(unit)[2]["calls"]) == ("ticket.recalled", 2)
    assert unit.counters.get("1").current == ticket.id


def test_an_absent_citizen_is_called_back_by_the_clerk_who_sits_there_now(unit: MemoryUnit) -> None:
    ticket = called(unit)
    calling.mark_no_show(unit, ticket.id, "1")
    counters.assign_clerk(unit, "2", "Minh")
    back = calling.recall(unit, ticket.id, "2")
    assert (back.state, back.counter, back.clerk) == (TicketState.CALLED, "2", "Minh")
    assert (last(unit)[0], last(unit)[2]["why"]) == ("ticket.called", "back")
    assert unit.counters.get("2").current == ticket.id


def test_a_busy_counter_calls_no_absent_citizen_back(unit: MemoryUnit) -> None:
    absent = called(unit)
    calling.mark_no_show(unit, absent.id, "1")
    called(unit)
    with pytest.raises(CounterBusy, match="A002"):
        calling.recall(unit, absent.id, "1")


def test_an_absent_citizen_is_called_back_within_the_grace_time_of_the_office(unit: MemoryUnit) -> None:
    unit.office = replace(unit.office, no_show_grace_ms=MINUTE)
    ticket = called(unit)
    calling.mark_no_show(unit, ticket.id)
    unit.passes(MINUTE + 1)
    for act in (lambda: calling.recall(unit, ticket.id), lambda: calling.call_number(unit, "1", "A001")):
        with pytest.raises(TooLate):
            act()


def test_service_is_started_and_completed_at_its_counter(unit: MemoryUnit) -> None:
    ticket = called(unit)
    unit.passes(MINUTE)
    assert calling.start_service(unit, ticket.id, "1").serving_at == unit.now
    assert (last(unit)[0], unit.counters.get("1").current) == ("ticket.serving_started", ticket.id)
    assert unit.counters.get("1").last_served is None
    unit.passes(MINUTE)
    assert calling.complete(unit, ticket.id, "1").ended_at == unit.now
    counter = unit.counters.get("1")
    assert (last(unit)[0], counter.current, counter.last_served) == ("ticket.completed", None, ticket.id)


def test_an_absent_citizen_leaves_the_counter_free_and_is_not_to_be_rated(unit: MemoryUnit) -> None:
    served = called(unit)
    calling.complete(unit, served.id)
    ticket = called(unit)
    assert calling.mark_no_show(unit, ticket.id).ended_at == unit.now
    counter = unit.counters.get("1")
    assert (last(unit)[0], counter.current, counter.last_served) == ("ticket.no_show", None, served.id)


@pytest.mark.parametrize("state", [TicketState.WAITING, TicketState.CALLED, TicketState.SERVING])
def test_a_held_ticket_frees_its_counter(unit: MemoryUnit, state: TicketState) -> None:
    ticket = issue(unit) if state is TicketState.WAITING else called(unit)
    if state is TicketState.SERVING:
        calling.start_service(unit, ticket.id)
    calling.hold(unit, ticket.id, "1", "missing-papers")
    assert unit.counters.get("1").current is None
    kind, _, data = last(unit)
    assert (kind, data["from"], data["reason"], data["state"]) == (
        "ticket.held",
        state.value,
        "missing-papers",
        "ON_HOLD",
    )


def test_holding_a_waiting_ticket_leaves_the_one_in_front(unit: MemoryUnit) -> None:
    served, waiting = called(unit), issue(unit)
    calling.hold(unit, waiting.id, "1", None)
    assert unit.counters.get("1").current == served.id


@pytest.mark.parametrize(("away", "origin"), [("hold", "ON_HOLD"), ("absent", "NO_SHOW")])
def test_a_returned_ticket_waits_again(unit: MemoryUnit, away: str, origin: str) -> None:
    ticket = called(unit)
    if away == "hold":
        calling.hold(unit, ticket.id, "1", "papers")
    else:
        calling.mark_no_show(unit, ticket.id)
    assert calling.return_to_queue(unit, ticket.id, "1").state is TicketState.WAITING
    assert (last(unit)[0], last(unit)[2]["from"]) == ("ticket.returned", origin)
    next_one = calling.call_next(unit, "2")
    assert next_one is not None and next_one.id == ticket.id


def test_a_transfer_to_a_service_waits_there_by_arrival(unit: MemoryUnit) -> None:
    moved = called(unit)
    later = issue(unit, "DD")
    after = calling.transfer(unit, moved.id, "1", "DD", None, False, "wrong-service")
    assert (after.service, after.pool, after.kept) == ("DD", "s:DD", ())
    kind, _, data = last(unit)
    assert (kind, data["from"], data["to_counter"], data["reason"]) == (
        "ticket.transferred",
        "1",
        None,
        "wrong-service",
    )
    assert unit.counters.get("1").current is None
    order = [calling.call_next(unit, "3", "complete") for _ in range(2)]
    assert [ticket.id for ticket in order if ticket] == [moved.id, later.id]


def test_a_transfer_to_a_counter_is_called_only_there(unit: MemoryUnit) -> None:
    ticket = issue(unit)
    after = calling.transfer(unit, ticket.id, None, None, "3", True, None)
    assert (after.service, after.pool, after.kept) == ("HT", "c:3", ("HT",))
    assert (last(unit)[2]["from"], last(unit)[2]["to_counter"]) == ("HT", "3")
    assert calling.call_next(unit, "1") is None
    assert calling.call_next(unit, "3") is not None


def test_a_held_ticket_is_transferred_from_its_service_not_from_its_old_counter(unit: MemoryUnit) -> None:
    ticket = called(unit)
    calling.hold(unit, ticket.id, "1", None)
    calling.transfer(unit, ticket.id, "1", "DD", None, False, None)
    assert last(unit)[2]["from"] == "HT"


@pytest.mark.parametrize(
    ("service", "counter", "error"),
    [
        (None, None, BadRequest),
        ("DD", "3", BadRequest),
        ("XX", None, UnknownService),
        (None, "9", UnknownCounter),
        (None, "", UnknownCounter),
    ],
)
def test_a_transfer_names_one_target_that_exists(
    unit: MemoryUnit, service: str | None, counter: str | None, error: type[Exception]
) -> None:
    ticket = issue(unit)
    with pytest.raises(error):
        calling.transfer(unit, ticket.id, "1", service, counter, False, None)
    assert unit.tickets.get(ticket.id) == ticket


@pytest.mark.parametrize(
    ("then", "state", "kind"),
    [("pause", CounterState.PAUSED, "counter.paused"), ("close", CounterState.CLOSED, "counter.closed")],
)
def test_a_clerk_finishes_and_leaves_in_one_action(unit: MemoryUnit, then: str, state: CounterState, kind: str) -> None:
    ticket = called(unit)
    counter = calling.finish(unit, "1", then)  # type: ignore[arg-type]
    assert (counter.state, counter.current, counter.last_served) == (state, None, ticket.id)
    assert unit.tickets.get(ticket.id).state is TicketState.COMPLETED
    assert unit.types()[-2:] == ["ticket.completed", kind]


def test_a_clerk_with_nobody_in_front_only_pauses(unit: MemoryUnit) -> None:
    called(unit)
    calling.complete(unit, next(iter(unit.tickets.rows)))
    calling.finish(unit, "1", "pause")
    assert unit.types()[-2:] == ["ticket.completed", "counter.paused"]


@pytest.mark.parametrize(("service", "counter"), [("DD", None), (None, "3")])
@pytest.mark.parametrize("state", [CounterState.CLOSED, CounterState.PAUSED])
def test_who_would_be_sent_where_nobody_is_is_asked_first(
    unit: MemoryUnit, service: str | None, counter: str | None, state: CounterState
) -> None:
    ticket = called(unit)
    counters.set_state(unit, "3", state)
    with pytest.raises(NobodyThere, match="closed or paused") as refused:
        calling.transfer(unit, ticket.id, "1", service, counter, False, None, confirmed=False)
    assert refused.value.facts["counter"] == (counter or "")
    assert unit.tickets.get(ticket.id) == ticket
    assert calling.transfer(unit, ticket.id, "1", service, counter, False, None).state is TicketState.WAITING


def test_an_open_counter_takes_whoever_is_sent_without_a_question(unit: MemoryUnit) -> None:
    ticket = called(unit)
    counters.set_state(unit, "3", CounterState.OPEN)
    assert calling.transfer(unit, ticket.id, "1", "DD", None, False, None, confirmed=False).pool == "s:DD"


WORDS = "ông An 0912345678 đi lấy giấy"


@pytest.mark.parametrize("act", ["hold", "cancel", "transfer"])
def test_a_reason_in_words_is_in_no_event_but_where_it_can_be_purged(unit: MemoryUnit, act: str) -> None:
    ticket = issue(unit)
    if act == "hold":
        assert calling.hold(unit, ticket.id, "1", WORDS).reason == "other"
    elif act == "cancel":
        assert calling.cancel(unit, ticket.id, "1", WORDS).reason == "other"
    else:
        calling.transfer(unit, ticket.id, "1", "DD", None, False, WORDS)
    assert last(unit)[2]["reason"] == "other"
    assert unit.free_texts.rows == [(f"reason/{ticket.id}", "reason", ticket.id, WORDS, unit.now)]


def test_who_was_sent_to_one_counter_comes_back_to_its_queue(unit: MemoryUnit) -> None:
    ticket = called(unit)
    calling.transfer(unit, ticket.id, "1", None, "2", False, None)
    assert calling.call_next(unit, "2") is not None
    calling.mark_no_show(unit, ticket.id, "2")
    assert calling.return_to_queue(unit, ticket.id, "2").pool == "c:2"
    assert calling.call_next(unit, "1") is None


def test_who_was_sent_to_a_counter_that_is_gone_waits_for_the_service(unit: MemoryUnit) -> None:
    ticket = called(unit)
    calling.transfer(unit, ticket.id, "1", None, "2", False, None)
    calling.hold(unit, ticket.id, "2", None)
    unit.office = replace(unit.office, counters={"1": unit.office.counters["1"]})
    assert calling.return_to_queue(unit, ticket.id, "1").pool == "s:HT"
    next_one = calling.call_next(unit, "1")
    assert next_one is not None and next_one.id == ticket.id
