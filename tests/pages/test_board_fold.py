"""The page's fold and spotlight, run in the browser against the examples of the TV."""

from __future__ import annotations

import json
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.display_board.vectors import FILE
from tests.pages.conftest import House, Opener

EXAMPLES: dict[str, list[dict[str, Any]]] = json.loads(FILE.read_text(encoding="utf-8"))
FOLD = """async ({ snapshot, events }) => {
  const { apply, fromSnapshot } = await import("/static/board/fold.js");
  const state = events.reduce(apply, fromSnapshot(snapshot));
  const held = (one) => one && [one.id, one.number, one.service, one.state];
  return {
    seq: state.seq, epoch: state.epoch, day: state.day, doubtful: state.doubtful,
    rows: state.rows.map((row) => [row.code, row.state, held(row.ticket)]), waiting: state.waiting,
    full: [...state.full].sort(),
    calls: state.calls.map((one) => [one.number, one.service, one.counter, one.time, one.recall, one.ticket]),
    progress: state.progress.map((one) => [one.code, one.field, one.step, one.due, one.sensitive, one.name]),
    notices: state.notices.map((one) => [one.id, one.text, one.language]),
  };
}"""
SPOTLIGHT = """async (steps) => {
  const { Director } = await import("/static/board/director.js");
  const director = new Director();
  const lit = [];
  for (const [name, ...values] of steps) {
    director[name](...values);
    if (name === "tick") lit.push(director.spotlight?.call.number ?? null);
  }
  return lit;
}"""


NOTICES = """async (texts) => {
  const { inParts } = await import("/static/board/notices.js");
  return texts.map(inParts);
}"""


@pytest.fixture
def page(house: House, open_page: Opener) -> Page:
    return open_page(house.address, 800, 600)


def test_the_page_makes_of_the_events_what_the_tv_makes_of_them(page: Page) -> None:
    for example in EXAMPLES["fold"]:
        found = page.evaluate(FOLD, {"snapshot": example["snapshot"], "events": example["events"]})
        assert found == example["expected"], example["name"]


def test_the_spotlight_of_the_page_follows_the_same_examples(page: Page) -> None:
    for example in EXAMPLES["spotlight"]:
        assert page.evaluate(SPOTLIGHT, example["steps"]) == example["lit"], example["name"]


def test_the_page_tells_a_long_notice_in_the_parts_of_the_tv(page: Page) -> None:
    examples = EXAMPLES["notices"]
    assert page.evaluate(NOTICES, [one["text"] for one in examples]) == [one["parts"] for one in examples]
