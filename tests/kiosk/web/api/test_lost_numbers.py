"""Who holds a number that the machine lost gets back in line at the place of that number."""

from __future__ import annotations

import pytest

from kiosk.domain.lost_numbers import LostNumbers, NumberRange
from kiosk.maintenance.initialise import start_new_epoch
from kiosk.maintenance.verification import verify_store
from tests.office import OfficeStory

DAY = "2024-04-15"


@pytest.fixture
def epoch(office: OfficeStory) -> str:
    """A001 is known, A002 to A004 were lost, A005 came afterwards."""
    office.take_number()
    office.clock.passes(60)
    name = start_new_epoch(office.app, "damaged", LostNumbers(DAY, (NumberRange("A", 2, 4),), 40))
    office.clock.passes(60)
    assert office.take_number().number == "A005"
    return name


def waiting(office: OfficeStory) -> list[str]:
    answer = office.send("GET", "/api/v1/counters/1/queue", "counter", counter="1").get_json()
    return [row["ticket"]["number"] for row in answer["waiting"]]


def test_lost_numbers_wait_in_their_order_whoever_comes_first(office: OfficeStory, epoch: str) -> None:
    for number in ("A004", "a 2", "A003"):
        answer = office.send("POST", "/api/v1/tickets/paper", "counter", {"number": number}, counter="1")
        assert answer.status_code == 201, answer.get_json()
    assert waiting(office) == ["A001", "A002", "A003", "A004", "A005"]
    assert verify_store(office.app.store).listed == []
    again = office.send("POST", "/api/v1/tickets/paper", "counter", {"number": "A003"}, counter="1")
    assert again.status_code == 409


@pytest.mark.parametrize("number", ["A001", "A005", "A006", "C002"])
def test_a_number_that_was_not_lost_needs_the_time_it_was_written(office: OfficeStory, epoch: str, number: str) -> None:
    before = waiting(office)
    answer = office.send("POST", "/api/v1/tickets/paper", "counter", {"number": number}, counter="1")
    assert answer.status_code in {400, 409} and waiting(office) == before


def test_consoles_and_kiosk_are_told_until_a_clerk_dismisses_it(office: OfficeStory, epoch: str) -> None:
    shown = office.send("GET", "/api/v1/equipment", "counter", counter="1").get_json()["lost_numbers"]
    ranges = [{"letter": "A", "first": "A002", "last": "A004"}]
    assert shown == [
        {
            "epoch": epoch,
            "reason": "damaged",
            "since": "2024-04-15T01:06:00.000Z",
            "business_date": DAY,
            "ranges": ranges,
            "count": 3,
        }
    ]
    assert office.send("GET", "/api/v1/board", "kiosk").get_json()["lost_numbers"] == ranges
    assert "motcua_lost_numbers 3" in office.send("GET", "/metrics", None).text
    assert office.send("POST", "/api/v1/lost-numbers/none/dismiss", "counter", {}, counter="1").status_code == 404
    answer = office.send("POST", f"/api/v1/lost-numbers/{epoch}/dismiss", "counter", {}, counter="1")
    assert answer.status_code == 204
    assert office.send("GET", "/api/v1/equipment", "counter", counter="1").get_json()["lost_numbers"] == []
    assert office.send("GET", "/api/v1/board", "kiosk").get_json()["lost_numbers"] == []
    late = office.send("POST", "/api/v1/tickets/paper", "counter", {"number": "A002"}, counter="1")
    assert late.status_code == 201, "who comes late still gets back in line"


def test_a_jump_that_no_event_tells_is_a_difference(office: OfficeStory) -> None:
    office.take_number()
    with office.unit() as unit:
        unit.tickets.raise_series(DAY, "A", 4)
    office.take_number()
    assert verify_store(office.app.store).listed == [f"{DAY}: number A00{n} is missing" for n in (2, 3, 4)]


def test_a_jump_is_accepted_only_where_the_event_tells_it(office: OfficeStory, epoch: str) -> None:
    assert verify_store(office.app.store).listed == []
    with office.unit() as unit:
        unit.tickets.raise_series(DAY, "A", 6)
    office.take_number()
    assert verify_store(office.app.store).listed == [f"{DAY}: number A006 is missing"]
