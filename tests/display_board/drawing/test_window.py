"""The window on an X screen: another window passes over it, the resolution changes, it is plugged in late."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageGrab

from display_board.drawing import screen as window
from display_board.drawing.screen import Screen
from tests.display_board import looks
from tests.display_board.pictures import draw
from tests.display_board.states import STATES

PATIENCE_S = 20.0
FULL, SMALL = (1920, 1080), (1280, 720)
PASSING = """
import pygame
pygame.display.init()
pygame.display.set_mode((900, 700)).fill("#3040F0")
pygame.display.flip()
print("shown", flush=True)
input()
"""


@pytest.fixture
def x_display(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """An X screen of 1920 × 1080 that can also be 1280 × 720."""
    with looks.display(*FULL) as name:
        monkeypatch.setenv("SDL_VIDEODRIVER", "x11")
        monkeypatch.setenv("DISPLAY", name)
        monkeypatch.setattr(window, "MEASURE_S", 0.0)
        randr("--newmode", "small", "0", "1280", "0", "0", "1280", "720", "0", "0", "720")
        randr("--addmode", "screen", "small")
        yield name


def randr(*arguments: str) -> None:
    subprocess.run(["xrandr", *arguments], check=True, timeout=20, capture_output=True)


def expected(tmp_path: Path, state: str, size: tuple[int, int]) -> Image.Image:
    """The state drawn without any screen. Drawn in another process: SDL knows one screen at a time."""
    path = tmp_path / f"{state}-{size[0]}.png"
    code = (
        "import sys, pathlib; from tests.display_board.pictures import draw; "
        "from tests.display_board.states import STATES; "
        "draw(STATES[sys.argv[1]](), (int(sys.argv[2]), int(sys.argv[3])), pathlib.Path(sys.argv[4]))"
    )
    subprocess.run([sys.executable, "-c", code, state, *map(str, size), str(path)], check=True, timeout=60)
    return Image.open(path).convert("RGB")


def on_the_wall(name: str) -> Image.Image:
    """What the X screen shows."""
    return ImageGrab.grab(xdisplay=name).convert("RGB")


def until(screen: Screen, true: Callable[[], bool]) -> bool:
    """Whether it came true in time, with the window looked after meanwhile as the main loop does."""
    end = time.monotonic() + PATIENCE_S
    while time.monotonic() < end:
        screen.follow_window(time.monotonic())
        if true():
            return True
    return False


def same(one: Image.Image, other: Image.Image) -> bool:
    return one.size == other.size and ImageChops.difference(one, other).getbbox() is None


def test_what_another_window_covered_is_shown_again(tmp_path: Path, x_display: str) -> None:
    whole = expected(tmp_path, "board", FULL)
    screen = Screen(*FULL, headless=False)
    screen.show(STATES["board"]())
    assert until(screen, lambda: same(on_the_wall(x_display), whole))
    passing = subprocess.Popen(
        [sys.executable, "-c", PASSING], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        assert passing.stdout is not None
        assert any(line.strip() == "shown" for line in passing.stdout)
        assert until(screen, lambda: not same(on_the_wall(x_display), whole)), "the other window never covered it"
        passing.communicate("\n", timeout=20)
        assert until(screen, lambda: same(on_the_wall(x_display), whole))
    finally:
        passing.kill()
        passing.wait(10)
        screen.close()


def test_another_resolution_is_measured_and_all_is_drawn_anew(tmp_path: Path, x_display: str) -> None:
    screen = Screen(*FULL, headless=False)
    screen.show(STATES["board"]())
    try:
        for mode, size in (("small", SMALL), ("1920x1080", FULL)):
            randr("--output", "screen", "--mode", mode)
            whole = expected(tmp_path, "board", size)
            assert until(screen, lambda whole=whole: same(on_the_wall(x_display), whole)), f"not drawn for {size}"  # type: ignore[misc]
            assert not screen.show(STATES["board"]()), "the scene stands already"
    finally:
        screen.close()


def test_a_screen_that_was_small_at_start_is_filled_once_it_is_plugged_in(tmp_path: Path, x_display: str) -> None:
    randr("--output", "screen", "--mode", "small")
    screen = Screen(*FULL, headless=False)
    screen.show(STATES["call"]())
    try:
        randr("--output", "screen", "--mode", "1920x1080")
        assert until(screen, lambda: same(on_the_wall(x_display), expected(tmp_path, "call", FULL)))
    finally:
        screen.close()


def test_without_x_the_board_runs_without_being_measured(tmp_path: Path) -> None:
    screen = Screen(*SMALL, headless=True)
    screen.show(STATES["board"]())
    screen.follow_window(10.0)
    screen.save(tmp_path / "after.png")
    screen.close()
    draw(STATES["board"](), SMALL, tmp_path / "alone.png")
    assert (tmp_path / "after.png").read_bytes() == (tmp_path / "alone.png").read_bytes()
