"""A counter as its clerk and its tablet see it."""

from __future__ import annotations

import pytest

from contract.tickets import CounterState
from kiosk.actions import calling
from kiosk.domain.errors import UnknownCounter
from kiosk.queries.counters import CounterToday, CounterView, counter_today, read_counter, waiting_at
from tests.office import OfficeStory

WINDOW_S = 15 * 60  # of the survey of the sample office
UNDO_S = 60


def seen(office: OfficeStory, code: str = "1") -> CounterView:
    with office.app.store.reading() as reading:
        return read_counter(reading, office.app.office, code, office.clock.now_ms())


def today(office: OfficeStory, code: str = "1") -> CounterToday:
    with office.app.store.reading() as reading:
        return counter_today(reading, code)


def waiting(office: OfficeStory, code: str) -> int:
    with office.app.store.reading() as reading:
        return waiting_at(reading, office.app.office, code)


def test_a_counter_nobody_opened_is_closed_and_empty(small_office: OfficeStory) -> None:
    view = seen(small_office, "5")
    assert (view.code, view.state, view.services) == ("5", CounterState.CLOSED, ("VP", "KQ"))
    assert (view.ticket, view.to_rate, view.last_served, view.undo_until, view.undo_ticket) == (None,) * 5


def test_a_counter_that_there_is_not_is_refused(small_office: OfficeStory) -> None:
    with pytest.raises(UnknownCounter):
        seen(small_office, "9")


def test_the_called_ticket_stands_in_front_of_its_counter_only(small_office: OfficeStory) -> None:
    small_office.take_number("HT")
    small_office.call_next("1")
    view = seen(small_office)
    assert view.ticket is not None and view.ticket.number == "A001" and view.state is CounterState.OPEN
    assert seen(small_office, "2").ticket is None


def test_a_served_ticket_may_be_rated_at_its_counter_until_the_window_ends(small_office: OfficeStory) -> None:
    ticket = small_office.take_number("HT")
    small_office.call_next("1")
    small_office.call_next("1", "complete")
    view = seen(small_office)
    assert view.to_rate is not None and view.to_rate.id == ticket.id and view.last_served == "A001"
    assert seen(small_office, "2").to_rate is None, "a tablet asks about its own counter's people only"
    small_office.clock.passes(WINDOW_S)
    assert seen(small_office).to_rate is not None
    small_office.clock.passes(0.001)
    assert seen(small_office).to_rate is None and seen(small_office).last_served == "A001"


def test_a_rated_ticket_is_asked_about_no_more(small_office: OfficeStory) -> None:
    ticket = small_office.take_number("HT")
    small_office.call_next("1")
    small_office.call_next("1", "complete")
    body = {"ticket": ticket.id, "answers": {"attitude": "satisfied"}}
    small_office.send("POST", "/api/v1/ratings", "tablet", body, counter="1")
    assert seen(small_office).to_rate is None


def test_whoever_did_not_come_is_not_asked_how_it_was(small_office: OfficeStory) -> None:
    small_office.take_number("HT")
    small_office.call_next("1")
    small_office.call_next("1", "no_show")
    assert seen(small_office).to_rate is None


def test_an_action_can_be_taken_back_for_a_minute(small_office: OfficeStory) -> None:
    ticket = small_office.take_number("HT")
    small_office.call_next("1")
    view = seen(small_office)
    assert view.undo_ticket == ticket.id
    assert view.undo_until == small_office.clock.now_ms() + UNDO_S * 1000


@pytest.mark.parametrize(("counter", "people"), [("1", 3), ("2", 2), ("3", 1), ("4", 0), ("5", 0)])
def test_people_who_wait_for_a_counter_are_those_of_its_services_and_its_own(
    small_office: OfficeStory, counter: str, people: int
) -> None:
    for service in ("HT", "HT", "DD"):
        small_office.take_number(service)
    own = small_office.take_number("HT")
    small_office.call_next("3")
    small_office.take_number("DD")
    with small_office.unit() as unit:
        calling.transfer(unit, own.id, "2", None, "1", False, None)
    assert waiting(small_office, counter) == people


def test_the_figures_of_a_clerks_day(small_office: OfficeStory) -> None:
    for _ in range(3):
        small_office.take_number("HT")
    small_office.clock.passes(60)
    small_office.call_next("1")
    small_office.clock.passes(120)
    small_office.call_next("1", "complete")
    small_office.clock.passes(60)
    small_office.call_next("1", "complete")
    small_office.clock.passes(30)
    small_office.call_next("1", "no_show")
    day = today(small_office)
    assert (day.figures.served, day.figures.no_show) == (2, 1)
    assert day.figures.mean_wait_ms == (60_000 + 180_000) // 2
    assert day.figures.mean_service_ms == (120_000 + 60_000) // 2
    assert today(small_office, "2").figures == (0, 0, None, None)


def test_the_ratings_of_a_clerks_day(small_office: OfficeStory) -> None:
    for level in ("satisfied", "satisfied", "not_satisfied"):
        ticket = small_office.take_number("HT")
        small_office.call_next("1")
        small_office.call_next("1", "complete")
        body = {"ticket": ticket.id, "answers": {"attitude": level}}
        assert small_office.send("POST", "/api/v1/ratings", "tablet", body, counter="1").status_code == 201
    assert today(small_office).ratings == {"satisfied": 2, "not_satisfied": 1}
    assert today(small_office, "2").ratings == {}
