"""`motcua demo`: the real programs, side by side on this machine, with virtual devices at their ends."""

from __future__ import annotations

import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from config import places
from config.loading import SAMPLE, load, sample_text

READY_S = 30.0
LOWEST_PORT, PORTS = 20_000, 12_000
RESTART_S = 1.0
DIES_WITH_US = ["setpriv", "--pdeathsig", "KILL"]  # nothing of a demonstration stays behind, not even after kill -9
WORDS = {
    "kiosk": "Lấy số (chạm màn hình) ",
    "counter": "Bàn làm việc của cán bộ",
    "tablet": "Máy tính bảng đánh giá ",
    "board": "Màn hình chung (TV)    ",
    "admin": "Quản trị, số liệu      ",
    "onestop": "Hệ thống một cửa giả lập",
}


@dataclass
class Stage:
    """Where the demonstration runs: its folder, ports and the environment of its programs."""

    data: Path
    port: int
    environment: dict[str, str] = field(default_factory=dict)
    onestop_port: int = 0

    @property
    def papers(self) -> Path:
        return self.data / "papers"

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"


def free_port() -> int:
    """A port below those from which the system takes the near end of outgoing connections, so that it stays free."""
    while True:
        port = LOWEST_PORT + secrets.randbelow(PORTS)
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port


def prepare(data: Path, port: int) -> Stage:
    """The sample office with every outside end on this machine, open at any hour."""
    data.mkdir(parents=True, exist_ok=True)
    config = data / SAMPLE
    config.write_text(sample_text(), encoding="utf-8")
    stage = Stage(data, port, onestop_port=free_port())
    printer = [{"name": "hall", "url": f"tcp://127.0.0.1:{free_port()}", "profile": "epson-tm-t20"}]
    onestop = f"http://127.0.0.1:{stage.onestop_port}/events"
    stage.environment = {
        **os.environ,
        "MOTCUA_HOME": str(data),
        "MOTCUA_CONFIG": str(config),
        "MOTCUA__SERVER__BIND": f"127.0.0.1:{port}",
        "MOTCUA__SERVER__PAIR_LOOPBACK": "true",
        "MOTCUA__SERVER__PUBLIC_URL": stage.address,
        "MOTCUA__OFFICE__OPENING": "always",
        "MOTCUA__PRINTER": json.dumps(printer),
        "MOTCUA__SYNC__CONNECTOR": json.dumps([{"name": "tinh", "kind": "cloudevents", "url": onestop}]),
    }
    return stage


class Program(threading.Thread):
    """One program of the office, started again when it ends by itself, as systemd would."""

    def __init__(self, name: str, stage: Stage, *arguments: str) -> None:
        super().__init__(name=name, daemon=True)
        self._command = [*DIES_WITH_US, sys.executable, "-m", "kiosk.cli", *arguments]
        self._stage = stage
        self._stopped = threading.Event()
        self._log = stage.data / f"{name}.log"
        self.process: subprocess.Popen[bytes] | None = None

    def run(self) -> None:
        while not self._stopped.is_set():
            with self._log.open("ab") as log:
                self.process = subprocess.Popen(self._command, env=self._stage.environment, stdout=log, stderr=log)
            self.process.wait()
            self._stopped.wait(RESTART_S)

    def stop(self) -> None:
        self._stopped.set()
        process = self.process
        if process is None or process.poll() is not None:
            return
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()


def found(stage: Stage) -> str:
    """Database, sample dossiers and an administrator's token; returns the token."""
    from kiosk.bootstrap import build_house
    from kiosk.founding import create_token, follower_tokens, found_database
    from kiosk.samples import DatabaseInUse
    from kiosk.samples.filling import fill_ba_vi_2024

    os.environ.update({key: value for key, value in stage.environment.items() if key.startswith("MOTCUA")})
    house = build_house(load(Path(stage.environment["MOTCUA_CONFIG"])))
    try:
        found_database(house)
        follower_tokens(house)
        procedures = [(procedure.code, procedure.field) for procedure in house.configuration.procedure]
        with suppress(DatabaseInUse):
            fill_ba_vi_2024(house.store, procedures, house.clock.now_ms())
        return create_token(house, "admin", "demo-admin", None)
    finally:
        house.close()


def programs_of(stage: Stage, with_screen: bool) -> list[Program]:
    printer = json.loads(stage.environment["MOTCUA__PRINTER"])[0]["url"].removeprefix("tcp://")
    onestop = f"127.0.0.1:{stage.onestop_port}"
    programs = [
        Program("printer", stage, "simulate", "printer", "--listen", printer, "--paper-png", str(stage.papers)),
        Program("onestop", stage, "simulate", "onestop", "--listen", onestop, "--data", str(stage.data / "onestop")),
        Program("serve", stage, "serve"),
        Program("sync", stage, "sync"),
    ]
    return programs + ([Program("board", stage, "board")] if with_screen else [])


def has_screen(environment: Mapping[str, str]) -> bool:
    return bool(environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY"))


def wait_until_ready(address: str, stopped: threading.Event) -> bool:
    """Whether the service answers within 30 s."""
    for _ in range(round(READY_S / 0.1)):
        try:
            with urllib.request.urlopen(f"{address}/readyz", timeout=2):
                return True
        except (urllib.error.URLError, OSError):
            if stopped.wait(0.1):
                return False
    return False


def welcome(stage: Stage, admin_token: str, with_screen: bool) -> str:
    """The addresses to open."""
    at = stage.address
    pages = {
        "kiosk": f"{at}/kiosk",
        "counter": f"{at}/counter?counter=1",
        "tablet": f"{at}/tablet?counter=1",
        "board": f"{at}/board",
        "admin": f"{at}/admin#token={admin_token}",
        "onestop": f"http://127.0.0.1:{stage.onestop_port}/",
    }
    lines = ["", "Một Cửa Kiosk: Bộ phận Một cửa xã Ba Vì (bản chạy thử / demonstration)", ""]
    lines += [f"  {WORDS[name]}  {address}" for name, address in pages.items()]
    lines += ["", f"  Phiếu đã in (printed slips): {stage.papers}"]
    if not with_screen:
        lines.append("  No screen on this machine: the TV is served as the page /board above.")
    return "\n".join([*lines, "", "  Ctrl-C: dừng tất cả (stops everything; the data is kept)", ""])


def run_demo(port: int, headless: bool, data: str | None) -> int:
    stage = prepare(Path(data) if data else places.home() / "demo", port)
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            print(f"motcua: port {port} is in use; choose another with --port", file=sys.stderr)
            return 1
    token = found(stage)
    with_screen = not headless and has_screen(os.environ)
    stopped = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopped.set())
    programs = programs_of(stage, with_screen)
    for program in programs:
        program.start()
    try:
        if not wait_until_ready(stage.address, stopped):
            print(f"motcua: the service did not start; see {stage.data / 'serve.log'}", file=sys.stderr)
            return 1
        print(welcome(stage, token, with_screen), flush=True)
        stopped.wait()
    finally:
        for program in reversed(programs):
            program.stop()
    return 0
