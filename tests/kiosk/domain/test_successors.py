"""Where somebody who waits, or is at a counter, belongs once the configuration changed."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from contract.tickets import TicketState
from kiosk.domain.calendar import OpeningHours
from kiosk.domain.service import CounterPlace, Office, Service
from kiosk.domain.successors import LeftBehind, belongs, left_behind
from kiosk.domain.survey import Survey
from kiosk.domain.ticket import Ticket

# today HT, which took over CT, at counter 1; counter 3, which took over 2. Service DD and counter 4 are gone.
OFFICE = Office(
    code="ba-vi",
    name="Ba Vì",
    services={"HT": Service("HT", "A", "Hộ tịch", replaces=("CT",))},
    counters={"1": CounterPlace("1", "Quầy 1", ("HT",)), "3": CounterPlace("3", "Quầy 3", ("HT",), replaces=("2",))},
    priorities=frozenset(),
    hours=OpeningHours(ZoneInfo("Asia/Ho_Chi_Minh")),
    survey=Survey("attitude", ("good", "bad")),
    languages=("vi",),
)
WAITING, HELD, CALLED, SERVING = TicketState.WAITING, TicketState.ON_HOLD, TicketState.CALLED, TicketState.SERVING


def ticket(state: TicketState, service: str, pool: str, counter: str | None = None, number: str = "A001") -> Ticket:
    return Ticket(number, number, service, service, state, "2024-04-15", 1, 0, pool, counter=counter)


# (state, service, pool, counter; where it belongs: service and pool, None: nowhere)
PLACES = [
    (WAITING, "HT", "s:HT", None, ("HT", "s:HT")),
    (WAITING, "CT", "s:CT", None, ("HT", "s:HT")),
    (HELD, "CT", "s:CT", "2", ("HT", "s:HT")),
    (WAITING, "DD", "s:DD", None, None),
    (WAITING, "DD", "c:1", None, None),
    (WAITING, "CT", "c:1", "4", ("HT", "c:1")),
    (WAITING, "HT", "c:2", None, ("HT", "c:3")),
    (WAITING, "HT", "c:4", None, None),
    (CALLED, "DD", "s:DD", "1", ("DD", "s:DD")),
    (SERVING, "HT", "c:1", "1", ("HT", "c:1")),
    (CALLED, "HT", "s:HT", "2", ("HT", "c:3")),
    (SERVING, "DD", "s:DD", "4", None),
    (CALLED, "HT", "s:HT", None, None),
]


@pytest.mark.parametrize(("state", "service", "pool", "counter", "place"), PLACES)
def test_who_waits_follows_the_service_and_who_is_at_a_counter_follows_that(
    state: TicketState, service: str, pool: str, counter: str | None, place: tuple[str, str] | None
) -> None:
    assert belongs(OFFICE, ticket(state, service, pool, counter)) == place


def test_the_numbers_without_a_place_are_named_with_what_is_gone() -> None:
    people = [
        ticket(WAITING, "HT", "s:HT", number="A001"),
        ticket(WAITING, "DD", "s:DD", number="C001"),
        ticket(SERVING, "HT", "s:HT", "4", number="A002"),
        ticket(HELD, "DD", "s:DD", number="C002"),
        ticket(WAITING, "HT", "c:4", number="A003"),
        ticket(WAITING, "CT", "s:CT", number="B001"),
    ]
    left = left_behind(OFFICE, people)
    assert left == [LeftBehind("service", "DD", ["C001", "C002"]), LeftBehind("counter", "4", ["A002", "A003"])]
    assert str(left[0]).startswith("[[service]] “DD” is gone and C001, C002 still need it")
    assert str(left[0]).endswith('replaces = ["DD"] in a [[service]]')


def test_nobody_is_left_behind_in_an_office_that_took_everything_over() -> None:
    assert left_behind(OFFICE, [ticket(WAITING, "CT", "c:2")]) == []
    assert left_behind(OFFICE, []) == []
