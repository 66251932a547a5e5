"""Every state of the screen on every size, with and without X: whole words, strong contrast, readable numbers."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from display_board.drawing import layout
from display_board.drawing.layout import Box, plan_for
from display_board.drawing.screen import Screen
from tests.display_board import looks
from tests.display_board.pictures import draw, sample_picture
from tests.display_board.states import STATES, states_for

SIZES = {"720p": (1280, 720), "1080p": (1920, 1080), "4K": (3840, 2160), "upright": (1080, 1920)}
DRAWN = [(name, label) for label, size in SIZES.items() for name in states_for(size)]


@pytest.fixture(scope="module")
def x_display() -> Iterator[str]:
    with looks.display() as name:
        yield name


@pytest.mark.parametrize("label", SIZES)
def test_every_state_looks_the_same_with_and_without_x(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, x_display: str, label: str
) -> None:
    own = sample_picture(tmp_path)
    found: dict[str, dict[str, bytes]] = {}
    for name in ("x11", "dummy"):
        monkeypatch.setenv("SDL_VIDEODRIVER", name)
        monkeypatch.setenv("DISPLAY", x_display)
        screen = Screen(*SIZES[label], headless=name == "dummy", pictures=own)
        found[name] = {}
        for state, make in states_for(SIZES[label]).items():
            screen.show(make())
            screen.save(tmp_path / "shown.bmp")
            found[name][state] = sha256((tmp_path / "shown.bmp").read_bytes()).digest()
        screen.close()
    assert found["x11"] == found["dummy"]
    assert len(set(found["dummy"].values())) == len(states_for(SIZES[label])), "two states look alike"
    assert Image.open(tmp_path / "shown.bmp").size == SIZES[label]


def watched(monkeypatch: pytest.MonkeyPatch, path: Path, name: str, label: str) -> list[looks.Seen]:
    found: list[looks.Watching] = []

    def made(*args: object) -> looks.Watching:
        found.append(looks.Watching(*args))  # type: ignore[arg-type]
        return found[0]

    monkeypatch.setattr("display_board.drawing.screen.Canvas", made)
    draw(STATES[name](), SIZES[label], path, sample_picture(path.parent))
    return found[0].seen


@pytest.mark.parametrize(("name", "label"), [one for one in DRAWN if one[1] != "4K"])
def test_words_are_whole_stand_apart_and_stand_out_seven_to_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, label: str
) -> None:
    seen = watched(monkeypatch, tmp_path / "shown.png", name, label)
    picture = Image.open(tmp_path / "shown.png").convert("RGB")
    assert len(seen) >= 3
    whole = [one for one in seen if one.room.contains(one.ink)]
    assert name == "page-turns" or whole == seen, "words are cut"
    for i, one in enumerate(whole):
        assert label == "720p" or looks.measured(picture, one) >= 7, one
        for other in whole[:i]:
            shared = one.ink.clip(other.ink)
            assert shared.w * shared.h <= 0.02 * min(one.ink.w * one.ink.h, other.ink.w * other.ink.h), (one, other)


@pytest.mark.parametrize("label", SIZES)
@pytest.mark.parametrize(("name", "number", "counter"), [("call", "007", "3"), ("crowded-call", "1003", "11")])
def test_number_and_counter_of_a_call_can_be_read(
    tmp_path: Path, label: str, name: str, number: str, counter: str
) -> None:
    plan = plan_for(*SIZES[label])
    path = draw(STATES[name](), SIZES[label], tmp_path / "call.png")
    top, foot = plan.call_top, plan.call_foot
    assert (
        looks.read(path, Box(top.x + 360 * top.w / 1190, top.y + 128, top.w - 368 * top.w / 1190, top.h - 150))
        == number
    )
    side = 262 * min(1.0, foot.w / 1190)
    plate = Box(foot.right - 50 * foot.w / 1190 - side, foot.middle[1] - side / 2, side, side).inner(10, 10)
    assert looks.read(path, plate) == counter


@pytest.mark.parametrize("label", ["720p", "upright"])
def test_numbers_and_counters_of_the_board_can_be_read(tmp_path: Path, label: str) -> None:
    plan = plan_for(*SIZES[label])
    path = draw(STATES["board"](), SIZES[label], tmp_path / "board.png")
    numbers = ("012", "011", "007", "003")
    for i, box in enumerate(layout.rows(plan, 5)):
        assert looks.read(path, Box(box.x + 16, box.y + 8, 100, box.h - 16)) == str(i + 1)
        if i < 4:
            assert looks.read(path, Box(box.x + 290, box.y + 4, 260, box.h - 8)) == numbers[i]


BOLD = [255 * (step > 60) for step in range(256)]  # what differs so much from its ground is ink
MM_55 = 1217.7 / 1920  # of a px on 55 inches
H_AT_8_M = 97.7  # mm: 0.7 degrees, EN 301 549, 5.1.4


def test_numbers_that_are_read_from_eight_metres(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Three counters at a time; the height is that of the ink of their figures."""
    seen = watched(monkeypatch, tmp_path / "far.png", "far", "1080p")
    rows = layout.rows(plan_for(1920, 1080), 3, paged=True, far=True)
    assert all(row.bottom <= layout.page_line(plan_for(1920, 1080)).y for row in rows)
    picture = Image.open(tmp_path / "far.png").convert("L")
    heights = []
    for row, number in zip(rows, ("007", "012", "011"), strict=True):
        place = Box(row.x + 400, row.y + 4, 420, row.h - 8)
        assert looks.read(tmp_path / "far.png", place) == number
        part = picture.crop((int(place.x), int(place.y), int(place.right), int(place.bottom)))
        ink = ImageChops.difference(part, Image.new("L", part.size, part.getpixel((0, 0)))).point(BOLD).getbbox()
        assert ink is not None
        heights.append((ink[3] - ink[1]) * MM_55)
    assert min(heights) >= H_AT_8_M and seen


def test_the_headline_of_a_lost_line_can_be_read(tmp_path: Path) -> None:
    path = draw(STATES["offline"](), (1920, 1080), tmp_path / "lost.png")
    assert looks.read(path, Box(240, 870, 1150, 130), figures="").startswith("Không cập nhật từ")
    assert looks.read(path, Box(1100, 870, 300, 130), figures="0123456789:") == "08:05"


def test_the_code_of_the_procedures_can_be_scanned(tmp_path: Path) -> None:
    from pyzbar.pyzbar import decode

    for label in ("720p", "upright"):
        path = draw(STATES["procedures"](), SIZES[label], tmp_path / "code.png")
        assert [found.data for found in decode(Image.open(path))] == [b"https://mc.bavi.vn/procedures"]


def test_only_what_changed_is_drawn_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import pygame

    updated: list[list[pygame.Rect]] = []
    screen = Screen(1920, 1080, headless=True)
    screen.show(STATES["call"]())
    monkeypatch.setattr(pygame.display, "update", lambda rects: updated.append(rects))
    assert screen.show(STATES["pulse"]())
    assert not screen.show(STATES["pulse"]()), "the same scene is not drawn twice"
    screen.close()
    assert [rect.size for rect in updated[0]] == [(1190, 523)], "the gold panel alone"


def test_parts_drawn_alone_give_the_same_picture_as_all_at_once(tmp_path: Path) -> None:
    screen = Screen(1920, 1080, headless=True)
    for name in ("board", "part-full", "paused", "page-turns", "counters-closed", "board"):
        screen.show(STATES[name]())
    screen.save(tmp_path / "parts.png")
    screen.close()
    draw(STATES["board"](), (1920, 1080), tmp_path / "whole.png")
    assert (tmp_path / "parts.png").read_bytes() == (tmp_path / "whole.png").read_bytes()


def test_a_picture_that_cannot_be_read_leaves_the_name_of_the_office(tmp_path: Path) -> None:
    (tmp_path / "hall.png").write_bytes(b"not a picture")
    broken = draw(STATES["picture"](), (1280, 720), tmp_path / "broken.png", tmp_path)
    missing = draw(STATES["picture"](), (1280, 720), tmp_path / "missing.png", tmp_path / "nowhere")
    assert broken.read_bytes() == missing.read_bytes()
    assert "Bộ phận Một cửa" in looks.read(broken, Box(60, 500, 1800, 220), figures="")
