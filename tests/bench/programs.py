"""Programs of the product and the baseline, started for a measurement and stopped after it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from kiosk.commands.demo import free_port

ROOT = Path(__file__).resolve().parents[2]
START_S = 60.0


@dataclass
class Office:
    """A running `motcua serve` with its tokens. `ready_s`: from its start to the first answer."""

    port: int
    process: subprocess.Popen[bytes]
    environment: dict[str, str]
    tokens: dict[str, str]
    ready_s: float

    @property
    def memory_mib(self) -> float:
        status = Path(f"/proc/{self.process.pid}/status").read_text(encoding="ascii")
        return int(status.partition("VmRSS:")[2].split()[0]) / 1024


def motcua(environment: dict[str, str], *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "kiosk.cli", *arguments], env=environment, cwd=ROOT, check=True, capture_output=True
    )
    return done.stdout.decode().strip()


def environment_for(folder: Path, printer_port: int | None) -> dict[str, str]:
    """The sample office, open at any hour, on a free port of this machine."""
    config = folder / "office.toml"
    config.write_text(motcua(dict(os.environ), "config", "sample"), encoding="utf-8")
    printers = (
        []
        if printer_port is None
        else [{"name": "hall", "url": f"tcp://127.0.0.1:{printer_port}", "profile": "epson-tm-t20"}]
    )
    return {
        **os.environ,
        "MOTCUA_HOME": str(folder),
        "MOTCUA_CONFIG": str(config),
        "MOTCUA__SERVER__BIND": f"127.0.0.1:{free_port()}",
        "MOTCUA__OFFICE__OPENING": "always",
        "MOTCUA__PRINTER": json.dumps(printers),
    }


def wait_for(port: int, path: str, process: subprocess.Popen[bytes]) -> float:
    """Seconds until the address answers 200. Raises RuntimeError when the program ends or takes a minute."""
    began = time.perf_counter()
    while time.perf_counter() - began < START_S:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=5):
                return time.perf_counter() - began
        except (urllib.error.URLError, OSError):
            if process.poll() is not None:
                raise RuntimeError(f"the program ended with {process.returncode}") from None
            time.sleep(0.01)
    raise RuntimeError(f"nothing answered on port {port} within {START_S} s")


def end(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait(20)


@contextmanager
def serving(environment: dict[str, str], tokens: dict[str, str]) -> Iterator[Office]:
    port = int(environment["MOTCUA__SERVER__BIND"].rpartition(":")[2])
    log = (Path(environment["MOTCUA_HOME"]) / "serve.log").open("ab")
    process = subprocess.Popen(
        [sys.executable, "-m", "kiosk.cli", "serve"], env=environment, cwd=ROOT, stdout=log, stderr=log
    )
    try:
        yield Office(port, process, environment, tokens, wait_for(port, "/readyz", process))
    finally:
        end(process)
        log.close()


def found_office(environment: dict[str, str]) -> dict[str, str]:
    """Database and one token of each kind."""
    subprocess.run(
        [sys.executable, "-m", "kiosk.cli", "init", "--admin-name", "bench", "--admin-password-stdin"],
        env=environment,
        cwd=ROOT,
        check=True,
        capture_output=True,
        input=b"bench-password\n",
    )
    roles = ("kiosk", "counter", "board", "tablet", "sync")
    return {role: motcua(environment, "token", "create", "--role", role, "--name", f"bench-{role}") for role in roles}


@contextmanager
def office(printing: bool = True) -> Iterator[Office]:
    """A fresh office; with `printing` its slips go to a simulated printer at paper speed."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        port = free_port() if printing else None
        environment = environment_for(folder, port)
        tokens = found_office(environment)
        printer = None
        if port is not None:
            printer = subprocess.Popen(
                [sys.executable, "-m", "kiosk.cli", "simulate", "printer", "--listen", f"127.0.0.1:{port}"],
                env=environment,
                cwd=ROOT,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        try:
            with serving(environment, tokens) as running:
                yield running
        finally:
            if printer is not None:
                end(printer)


@contextmanager
def baseline() -> Iterator[int]:
    """The port of the baseline handler."""
    with tempfile.TemporaryDirectory() as folder:
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.bench.baseline", folder],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        try:
            assert process.stdout is not None
            yield int(process.stdout.readline())
        finally:
            end(process)
