"""`motcua demo`: the real programs, side by side on this machine, with virtual devices at their ends."""

from __future__ import annotations

import argparse
import os
import signal
import threading
from collections.abc import Mapping
from pathlib import Path

from config import places
from config.locks import locked
from kiosk.commands.demo.ports import free_port, is_free
from kiosk.commands.demo.programs import programs_of
from kiosk.commands.demo.sample import SAMPLES, create_demo_office, sample_until
from kiosk.commands.demo.setup import DemoSetup, prepare
from kiosk.commands.demo.voice import DemoVoice
from kiosk.commands.speech import fail
from kiosk.maintenance.service_lock import is_served

FOLDER_IN_USE = "{folder} is in use by another demonstration or service; end it, or choose another folder with --data"

__all__ = ["add", "free_port", "run_demo"]

READY_S = 30.0
LOCK = "demo.lock"
LABELS = {
    "kiosk": "Lấy số (chạm màn hình) ",
    "counter": "Bàn làm việc của cán bộ",
    "tablet": "Máy tính bảng đánh giá ",
    "board": "Màn hình chung (TV)    ",
    "admin": "Quản trị, số liệu      ",
    "faults": "Thử hỏng (try faults)  ",
    "onestop": "Hệ thống một cửa giả lập",
}


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    demo = commands.add_parser(
        "demo", help="a whole office on one machine with nothing attached", epilog="example: motcua demo --port 8080"
    )
    demo.add_argument("--port", type=int, help="of the service (default: that of the last run, at first 8080)")
    demo.add_argument("--headless", action="store_true", help="needs no screen: the TV is served as the page /board")
    demo.add_argument("--quiet", action="store_true", help="makes no voice: the pages stay silent unless they have one")
    demo.add_argument("--data", metavar="DIR", help="where the demonstration keeps its data between runs")
    demo.add_argument("--sample", choices=SAMPLES, default=SAMPLES[0], help="the dossiers of its first start")
    demo.set_defaults(run=lambda args: run_demo(args.port, args.headless, args.data, args.quiet, args.sample))


def has_screen(environment: Mapping[str, str]) -> bool:
    return bool(environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY"))


def wait_until_ready(address: str, stopped: threading.Event) -> bool:
    """Whether the service answers within 30 s."""
    from kiosk.commands.service_client import service_is_ready

    for _ in range(round(READY_S / 0.1)):
        if service_is_ready(address, seconds=2.0):
            return True
        if stopped.wait(0.1):
            return False
    return False


def pages_of(setup: DemoSetup, admin_token: str) -> dict[str, str]:
    """The addresses to open, by name."""
    at = setup.address
    return {
        "kiosk": f"{at}/kiosk",
        "counter": f"{at}/counter?counter=1",
        "tablet": f"{at}/tablet?counter=1",
        "board": f"{at}/board",
        "admin": f"{at}/admin#token={admin_token}",
        "faults": f"{setup.url('faults')}/",
        "onestop": f"{setup.url('onestop')}/",
    }


def welcome_text(setup: DemoSetup, pages: Mapping[str, str], with_screen: bool) -> str:
    """The addresses to open."""
    lines = ["", "Một Cửa Kiosk: Bộ phận Một cửa xã Ba Vì (bản chạy thử / demonstration)", ""]
    lines += [f"  {sentence}" for sentence in setup.sentences] + [""] * bool(setup.sentences)
    lines += [f"  {LABELS[name]}  {address}" for name, address in pages.items()]
    lines += ["", f"  Phiếu đã in (printed slips): {setup.papers}"]
    day = sample_until(setup.data)
    if day is not None:
        lines.append(f"  Số liệu mẫu đến hết ngày {day}; từ đó là của bạn (sample data until {day}, then your own)")
    if not with_screen:
        lines.append("  No screen on this machine: the TV is served as the page /board above.")
    return "\n".join([*lines, "", "  Ctrl-C: dừng tất cả (stops everything; the data is kept)", ""])


def run_demo(port: int | None, headless: bool, data: str | None, quiet: bool = False, sample: str = SAMPLES[0]) -> int:
    """Until SIGINT or SIGTERM; 1 when it cannot start, and why."""
    folder = Path(data) if data else places.home() / "demo"
    try:
        handle = locked(folder / LOCK)
    except BlockingIOError:
        handle = -1
    if handle < 0 or is_served(folder):
        return fail(FOLDER_IN_USE, folder=folder)
    try:
        if port is not None and not is_free(port):
            return fail("port {port} is in use; choose another with --port", port=port)
        return _run(prepare(folder, port, sample_until(folder)), headless, quiet, sample)
    finally:
        os.close(handle)


def _run(setup: DemoSetup, headless: bool, quiet: bool, sample: str) -> int:
    from kiosk.commands.demo.fault_page import FaultPage
    from kiosk.commands.demo.faults import faults_of

    token = create_demo_office(setup, sample)
    with_screen = not headless and has_screen(os.environ)
    stopped = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopped.set())
    programs = programs_of(setup, with_screen)
    voice = None if quiet else DemoVoice(setup)
    pages = pages_of(setup, token)
    faults = FaultPage(setup.ports["faults"], faults_of(setup, programs), pages)
    faults.start()
    for program in programs:
        program.start()
    try:
        if not wait_until_ready(setup.address, stopped):
            return fail("the service did not start; see {file}", file=setup.data / "serve.log")
        if voice is not None and (sentence := voice.start()):
            setup.sentences.append(sentence)
        print(welcome_text(setup, pages, with_screen), flush=True)
        stopped.wait()
    finally:
        if voice is not None:
            voice.stop()
        faults.stop()
        for program in reversed(programs):
            program.stop()
    return 0
