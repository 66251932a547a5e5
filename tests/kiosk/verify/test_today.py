"""The date that is served now is read back from the journal's end, page by page, and compared with its tables."""

from __future__ import annotations

from pathlib import Path

import pytest

from contract.tickets import TicketState
from kiosk.actions import calling, ratings, undoing
from kiosk.domain.events.tickets import TicketUndone
from kiosk.verify import today
from kiosk.verify.today import compare_today
from tests.office import OfficeStory

PLENTY = 1000


def differences(story: OfficeStory, most_events: int = PLENTY) -> list[str] | None:
    with story.app.store.reading() as reading:
        return compare_today(reading, most_events)


@pytest.fixture(params=[500, 3, 1], ids=["one page", "pages of three", "pages of one"])
def worked(small_office: OfficeStory, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> OfficeStory:
    """Yesterday four tickets, one of them rated; today three: one rated, one whose call was taken back, one waiting."""
    monkeypatch.setattr(today, "PAGE", request.param)
    for _ in range(4):
        small_office.take_number()
    serve_and_rate(small_office)
    small_office.clock.passes(24 * 3600)
    for _ in range(3):
        small_office.take_number()
    serve_and_rate(small_office)
    called = small_office.call_next("2")
    assert called is not None
    with small_office.unit() as unit:
        undoing.undo(unit, called.id, "2")
    return small_office


def serve_and_rate(story: OfficeStory) -> None:
    ticket = story.call_next("1")
    assert ticket is not None
    with story.unit() as unit:
        calling.complete(unit, ticket.id)
        ratings.rate(unit, ratings.RatingInput(ticket.id, {"attitude": "satisfied"}, (), None, unit.now), "t")


def change(story: OfficeStory, statement: str) -> None:
    with story.app.store.writing() as tables:
        assert tables.transaction.cursor.execute(statement).rowcount == 1


def test_a_sound_day_has_no_difference(worked: OfficeStory) -> None:
    assert differences(worked) == []


@pytest.mark.parametrize(
    ("statement", "named"),
    [
        (
            "UPDATE tickets SET state = 'NO_SHOW' WHERE business_date = '2024-04-16' AND number = 'A001'",
            "2024-04-16: ticket A001: state is 'NO_SHOW' in the table, 'COMPLETED' by the journal",
        ),
        (
            "UPDATE tickets SET rated = 0 WHERE business_date = '2024-04-16' AND number = 'A001'",
            "2024-04-16: ticket A001: rated is 0 in the table, 1 by the journal",
        ),
        (
            "UPDATE tickets SET counter = '2' WHERE business_date = '2024-04-16' AND number = 'A002'",
            "2024-04-16: ticket A002: counter is '2' in the table, None by the journal",
        ),
    ],
)
def test_a_row_of_today_that_says_something_else_is_named(worked: OfficeStory, statement: str, named: str) -> None:
    change(worked, statement)
    assert differences(worked) == [named]


def test_a_row_of_yesterday_is_not_looked_at(worked: OfficeStory) -> None:
    change(worked, "UPDATE tickets SET calls = 9 WHERE business_date = '2024-04-15' AND number = 'A001'")
    assert differences(worked) == []


def test_a_rating_whose_row_is_gone_is_named(worked: OfficeStory) -> None:
    change(worked, "DELETE FROM ratings WHERE business_date = '2024-04-16'")
    (one,) = differences(worked) or []
    assert one.startswith("2024-04-16: the rating of ticket ") and one.endswith("differs between table and journal")


def test_an_undo_that_undoes_nothing_is_named(worked: OfficeStory) -> None:
    with worked.app.store.reading() as reading:
        ticket = next(one for one in reading.tickets.waiting() if one.state is TicketState.WAITING)
    with worked.unit() as unit:
        unit.record(TicketUndone(ticket, "no-such-event"))
    (one,) = differences(worked) or []
    assert "undoes an event that is not the ticket's last" in one


def test_more_events_than_are_wanted_are_not_compared(worked: OfficeStory) -> None:
    change(worked, "UPDATE tickets SET calls = 9 WHERE business_date = '2024-04-16' AND number = 'A001'")
    assert differences(worked, most_events=today.PAGE) == (None if today.PAGE < 4 else differences(worked))
    assert differences(worked, most_events=PLENTY) != []


def test_an_office_whose_first_day_this_is_is_read_to_its_first_event(
    small_office: OfficeStory, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(today, "PAGE", 1)
    small_office.take_number()
    assert differences(small_office) == []
    change(small_office, "UPDATE tickets SET number = 'A002' WHERE number = 'A001'")
    assert differences(small_office) == [
        "2024-04-15: ticket A001: number is 'A002' in the table, 'A001' by the journal"
    ]
