"""What the screen shows in turn while nobody waits, against tables worked out by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from display_board.state.board import Board
from display_board.state.display import Display, Picture, Sign
from display_board.state.idle import IdlePage, is_calm, is_late, page_at
from display_board.state.news import News
from tests.display_board.office import board
from tests.display_board.states import calm, dossiers, shown

TODAY = date(2024, 4, 15)


def everything(count: int = 16) -> Board:
    """Sixteen dossiers, two of them without a name, the code of the procedures, and pictures, one of them over."""
    at = calm(progress=dossiers(count))
    pictures = (
        Picture("hall.png", 10),
        Picture("over.png", 10, last=date(2024, 4, 14)),
        Picture("later.png", 10, first=date(2024, 4, 16)),
        Picture("today.png", 7, first=TODAY, last=TODAY),
    )
    return replace(at, display=replace(at.display, procedures="https://mc.bavi.vn/procedures", pictures=pictures))


# 20 s the counters; 6, 6 and 4 dossiers of 3 s each, 10 s at least: 18, 18, 12; the code 15 s; pictures 10 s and 7 s
@pytest.mark.parametrize(
    ("idle_s", "kind", "place", "rows", "file"),
    [
        (0.0, "board", (1, 1), 0, ""),
        (19.9, "board", (1, 1), 0, ""),
        (20.0, "dossiers", (1, 3), 6, ""),
        (37.9, "dossiers", (1, 3), 6, ""),
        (38.0, "dossiers", (2, 3), 6, ""),
        (56.0, "dossiers", (3, 3), 4, ""),
        (67.9, "dossiers", (3, 3), 4, ""),
        (68.0, "procedures", (1, 1), 0, ""),
        (82.9, "procedures", (1, 1), 0, ""),
        (83.0, "picture", (1, 1), 0, "hall.png"),
        (93.0, "picture", (1, 1), 0, "today.png"),
        (99.9, "picture", (1, 1), 0, "today.png"),
        (100.0, "board", (1, 1), 0, ""),
        (120.0, "dossiers", (1, 3), 6, ""),
    ],
)
def test_pages_follow_each_other(idle_s: float, kind: str, place: tuple[int, int], rows: int, file: str) -> None:
    page = page_at(everything(), idle_s, TODAY, stands=False)
    assert (page.kind, page.place, len(page.rows), page.file) == (kind, place, rows, file)


def test_a_screen_that_stands_shows_eight_dossiers_at_once() -> None:
    page = page_at(everything(), 20.0, TODAY, stands=True)
    assert (len(page.rows), page.place, page.seconds) == (8, (1, 2), 24.0)
    assert len(page_at(everything(11), 44.0, TODAY, stands=True).rows) == 3, "the ninth, and two without a name"


def test_without_dossiers_code_and_pictures_only_the_counters_are_left() -> None:
    bare = calm(progress=[])
    assert page_at(bare, 500.0, TODAY, stands=False) == IdlePage("board", 20.0)


@pytest.mark.parametrize(
    ("waiting", "state", "is_so"),
    [(0, None, True), (1, None, False), (0, "CALLED", False), (0, "SERVING", True)],
)
def test_it_is_calm_while_nobody_waits_or_walks_to_a_counter(waiting: int, state: str | None, is_so: bool) -> None:
    at = calm()
    rows = list(at.rows)
    if state is not None:
        busy = board().rows[0].ticket
        assert busy is not None
        rows[0] = replace(rows[0], ticket=replace(busy, state=state))
    else:
        rows = [replace(row, ticket=None) for row in rows]
    assert is_calm(replace(at, rows=tuple(rows), waiting={"HT": waiting, "DD": 0})) is is_so


@pytest.mark.parametrize(("idle_s", "mode"), [(0.0, "board"), (0.5, "board"), (20.0, "dossiers"), (38.0, "dossiers")])
def test_the_scene_shows_the_page_whose_turn_it_is(idle_s: float, mode: str) -> None:
    assert shown(everything(), idle_s=idle_s).mode == mode


def test_the_scene_of_a_table_says_which_of_how_many() -> None:
    assert shown(everything(), idle_s=38.0).place == (2, 3)
    assert shown(everything(), idle_s=83.0).picture == "hall.png"
    assert shown(everything(), idle_s=0.0).place == (1, 1)


@pytest.mark.parametrize(
    ("step", "due", "late"),
    [
        ("processing", 99, True),
        ("processing", 100, False),
        ("processing", 101, False),
        ("processing", None, False),
        ("papers_asked", 99, True),
        ("ready", 99, False),
        ("returned", 99, False),
    ],
)
def test_late_is_what_is_in_progress_behind_its_date(step: str, due: int | None, late: bool) -> None:
    row = replace(board().progress[0], step=step, due_at=due)
    assert is_late(row, 100) is late


DISPLAY = Display(
    signs=(
        Sign("HT", "A", "circle", "#1", "#2", ("Hộ tịch", "Chứng thực")),
        Sign("VX", "H", "square", "#3", "#4", ("Bảo trợ xã hội",), ("Bảo trợ xã hội",)),
    ),
    directions=(("1", "left"), ("2", "up")),
)


def test_a_service_is_known_by_its_sign_and_an_unknown_one_gets_a_plain_circle() -> None:
    assert DISPLAY.sign("VX").letter == "H"
    assert DISPLAY.sign("HT").letter == "A"
    assert DISPLAY.sign("KQ") == Sign("KQ", "K", "circle", "#57503F", "#FFFFFF")


def test_a_field_belongs_to_the_service_that_lists_it() -> None:
    of = {field: DISPLAY.sign_of_field(field) for field in ("Chứng thực", "Bảo trợ xã hội", "Xây dựng")}
    assert {field: sign and sign.code for field, sign in of.items()} == {
        "Chứng thực": "HT",
        "Bảo trợ xã hội": "VX",
        "Xây dựng": None,
    }
    assert DISPLAY.is_sensitive("Bảo trợ xã hội")
    assert not DISPLAY.is_sensitive("Hộ tịch")


@pytest.mark.parametrize(("counter", "direction"), [("1", "left"), ("2", "up"), ("3", "right")])
def test_a_counter_without_a_direction_lies_to_the_right(counter: str, direction: str) -> None:
    assert DISPLAY.direction(counter) == direction


def test_an_office_that_says_nothing_shows_late_dossiers_first() -> None:
    assert Display().overdue_first is True


@pytest.mark.parametrize(
    ("service_at", "monotonic", "expected"), [(None, 5.0, 777), (1000, 5.0, 6000), (1000, 0.25, 1250)]
)
def test_the_clock_of_the_service_goes_on_from_its_last_answer(
    service_at: int | None, monotonic: float, expected: int
) -> None:
    assert News(None, service_at=service_at).service_ms(monotonic, 777) == expected
