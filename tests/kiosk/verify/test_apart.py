"""What the recount does with a helper that checks the chain: when it asks, what it takes, what it does itself."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import pytest

from kiosk.actions.epochs import begin_epoch
from kiosk.domain.lost_numbers import LostNumbers, NumberRange
from kiosk.maintenance.verification import daily_figures, verify_store
from kiosk.store.journal import JournalHead
from kiosk.verify import recount
from kiosk.verify.chain import ChainOutcome
from kiosk.verify.recount import RecountResult
from kiosk.verify.second import SecondProcess
from tests.kiosk.verify.test_recount import one_served_ticket
from tests.office import OfficeStory


@pytest.fixture
def story(home: Path) -> Iterator[OfficeStory]:
    made = OfficeStory(f"sqlite:///{home / 'motcua.db'}")
    one_served_ticket(made)
    yield made
    made.close()


class Helper:
    """Agrees on the journal's end from some question on, and says what it is told to say of the chain."""

    def __init__(self, outcome: ChainOutcome | None = None, agrees_at: int = 1, wrong_pages: str | None = None) -> None:
        self._outcome, self._agrees_at, self._wrong_pages = outcome, agrees_at, wrong_pages
        self.asked: list[JournalHead] = []

    def begin(self, head: JournalHead) -> bool:
        self.asked.append(head)
        return len(self.asked) >= self._agrees_at

    def report_of(self, day: str) -> dict[str, Any] | None:
        return None

    def chain_of(self, epoch: str) -> ChainOutcome | None:
        return self._outcome

    def pages(self) -> str | None:
        return self._wrong_pages


def head_of(story: OfficeStory) -> JournalHead:
    with story.app.store.reading() as reading:
        return reading.state.head


def by_two(story: OfficeStory, helper: Helper, monkeypatch: pytest.MonkeyPatch) -> RecountResult:
    monkeypatch.setattr(recount, "MANY_EVENTS", head_of(story).seq)
    return recount.verify(story.app.store, daily_figures, None, cast(SecondProcess, helper))


def damage(story: OfficeStory, statement: str) -> None:
    with story.app.store.writing() as tables:
        assert tables.transaction.cursor.execute(statement).rowcount > 0


def test_what_the_helper_found_in_the_chain_is_told(story: OfficeStory, monkeypatch: pytest.MonkeyPatch) -> None:
    head = head_of(story)
    outcome = ChainOutcome(head.seq, head.hash, 7, ["one", "two"])
    result = by_two(story, Helper(outcome), monkeypatch)
    assert (result.differences, result.listed) == (7, ["one", "two"])
    assert (result.events, result.tickets) == (head.seq, 2)


def test_where_the_helper_saw_the_chain_end_is_compared(story: OfficeStory, monkeypatch: pytest.MonkeyPatch) -> None:
    head = head_of(story)
    result = by_two(story, Helper(ChainOutcome(head.seq - 1, head.hash, 0, [])), monkeypatch)
    assert [f"the journal ends at seq {head.seq - 1}" in line for line in result.listed] == [True]


def test_a_helper_that_looks_takes_the_chain_over(story: OfficeStory, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first does not check it as well: the damage below would be told twice."""
    head = head_of(story)
    damage(story, 'UPDATE journal SET body = replace(body, \'"hash":"\', \'"hash":"0\') WHERE seq = 3')
    result = by_two(story, Helper(ChainOutcome(head.seq, head.hash, 0, [])), monkeypatch)
    assert (result.differences, result.listed) == (0, [])


def test_the_chain_of_a_helper_that_says_nothing_is_checked_after_it(
    story: OfficeStory, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert by_two(story, Helper(), monkeypatch).differences == 0
    damage(story, 'UPDATE journal SET body = replace(body, \'"hash":"\', \'"hash":"0\') WHERE seq = 3')
    result, alone = by_two(story, Helper(), monkeypatch), verify_store(story.app.store)
    assert (result.differences, sorted(result.listed)) == (alone.differences, sorted(alone.listed))
    assert any("seq 3: the hash is" in line for line in result.listed)


def test_a_helper_is_asked_until_both_see_one_end(story: OfficeStory, monkeypatch: pytest.MonkeyPatch) -> None:
    helper = Helper(agrees_at=3)
    assert by_two(story, helper, monkeypatch).days == 1
    assert helper.asked == [head_of(story)] * 3


def test_five_times_at_most(story: OfficeStory, monkeypatch: pytest.MonkeyPatch) -> None:
    helper = Helper(agrees_at=6)
    result = by_two(story, helper, monkeypatch)
    assert (len(helper.asked), result.days, result.differences) == (5, 1, 0)


def test_one_event_less_than_many_needs_no_helper(story: OfficeStory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recount, "MANY_EVENTS", head_of(story).seq + 1)
    helper = Helper()
    recount.verify(story.app.store, daily_figures, None, cast(SecondProcess, helper))
    assert helper.asked == []


@pytest.mark.parametrize("with_helper", [True, False])
def test_every_page_of_the_file_is_read(story: OfficeStory, monkeypatch: pytest.MonkeyPatch, with_helper: bool) -> None:
    wholes = []
    monkeypatch.setattr(recount, "check_pages", lambda reader, whole: wholes.append(whole))
    if with_helper:
        by_two(story, Helper(), monkeypatch)
    else:
        verify_store(story.app.store)
    assert wholes == [True]


@pytest.mark.parametrize(("said", "listed"), [("", []), ("page 7 is damaged", ["page 7 is damaged"])])
def test_pages_that_the_helper_looked_through_are_not_read_again(
    story: OfficeStory, monkeypatch: pytest.MonkeyPatch, said: str, listed: list[str]
) -> None:
    wholes: list[bool] = []
    monkeypatch.setattr(recount, "check_pages", lambda reader, whole: wholes.append(whole))
    result = by_two(story, Helper(wrong_pages=said), monkeypatch)
    assert (result.listed, wholes, result.days) == (listed, [], 1)


def test_numbers_that_a_new_epoch_tells_as_lost_are_not_missing(story: OfficeStory) -> None:
    with story.unit() as unit:
        begin_epoch(unit, "restored", LostNumbers("2024-04-15", (NumberRange("A", 3, 5),), 90))
    assert story.take_number().number == "A006"
    result = verify_store(story.app.store)
    assert (result.listed, result.epochs) == ([], 2)
    damage(story, "UPDATE number_series SET last = 7 WHERE letter = 'A'")
    assert story.take_number().number == "A008"
    assert verify_store(story.app.store).listed == ["2024-04-15: number A007 is missing"]
