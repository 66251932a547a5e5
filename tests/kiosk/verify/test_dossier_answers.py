"""What citizens answered of dossiers: counted by hand, and alike from tables, from events and by the recount."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path
from random import Random

import pytest

from config.loading import build, sample_text
from kiosk.actions import dossier_links, ratings, undoing
from kiosk.actions.dossiers import put_dossiers
from kiosk.domain.dossier import Dossier
from kiosk.domain.errors import DomainError
from kiosk.domain.survey import FurtherQuestion
from kiosk.maintenance.verification import verify_store
from kiosk.reports.events_of_period import all_events
from kiosk.reports.fact_sources import TableFacts, facts_of_events
from kiosk.reports.masked import MaskedFacts
from kiosk.reports.periods import Period
from kiosk.verify.dossier_answers import AnswerOfVisit, answers_of, count_answers
from kiosk.verify.dossiers import DossierLine
from kiosk.verify.replay import TicketEvents
from tests.kiosk.verify.events import called, completed, event, issued, started
from tests.kiosk.verify.test_dossiers import RULE, criteria_on
from tests.kiosk.verify.test_recount import act
from tests.office import OfficeStory

FIRST, OTHER = "000.00.53.H48-240415-0001", "000.00.53.H48-240412-0002"
THREE = FurtherQuestion("contacts", "?", {"none": "0", "one": "1", "more": "2"}, 3)
AGAIN = FurtherQuestion("again", "?", {"none": "0", "one": "1", "more": "2"}, 3)
TWO = FurtherQuestion("kind", "?", {"yes": "có", "no": "không"}, 7)
ASKED = (THREE, AGAIN, TWO, FurtherQuestion("own", "?", {"a": "a", "b": "b", "c": "c"}))
YEAR = ("2023-12-15", "2024-12-14")
FURTHER = """
[[survey.further]]
code = "contacts"
name = "Mấy lần?"
criterion = 3
choices = [{ code = "none", name = "0" }, { code = "one", name = "1" }, { code = "more", name = "2" }]
[[survey.further]]
code = "manner"
name = "Thái độ?"
criterion = 7
choices = [{ code = "good", name = "Tốt" }, { code = "fair", name = "Được" }, { code = "bad", name = "Chưa" }]
"""


@pytest.fixture
def story(home: Path) -> Iterator[OfficeStory]:
    tables = tomllib.loads(sample_text())
    url = f"sqlite:///{home / 'motcua.db'}"
    tables["printer"], tables["database"] = [], {"url": url}
    tables["server"]["bind"] = "127.0.0.1:0"
    tables["survey"]["further"] = tomllib.loads(FURTHER)["survey"]["further"]
    made = OfficeStory(url, build(tables, "sample"))
    yield made
    made.close()


def visit(*links: tuple[str, str], **further: str) -> TicketEvents:
    linked = [event(f"dossier_{kind}", state="SERVING", counter="1", dossier=code) for kind, code in links]
    rating = {"answers": {"attitude": "good"}, "service": "HT", "counter": "1", "clerk": None, "further": further}
    return TicketEvents([issued(0), called(4), started(5), *linked, completed(15)], [rating])


def test_an_answer_belongs_to_every_dossier_that_stays_linked() -> None:
    tickets = [
        visit(("linked", FIRST), ("linked", OTHER), contacts="one"),
        visit(("linked", FIRST), ("unlinked", FIRST), contacts="more"),
        visit(("linked", FIRST), contacts="none", again="more", kind="no", own="c"),
        visit(("linked", FIRST), kind="no"),
        visit(contacts="none"),
        visit(("linked", FIRST), contacts="gone"),
    ]
    assert answers_of("2024-04-15", tickets, ASKED) == [
        AnswerOfVisit(FIRST, "2024-04-15", {3: 1}),
        AnswerOfVisit(OTHER, "2024-04-15", {3: 1}),
        AnswerOfVisit(FIRST, "2024-04-15", {3: 2}),
    ]


def line(received: str, ended: str, status: int = 10) -> DossierLine:
    return DossierLine(status, 1, "1.001193", "Hộ tịch", received, "", ended, digitised=True)


# received, ended, status; then (day, points of criterion 3) of visits → of how many dossiers, and the sum
BY_HAND = [
    (("2024-04-15", "2024-04-18", 10), [("2024-04-15", 2)], (1, 2)),
    (("2024-04-15", "2024-04-18", 9), [("2024-04-15", 2), ("2024-04-18", 1)], (1, 1)),
    (("2024-04-15", "2024-04-18", 10), [("2024-04-15", 0), ("2024-04-18", 2)], (1, 0)),
    (("2024-04-15", "2024-04-18", 10), [("2024-04-14", 0)], None),  # before the day of its code
    (("2024-04-14", "2024-04-18", 10), [("2024-04-14", 0)], (1, 0)),  # of its receipt
    (("2024-04-17", "2024-04-18", 10), [("2024-04-15", 2)], (1, 2)),
    (("2024-04-15", "2024-12-14", 10), [("2024-12-14", 1), ("2024-12-15", 0)], (1, 1)),  # after the period
    (("2024-04-15", "2024-12-15", 10), [("2024-04-15", 2)], None),
    (("2024-04-15", "2024-04-18", 7), [("2024-04-15", 2)], None),
    (("2024-04-15", "", 4), [("2024-04-15", 2)], None),
]


@pytest.mark.parametrize(("dossier", "visits", "expected"), BY_HAND)
def test_the_fewest_points_count_of_a_dossier_that_was_decided(
    dossier: tuple[str, str, int], visits: list[tuple[str, int]], expected: tuple[int, int] | None
) -> None:
    given = [AnswerOfVisit(FIRST, day, {3: 2 - points}) for day, points in visits] + [
        AnswerOfVisit(OTHER, "2024-04-15", {3: 0})
    ]
    counted = count_answers({FIRST: line(*dossier)}, given, [YEAR], criteria_on)
    path = "2024-12-14/criterion_3"
    assert counted == ({} if expected is None else {f"{path}_dossiers": expected[0], f"{path}_points": expected[1]})


def test_before_the_circular_there_are_no_points() -> None:
    lines, given = {FIRST: line("2018-11-20", "2018-11-22")}, [AnswerOfVisit(FIRST, "2018-11-22", {3: 0})]
    assert count_answers(lines, given, [("2018-11-01", "2018-11-22")], criteria_on) == {}
    assert (
        count_answers(lines, given, [("2018-11-01", "2018-11-23")], criteria_on)["2018-11-23/criterion_3_points"] == 2
    )


def test_rules_of_an_office_give_the_points_of_its_own() -> None:
    lines, given = {FIRST: line("2024-04-15", "2024-04-18")}, [AnswerOfVisit(FIRST, "2024-04-16", {3: 0, 7: 1})]
    counted = count_answers(lines, given, [YEAR], lambda _: RULE._replace(best=5))
    assert (counted["2024-12-14/criterion_3_points"], counted["2024-12-14/criterion_7_points"]) == (5, 1)


def put(story: OfficeStory, code: str, status: int = 10) -> None:
    with story.unit() as unit:
        day = unit.now - 86_400_000
        put_dossiers(unit, [Dossier(code, "1.001193", "Hộ tịch", 1, status, day, finished_at=unit.now)])


def rate(story: OfficeStory, ticket: str, **further: str) -> None:
    with story.unit() as unit:
        answers = {"attitude": "satisfied", **further}
        ratings.rate(unit, ratings.RatingInput(ticket, answers, (), None, unit.now), "t")


def served(story: OfficeStory, *codes: str) -> str:
    story.take_number()
    ticket = story.call_next("1", finish="complete")
    assert ticket is not None
    for code in codes:
        with story.unit() as unit:
            dossier_links.link_dossier(unit, ticket.id, code)
    assert story.send("POST", f"/api/v1/tickets/{ticket.id}/complete", "counter", {}, counter="1").status_code == 200
    return ticket.id


def answers(story: OfficeStory, period: Period) -> dict[str, tuple[tuple[str, str], ...]]:
    """By dossier; the tables and the events say the same, and a recount finds nothing wrong."""
    with story.app.store.reading() as reading:
        rows = TableFacts(reading, story.app.office, period)
        events = facts_of_events(all_events(reading), story.app.office, period)
        assert list(rows.decided) == list(events.decided)
        assert [one.answers for one in MaskedFacts(rows).decided] == [one.answers for one in rows.decided]
        return {one.code: one.answers for one in rows.decided}


def test_what_was_answered_after_a_visit_is_known_of_its_dossiers(story: OfficeStory) -> None:
    put(story, FIRST)
    put(story, OTHER)
    put(story, "000.00.53.H48-240415-0003", status=4)
    rate(story, served(story, FIRST, OTHER), contacts="none", manner="good")
    rate(story, served(story, FIRST), manner="bad")
    rate(story, served(story, "000.00.53.H48-240415-0003"), manner="bad")
    rate(story, served(story), manner="bad")
    assert answers(story, Period(date(2024, 4, 15), date(2024, 4, 15))) == {
        OTHER: (("contacts", "none"), ("manner", "good")),
        FIRST: (("contacts", "none"), ("manner", "bad"), ("manner", "good")),
    }
    assert answers(story, Period(date(2024, 4, 1), date(2024, 4, 14))) == {}
    result = verify_store(story.app.store)
    assert (result.differences, result.listed) == (0, [])


def test_a_visit_weeks_before_the_decision_counts_and_a_link_taken_off_does_not(story: OfficeStory) -> None:
    ticket = served(story, FIRST, OTHER)
    with story.unit() as unit:
        dossier_links.unlink_dossier(unit, ticket, OTHER, "1")
    rate(story, ticket, contacts="one")
    other = served(story, OTHER)
    with story.unit() as unit:
        dossier_links.unlink_dossier(unit, other, OTHER, "1")
    with story.unit() as unit:
        undoing.undo(unit, other, "1")
    rate(story, other, contacts="more")
    story.clock.passes(20 * 86_400)
    put(story, FIRST)
    put(story, OTHER)
    assert answers(story, Period(date(2024, 5, 1), date(2024, 5, 31))) == {
        OTHER: (("contacts", "more"),),
        FIRST: (("contacts", "one"),),
    }
    assert verify_store(story.app.store).differences == 0


def test_an_answer_that_was_changed_in_the_tables_is_named(story: OfficeStory) -> None:
    put(story, FIRST)
    rate(story, served(story, FIRST), contacts="none")
    with story.app.store.writing() as tables:
        tables.transaction.cursor.execute("UPDATE further_answers SET choice = 'more'")
    listed = verify_store(story.app.store).listed
    assert "dossiers up to 2024-12-14/criterion_3_points: the report says 0, the journal 2" in listed


@pytest.mark.parametrize("seed", range(6))
def test_on_random_days_tables_events_and_recount_agree(story: OfficeStory, seed: int) -> None:
    dice = Random(seed)
    for _ in range(20):
        story.clock.passes(dice.choice((60, 60, 24 * 3600)))
        for step in (
            "issue",
            "call",
            "call",
            "call",
            *dice.choices(("link", "link", "unlink", "undo", "dossier"), k=8),
            "complete",
        ):
            story.clock.passes(1)
            try:
                act(story, step, dice.randint(0, 11))
            except DomainError:
                continue
        done = [one["subject"] for one in story.events() if one["type"] == "ticket.completed"]
        with suppress(DomainError, IndexError):
            rate(story, done[-1], contacts=dice.choice(("none", "one", "more")), manner=dice.choice(("good", "bad")))
    answers(story, Period(date(2024, 4, 1), date(2024, 12, 31)))
    result = verify_store(story.app.store)
    assert (result.differences, result.listed) == (0, [])
