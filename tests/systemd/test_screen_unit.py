"""The units of a public screen: as tight as all others, and Chromium works in them with its own sandbox."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.public_screens.policy import portal_pattern
from kiosk.public_screens.screen import by_line
from tests.browser import CHROMIUM
from tests.kiosk.public_screens.test_chords import Heard

ROOT = Path(__file__).resolve().parents[2]
UNIT = ROOT / "systemd" / "motcua-screen@.service"
SCREENS = sorted(UNIT.parent.glob("motcua-screen*.service"))
MOST_EXPOSURE = 15  # tenths of what systemd calls exposure, as in test_units.py
PAGE = b"<title>x</title><script>document.title = 'drawn ' + (6 * 7)</script>"
WORDS = "drawn 42"
HOSTS = ["dichvucong.gov.vn", "xac-thuc.dichvucong.gov.vn", "dichvucong.gov.vn.evil", "evildichvucong.gov.vn", "evil"]
ELSEWHERE = "192.168.1.5:8443"  # a service on another PC, as the browser of a screen has its address


def values(key: str, unit: Path = UNIT) -> list[str]:
    lines = unit.read_text(encoding="utf-8").splitlines()
    return [line.partition("=")[2] for line in lines if line.startswith(f"{key}=")]


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


@pytest.fixture(scope="module")
def service() -> Iterator[Heard]:
    heard = Heard(PAGE)
    yield heard
    heard.close()


def drawn(calls: set[str], folder: Path, service: Heard, *address: str) -> str:
    """The page as Chromium has it, with its sandbox; empty when it gave up."""
    program = [CHROMIUM, "--headless=new", "--disable-gpu", "--no-first-run", f"--user-data-dir={folder}", "--dump-dom"]
    upstream = service.address.removeprefix("http://")
    confined = [sys.executable, "-m", "tests.systemd.confined", ",".join(sorted(calls)), upstream]
    environment = {"HOME": str(folder), "XDG_RUNTIME_DIR": str(folder), "PATH": "/usr/bin:/bin"}
    command = [*confined, *program, *address]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60, check=False)
    return done.stdout


@pytest.mark.parametrize("host", ["127.0.0.1:8080", ELSEWHERE])
def test_chromium_draws_with_its_own_sandbox_in_the_unit_and_reaches_the_service_by_the_line(
    host: str, folder: Path, service: Heard
) -> None:
    way = by_line(f"http://{host}", "127.0.0.1:8080")
    assert WORDS in drawn(allowed_calls(), folder, service, *way, f"http://{host}/{host}")
    assert f"/{host}" in service.paths


def test_nothing_else_on_this_machine_or_its_network_is_reached(folder: Path, service: Heard) -> None:
    """The service's own address outside is one of many that the browser's network does not have."""
    assert WORDS not in drawn(allowed_calls(), folder, service, f"{service.address}/beside")
    assert "/beside" not in service.paths


@pytest.mark.parametrize("call", ["chroot", "capset"])
def test_without_a_call_that_the_unit_gives_back_chromium_gives_up(call: str, folder: Path, service: Heard) -> None:
    """The third, seccomp, it can do without, and then filters the calls of a page's thread less well."""
    assert call in values("SystemCallFilter")[-1].split()
    assert WORDS not in drawn(allowed_calls() - {call}, folder, service, "http://127.0.0.1:8080/")


@pytest.mark.parametrize("unit", SCREENS, ids=lambda unit: unit.stem)
def test_every_unit_of_a_screen_is_as_tight_as_all_others(unit: Path) -> None:
    command = ["systemd-analyze", "security", "--offline=true", f"--threshold={MOST_EXPOSURE}", str(unit)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-500:]


@pytest.mark.parametrize("unit", SCREENS, ids=lambda unit: unit.stem)
def test_systemd_finds_nothing_to_say_about_a_screen(unit: Path, tmp_path: Path) -> None:
    """Of a filing PC, which is the one that has all of them."""
    for one in [*SCREENS, *UNIT.parent.glob("motcua-screen*.socket")]:
        text = one.read_text(encoding="utf-8").replace("/opt/motcua/bin/motcua", "/bin/sh")
        (tmp_path / one.name).write_text(text.replace("/usr/bin/Xorg", "/bin/sh"), encoding="utf-8")
    shutil.copytree(UNIT.parent / "motcua-screen@filing.service.d", tmp_path / "motcua-screen@filing.service.d")
    name = unit.name.replace("@", "@filing")
    command = ["systemd-analyze", "verify", "--recursive-errors=yes", f"./{name}"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0 and "motcua-screen" not in done.stderr, done.stderr


def test_the_browser_has_a_network_of_its_own_and_the_relays_listen_in_it() -> None:
    assert values("PrivateNetwork") == ["yes"] and values("IPAddressAllow") == ["localhost"]
    assert "AF_NETLINK" not in values("RestrictAddressFamilies")[0]
    sockets = {one.stem: one for one in UNIT.parent.glob("motcua-screen*.socket")}
    assert set(sockets) == {"motcua-screen-line@", "motcua-screen-portals"}
    for one in sockets.values():
        assert values("PrivateNetwork", one) == ["yes"]
    assert values("JoinsNamespaceOf", sockets["motcua-screen-line@"]) == ["motcua-screen@%i.service"]
    joined = values("JoinsNamespaceOf", sockets["motcua-screen-portals"])[0].split()
    assert joined == ["motcua-screen@filing.service", "motcua-screen-line@filing.socket"], "whichever starts first"
    assert "--line 127.0.0.1:8080" in values("ExecStart")[0]
    assert values("ListenStream", sockets["motcua-screen-line@"]) == ["127.0.0.1:8080"]


def test_the_x_server_has_no_network_and_the_browser_no_keys() -> None:
    x_server = UNIT.with_name("motcua-screen-x.service")
    assert values("RestrictAddressFamilies", x_server) == ["AF_UNIX AF_NETLINK"]
    assert "-nolisten tcp" in values("ExecStart", x_server)[0] and "-keeptty" in values("ExecStart", x_server)[0]
    assert "char-input rw" in values("DeviceAllow", x_server) and "char-input rw" not in values("DeviceAllow")


def test_the_proxy_of_a_filing_pc_lets_portals_through_by_https_and_nothing_else() -> None:
    lines = (UNIT.parent / "screen" / "tinyproxy.conf").read_text(encoding="utf-8").splitlines()
    assert {"FilterDefaultDeny Yes", "ConnectPort 443", "Listen 127.0.0.1", "FilterExtended On"} <= set(lines)
    pattern = re.compile(portal_pattern("https://www.dichvucong.gov.vn/p/home"))
    assert [bool(pattern.search(host)) for host in HOSTS] == [True, True, False, False, False]
