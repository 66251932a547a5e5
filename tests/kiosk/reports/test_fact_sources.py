"""Facts of the tables and facts of the events are the same facts, on any day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.domain.errors import DomainError
from kiosk.reports.events_of_period import all_events, events_of_period
from kiosk.reports.fact_sources import GivenFacts, PeriodFacts, TableFacts, facts_of_events
from kiosk.reports.periods import Period
from kiosk.store.store import Reading
from tests.kiosk.verify.test_recount import STEPS, act
from tests.office import OfficeStory

WEEK = Period(date(2024, 4, 15), date(2024, 4, 21))


@pytest.fixture
def story(home: Path) -> Iterator[OfficeStory]:
    made = OfficeStory(f"sqlite:///{home / 'motcua.db'}")
    yield made
    made.close()


def both(story: OfficeStory, period: Period = WEEK) -> tuple[PeriodFacts, PeriodFacts]:
    with story.app.store.reading() as reading:
        lazy = TableFacts(reading, story.app.office, period)
        rows = GivenFacts(lazy.tickets, lazy.ratings, lazy.counter_spells, lazy.device_spells, lazy.dossiers)
        return rows, facts_of_events(all_events(reading), story.app.office, period)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(STEPS), st.integers(0, 11)), min_size=10, max_size=60))
def test_tables_and_events_give_the_same_facts(steps: list[tuple[str, int]]) -> None:
    with TemporaryDirectory() as folder:
        story = OfficeStory(f"sqlite:///{folder}/motcua.db")
        try:
            for step, pick in steps:
                story.clock.passes(37)
                try:
                    act(story, step, pick)
                except DomainError:
                    continue
            rows, events = both(story)
        finally:
            story.close()
    key = lambda fact: (fact.business_date, fact.number)  # noqa: E731
    assert sorted(rows.tickets, key=key) == sorted(events.tickets, key=key)
    assert sorted(map(repr, rows.ratings)) == sorted(map(repr, events.ratings))
    assert (rows.counter_spells, rows.device_spells) == (events.counter_spells, events.device_spells)
    assert list(rows.dossiers) == list(events.dossiers)


def test_a_rating_that_comes_days_later_belongs_to_the_day_of_its_visit(story: OfficeStory) -> None:
    ticket = story.take_number("HT")
    story.call_next("1")
    story.send("POST", f"/api/v1/tickets/{ticket.id}/complete", "counter", {}, counter="1")
    ago = 2 * 24 * 3600
    story.clock.passes(ago)
    story.take_number("HT")
    body = {"ticket": ticket.id, "answers": {"attitude": "satisfied"}, "tapped_ms_ago": ago * 1000, "late": True}
    assert story.send("POST", "/api/v1/ratings", "tablet", body, counter="1").status_code == 201
    visit = Period(date(2024, 4, 15), date(2024, 4, 15))
    rows, events = both(story, visit)
    assert list(rows.ratings) == list(events.ratings)
    assert [(one.business_date, one.is_late) for one in rows.ratings] == [("2024-04-15", True)]


@pytest.mark.parametrize("page", [1, 2, 3, 5, 500])
def test_the_events_of_a_period_are_found_by_halving(
    story: OfficeStory, page: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Reading, "PAGE", page)
    for _ in range(3):
        for _ in range(4):
            story.take_number()
        story.clock.passes(24 * 3600)
    with story.app.store.reading() as reading:
        whole = list(all_events(reading))
        for first, last in ((15, 15), (16, 16), (15, 17), (18, 30), (1, 14)):
            period = Period(date(2024, 4, first), date(2024, 4, last))
            dates = {f"2024-04-{day:02d}" for day in range(first, last + 1)}
            assert list(events_of_period(reading, period)) == [e for e in whole if e["business_date"] in dates]
        issued = list(events_of_period(reading, WEEK, ("ticket.issued",)))
    assert len(issued) == 12


def test_a_period_is_not_looked_for_in_the_years_before_it(story: OfficeStory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Reading, "PAGE", 1)
    for _ in range(60):
        story.take_number()
    story.clock.passes(24 * 3600)
    story.take_number()
    read = []
    page_of = Reading.journal_page
    monkeypatch.setattr(Reading, "journal_page", lambda self, *where: read.append(where) or page_of(self, *where))
    with story.app.store.reading() as reading:
        (issued,) = events_of_period(reading, Period(date(2024, 4, 16), date(2024, 4, 16)), ("ticket.issued",))
    assert issued["data"]["number"] == "A001"
    assert len(read) < 10


def test_pages_that_were_read_last_are_read_once(story: OfficeStory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Reading, "PAGE", 1)
    for _ in range(20):
        story.take_number()
    with story.app.store.reading() as reading:
        epoch = reading.state.head.epoch
        first, second = reading.journal_page(epoch, 0), reading.journal_page(epoch, 1)
        assert reading.journal_page(epoch, 0) is first
        assert [seq for seq, _ in (*first, *second)] == [1, 2]
        for after in range(2, 2 + Reading.PAGES_KEPT):
            reading.journal_page(epoch, after)
        assert reading.journal_page(epoch, 0) == first
        assert reading.journal_page(epoch, 0) is not first, "no more of the journal is kept than some pages"
