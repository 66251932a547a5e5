"""The TV's fold and spotlight against the examples that the page is held to as well."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contract.dossiers import DossierProgress
from display_board.state.board import BoardCall, BoardTicket, CounterRow
from display_board.state.call_scheduler import CallScheduler
from display_board.state.notices import MOST, in_parts
from display_board.state.paging import rows_at, with_names_first
from tests.display_board.vectors import FILE, folded

EXAMPLES: dict[str, list[dict[str, Any]]] = json.loads(FILE.read_text(encoding="utf-8"))


@pytest.mark.parametrize("example", EXAMPLES["fold"], ids=lambda one: one["name"])
def test_the_board_makes_of_the_events_what_the_examples_say(example: dict[str, Any]) -> None:
    assert json.loads(json.dumps(folded(example))) == example["expected"]


@pytest.mark.parametrize("example", EXAMPLES["spotlight"], ids=lambda one: one["name"])
def test_the_spotlight_follows_the_examples(example: dict[str, Any]) -> None:
    scheduler = CallScheduler(lambda call, times: None, lambda: True)
    lit: list[str | None] = []
    for name, *values in example["steps"]:
        if name == "hear":
            scheduler.hear(BoardCall(**values[0]), values[1])
        elif name == "withdraw":
            scheduler.withdraw(*values)
        else:
            scheduler.tick(values[0])
            lit.append(scheduler.spotlight and scheduler.spotlight.call.number)
    assert lit == example["lit"]


@pytest.mark.parametrize("example", EXAMPLES["notices"], ids=lambda one: one["text"][:20])
def test_a_notice_is_told_in_the_parts_of_the_examples(example: dict[str, Any]) -> None:
    assert in_parts(example["text"]) == example["parts"]


@pytest.mark.parametrize("example", EXAMPLES["pages"], ids=lambda one: one["name"])
def test_counters_come_in_the_pages_of_the_examples(example: dict[str, Any]) -> None:
    calling = example.get("calling", [])
    rows = [
        CounterRow(str(code), "", ("HT",), "OPEN", BoardTicket(f"t{code}", "A001", "HT", "CALLED"))
        if code in calling
        else CounterRow(str(code), "", ("HT",), "OPEN")
        for code in range(1, example["counters"] + 1)
    ]
    calls = [BoardCall("A001", "HT", str(code), 100 - place, False) for place, code in enumerate(calling)]
    page, place = rows_at(rows, calls, example["now"], example.get("stands", False), example.get("far", False))
    assert ([int(row.code) for row in page], list(place)) == (example["shown"], example["place"])


@pytest.mark.parametrize("example", EXAMPLES["dossier_places"], ids=lambda one: one["rows"])
def test_dossiers_without_a_name_take_only_the_places_left_over(example: dict[str, Any]) -> None:
    rows = [DossierProgress(code, "", "received", None, code == "s") for code in example["rows"]]
    assert "".join(row.code_masked for row in with_names_first(rows, example["at_once"])) == example["shown"]


def expected(name: str) -> dict[str, Any]:
    return dict(next(one["expected"] for one in EXAMPLES["fold"] if one["name"] == name))


def test_the_examples_say_what_an_officer_would_say() -> None:
    called = expected("a call takes its place at the counter")
    assert called["rows"][4] == ["5", "OPEN", ["t-A013", "A013", "HT", "CALLED"]] and called["waiting"]["HT"] == 2
    assert expected("the last number of the day makes a service full")["full"] == ["HT"]
    assert expected("another day begins empty")["full"] == [] == expected("another day begins empty")["calls"]
    assert expected("an undone call is no call")["waiting"]["HT"] == 3
    assert expected("an undone second call leaves the first")["calls"][0][4] is False
    assert [row[1] for row in expected("counters open, pause and close")["rows"][:2]] == ["OPEN", "CLOSED"]
    assert expected("a transferred ticket waits for another service")["waiting"] == {
        "DD": 1,
        "HT": 3,
        "KQ": 0,
        "VP": 0,
        "VX": 3,
    }
    doubtful = {one["name"] for one in EXAMPLES["fold"] if one["expected"]["doubtful"]}
    assert doubtful == {
        "a gap is doubtful",
        "another life is doubtful",
        "a decided dossier asks for a new look",
        "a call of which nothing tells the state before is doubtful",
        "another configuration asks for a new look",
        "where names are shown a dossier that moves on asks for a new look",
        "where names are shown a new dossier asks for a new look",
        "a dossier of another unit takes no name over",
    }


@given(st.text(alphabet="aẫ .;…", max_size=400))
def test_no_word_of_a_notice_is_lost_and_every_part_fits(text: str) -> None:
    parts = in_parts(text)
    assert all(0 < len(part) <= MOST for part in parts)
    whole = "".join(part.removesuffix(" …") if part != parts[-1] else part for part in parts)
    if "…" not in text:
        assert "".join(whole.split()) == "".join(text.split())
