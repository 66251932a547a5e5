"""The whole board against a service on this machine: it ends when asked, says that it lives, and starts anew."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pygame
import pytest

from display_board.drawing.layout import Box
from display_board.program import BoardOptions, BoardProgram
from kiosk.commands.service_client import board_clients
from tests.display_board import looks
from tests.display_board.service import Service
from tests.display_board.state.test_fold_equals_fresh_look import event


@pytest.fixture
def service() -> Iterator[Service]:
    made = Service()
    yield made
    made.end()


def options(address: str, folder: Path, **more: Any) -> BoardOptions:
    clients = board_clients(address, "secret")
    return BoardOptions(address, clients, "board-test", 1280, 720, False, folder / "voices", headless=True, **more)


def test_a_snapshot_shows_the_office_and_ends(tmp_path: Path, service: Service) -> None:
    path = tmp_path / "tv.png"
    assert BoardProgram(options(service.address, tmp_path, snapshot=path)).run() == 0
    assert looks.read(path, Box(330, 270, 260, 110)) == "011"


def test_a_snapshot_ends_with_a_picture_though_no_service_answers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("display_board.program.PATIENCE_S", 0.8)
    path = tmp_path / "tv.png"
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{taken.getsockname()[1]}"
        assert BoardProgram(options(address, tmp_path, snapshot=path)).run() == 0
    assert looks.read(path, Box(400, 599, 1120, 90), figures="").startswith("Đang nối với máy")


def rounds(program: BoardProgram, wanted: Any, seconds: float = 30.0) -> None:
    end = time.monotonic() + seconds
    while not wanted() and time.monotonic() < end:
        program.follower.await_news(0.05)
        program.run_once()
    assert wanted()


def test_a_call_lights_up_and_a_lost_line_is_told(tmp_path: Path, service: Service) -> None:
    program = BoardProgram(options(service.address, tmp_path))
    program.follower.start()
    rounds(program, lambda: program.run_once().mode == "board")
    service.tell(event(101, "ticket.called", why="arrival", time=None) | {"time": now_text()})
    rounds(program, lambda: program.run_once().mode == "call")
    lit = program.run_once().highlight
    assert lit is not None and lit.call.number == "A013"
    service.cut()
    rounds(program, lambda: program.run_once().notice.startswith("Không cập nhật từ"))
    program.follower.stop()
    program.screen.close()


def now_text() -> str:
    from datetime import UTC, datetime

    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def test_the_board_ends_with_1_when_its_line_to_the_service_died_inside(tmp_path: Path, service: Service) -> None:
    program = BoardProgram(options(service.address, tmp_path, seconds=20.0))
    program.follower._following.hear = lambda events: 1 / 0  # type: ignore[assignment, method-assign, return-value]
    before = threading.excepthook
    threading.excepthook = lambda _: None
    try:
        service.tell(event(101, "ticket.called", why="arrival"))
        began = time.monotonic()
        assert program.run() == 1
        assert time.monotonic() - began < 15
    finally:
        threading.excepthook = before


def test_the_board_looks_after_its_window_while_it_runs(tmp_path: Path, service: Service) -> None:
    program = BoardProgram(options(service.address, tmp_path, seconds=20.0))
    pygame.event.post(pygame.event.Event(pygame.KEYDOWN, key=pygame.K_ESCAPE))
    began = time.monotonic()
    assert program.run() == 0
    assert time.monotonic() - began < 15, "Escape ends it"


HUNG = """
import sys, threading
from pathlib import Path
from display_board import announcer, loudspeaker
from display_board.program import BoardOptions, run
from kiosk.commands.service_client import board_clients

class Hung(loudspeaker.Loudspeaker):
    def play(self, samples):
        threading.Event().wait()
    close = lambda self: threading.Event().wait()

announcer.STUCK_S = 0.3
sys.modules["display_board.program"].Loudspeaker = Hung
clients = board_clients(sys.argv[1], "secret")
sys.exit(run(BoardOptions(sys.argv[1], clients, "tv", 1280, 720, False, Path(sys.argv[2]), headless=True)))
"""


def test_a_board_whose_sound_device_never_lets_go_ends_with_1(tmp_path: Path, service: Service) -> None:
    program = subprocess.Popen([sys.executable, "-c", HUNG, service.address, str(tmp_path)])
    try:
        service.tell(event(101, "ticket.called", why="arrival", time=None) | {"time": now_text()})
        assert program.wait(40) == 1
    finally:
        program.kill()
        program.wait(10)


def heard(notices: socket.socket, wanted: bytes) -> bool:
    """Whether the message comes before the socket's patience ends."""
    try:
        while wanted not in notices.recv(100):
            pass
    except TimeoutError:
        return False
    return True


def test_whoever_watches_hears_that_it_lives_and_hears_nothing_once_it_is_frozen(
    tmp_path: Path, service: Service
) -> None:
    code = (
        "import sys; from pathlib import Path; from display_board import program; "
        "from display_board.program import BoardOptions, run; program.WATCHDOG_S = 0.4; "
        "from kiosk.commands.service_client import board_clients; clients = board_clients(sys.argv[1], 'secret'); "
        "sys.exit(run(BoardOptions(sys.argv[1], clients, 'tv', 1280, 720, False, Path(sys.argv[2]), headless=True)))"
    )
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as notices:
        notices.bind(str(tmp_path / "notify"))
        notices.settimeout(60)
        environment = {**os.environ, "NOTIFY_SOCKET": str(tmp_path / "notify")}
        program = subprocess.Popen([sys.executable, "-c", code, service.address, str(tmp_path)], env=environment)
        try:
            assert heard(notices, b"READY=1") and heard(notices, b"WATCHDOG=1")
            program.send_signal(signal.SIGSTOP)
            notices.settimeout(1.2)
            assert not heard(notices, b"never"), "a frozen board must not claim to live"
            assert not heard(notices, b"WATCHDOG=1")
            program.send_signal(signal.SIGCONT)
            notices.settimeout(60)
            assert heard(notices, b"WATCHDOG=1")
            program.send_signal(signal.SIGTERM)
            assert heard(notices, b"STOPPING=1") and program.wait(10) == 0
        finally:
            program.kill()
            program.wait(10)


def test_the_unit_starts_the_board_anew_when_it_dies_or_freezes() -> None:
    unit = (Path(__file__).resolve().parents[2] / "systemd" / "motcua-board.service").read_text(encoding="utf-8")
    assert {"Restart=always", "RestartSec=1", "WatchdogSec=15", "Type=notify"} <= set(unit.splitlines())
