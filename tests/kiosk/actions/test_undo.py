"""Undo: a counter's last action, whole, within a minute, unless somebody else touched the ticket."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from contract.tickets import CounterState, PrintState, TicketState
from kiosk.actions import calling, counters, dossier_links, ratings, slips, tickets, undoing
from kiosk.domain.errors import RatedSince, TicketTaken, TooLate, UnknownTicket
from kiosk.domain.ticket import Ticket
from tests.kiosk.actions.memory import MINUTE, MemoryUnit
from tests.kiosk.actions.test_calling import called, issue
from tests.kiosk.actions.test_dossier_links import CODE as DOSSIER
from tests.kiosk.actions.test_dossier_links import OTHER


@pytest.fixture
def unit() -> MemoryUnit:
    return MemoryUnit()


ACTIONS: dict[str, Callable[[MemoryUnit, Ticket], object]] = {
    "start": lambda u, t: calling.start_service(u, t.id),
    "complete": lambda u, t: calling.complete(u, t.id),
    "no-show": lambda u, t: calling.mark_no_show(u, t.id),
    "hold": lambda u, t: calling.hold(u, t.id, "1", "papers"),
    "recall": lambda u, t: calling.recall(u, t.id, "1"),
    "transfer": lambda u, t: calling.transfer(u, t.id, "1", "DD", None, True, "wrong queue"),
    "complete and call": lambda u, t: calling.call_next(u, "1", "complete"),
    "finish with nobody waiting": lambda u, t: calling.call_next(u, "1", "complete"),
    "finish and pause": lambda u, t: calling.finish(u, "1", "pause"),
}


@pytest.mark.parametrize("action", ACTIONS)
def test_an_undone_action_leaves_the_ticket_in_front_as_it_was(unit: MemoryUnit, action: str) -> None:
    before = called(unit)
    unit.passes(MINUTE)
    ACTIONS[action](unit, before)
    undone = unit.events[-1 if action != "finish and pause" else -2]
    unit.passes(MINUTE)
    restored = undoing.undo(unit, before.id, "1")
    assert restored._replace(version=before.version) == before
    assert unit.tickets.get(before.id) == restored
    kind, subject, data = unit.events[-1]
    assert (kind, subject, data["state"]) == ("ticket.undone", before.id, "CALLED")
    assert data["undoes"] == f"e{unit.events.index(undone) + 1}"
    counter = unit.counters.get("1", with_undo=True)
    assert (counter.state, counter.current, counter.last_served, counter.undo) == ("OPEN", before.id, None, ())


LATER: dict[str, Callable[[MemoryUnit, Ticket], object]] = {
    "a dossier linked": lambda u, t: dossier_links.link_dossier(u, t.id, DOSSIER),
    "two dossiers linked": lambda u, t: [dossier_links.link_dossier(u, t.id, code) for code in (DOSSIER, OTHER)],
    "a slip printed again": lambda u, t: tickets.reprint(u, t.id),
    "a note written": lambda u, t: tickets.add_note(u, t.id, "mang bản gốc"),
}


@pytest.mark.parametrize("later", LATER)
@pytest.mark.parametrize("action", ACTIONS)
def test_what_one_does_beside_an_action_does_not_end_its_undo(unit: MemoryUnit, action: str, later: str) -> None:
    unit.office = replace(unit.office, printers=("hall",))
    before = called(unit)
    ACTIONS[action](unit, before)
    for job in list(unit.spool.rows.values()):
        slips.settle(unit, job, PrintState.QUEUED, PrintState.PRINTED, None)
    LATER[later](unit, before)
    linked = unit.tickets.get(before.id).dossiers
    restored = undoing.undo(unit, before.id, "1")
    assert (restored.state, restored.dossiers) == (TicketState.CALLED, linked)
    assert unit.events[-1][0] == "ticket.undone"


def test_a_counter_that_finished_and_paused_is_open_again_after_the_undo(unit: MemoryUnit) -> None:
    ticket = called(unit)
    calling.finish(unit, "1", "pause")
    undoing.undo(unit, ticket.id, "1")
    assert unit.types()[-4:] == ["ticket.completed", "counter.paused", "counter.opened", "ticket.undone"]


def test_a_counter_opened_by_hand_since_stays_open(unit: MemoryUnit) -> None:
    ticket = called(unit)
    calling.finish(unit, "1", "close")
    counters.set_state(unit, "1", CounterState.OPEN)
    undoing.undo(unit, ticket.id, "1")
    assert unit.types()[-3:] == ["counter.closed", "counter.opened", "ticket.undone"]


def test_the_service_that_ends_with_a_rest_counts_from_the_call(unit: MemoryUnit) -> None:
    ticket = called(unit)
    unit.passes(5 * MINUTE)
    calling.finish(unit, "1", "pause")
    ended = unit.tickets.get(ticket.id)
    assert (ended.ended_at or 0) - (ended.serving_at or 0) == 5 * MINUTE


def test_a_cancelled_number_waits_again(unit: MemoryUnit) -> None:
    ticket = issue(unit)
    calling.cancel(unit, ticket.id, "1", "gives up")
    assert undoing.undo(unit, ticket.id, "1")._replace(version=ticket.version) == ticket


def test_an_undone_call_waits_again(unit: MemoryUnit) -> None:
    ticket = called(unit)
    assert undoing.undo(unit, ticket.id, "1").state is TicketState.WAITING
    assert unit.counters.get("1").current is None


def test_both_halves_of_complete_and_call_are_undone_the_second_first(unit: MemoryUnit) -> None:
    first, second = called(unit), issue(unit)
    calling.call_next(unit, "1", "complete")
    restored = undoing.undo(unit, second.id, "1")
    assert (restored.id, restored.state) == (second.id, TicketState.WAITING)
    assert unit.tickets.get(first.id).state is TicketState.CALLED
    assert [(kind, subject) for kind, subject, _ in unit.events[-2:]] == [
        ("ticket.undone", second.id),
        ("ticket.undone", first.id),
    ]
    counter = unit.counters.get("1")
    assert (counter.current, counter.last_served) == (first.id, None)


def test_undoing_a_step_of_a_waiting_ticket_leaves_the_one_in_front(unit: MemoryUnit) -> None:
    done = called(unit)
    calling.complete(unit, done.id)
    served, waiting = called(unit), issue(unit)
    calling.hold(unit, waiting.id, "1", None)
    assert undoing.undo(unit, waiting.id, "1").state is TicketState.WAITING
    counter = unit.counters.get("1")
    assert (counter.current, counter.last_served) == (served.id, done.id)


def test_an_undo_does_not_bring_a_ticket_to_a_counter_where_it_was_not(unit: MemoryUnit) -> None:
    ticket = called(unit)
    calling.mark_no_show(unit, ticket.id)
    calling.recall(unit, ticket.id, "2")
    undoing.undo(unit, ticket.id, "2")
    assert unit.tickets.get(ticket.id).state is TicketState.NO_SHOW
    assert unit.counters.get("2").current is None


@pytest.mark.parametrize(("later", "undone"), [(60_000, True), (60_001, False)])
def test_an_action_can_be_undone_for_sixty_seconds(unit: MemoryUnit, later: int, undone: bool) -> None:
    ticket = called(unit)
    unit.passes(later)
    if undone:
        assert undoing.undo(unit, ticket.id, "1").state is TicketState.WAITING
        return
    with pytest.raises(TooLate, match="counter 1 has no action of the last 60 s to undo"):
        undoing.undo(unit, ticket.id, "1")


def test_an_undo_is_not_undone(unit: MemoryUnit) -> None:
    ticket = called(unit)
    undoing.undo(unit, ticket.id, "1")
    with pytest.raises(TooLate):
        undoing.undo(unit, ticket.id, "1")


def test_only_the_ticket_of_the_last_action_is_undone(unit: MemoryUnit) -> None:
    first = called(unit)
    calling.complete(unit, first.id)
    called(unit)
    with pytest.raises(TooLate, match="the last action of counter 1 was on another ticket") as refused:
        undoing.undo(unit, first.id, "1")
    assert refused.value.facts == {"counter": "1"}


def test_a_rated_ticket_is_not_undone(unit: MemoryUnit) -> None:
    ticket = called(unit)
    calling.complete(unit, ticket.id)
    ratings.rate(unit, ratings.RatingInput(ticket.id, {"attitude": "good"}, (), None, unit.now), "tablet-1")
    with pytest.raises(RatedSince, match="A001 was rated") as refused:
        undoing.undo(unit, ticket.id, "1")
    assert refused.value.facts == {"number": "A001"}
    unit.tickets.rows[ticket.id] = unit.tickets.get(ticket.id)._replace(version=3)
    with pytest.raises(RatedSince):
        undoing.undo(unit, ticket.id, "1")


def test_a_ticket_that_another_counter_called_is_not_undone(unit: MemoryUnit) -> None:
    ticket = called(unit)
    calling.hold(unit, ticket.id, "1", None)
    calling.recall(unit, ticket.id, "2")
    with pytest.raises(TicketTaken):
        undoing.undo(unit, ticket.id, "1")
    assert unit.tickets.get(ticket.id).counter == "2"


def test_if_one_half_was_touched_neither_is_undone(unit: MemoryUnit) -> None:
    first, second = called(unit), issue(unit)
    calling.call_next(unit, "1", "complete")
    ratings.rate(unit, ratings.RatingInput(first.id, {"attitude": "good"}, (), None, unit.now), "tablet-1")
    with pytest.raises(TicketTaken):
        undoing.undo(unit, second.id, "1")
    assert unit.tickets.get(second.id).state is TicketState.CALLED


def test_a_device_of_no_counter_undoes_where_the_ticket_was_last_touched(unit: MemoryUnit) -> None:
    waiting = issue(unit)
    calling.hold(unit, waiting.id, "3", None)
    assert undoing.undo(unit, waiting.id).state is TicketState.WAITING
    ticket = called(unit, "2")
    assert undoing.undo(unit, ticket.id).state is TicketState.WAITING


def test_a_device_of_a_counter_undoes_only_its_own_actions(unit: MemoryUnit) -> None:
    ticket = called(unit, "2")
    with pytest.raises(TooLate, match="counter 1"):
        undoing.undo(unit, ticket.id, "1")


def test_nothing_is_undone_of_an_unknown_ticket(unit: MemoryUnit) -> None:
    with pytest.raises(UnknownTicket):
        undoing.undo(unit, "none", "1")


def test_a_pause_after_the_action_does_not_end_the_undo(unit: MemoryUnit) -> None:
    ticket = called(unit)
    calling.complete(unit, ticket.id)
    counters.set_state(unit, "1", CounterState.PAUSED)
    assert undoing.undo(unit, ticket.id, "1").state is TicketState.CALLED
    assert unit.counters.get("1").state is CounterState.PAUSED
