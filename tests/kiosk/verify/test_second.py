"""Two processes find what one finds, also when the second ends or never begins."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any, cast

import pytest

from kiosk.actions import days
from kiosk.maintenance.verification import daily_figures, verify_store
from kiosk.store.journal import JournalHead
from kiosk.verify import recount
from kiosk.verify.second import SecondProcess
from tests.kiosk.verify.test_recount import one_served_ticket
from tests.office import OfficeStory
from tests.sources import ROOT


@pytest.fixture
def story(home: Path) -> Iterator[OfficeStory]:
    """Three days."""
    made = OfficeStory(f"sqlite:///{home / 'motcua.db'}")
    for _ in range(3):
        one_served_ticket(made)
        made.clock.passes(24 * 3600)
        with made.unit() as unit:
            days.ensure_today(unit)
    yield made
    made.close()


def by_two(story: OfficeStory, *wish: str) -> dict[str, Any]:
    assert story.app.store.file is not None
    command = [sys.executable, "-m", "tests.kiosk.verify.recounting", str(story.app.store.file.parent), *wish]
    done = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE)
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def same(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """The chain is told at the end of its epoch instead of between its events."""
    return {**one, "listed": sorted(one["listed"])} == {**other, "listed": sorted(other["listed"])}


CHANGES = [
    "UPDATE journal SET body = replace(body, 'T01:05', 'T01:06') WHERE seq = 3",
    "DELETE FROM journal WHERE seq = 4",
    "DELETE FROM journal WHERE seq = (SELECT max(seq) FROM journal)",
    "UPDATE journal SET body = 'x' WHERE seq = 5",
    "UPDATE tickets SET first_called_at = first_called_at + 1000 WHERE number = 'A001'",
    "DELETE FROM ratings",
    "UPDATE dossiers SET status = 10",
    "UPDATE tickets SET business_date = '2020-01-01' WHERE number = 'A002' AND business_date = '2024-04-15'",
]


def test_the_second_checks_the_chain_and_asks_the_reports(story: OfficeStory) -> None:
    result = by_two(story)
    assert result.pop("asked") == 0
    assert same(result, asdict(verify_store(story.app.store)))
    assert (result["differences"], result["days"], result["events"]) == (0, 3, len(story.events()))


@pytest.mark.parametrize("change", CHANGES)
def test_two_find_what_one_finds(story: OfficeStory, change: str) -> None:
    with story.app.store.writing() as tables:
        assert tables.transaction.cursor.execute(change).rowcount > 0
    result, alone = by_two(story), asdict(verify_store(story.app.store))
    del result["asked"]
    assert same(result, alone) and result["differences"] > 0


def test_what_a_second_that_ended_does_not_say_is_done_by_the_first(story: OfficeStory) -> None:
    with story.app.store.writing() as tables:
        tables.transaction.cursor.execute(CHANGES[0])
    result = by_two(story, "killed")
    assert result.pop("asked") == 3
    assert same(result, asdict(verify_store(story.app.store))) and result["differences"] > 0


@pytest.mark.parametrize(("wish", "asked"), [(("damaged",), 0), (("damaged", "killed"), 3)])
def test_pages_that_do_not_fit_together_are_told_by_two_as_well(
    story: OfficeStory, wish: tuple[str, ...], asked: int
) -> None:
    result = by_two(story, *wish)
    assert (result["asked"], result["days"], result["differences"]) == (asked, 3, 1)
    assert result["listed"] == ["the database file is damaged: a page"]


class NeverThere:
    """A second process that always finds another end of the journal."""

    def __init__(self) -> None:
        self.asked: list[JournalHead] = []

    def begin(self, head: JournalHead) -> bool:
        self.asked.append(head)
        return False


def test_a_journal_that_grows_too_fast_for_two_is_recounted_by_one(
    story: OfficeStory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recount, "MANY_EVENTS", 0)
    second = NeverThere()
    result = recount.verify(story.app.store, daily_figures, None, cast(SecondProcess, second))
    assert (result.differences, result.days, len(second.asked)) == (0, 3, recount.TRIES)


def test_a_short_journal_needs_no_second(story: OfficeStory) -> None:
    second = NeverThere()
    assert recount.verify(story.app.store, daily_figures, None, cast(SecondProcess, second)).days == 3
    assert second.asked == []
