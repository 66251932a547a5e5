"""Where a ticket stands in the queue, and what of it others may see."""

from __future__ import annotations

import pytest

from contract.tickets import TicketState
from kiosk.domain.errors import UnknownTicket
from kiosk.domain.ticket import Ticket
from kiosk.queries.tickets import NOT_WAITING, QueuePlace, place_of, read_public_ticket
from tests.office import OfficeStory


class Forecast:
    """Three minutes a person."""

    def wait_s(self, service: str, ahead: int) -> int | None:
        return 180 * ahead if service == "HT" else None

    def wait_span_s(self, service: str, ahead: int) -> tuple[int, int] | None:
        return (150 * ahead, 210 * ahead) if service == "HT" else None


FORECAST = Forecast()


def place(office: OfficeStory, ticket: Ticket) -> QueuePlace:
    with office.app.store.reading() as reading:
        return place_of(reading.tickets, FORECAST, reading.tickets.get(ticket.id))  # type: ignore[arg-type]


def test_people_before_an_ordinary_ticket_are_all_who_came_before(small_office: OfficeStory) -> None:
    tickets = [small_office.take_number("HT") for _ in range(4)]
    assert [place(small_office, ticket).ahead for ticket in tickets] == [0, 1, 2, 3]


def test_a_priority_ticket_has_only_earlier_priority_tickets_before_it(small_office: OfficeStory) -> None:
    small_office.take_number("HT")
    small_office.take_number("HT")
    first = small_office.take_number("HT", "elderly")
    small_office.take_number("HT")
    second = small_office.take_number("HT", "disabled")
    assert (place(small_office, first).ahead, place(small_office, second).ahead) == (0, 1)


def test_an_ordinary_ticket_has_the_priority_ticket_that_came_before_it_before_it(small_office: OfficeStory) -> None:
    small_office.take_number("HT", "pregnant")
    ordinary = small_office.take_number("HT")
    small_office.take_number("HT", "elderly")
    assert place(small_office, ordinary).ahead == 1


def test_people_of_other_services_stand_in_another_queue(small_office: OfficeStory) -> None:
    for service in ("DD", "VX", "DD"):
        small_office.take_number(service)
    assert place(small_office, small_office.take_number("HT")).ahead == 0


def test_whoever_was_called_no_longer_stands_before_the_others(small_office: OfficeStory) -> None:
    called = small_office.take_number("HT")
    ticket = small_office.take_number("HT")
    small_office.call_next("1")
    assert place(small_office, ticket).ahead == 0
    assert place(small_office, called) == NOT_WAITING, "whoever is called has no place"


def test_the_expected_wait_is_that_of_the_people_before(small_office: OfficeStory) -> None:
    small_office.take_number("HT")
    small_office.take_number("HT")
    assert place(small_office, small_office.take_number("HT")) == QueuePlace(2, 360)
    assert place(small_office, small_office.take_number("DD")) == QueuePlace(0, None), "too few were served there"


def test_a_phone_sees_number_service_state_counter_and_place(small_office: OfficeStory) -> None:
    small_office.take_number("HT")
    ticket = small_office.take_number("HT", "elderly")
    with small_office.app.store.reading() as reading:
        seen = read_public_ticket(reading, FORECAST, ticket.public_token)  # type: ignore[arg-type]
    assert (seen.number, seen.service, seen.state) == ("A002", "HT", TicketState.WAITING)
    assert (seen.counter, seen.place) == (None, QueuePlace(0, 0))
    assert (seen.language, seen.rated, seen.wait_span_s) == ("vi", False, (0, 0))
    assert set(seen.__slots__) == {"number", "service", "state", "counter", "place", "wait_span_s", "language", "rated"}


def test_an_address_of_yesterday_or_of_nobody_shows_nothing(small_office: OfficeStory) -> None:
    ticket = small_office.take_number("HT")
    small_office.clock.jumps_to("2024-04-16T08:05:00+07:00")
    small_office.take_number("HT")
    for token in (ticket.public_token, "", "x" * 43):
        with small_office.app.store.reading() as reading, pytest.raises(UnknownTicket):
            read_public_ticket(reading, FORECAST, token)  # type: ignore[arg-type]
