"""The TV of offices of six, nine and twenty services: each counter has its turn, every word is whole, calls at once."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from display_board.state.board import Board
from display_board.state.display import Display, display_of
from display_board.state.paging import TURN_S
from display_board.state.scene import Scene
from tests import large_offices
from tests.display_board import looks
from tests.display_board.office import NOW, board, called, ticket
from tests.display_board.pictures import draw
from tests.display_board.states import lit, shown
from tests.large_offices import SIX, SIZES, TWENTY, Size

SCREENS = {"1080p": (1920, 1080), "720p": (1280, 720), "upright": (1080, 1920)}


def display(size: Size) -> Display:
    known = large_offices.configuration(size, "sqlite:///nowhere.db").model_dump(mode="json", by_alias=True)
    return display_of({"office": known["office"], "services": known["service"], "counters": known["counter"]})


def office(size: Size) -> Board:
    """Every counter serves a number of four figures, the last one calls; two thousand people wait in each service."""
    looks_like = display(size)
    codes = [str(i + 1) for i in range(size.counters)]
    rows = [
        {
            "code": code,
            "name": f"Quầy {code}",
            "services": [looks_like.signs[0].code],
            "state": "OPEN",
            "ticket": ticket(f"A{1000 + int(code)}", "S1", "CALLED" if code == codes[-1] else "SERVING"),
        }
        for code in codes
    ]
    calls = [called(f"A{1000 + size.counters - i}", "S1", str(size.counters - i), f"01:{12 - i:02d}") for i in range(4)]
    made = board(counters=rows, recent_calls=calls)
    return replace(made, display=looks_like, waiting=dict.fromkeys((sign.code for sign in looks_like.signs), 2000))


def pages(at: Board, stands: bool) -> list[Scene]:
    first = shown(at, monotonic=0.0, stands=stands)
    count = max(first.place[1], first.waiting_place[1])
    return [shown(at, monotonic=float(TURN_S * page), stands=stands) for page in range(count)]


def faults(monkeypatch: pytest.MonkeyPatch, scene: Scene, size: tuple[int, int], path: Path) -> list[object]:
    """Words that are cut or stand on others, as they were drawn."""
    made: list[looks.Watching] = []

    def canvas(*args: object) -> looks.Watching:
        made.append(looks.Watching(*args))  # type: ignore[arg-type]
        return made[0]

    monkeypatch.setattr("display_board.drawing.screen.Canvas", canvas)
    draw(scene, size, path)
    seen = made[0].seen
    assert len(seen) > 10
    cut: list[object] = [one for one in seen if not one.room.contains(one.ink)]
    shared = [(one, other, one.ink.clip(other.ink)) for i, one in enumerate(seen) for other in seen[:i]]
    least = [min(one.ink.w * one.ink.h, other.ink.w * other.ink.h) for one, other, _ in shared]
    return cut + [pair[:2] for pair, area in zip(shared, least, strict=True) if pair[2].w * pair[2].h > 0.02 * area]


@pytest.mark.parametrize("label", SCREENS)
@pytest.mark.parametrize("size", SIZES, ids=str)
def test_every_counter_and_service_has_its_turn_and_every_word_is_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: Size, label: str
) -> None:
    at = office(size)
    scenes = pages(at, stands=label == "upright")
    for scene in scenes:
        assert faults(monkeypatch, scene, SCREENS[label], tmp_path / "page.png") == []
        assert str(size.counters) in {row.code for row in scene.rows}, "who calls stands on every page"
        assert len(scene.rows) <= (6 if label == "upright" else 10) and len(scene.waiting) <= 6
    assert {row.code for scene in scenes for row in scene.rows} == {row.code for row in at.rows}
    assert {service for scene in scenes for service, _, _ in scene.waiting} == {sign.code for sign in at.display.signs}


@pytest.mark.parametrize("label", SCREENS)
@pytest.mark.parametrize("size", [SIX, TWENTY], ids=str)
def test_a_call_and_a_lost_line_are_whole_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: Size, label: str
) -> None:
    at = office(size)
    stands = label == "upright"
    for scene in (shown(at, lit(at), stands=stands), shown(at, lost=NOW - 420_000, stands=stands)):
        assert faults(monkeypatch, scene, SCREENS[label], tmp_path / "call.png") == []
    assert shown(at, lit(at)).highlight is not None, "a call does not wait for its page"


@pytest.mark.parametrize(("counter", "direction"), [("1", "left"), ("2", "up"), ("3", "right")])
def test_the_arrow_of_a_row_points_where_the_call_and_the_last_calls_point(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, counter: str, direction: str
) -> None:
    drawn: list[str] = []
    for module in ("panels", "spotlight"):
        monkeypatch.setattr(
            f"display_board.drawing.{module}.arrow", lambda canvas, way, *rest: drawn.append(way), raising=True
        )
    at = office(SIX)
    rows = tuple(
        replace(row, ticket=row.ticket and replace(row.ticket, state="CALLED" if row.code == counter else "SERVING"))
        for row in at.rows
    )
    calls = (replace(at.calls[0], counter=counter),)
    at = replace(at, rows=rows, calls=calls)
    draw(shown(at), (1920, 1080), tmp_path / "board.png")
    assert drawn == [direction, direction], "row and last call"
    draw(shown(at, lit(at)), (1920, 1080), tmp_path / "call.png")
    assert drawn[2:] == [direction, direction], "spotlight and last call"
