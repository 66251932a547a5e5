"""What lies across midnight, a restore, an undo or a correction stands in a report once, in the days it is of.

Across wrong clocks: test_clock_held, test_clock_at_boot.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from contract.times import from_rfc3339
from kiosk.actions import calling, ratings, undoing
from kiosk.actions.corrections import correct_event
from kiosk.actions.devices import record_device_change
from kiosk.actions.dossiers import put_dossiers
from kiosk.domain.dossier import Dossier
from kiosk.domain.lost_numbers import LostNumbers, NumberRange
from kiosk.domain.ticket import Ticket
from kiosk.maintenance.housekeeping import Housekeeper
from kiosk.maintenance.initialise import start_new_epoch
from kiosk.reports import catalogue
from kiosk.reports.measures.arithmetic import Spread
from kiosk.reports.periods import Period
from kiosk.reports.request import AsOf, NoSuchReport, ReportRequest
from tests.kiosk.reports.both_ways import counts, daily_of
from tests.office import OfficeStory, sample_configuration

MONDAY, TUESDAY = "2024-04-15", "2024-04-16"


@pytest.fixture
def story(home: Path) -> Iterator[OfficeStory]:
    made = OfficeStory("", sample_configuration(f"sqlite:///{home / 'motcua.db'}", opening="always"))
    yield made
    made.close()


def done(story: OfficeStory, ticket: Ticket | None, served_s: int = 60) -> Ticket:
    assert ticket is not None
    story.clock.passes(served_s)
    with story.unit() as unit:
        calling.complete(unit, ticket.id)
    return ticket


def rate(story: OfficeStory, ticket: Ticket, level: str) -> None:
    with story.unit("tablet") as unit:
        rating = ratings.RatingInput(ticket.id, {"attitude": level}, (), None, story.clock.now_ms())
        ratings.rate(unit, rating, "tablet-1")


def test_at_midnight_each_ticket_counts_with_the_day_on_which_it_was_taken(story: OfficeStory) -> None:
    """At 23:55 one is served and done, one served still, one called, one left waiting; one more comes at 00:01."""
    story.clock.jumps_to(f"{MONDAY}T23:55:00+07:00")
    rated, served, called, waiting = (story.take_number() for _ in range(4))
    story.clock.passes(60)
    done(story, story.call_next("1"))
    for ticket in (served, called):
        story.call_next("1" if ticket is served else "2")
    with story.unit() as unit:
        calling.start_service(unit, served.id)
    story.clock.jumps_to(f"{TUESDAY}T00:00:00+07:00")
    Housekeeper(story.app, []).run_once()
    story.clock.passes(60)
    late = story.take_number()
    rate(story, rated, "satisfied")
    done(story, story.call_next("1"))
    states = [story.ticket(one.id).state for one in (rated, served, called, waiting, late)]
    assert states == ["COMPLETED", "COMPLETED", "NO_SHOW", "ABANDONED", "COMPLETED"]
    monday, tuesday, both = daily_of(story, MONDAY), daily_of(story, TUESDAY), daily_of(story, MONDAY, TUESDAY)
    assert counts(monday) == {"issued": 4, "served": 2, "no_show": 1, "abandoned": 1}
    assert counts(tuesday) == {"issued": 1, "served": 1}
    assert counts(both) == {"issued": 5, "served": 3, "no_show": 1, "abandoned": 1}
    assert [one.key for one in monday.tickets_by["by_hour"]] == ["23"]
    assert [one.key for one in tuesday.tickets_by["by_hour"]] == ["00"]
    assert monday.tickets.waiting_ms == Spread(3, 120_000, 120_000), "one a minute, two of them two"
    assert monday.tickets.service_ms == Spread(2, 60_000, 180_000), "the second until the day ended"
    assert (monday.ratings.count, tuesday.ratings.count) == (1, 0), "rated after midnight, for a visit before it"


def test_a_device_that_is_out_of_order_over_midnight_lasts_at_the_end_of_its_day_and_is_well_in_the_week(
    story: OfficeStory,
) -> None:
    """The printer has a fault from 23:50 to 00:20."""
    story.clock.jumps_to(f"{MONDAY}T23:50:00+07:00")
    story.take_number()
    with story.unit() as unit:
        record_device_change(unit, "printer", "hall", "fault", "cover_open")
    story.clock.jumps_to(f"{TUESDAY}T00:20:00+07:00")
    Housekeeper(story.app, []).run_once()
    with story.unit() as unit:
        record_device_change(unit, "printer", "hall", "recovered", None)
    figures = {}
    for first, last in ((MONDAY, MONDAY), (TUESDAY, TUESDAY), (MONDAY, TUESDAY)):
        daily_of(story, first, last)
        made = csv_of(story, "devices", Period(date.fromisoformat(first), date.fromisoformat(last)))
        figures[first, last] = [line for line in made.splitlines() if line.startswith("hall,")]
    assert figures == {
        (MONDAY, MONDAY): ['hall,Máy in phiếu,1,0,"0,0",1'],
        (TUESDAY, TUESDAY): [],
        (MONDAY, TUESDAY): ['hall,Máy in phiếu,1,0,"30,0",0'],
    }


@pytest.mark.parametrize(
    ("last", "row"), [("2024-04-14", [2, 1, 1]), ("2024-04-15", [3, 2, 1])], ids=["to the 14th", "to the 15th"]
)
def test_the_last_millisecond_of_a_period_is_in_it_and_the_next_is_not(
    story: OfficeStory, last: str, row: list[int]
) -> None:
    """Two dossiers of 14/04, one of them ended in its last millisecond; one of the first of 15/04, ended at once."""
    end = from_rfc3339("2024-04-14T23:59:59.999+07:00")
    given = [("0001", end - 3_600_000, end), ("0002", end, None), ("0003", end + 1, end + 1)]
    with story.unit() as unit:
        put_dossiers(
            unit,
            [
                Dossier(
                    f"000.00.53.H48-2404{15 if number == '0003' else 14}-{number}",
                    "1.001193",
                    "Hộ tịch",
                    2,
                    2 if ended is None else 9,
                    received,
                    finished_at=ended,
                )
                for number, received, ended in given
            ],
        )
    made = csv_of(story, "II.06a", Period(date(2024, 3, 15), date.fromisoformat(last)))
    total = next(line.split(",") for line in made.splitlines() if ",Tổng cộng," in line)
    received, resolved, open_ = int(total[2]), int(total[6]), int(total[10])
    assert [received, resolved, open_] == row


def csv_of(story: OfficeStory, name: str, period: Period, place: AsOf | None = None) -> str:
    request = ReportRequest(name, "csv", period, {}, as_of=place)
    with story.app.store.reading() as reading:
        return catalogue.make_report(reading, story.app.office, request).decode("utf-8-sig")


def test_what_an_epoch_had_and_what_the_next_has_come_to_one_report(story: OfficeStory) -> None:
    """Two are served, then the database is taken back from elsewhere; A003 to A005 may be on paper and were lost."""
    for _ in range(2):
        story.take_number()
        done(story, story.call_next("1"))
    with story.app.store.reading() as reading:
        old = reading.state.head
    start_new_epoch(story.app, "restored", LostNumbers(MONDAY, (NumberRange("A", 3, 5),), old.seq + 3))
    ticket = story.take_number()
    assert ticket.number == "A006"
    done(story, story.call_next("1"), 180)
    report = daily_of(story, MONDAY)
    assert counts(report) == {"issued": 3, "served": 3}
    assert report.tickets.service_ms == Spread(3, 60_000, 180_000)
    day = Period(date(2024, 4, 15), date(2024, 4, 15))
    then = csv_of(story, "daily", day, AsOf(old.epoch, old.seq))
    assert "Đã phát số,2\r\n" in then, "made again from its place before the restore"
    with pytest.raises(NoSuchReport, match="không có sự kiện"):
        csv_of(story, "daily", day, AsOf(old.epoch, old.seq + 2))  # it was given out and then lost


def test_what_was_undone_never_happened_and_what_was_done_again_happened_once(story: OfficeStory) -> None:
    """A001: called, undone, called, done, undone, done. A002: absent, undone, done. A003: moved, undone, cancelled."""
    first, second, third = (story.take_number() for _ in range(3))

    def undo(ticket: Ticket) -> None:
        story.clock.passes(30)
        with story.unit() as unit:
            undoing.undo(unit, ticket.id)

    story.clock.passes(60)
    story.call_next("1")
    undo(first)
    story.clock.passes(30)
    story.call_next("1")
    done(story, first, 100)
    undo(first)
    done(story, first, 50)
    story.call_next("1")
    with story.unit() as unit:
        calling.mark_no_show(unit, second.id)
    undo(second)
    done(story, second, 90)
    story.call_next("1")
    with story.unit() as unit:
        calling.transfer(unit, third.id, "1", "DD", None, keep=False, reason=None)
    undo(third)
    with story.unit() as unit:
        calling.hold(unit, third.id, "1", None)
        calling.cancel(unit, third.id, "1", None)
    report = daily_of(story, MONDAY)
    assert counts(report) == {"issued": 3, "served": 2, "cancelled": 1}
    assert report.tickets.waiting_ms == Spread(3, 300_000, 420_000), "2 minutes, 5 and 7"
    assert report.tickets.service_ms == Spread(2, 120_000, 180_000), "100 + 30 + 50 s, and 30 + 90 s"


def test_an_event_that_is_called_wrong_is_counted_as_it_stands_and_once(story: OfficeStory) -> None:
    """Who calls it wrong changes nothing that was: the citizen was served."""
    story.take_number()
    rate(story, done(story, story.call_next("1")), "satisfied")
    before = daily_of(story, MONDAY)
    for kind in ("ticket.issued", "ticket.completed", "rating.submitted"):
        seq = next(event["seq"] for event in story.events() if event["type"] == kind)
        with story.unit("admin") as unit:
            correct_event(unit, seq, "mistake", ("Hoa", "Lan"))
    assert daily_of(story, MONDAY) == before and counts(before) == {"issued": 1, "served": 1}


def test_a_dossier_that_was_put_right_is_counted_once_as_it_is(story: OfficeStory) -> None:
    """It came as open, then as late, then as returned in time: one dossier, resolved."""
    at = from_rfc3339("2024-04-10T09:00:00+07:00")
    for status, ended in ((2, None), (9, at + 5 * 86_400_000), (9, at + 3_600_000)):
        one = Dossier("000.00.53.H48-240410-0001", "1.001193", "Hộ tịch", 2, status, at, at + 86_400_000, ended)
        with story.unit() as unit:
            put_dossiers(unit, [one])
    week = Period(date(2024, 4, 8), date(2024, 4, 14))
    with story.app.store.reading() as reading:
        place = AsOf(reading.state.head.epoch, reading.state.head.seq)
    now, again = csv_of(story, "II.06a", week), csv_of(story, "II.06a", week, place)
    total = next(line.split(",") for line in now.splitlines() if ",Tổng cộng," in line)
    assert now == again and [int(total[2]), int(total[6]), int(total[10])] == [1, 1, 0]
    assert daily_of(story, MONDAY).tickets.issued == 0
