"""The unit of a public screen: as tight as Chromium's own lock around each page allows, and Chromium works under it."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser import CHROMIUM

ROOT = Path(__file__).resolve().parents[2]
UNIT = ROOT / "systemd" / "motcua-screen@.service"
PAGE = "data:text/html,<title>x</title><script>document.title = 'drawn ' + (6 * 7)</script>"


def values(key: str) -> list[str]:
    return [
        line.partition("=")[2] for line in UNIT.read_text(encoding="utf-8").splitlines() if line.startswith(f"{key}=")
    ]


def sets_of_calls() -> dict[str, set[str]]:
    """What systemd means by @names; a set may name others."""
    listed = subprocess.run(["systemd-analyze", "syscall-filter"], capture_output=True, text=True, check=True).stdout
    sets: dict[str, set[str]] = {}
    for line in listed.splitlines():
        if line.startswith("@"):
            inside = sets.setdefault(line.strip(), set())
        elif line.startswith("    ") and not line.strip().startswith("#"):
            inside.add(line.strip())
    return sets


def calls_of(names: str, sets: dict[str, set[str]]) -> set[str]:
    found: set[str] = set()
    for name in names.split():
        found |= calls_of(" ".join(sets[name]), sets) if name in sets else {name}
    return found


def allowed_calls() -> set[str]:
    """By the lines of the unit, in their order."""
    sets, allowed = sets_of_calls(), set[str]()
    for line in values("SystemCallFilter"):
        if line.startswith("~"):
            allowed -= calls_of(line[1:], sets)
        else:
            allowed |= calls_of(line, sets)
    return allowed


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that nobody in particular may use."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o777)
        yield Path(name)


def drawn(calls: set[str], folder: Path) -> str:
    """The page as Chromium has it after its script ran, with its sandbox; empty when it gave up."""
    program = [CHROMIUM, "--headless=new", "--disable-gpu", "--no-first-run", f"--user-data-dir={folder}", "--dump-dom"]
    confined = [sys.executable, "-m", "tests.systemd.confined", ",".join(sorted(calls))]
    environment = {"HOME": str(folder), "XDG_RUNTIME_DIR": str(folder), "PATH": "/usr/bin:/bin"}
    done = subprocess.run(
        [*confined, *program, PAGE], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60, check=False
    )
    return done.stdout


def test_chromium_draws_with_its_own_sandbox_under_the_units_filter(folder: Path) -> None:
    assert "drawn 42" in drawn(allowed_calls(), folder)


@pytest.mark.parametrize("call", ["chroot", "capset"])
def test_without_a_call_that_the_unit_gives_back_chromium_gives_up(call: str, folder: Path) -> None:
    """The third, seccomp, it can do without, and then filters the calls of a page's thread less well."""
    assert call in values("SystemCallFilter")[-1].split()
    assert "drawn" not in drawn(allowed_calls() - {call}, folder)


def exposure_is_at_most(tenths: int, unit: Path) -> bool:
    command = ["systemd-analyze", "security", "--offline=true", f"--threshold={tenths}", str(unit)]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def test_the_unit_is_as_tight_as_can_be(tmp_path: Path) -> None:
    """Of systemd's 2.1, 0.7 are what Chromium's sandbox needs: namespaces and the calls that are given back."""
    assert exposure_is_at_most(21, UNIT)
    text = UNIT.read_text(encoding="utf-8").replace("RestrictNamespaces=user pid net", "RestrictNamespaces=yes")
    without = tmp_path / UNIT.name
    without.write_text(text.replace("\nSystemCallFilter=chroot", "\n#"), encoding="utf-8")
    assert exposure_is_at_most(15, without) and not exposure_is_at_most(15, UNIT)


def test_a_screen_reaches_the_offices_network_alone_and_a_filing_pc_the_portals() -> None:
    assert values("IPAddressDeny") == ["any"]
    assert "localhost" in values("IPAddressAllow")[0] and "192.168.0.0/16" in values("IPAddressAllow")[0]
    reset = (UNIT.parent / "motcua-screen@filing.service.d" / "portals.conf").read_text(encoding="utf-8").splitlines()
    assert {"[Service]", "IPAddressAllow=", "IPAddressDeny="} <= set(reset)
