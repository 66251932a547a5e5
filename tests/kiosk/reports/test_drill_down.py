"""What lies behind a figure: the tickets that a median was read off, those within the promise, a page at a time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from kiosk.reports import drill_down
from kiosk.reports.dashboard_groups import group_figures
from kiosk.reports.drill_down import RatingChoice, TicketChoice, ratings_behind, rows_behind, tickets_behind
from kiosk.reports.fact_sources import ticket_fact
from kiosk.reports.periods import Period
from kiosk.store.store import Reading
from tests.laid_tables import lay_tables
from tests.office import OfficeStory

DAY = Period(date(2024, 4, 15), date(2024, 4, 15))
WAITED = [5, 20, 1, 15, 16]  # minutes; 15 are promised


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OfficeStory]:
    """Five people who were called after WAITED minutes, by An and Bình in turn, and one who was not."""
    folder = tmp_path_factory.mktemp("office")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MOTCUA_HOME", str(folder))
        office = OfficeStory(lay_tables(f"sqlite:///{folder / 'motcua.db'}"))
        for place, minutes in enumerate(WAITED):
            clerk = ("Hồ An", "Lê Bình")[place % 2]
            with office.app.store.writing() as tables:
                seat = tables.counters.get("1")
                tables.counters.save(type(seat)(**{**_fields(seat), "clerk": clerk}))
            office.take_number()
            office.clock.passes(60 * minutes)
            office.call_next("1", "complete" if place else None)
        office.take_number()
        yield office
        office.close()


def _fields(row: object) -> dict[str, object]:
    return {name: getattr(row, name) for name in row.__dataclass_fields__}  # type: ignore[attr-defined]


@pytest.fixture
def reading(story: OfficeStory) -> Iterator[Reading]:
    with story.app.store.reading() as view:
        yield view


def minutes_of(page: drill_down.ListPage[drill_down.CountedTicket]) -> list[int]:
    return [(one.waited_ms or 0) // 60_000 for one in page.rows]


def test_a_list_by_time_has_the_longest_first_and_names_what_was_read_off(story: OfficeStory, reading: Reading) -> None:
    page = tickets_behind(reading, story.app.office, DAY, TicketChoice(timed="waiting"))
    assert minutes_of(page) == [20, 16, 15, 5, 1]
    assert [tuple(one.marks) for one in page.rows] == [("p90", "most", "beyond"), ("beyond",), ("median",), (), ()]


def test_the_share_within_the_promise_counts_the_tickets_of_its_list(story: OfficeStory, reading: Reading) -> None:
    office = story.app.office
    kept = tickets_behind(reading, office, DAY, TicketChoice(timed="waiting", kept=True))
    missed = tickets_behind(reading, office, DAY, TicketChoice(timed="waiting", kept=False))
    assert (minutes_of(kept), minutes_of(missed)) == ([15, 5, 1], [20, 16])
    facts = [ticket_fact(row, office) for row in reading.statistics.visits("2024-04-15", "2024-04-15")]
    total = group_figures(facts, office)[-1]
    assert total.waiting.within_bp == 6000 == 10_000 * kept.count // total.waiting.count


def test_groups_of_clerks_are_the_lists_of_clerks(story: OfficeStory, reading: Reading) -> None:
    office = story.app.office
    facts = [ticket_fact(row, office) for row in reading.statistics.visits("2024-04-15", "2024-04-15")]
    groups = {one.key: one for one in group_figures(facts, office) if one.dimension == "clerk"}
    assert list(groups) == ["Hồ An", "Lê Bình"]
    for clerk, group in groups.items():
        choice = TicketChoice(clerk=clerk, timed="waiting", begin="median")
        rows = tickets_behind(reading, office, DAY, choice).rows
        assert len(rows) == group.waiting.count
        assert [one.waited_ms for one in rows if "median" in one.marks] == [group.waiting.median]
    masked = tickets_behind(reading, office, DAY, TicketChoice(clerk="Hồ A."), masked=True)
    assert masked.count == groups["Hồ An"].issued and {one.clerk for one in masked.rows} == {"Hồ A."}
    assert tickets_behind(reading, office, DAY, TicketChoice(clerk="Hồ An"), masked=True).count == 0


def test_who_waited_in_an_hour_is_who_was_there_before_its_end_and_not_called_before_it(
    story: OfficeStory, reading: Reading
) -> None:
    # taken at 8:05, 8:10, 8:30, 8:31, 8:46 and 9:02; called at 8:10, 8:30, 8:31, 8:46, 9:02 and not at all
    counts = {
        hour: tickets_behind(reading, story.app.office, DAY, TicketChoice(present=hour)).count for hour in (7, 8, 9, 10)
    }
    assert counts == {7: 0, 8: 5, 9: 2, 10: 1}


def test_a_page_begins_where_it_is_asked_to(
    story: OfficeStory, reading: Reading, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drill_down, "PAGE", 2)
    office = story.app.office
    page = tickets_behind(reading, office, DAY, TicketChoice(timed="waiting", begin="median"))
    assert (page.count, page.offset, minutes_of(page)) == (5, 2, [15, 5])
    last = tickets_behind(reading, office, DAY, TicketChoice(timed="waiting", offset=4))
    assert (last.count, minutes_of(last)) == (5, [1])
    assert tickets_behind(reading, office, DAY, TicketChoice(offset=6)).rows == []


def test_of_nothing_nothing_is_listed(story: OfficeStory, reading: Reading) -> None:
    other = Period(date(2024, 1, 1), date(2024, 1, 2))
    for choice in (TicketChoice(timed="service", begin="p90"), RatingChoice(clerk="Hồ An")):
        assert rows_behind(reading, story.app.office, other, choice, masked=False).count == 0
    assert ratings_behind(reading, story.app.office, DAY, RatingChoice(), masked=True).rows == []
