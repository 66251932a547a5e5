"""`motcua screen` as a technician uses it."""

from __future__ import annotations

import json
import os
import signal
import ssl
import subprocess
import sys
import time
from pathlib import Path

from tests.display_board.looks import display

MOTCUA = [sys.executable, "-m", "kiosk.cli", "screen"]
NOWHERE = "http://127.0.0.1:1"
LONG_S = 30.0


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*MOTCUA, *arguments], capture_output=True, text=True, timeout=60)


def test_the_policy_of_a_kiosk_needs_no_service() -> None:
    done = run("policy", "kiosk", "--service", "http://10.0.0.2:8080")
    assert done.returncode == 0
    assert json.loads(done.stdout)["URLAllowlist"] == ["http://10.0.0.2:8080/kiosk"]


def test_the_policy_holds_the_offices_authority_in_either_form(tmp_path: Path) -> None:
    der = b"\x30\x03\x02\x01\x07"
    (tmp_path / "ca.crt").write_bytes(der)
    (tmp_path / "ca.pem").write_text(ssl.DER_cert_to_PEM_cert(der), encoding="ascii")
    for name in ("ca.crt", "ca.pem"):
        done = run("policy", "tablet", "--authority", str(tmp_path / name))
        assert json.loads(done.stdout)["CACertificates"] == ["MAMCAQc="]
    (tmp_path / "ca.crt").write_text("<html>", encoding="ascii")
    for name, reason in (("ca.crt", "không phải chứng thư"), ("none", "hãy sửa tên")):
        done = run("policy", "tablet", "--authority", str(tmp_path / name))
        assert done.returncode == 1 and reason in done.stderr


def test_the_portals_of_a_filing_pc_are_named_or_asked_of_the_service() -> None:
    done = run("policy", "filing", "--portal", "https://dichvucong.gov.vn")
    assert "https://dichvucong.gov.vn" in json.loads(done.stdout)["URLAllowlist"]
    done = run("policy", "filing", "--service", NOWHERE)
    assert done.returncode == 1 and "ghi các cổng bằng --portal" in done.stderr


def test_a_screen_without_an_x_server_or_a_browser_says_so(tmp_path: Path) -> None:
    environment = {**os.environ, "DISPLAY": ":987"}
    done = subprocess.run([*MOTCUA, "run", "kiosk"], env=environment, capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stderr) == (
        1,
        "motcua: không kết nối được màn hình (X server của DISPLAY); hãy đăng nhập phiên đồ họa\n",
    )
    with display(640, 480) as screen:
        environment = {**os.environ, "DISPLAY": screen, "MOTCUA_HOME": str(tmp_path)}
        command = [*MOTCUA, "run", "kiosk", "--service", NOWHERE, "--browser", "/no/such/browser"]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60)
    assert done.returncode == 1 and "không chạy được /no/such/browser" in done.stderr


def test_the_browser_runs_until_the_unit_is_stopped_and_is_started_again_when_it_ends(tmp_path: Path) -> None:
    log, browser = tmp_path / "log", tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\necho "$@" >> {log}\nexec sleep 2\n', encoding="utf-8")
    browser.chmod(0o755)
    with display(800, 600) as screen:
        environment = {**os.environ, "DISPLAY": screen, "MOTCUA_HOME": str(tmp_path)}
        command = [*MOTCUA, "run", "tablet", "--counter", "2", "--service", NOWHERE, "--browser", str(browser)]
        process = subprocess.Popen(command, env=environment)
        ends = time.monotonic() + LONG_S
        while time.monotonic() < ends and (not log.exists() or len(log.read_text().splitlines()) < 2):
            time.sleep(0.05)
        process.send_signal(signal.SIGTERM)
        assert process.wait(LONG_S) == 0
    first, second = log.read_text().splitlines()[:2]
    assert first == second
    assert first.split()[-1] == f"{NOWHERE}/tablet?counter=2"
    assert "--kiosk" in first and "--window-size=800,600" in first
    assert f"--user-data-dir={tmp_path / 'screens' / 'tablet'}" in first
