"""A day whose clock was wrong at first: the recount follows what was moved to its right date and time."""

from __future__ import annotations

from kiosk.maintenance.verification import verify_store
from tests.kiosk.clock_story import MINUTE, ClockStory
from tests.office import OfficeStory


def test_tickets_of_1970_count_with_the_day_they_are_of(small_office: OfficeStory) -> None:
    told = ClockStory(small_office)
    told.until("16:00:00")
    told.take()
    told.restart("1970-01-01T00:00:40Z")
    told.passes(MINUTE)
    first = told.take().json["id"]  # type: ignore[index]
    told.take()
    told.call("2")
    told.clock.is_set_to("2024-04-17T07:30:00+07:00")
    told.passes(6 * MINUTE)
    told.act(first, "complete", "2")
    told.rate(first, "2")
    assert {"office.clock_corrected", "ticket.redated"} <= set(small_office.types())
    result = verify_store(small_office.app.store)
    assert result.listed == []
    assert (result.days, result.tickets, result.ratings) == (2, 3, 1)
    with small_office.app.store.reading() as reading:
        assert sorted(reading.statistics.business_dates()) == ["2024-04-16", "2024-04-17"]


def test_a_moved_ticket_whose_row_stayed_behind_is_named(small_office: OfficeStory) -> None:
    told = ClockStory(small_office)
    told.restart("1970-01-01T00:00:40Z")
    told.passes(MINUTE)
    told.take()
    told.clock.is_set_to("2024-04-17T07:30:00+07:00")
    told.passes(6 * MINUTE)
    with small_office.app.store.writing() as tables:
        changed = "UPDATE tickets SET business_date = '2024-04-16' WHERE business_date = '2024-04-17'"
        assert tables.transaction.cursor.execute(changed).rowcount == 1
    listed = verify_store(small_office.app.store).listed
    assert any(line.startswith("2024-04-17: ticket A001 (") and line.endswith("has no row") for line in listed)
