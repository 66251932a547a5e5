"""Two `motcua serve` on one state folder: both give numbers, one of them prints, and the other takes over."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from config.loading import sample_text
from tests.e2e.demo import until
from ticket_printer.simulator.printer import SimulatedPrinter

ROOT = Path(__file__).resolve().parents[2]
SLIPS = 12


@pytest.fixture
def printer() -> Iterator[SimulatedPrinter]:
    device = SimulatedPrinter(mm_per_s=600.0, cut_s=0.02)
    device.start()
    yield device
    device.stop()


@contextmanager
def serving(environment: dict[str, str]) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A service and its address."""
    process = subprocess.Popen(
        [sys.executable, "-m", "kiosk.cli", "serve"], cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True
    )
    try:
        assert process.stderr is not None
        lines = iter(process.stderr.readline, "")
        address = next(line.rpartition(": ")[2].strip() for line in lines if line.startswith("motcua serve: "))
        yield process, address
    finally:
        process.kill()
        process.wait(10)
        if process.stderr is not None:
            process.stderr.close()


def call(address: str, token: str, path: str, body: object = None) -> dict[str, Any]:
    data = None if body is None else json.dumps(body).encode()
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    with urllib.request.urlopen(urllib.request.Request(address + path, data, headers), timeout=30) as answer:
        taken: dict[str, Any] = json.load(answer)
        return taken


def issued(address: str, token: str) -> str:
    return str(call(address, token, "/api/v1/tickets", {"service": "HT"})["id"])


def command(environment: dict[str, str], *arguments: str, typed: str = "") -> str:
    done = subprocess.run(
        [sys.executable, "-m", "kiosk.cli", *arguments],
        cwd=ROOT,
        env=environment,
        input=typed,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


@pytest.mark.soak
def test_twelve_slips_of_two_services_come_out_once_each_also_when_the_first_is_killed(
    tmp_path: Path, printer: SimulatedPrinter
) -> None:
    config = tmp_path / "office.toml"
    text = sample_text().replace("tcp://127.0.0.1:9100", "tcp://{}:{}".format(*printer.address), 1)
    config.write_text(text, encoding="utf-8")
    environment = {
        **os.environ,
        "MOTCUA_HOME": str(tmp_path / "state"),
        "MOTCUA_CONFIG": str(config),
        "MOTCUA__SERVER__BIND": "127.0.0.1:0",
        "MOTCUA__OFFICE__OPENING": "always",
    }
    command(environment, "init", "--admin-name", "truong", "--admin-password-stdin", typed="mat-khau-dai\n")
    token = command(environment, "token", "create", "--role", "kiosk", "--name", "kiosk")
    with serving(environment) as (first, one), serving(environment) as (_, two):

        def all_printed(tickets: list[str]) -> bool:
            return all(call(two, token, f"/api/v1/tickets/{n}")["print"]["state"] == "PRINTED" for n in tickets)

        tickets = [issued((one, two)[n % 2], token) for n in range(SLIPS)]
        until("their slips", lambda: all_printed(tickets))
        assert printer.count == SLIPS
        first.kill()
        first.wait(10)
        last = issued(two, token)
        until("the slip of the service that is left", lambda: all_printed([last]))
        assert printer.count == SLIPS + 1
    assert command(environment, "verify").startswith("0 differences")
