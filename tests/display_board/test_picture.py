from __future__ import annotations

import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from display_board.director import Spotlight
from display_board.scene import Moment, Scene, compose
from display_board.screen import Screen
from display_board.state import Board
from tests.display_board.office import NOW, board

SIZES = [(1920, 1080), (1280, 720)]


def scenes() -> dict[str, Scene]:
    open_board = board()
    moment = Moment(NOW, 1000.0)
    lit = Spotlight(open_board.calls[0], 990.0, 2)
    paused = replace(open_board, rows=(replace(open_board.rows[0], state="PAUSED", ticket=None), *open_board.rows[1:]))
    closed = board(open=False, next_opening="2024-04-15T13:30:00+07:00", counters=[
        {"code": "1", "name": "Quầy 1", "services": ["HT"], "state": "CLOSED", "ticket": None}
    ], queues=[])  # fmt: skip
    return {
        "board": compose(open_board, None, None, moment), "call": compose(open_board, lit, None, moment),
        "recall": compose(open_board, replace(lit, call=replace(lit.call, recall=True)), None, moment),
        "offline": compose(open_board, lit, NOW - 420_000, moment), "closed": compose(closed, None, None, moment),
        "paused": compose(paused, None, None, moment), "starting": compose(None, None, None, moment),
    }  # fmt: skip


def draw(scene: Scene, size: tuple[int, int], path: Path) -> Path:
    screen = Screen(*size, headless=True)
    assert screen.show(scene)
    assert not screen.show(scene), "the same scene is not drawn twice"
    screen.save(path)
    screen.close()
    return path


def read(path: Path, box: tuple[int, int, int, int]) -> str:
    from PIL import Image

    part = path.with_suffix(".part.png")
    Image.open(path).convert("L").crop(box).save(part)
    command = ["tesseract", str(part), "-", "--psm", "8", "-c", "tessedit_char_whitelist=0123456789"]
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=30).stdout.strip()


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", list(scenes()))
def test_every_state_of_the_office_has_its_own_picture(tmp_path: Path, name: str, size: tuple[int, int]) -> None:
    from PIL import Image

    picture = Image.open(draw(scenes()[name], size, tmp_path / "shown.png"))
    assert picture.size == size
    assert len(picture.convert("RGB").resize((160, 90)).getcolors(14400) or ()) > 20


def test_number_and_counter_of_a_call_can_be_read(tmp_path: Path) -> None:
    path = draw(scenes()["call"], (1920, 1080), tmp_path / "call.png")
    assert read(path, (420, 260, 1225, 630)) == "007"
    assert read(path, (950, 705, 1150, 940)) == "3"


def luminance(colour: tuple[int, ...]) -> float:
    parts = [v / 255 for v in colour[:3]]
    red, green, blue = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize(("name", "box"), [
    ("board", (345, 150, 560, 240)), ("board", (345, 420, 560, 510)), ("call", (440, 300, 1180, 600)),
    ("call", (940, 720, 1150, 920)), ("offline", (250, 880, 1340, 980)),
])  # fmt: skip
def test_main_words_stand_out_seven_to_one(tmp_path: Path, name: str, box: tuple[int, int, int, int]) -> None:
    from PIL import Image

    part = Image.open(draw(scenes()[name], (1920, 1080), tmp_path / "shown.png")).convert("RGB").crop(box)
    counts = sorted(part.getcolors(part.width * part.height), reverse=True)[:2]
    one, two = sorted((luminance(colour) for _, colour in counts), reverse=True)
    assert (one + 0.05) / (two + 0.05) >= 7.0


def test_a_lost_line_takes_dossiers_and_waiting_counts_away() -> None:
    shown = scenes()["offline"]
    assert (shown.dossiers, shown.waiting, shown.highlight, shown.stale_since) == ((), (), None, "08:05")


def test_a_wrong_clock_is_hidden() -> None:
    shown = compose(board(), None, None, Moment(NOW, 0.0, 200_000))
    assert (shown.clock, shown.date) == ("", "")


def test_dossiers_change_three_at_a_time_every_twelve_seconds() -> None:
    first: Board = board()
    many = replace(first, progress=tuple(replace(first.progress[0], code=str(i)) for i in range(4)))
    shown = [compose(many, None, None, Moment(NOW, at)).dossiers for at in (0.0, 11.9, 12.0, 24.0)]
    assert [len(page) for page in shown] == [3, 3, 1, 3]
