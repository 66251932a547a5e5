"""The same board on pygame-ce, the other library that is called pygame: what it shows, what it says, its command."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageStat

from config.loading import sample_text
from display_board.drawing.layout import LYING, Box, rows
from display_board.voices.packs import PackFolder
from tests.display_board import looks
from tests.display_board.office import snapshot
from tests.display_board.pictures import SIZES
from tests.display_board.service import Service
from tests.display_board.states import states_for
from tests.display_board.test_hall import IN_ORDER, played

ROOT = Path(__file__).resolve().parents[2]
LOCK = ROOT / "requirements-pygame-ce.txt"
DRAW = "import sys, pathlib; from tests.display_board.pictures import draw_all; draw_all(pathlib.Path(sys.argv[1]))"
Environment = dict[str, str]


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> Environment:
    """In which `import pygame` means pygame-ce: installed by `make test`, else here and now."""
    folder = Path(sys.prefix) / "pygame-ce"
    if not (folder / "pygame").is_dir():
        folder = tmp_path_factory.mktemp("pygame-ce")
        command = [
            sys.executable,
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
            "--no-deps",
            "--require-hashes",
            "--target",
            str(folder),
            "-r",
            str(LOCK),
        ]
        subprocess.run(command, check=True, timeout=300)
    environment = {**os.environ, "PYTHONPATH": f"{folder}{os.pathsep}{ROOT}", "PYGAME_HIDE_SUPPORT_PROMPT": "1"}
    named = ran(environment, "-c", "import pygame; print(pygame.IS_CE, pygame.__file__)")
    assert named == f"1 {folder / 'pygame' / '__init__.py'}\n"
    return environment


def ran(environment: Environment, *arguments: str, seconds: float = 120) -> str:
    done = subprocess.run(
        [sys.executable, *arguments],
        env=environment,
        cwd=ROOT,
        check=True,
        timeout=seconds,
        capture_output=True,
        text=True,
    )
    return done.stdout


@pytest.fixture(scope="module")
def drawn(other: Environment, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The pictures of every state, on the library that we ship and on the other one."""
    ours, theirs = tmp_path_factory.mktemp("pygame"), tmp_path_factory.mktemp("other")
    for environment, folder in ((dict(os.environ), ours), (other, theirs)):
        ran(environment, "-c", DRAW, str(folder))
    return ours, theirs


@pytest.mark.parametrize("label", SIZES)
def test_every_state_looks_the_same_but_for_the_edges_of_letters(drawn: tuple[Path, Path], label: str) -> None:
    for state in states_for(SIZES[label]):
        name = f"{state.removesuffix('-standing')}-{label}.png"
        one, two = (Image.open(folder / name).convert("RGB") for folder in drawn)
        assert one.size == two.size
        difference = ImageStat.Stat(ImageChops.difference(one, two))
        assert max(difference.mean) < 0.5, (name, difference.mean)


def test_every_clip_sounds_whole_and_in_order(other: Environment, tmp_path: Path, spoken: PackFolder) -> None:
    assert [piece.name for piece in played(spoken, tmp_path, other, ms_a_buffer="2").pieces] == IN_ORDER


@pytest.fixture
def service() -> Iterator[Service]:
    made = Service()
    yield made
    made.end()


def test_the_command_shows_the_office(other: Environment, tmp_path: Path, service: Service) -> None:
    (tmp_path / "office.toml").write_text(sample_text(), encoding="utf-8")
    picture = tmp_path / "tv.png"
    environment = {
        **other,
        "MOTCUA_HOME": str(tmp_path / "home"),
        "MOTCUA__BOARD__SERVICE_URL": service.address,
        "MOTCUA__BOARD__TOKEN": "secret",
    }
    ran(
        environment,
        "-m",
        "kiosk.cli",
        "board",
        "--config",
        str(tmp_path / "office.toml"),
        "--headless",
        "--snapshot",
        str(picture),
    )
    tickets = [row["ticket"] for row in snapshot()["counters"] if row["ticket"]]
    for box, ticket in zip(rows(LYING, 5), tickets, strict=False):
        assert looks.read(picture, Box(box.x + 290, box.y + 4, 260, box.h - 8)) == ticket["number"][1:]
