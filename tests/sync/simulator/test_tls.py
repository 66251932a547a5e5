"""The TLS listener of the simulated one-stop system: a true certificate, and bad ones to order."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests

from kiosk.cli import main
from kiosk.commands.demo import free_port
from sync.errors import SyncError
from sync.http.client import HttpClient
from sync.simulator.certificates import MODES
from sync.simulator.faults import MODES as ALL_MODES
from sync.simulator.onestop import OneStop
from tests.sync.conftest import Follower
from tests.sync.deliveries import run, same
from tests.sync.journal import Office

SAID = {
    "tls_expired": "expired",
    "tls_not_yet": "not valid yet",
    "tls_wrong_host": "another name",
    "tls_untrusted": "cannot be trusted",
    "tls_old": "no longer safe",
}


@pytest.fixture
def safe() -> Iterator[OneStop]:
    simulator = OneStop()
    simulator.port = simulator.start(tls="127.0.0.1:0")
    yield simulator
    simulator.stop()


def ca_file(province: OneStop, folder: Path) -> str:
    """As an engineer fetches it."""
    path = folder / "ca.pem"
    path.write_bytes(requests.get(f"http://127.0.0.1:{province.port}/control/ca.pem", timeout=10).content)
    return str(path)


def control(province: OneStop, path: str, **body: Any) -> int:
    """By plain HTTP, which no certificate spoils."""
    return requests.post(f"http://127.0.0.1:{province.port}/control/{path}", json=body, timeout=10).status_code


def follow(province: OneStop, follower: Follower, folder: Path, host: str = "localhost") -> Any:
    line = HttpClient(ca_file(province, folder), timeout_s=5.0)
    return follower(0, line, url=f"https://{host}:{province.tls_port}/events")


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1"])
def test_events_are_delivered_over_tls(
    host: str, office: Office, safe: OneStop, follower: Follower, tmp_path: Path
) -> None:
    office.happen(700)
    run(follow(safe, follower, tmp_path, host))
    assert same(safe, office)


@pytest.mark.parametrize("mode", sorted(SAID))
def test_nothing_arrives_while_the_certificate_is_bad_and_all_of_it_afterwards(
    mode: str, office: Office, safe: OneStop, follower: Follower, tmp_path: Path
) -> None:
    office.happen(5)
    assert control(safe, "fail", mode=mode) == 200
    with pytest.raises(SyncError, match=SAID[mode]):
        HttpClient(ca_file(safe, tmp_path)).request("POST", f"https://localhost:{safe.tls_port}/events", b"[]")
    agent = follow(safe, follower, tmp_path)
    assert agent.run_once() >= 1.0 and agent.cursor == 0 and safe.received == 0
    assert control(safe, "heal") == 200
    run(agent)
    assert same(safe, office)


def test_a_bad_certificate_is_counted_by_connections(safe: OneStop, tmp_path: Path) -> None:
    control(safe, "fail", mode="tls_expired", times=2)
    address = f"https://localhost:{safe.tls_port}/events/cursor?source=urn:motcua:ba-vi:e1"
    for _ in range(2):
        with pytest.raises(SyncError, match="expired"):
            HttpClient(ca_file(safe, tmp_path)).request("GET", address)
    assert HttpClient(ca_file(safe, tmp_path)).request("GET", address).status == 200


@pytest.mark.parametrize(("mode", "count"), [("cut", 0), ("cut", 50), ("reset", 0), ("reset", 50), ("slice", 1)])
def test_answers_are_spoilt_behind_tls_as_without_it(
    mode: str, count: int, office: Office, safe: OneStop, follower: Follower, tmp_path: Path
) -> None:
    office.happen(3)
    safe.fail(mode, 1, bytes=count)
    agent = follow(safe, follower, tmp_path)
    agent.run_once()
    run(agent)
    assert same(safe, office)


def test_without_a_tls_door_a_bad_certificate_is_refused(province: OneStop) -> None:
    assert set(SAID) == MODES <= ALL_MODES
    assert control(province, "fail", mode="tls_expired") == 400
    assert requests.get(f"http://127.0.0.1:{province.port}/control/ca.pem", timeout=10).status_code == 404


def test_no_thread_and_no_socket_is_left_behind(tmp_path: Path) -> None:
    before = threading.active_count()
    province = OneStop()
    province.port = province.start(tls="127.0.0.1:0")
    line = HttpClient(ca_file(province, tmp_path))
    line.request("GET", f"https://localhost:{province.tls_port}/events/cursor?source=urn:motcua:ba-vi:e1")
    province.stop()
    until = time.monotonic() + 5
    while threading.active_count() > before and time.monotonic() < until:
        time.sleep(0.02)
    assert threading.active_count() <= before
    line.close()


def test_the_command_keeps_the_contract_over_tls_with_token_and_secret(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plain, tls = free_port(), free_port()
    told = ["--listen", f"127.0.0.1:{plain}", "--tls", f"127.0.0.1:{tls}", "--token", "t", "--hmac-secret", "s"]
    command = [sys.executable, "-m", "kiosk.cli", "simulate", "onestop", *told]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stderr is not None and f"https://127.0.0.1:{tls}/" in process.stderr.readline()
            path = tmp_path / "ca.pem"
            path.write_bytes(fetched(f"http://127.0.0.1:{plain}/control/ca.pem"))
            url = f"https://127.0.0.1:{tls}/events"
            options = ["--token", "t", "--hmac-secret", "s", "--ca-file", str(path), "--format", "json"]
            assert main(["sync", "conformance", "--url", url, *options]) == 0
            assert json.loads(capsys.readouterr().out)["counts"]["not checked"] == 0
        finally:
            process.terminate()


def fetched(url: str) -> bytes:
    for _ in range(200):
        try:
            return requests.get(url, timeout=10).content
        except requests.ConnectionError:
            time.sleep(0.05)
    raise AssertionError(f"{url} does not answer")
