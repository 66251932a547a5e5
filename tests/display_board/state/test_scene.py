from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contract.dossiers import DossierProgress
from display_board.drawing.layout import LYING, STANDING, Box, Plan, plan_for, rows
from display_board.drawing.parts import parts
from display_board.state.board import Board
from display_board.state.closing import closed, time_left
from display_board.state.display import Picture
from display_board.state.idle import in_order, is_late, page_at
from display_board.state.scene import Now, Scene, compose
from tests.display_board.office import NOW, board
from tests.display_board.states import STATES, calm, dossiers, lit, shown
from tests.display_board.states import closed as closed_board

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
MONDAY = date(2024, 4, 15)


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2024-04-15T{text}:00+07:00").astimezone(ZONE)


def test_a_lost_line_takes_dossiers_and_waiting_counts_away() -> None:
    scene = STATES["offline"]()
    assert (scene.strip.shown, scene.waiting, scene.highlight, scene.stale_since) == ((), (), None, "08:05")


def test_a_call_that_came_before_the_line_broke_is_still_made_without_counting_anybody() -> None:
    scene = shown(board(), lit(board()), NOW - 5000)
    assert scene.highlight is not None and scene.highlight.call.number == "C007"
    assert (scene.mode, scene.waiting, scene.notice) == ("call", (), "Không cập nhật từ 08:11")


def test_a_wrong_clock_is_hidden() -> None:
    scene = compose(board(), None, None, Now(NOW, 0.0, 200_000))
    assert (scene.clock, scene.date) == ("", "")


def test_the_moment_of_the_last_news_is_told_by_the_clock_of_the_service_where_ours_is_wrong() -> None:
    behind = Now(NOW - 9_000_000, 0.0, 9_000_000)
    assert compose(board(), None, behind.now_ms - 420_000, behind).stale_since == "08:05"


def test_dossiers_change_three_at_a_time_every_twelve_seconds_and_nothing_moves_between() -> None:
    many = board(progress=[row for row in dossiers(5) if not row["sensitive"]])
    scenes = [shown(many, monotonic=at) for at in (0.6, 11.9, 12.25, 12.6, 24.6)]
    assert [len(scene.strip.shown) for scene in scenes] == [3, 3, 1, 1, 3]
    assert [scene.moves for scene in scenes] == [False, False, True, False, False]
    assert scenes[2].strip.before == scenes[1].strip.shown


def test_dossiers_behind_their_date_come_first_or_last_as_the_office_wishes() -> None:
    many = board(progress=list(reversed(dossiers(6)))).progress
    display = board().display
    late = [row.code_masked for row in many if is_late(row, NOW)]
    assert len(late) == 3
    assert [row.code_masked for row in in_order(many, display, NOW)][:3] == late
    assert [row.code_masked for row in in_order(many, replace(display, overdue_first=False), NOW)][-3:] == late


def test_a_dossier_with_its_result_or_without_a_date_is_never_late() -> None:
    row = DossierProgress("•••240401-0001", "Đất đai", "processing", NOW - 1, False)
    assert is_late(row, NOW)
    assert not is_late(replace(row, step="ready"), NOW) and not is_late(replace(row, due_at=None), NOW)


def test_while_nobody_waits_every_dossier_with_a_code_and_every_picture_of_the_day_has_its_turn() -> None:
    pictures = (
        Picture("hall.png", 7),
        Picture("old.png", 5, last=date(2024, 4, 14)),
        Picture("today.png", 5, first=MONDAY, last=MONDAY),
        Picture("soon.png", 5, first=date(2024, 4, 16)),
    )
    quiet = calm()
    quiet = replace(quiet, display=replace(quiet.display, pictures=pictures, procedures="https://mc.vn/procedures"))
    seen = [page_at(quiet, second, MONDAY, False) for second in range(200)]
    codes = {row.code_masked for page in seen for row in page.rows}
    assert codes == {row.code_masked for row in quiet.progress if not row.sensitive}
    assert {page.file for page in seen if page.kind == "picture"} == {"hall.png", "today.png"}
    assert [page.kind for page in seen[:21]] == ["board"] * 20 + ["dossiers"]
    for page in seen:
        assert page.kind != "dossiers" or page.seconds >= 3 * len(page.rows), "each row can be read"


@pytest.mark.parametrize("state", ["somebody waits", "somebody is called", "a call is shown"])
def test_a_picture_never_stands_over_a_call_or_people_who_wait(state: str) -> None:
    quiet = calm()
    quiet = replace(quiet, display=replace(quiet.display, pictures=(Picture("hall.png", 600),)), progress=())
    assert shown(quiet, idle_s=30.0).mode == "picture"
    if state == "somebody waits":
        quiet = replace(quiet, waiting={"HT": 1})
    elif state == "somebody is called":
        quiet = replace(quiet, rows=tuple(board().rows))
    spotlight = lit(quiet) if state == "a call is shown" else None
    assert shown(quiet, spotlight, idle_s=30.0).mode == ("call" if spotlight else "board")


@pytest.mark.parametrize(
    ("name", "kind", "left"),
    [
        ("closed", "closed", "còn 12 giờ 48 phút"),
        ("lunch", "lunch", "còn 1 giờ 20 phút"),
        ("holiday", "holiday", ""),
        ("full-day", "full", "còn 22 giờ 48 phút"),
    ],
)
def test_a_closed_office_says_why_and_how_long_still(name: str, kind: str, left: str) -> None:
    scene = STATES[name]()
    assert scene.mode == "closed" and scene.closed is not None
    assert (scene.closed.kind, scene.closed.left) == (kind, left)


@pytest.mark.parametrize(("time", "kind"), [("06:30", "closed"), ("11:30", "lunch"), ("13:29", "lunch")])
def test_only_the_time_between_two_sessions_is_the_lunch_break(time: str, kind: str) -> None:
    opening = "07:00" if time < "07" else "13:30"
    shut = closed(closed_board(next_opening=f"2024-04-15T{opening}:00+07:00"), at(time))
    assert shut is not None and shut.kind == kind


def test_an_office_is_not_shown_closed_while_somebody_is_inside() -> None:
    inside = closed_board(counters=board_rows())
    assert closed(inside, at("12:10")) is None
    assert closed(closed_board(open=True), at("10:00")) is None, "open without people is open"


def board_rows() -> list[dict[str, object]]:
    from tests.display_board.office import snapshot

    rows: list[dict[str, object]] = snapshot()["counters"]
    return rows


def test_an_office_without_a_next_opening_still_shows_its_hours() -> None:
    shut = closed(closed_board(), at("18:00"))
    assert shut is not None and (shut.opening, len(shut.sessions)) == ("", 2)


@given(st.integers(min_value=1, max_value=24 * 60 - 1))
def test_the_time_left_is_told_in_hours_and_minutes(minutes: int) -> None:
    words = time_left(timedelta(minutes=minutes))
    numbers = [int(word) for word in words.split() if word.isdigit()]
    hours = numbers[0] if "giờ" in words else 0
    rest = numbers[-1] if "phút" in words else 0
    assert hours * 60 + rest == minutes
    assert 0 not in numbers


def test_what_is_a_day_away_is_not_counted_in_minutes() -> None:
    assert time_left(timedelta(days=1)) == "" == time_left(timedelta(0))


def overlapping(boxes: list[Box]) -> list[tuple[Box, Box]]:
    return [
        (one, two)
        for i, one in enumerate(boxes)
        for two in boxes[:i]
        if one.x < two.right and two.x < one.right and one.y < two.bottom and two.y < one.bottom
    ]


@pytest.mark.parametrize("plan", [LYING, STANDING], ids=["lying", "standing"])
@pytest.mark.parametrize("name", STATES)
def test_parts_stand_beside_each_other_inside_the_screen(plan: Plan, name: str) -> None:
    boxes = [part.box for part in parts(plan, STATES[name]())]
    assert overlapping(boxes) == []
    assert all(b.x >= 0 and b.right <= plan.width + 0.01 and b.bottom <= plan.height + 0.01 for b in boxes)


@given(st.integers(min_value=1, max_value=24))
def test_every_counter_has_a_row_of_its_own(count: int) -> None:
    for plan in (LYING, STANDING):
        found = rows(plan, count)
        assert len(found) == count and overlapping(found) == []
        assert all(row.bottom <= plan.rows.bottom + 0.01 for row in found)


def test_a_screen_that_is_higher_than_wide_has_a_drawing_of_its_own() -> None:
    assert plan_for(1080, 1920) is STANDING
    assert plan_for(1366, 768) is LYING


def test_the_last_number_of_the_day_is_told_once_all_services_are_full() -> None:
    full = STATES["all-full"]()
    assert full.mode == "board" and full.notice.startswith("Hôm nay đã hết số. Bà con")
    assert all(is_full for _, _, is_full in full.waiting)


def test_a_clock_that_does_not_move_draws_nothing_new() -> None:
    one: Scene = shown(board(), monotonic=1000.6)
    assert one == shown(board(), monotonic=1000.9, now_ms=NOW + 300)
    later: Board = board()
    assert shown(later, now_ms=NOW + 60_000).clock == "08:13"
