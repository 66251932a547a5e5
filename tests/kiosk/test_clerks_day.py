"""The clerk's day, told on both databases."""

from __future__ import annotations

import pytest

from contract.tickets import CounterState, TicketState
from kiosk.actions import calling, counters, days, ratings, tickets, undoing
from kiosk.domain.errors import (
    AlreadyRated,
    BadRequest,
    CounterBusy,
    CounterNotOpen,
    IllegalTransition,
    NotServed,
    OfficeClosed,
    TicketTaken,
    TooLate,
    UnknownService,
)
from tests.office import OfficeStory, sample_configuration


def test_each_service_counts_from_one_with_its_own_letter(office: OfficeStory) -> None:
    numbers = [office.take_number(service).number for service in ("HT", "HT", "DD", "VX", "VP", "KQ", "HT")]
    assert numbers == ["A001", "A002", "C001", "H001", "K001", "R001", "A003"]


def test_counters_of_a_service_share_its_queue_by_arrival(office: OfficeStory) -> None:
    first, second = office.take_number(), office.take_number()
    one, two = office.call_next("1"), office.call_next("2")
    assert one is not None and two is not None
    assert (one.id, two.id) == (first.id, second.id)
    assert office.call_next("3") is None


def test_priority_goes_first_but_not_for_ever(office: OfficeStory) -> None:
    ordinary = [office.take_number().number for _ in range(2)]
    elderly = [office.take_number(priority="elderly").number for _ in range(4)]
    called = []
    for _ in range(6):
        ticket = office.call_next("1", calling.COMPLETE if called else None)
        assert ticket is not None
        called.append(ticket.number)
    assert called == [*elderly[:2], ordinary[0], *elderly[2:], ordinary[1]]


def test_a_busy_counter_must_finish_before_it_calls(office: OfficeStory) -> None:
    office.take_number(), office.take_number()
    office.call_next("1")
    with pytest.raises(CounterBusy, match="A001"):
        office.call_next("1")
    ticket = office.call_next("1", calling.NO_SHOW)
    assert ticket is not None and ticket.number == "A002"


def test_a_transferred_ticket_keeps_its_place_by_arrival(office: OfficeStory) -> None:
    moved = office.take_number("HT")
    later = office.take_number("DD")
    with office.unit() as unit:
        calling.transfer(unit, moved.id, "1", "DD", None, False, None)
    first, second = office.call_next("3"), office.call_next("3", calling.COMPLETE)
    assert first is not None and second is not None
    assert (first.number, second.number) == (moved.number, later.number)


def test_a_ticket_sent_to_one_counter_is_called_only_there(office: OfficeStory) -> None:
    moved = office.take_number("HT")
    with office.unit() as unit:
        calling.transfer(unit, moved.id, "1", None, "4", False, None)
    assert office.call_next("1") is None
    called = office.call_next("4")
    assert called is not None and called.id == moved.id


def test_an_absent_citizen_may_come_back_within_the_grace_time(office: OfficeStory) -> None:
    ticket = office.take_number()
    office.call_next("1")
    with office.unit() as unit:
        calling.mark_no_show(unit, ticket.id)
    office.clock.passes(14 * 60)
    with office.unit() as unit:
        assert calling.recall(unit, ticket.id, "1").state is TicketState.CALLED
    with office.unit() as unit:
        calling.mark_no_show(unit, ticket.id)
    office.clock.passes(16 * 60)
    with pytest.raises(TooLate), office.unit() as unit:
        calling.recall(unit, ticket.id, "1")
    with office.unit() as unit:
        assert calling.return_to_queue(unit, ticket.id, "1").state is TicketState.WAITING


def test_undo_takes_back_both_halves_of_complete_and_call(office: OfficeStory) -> None:
    first, second = office.take_number(), office.take_number()
    office.call_next("1")
    before = office.ticket(first.id), office.ticket(second.id)
    office.clock.passes(30)
    office.call_next("1", calling.COMPLETE)
    with office.unit() as unit:
        undoing.undo(unit, second.id, "1")
    after = office.ticket(first.id), office.ticket(second.id)
    assert [(t.state, t.called_at, t.ended_at, t.calls) for t in after] == [
        (t.state, t.called_at, t.ended_at, t.calls) for t in before
    ]
    assert office.types()[-2:] == ["ticket.undone", "ticket.undone"]
    with pytest.raises(CounterBusy):
        office.call_next("1")


def test_undoing_a_step_on_a_waiting_ticket_leaves_the_one_being_served(office: OfficeStory) -> None:
    served, waiting = office.take_number(), office.take_number()
    office.call_next("1")
    with office.unit() as unit:
        calling.hold(unit, waiting.id, "1", None)
    with office.unit() as unit:
        assert undoing.undo(unit, waiting.id, "1").state is TicketState.WAITING
        assert unit.counters.get("1").current == served.id


def test_undo_is_refused_after_a_minute_and_after_a_rating(office: OfficeStory) -> None:
    ticket = office.take_number()
    office.call_next("1")
    with office.unit() as unit:
        calling.complete(unit, ticket.id)
    with office.unit("tablet") as unit:
        ratings.rate(unit, opinion(office, ticket.id), "tablet-1")
    with pytest.raises(TicketTaken), office.unit() as unit:
        undoing.undo(unit, ticket.id, "1")
    office.clock.passes(61)
    with pytest.raises(TooLate), office.unit() as unit:
        undoing.undo(unit, ticket.id, "1")


def opinion(office: OfficeStory, ticket: str, level: str = "satisfied", seconds_ago: int = 0) -> ratings.RatingInput:
    return ratings.RatingInput(ticket, {"attitude": level}, (), None, office.clock.now_ms() - seconds_ago * 1000)


def test_a_ticket_is_rated_once_after_its_service_within_the_window(office: OfficeStory) -> None:
    ticket = office.take_number()
    office.call_next("1")
    with pytest.raises(NotServed), office.unit("tablet") as unit:
        ratings.rate(unit, opinion(office, ticket.id), "tablet-1")
    with office.unit() as unit:
        calling.complete(unit, ticket.id)
    office.clock.passes(16 * 60)
    with pytest.raises(TooLate), office.unit("tablet") as unit:
        ratings.rate(unit, opinion(office, ticket.id), "tablet-1")
    with office.unit("tablet") as unit:
        ratings.rate(unit, opinion(office, ticket.id, seconds_ago=120), "tablet-1")
    with pytest.raises(AlreadyRated), office.unit("tablet") as unit:
        ratings.rate(unit, opinion(office, ticket.id, seconds_ago=120), "tablet-1")


def test_a_refused_action_leaves_no_trace(office: OfficeStory) -> None:
    office.take_number()
    before = office.events()
    for wish in (
        tickets.TicketRequest("XX"),
        tickets.TicketRequest("HT", "king"),
        tickets.TicketRequest("HT", None, "fr"),
    ):
        with pytest.raises((UnknownService, BadRequest)), office.unit("kiosk") as unit:
            tickets.issue_ticket(unit, wish, "kiosk")
    office.clock.jumps_to("2024-04-15T12:00:00+07:00")
    with pytest.raises(OfficeClosed, match="13:30"):
        office.take_number()
    assert office.events() == before
    office.clock.jumps_to("2024-04-15T13:30:00+07:00")
    assert office.take_number().number == "A002"


def test_the_end_of_the_day_leaves_nothing_open(office: OfficeStory) -> None:
    called, serving, waiting, held = (office.take_number() for _ in range(4))
    office.call_next("1"), office.call_next("2")
    with office.unit() as unit:
        calling.start_service(unit, serving.id)
        calling.hold(unit, held.id, "1", "papers")
    office.clock.jumps_to("2024-04-16T08:00:00+07:00")
    assert office.take_number().number == "A001"
    states = [office.ticket(t.id).state for t in (called, serving, waiting, held)]
    assert states == [TicketState.NO_SHOW, TicketState.COMPLETED, TicketState.ABANDONED, TicketState.ABANDONED]
    assert office.types().count("office.day_closed") == 1


def test_a_clock_that_goes_back_does_not_bring_back_yesterday(office: OfficeStory) -> None:
    office.clock.jumps_to("2024-04-16T08:00:00+07:00")
    assert office.take_number().business_date == "2024-04-16"
    office.clock.jumps_to("2024-04-15T08:00:00+07:00")
    ticket = office.take_number()
    assert (ticket.number, ticket.business_date) == ("A002", "2024-04-16")


def test_a_paused_counter_calls_nobody(office: OfficeStory) -> None:
    office.take_number()
    with office.unit() as unit:
        days.ensure_today(unit)
        counters.set_state(unit, "1", CounterState.PAUSED)
    with pytest.raises(CounterNotOpen):
        office.call_next("1")


def test_a_number_written_by_hand_is_entered_and_numbers_go_on_behind_it(office: OfficeStory) -> None:
    office.take_number()
    with office.unit() as unit:
        assert tickets.enter_paper_ticket(unit, "a 7", unit.now - 60_000, "counter-1").number == "A007"
    assert office.take_number().number == "A008"
    with pytest.raises(TicketTaken), office.unit() as unit:
        tickets.enter_paper_ticket(unit, "A007", unit.now, "counter-1")


def test_a_waiting_ticket_cannot_be_completed(office: OfficeStory) -> None:
    ticket = office.take_number()
    with pytest.raises(IllegalTransition, match="WAITING"), office.unit() as unit:
        calling.complete(unit, ticket.id)


def test_a_service_with_a_cap_gives_no_more_numbers(office: OfficeStory) -> None:
    capped = sample_configuration("")
    services = [s.model_copy(update={"daily_cap": 2}) for s in capped.service]
    from kiosk.bootstrap import build_office
    from kiosk.domain.errors import LimitReached

    office.app.store.office = build_office(capped.model_copy(update={"service": services}))
    office.take_number(), office.take_number()
    with pytest.raises(LimitReached):
        office.take_number()
    assert office.take_number("DD").number == "C001"
