"""The units are sound: systemd reads them without a word, restarts for ever and watches each program."""

from __future__ import annotations

import configparser
import re
import shlex
import subprocess
from pathlib import Path

import pytest

from kiosk.cli import build_parser

FOLDER = Path(__file__).resolve().parents[2] / "systemd"
NIGHTLY = ["motcua-backup", "motcua-reports", "motcua-verify"]
# Those of a public screen are browsers and their surroundings: test_screen_unit.py.
OTHERS = {*NIGHTLY, *(file.stem for file in FOLDER.glob("motcua-screen*.service"))}
UNITS = sorted(file for file in FOLDER.glob("*.service") if file.stem not in OTHERS)
JOBS = [FOLDER / f"{name}.service" for name in NIGHTLY]
TIMERS = [FOLDER / f"{name}.timer" for name in NIGHTLY]


def placed(unit: Path, folder: Path) -> Path:
    """The unit with a program that exists on this machine, so that only the unit itself is judged."""
    program = folder / "motcua"
    program.write_text("#!/bin/sh\n", encoding="ascii")
    program.chmod(0o755)
    copy = folder / unit.name
    text = unit.read_text(encoding="utf-8").replace("/opt/motcua/bin/motcua", str(program))
    copy.write_text(text, encoding="utf-8")
    return copy


def verify(unit: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["systemd-analyze", "verify", "--recursive-errors=no", str(unit)], capture_output=True, text=True, check=False
    )


def test_there_is_a_unit_for_each_program() -> None:
    assert [unit.stem for unit in UNITS] == ["motcua-board", "motcua-kiosk", "motcua-sync"]
    assert sorted(unit.stem for unit in FOLDER.glob("*.timer")) == NIGHTLY


# Tenths of what systemd calls exposure.
MOST_EXPOSURE = 15


@pytest.mark.parametrize("unit", [*UNITS, *JOBS], ids=lambda unit: unit.stem)
def test_systemd_finds_nothing_to_say_about_a_unit(unit: Path, tmp_path: Path) -> None:
    done = verify(placed(unit, tmp_path))
    assert done.returncode == 0 and unit.name not in done.stderr, done.stderr


def test_a_bad_value_would_be_noticed(tmp_path: Path) -> None:
    unit = placed(UNITS[0], tmp_path)
    unit.write_text(unit.read_text(encoding="utf-8").replace("Restart=always", "Restart=sometimes"), encoding="utf-8")
    assert unit.name in verify(unit).stderr


def test_the_service_may_open_every_kind_of_printer() -> None:
    """Names of DeviceAllow are those of /proc/devices: usb is usblp's; libusb hears of new devices by netlink."""
    text = next(unit for unit in UNITS if unit.stem == "motcua-kiosk").read_text(encoding="utf-8")
    for kind in ("ttyUSB", "ttyACM", "ttyS", "usb", "usb_device"):
        assert f"DeviceAllow=char-{kind} rw\n" in text
    assert "AF_NETLINK" in text


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.stem)
def test_a_program_is_started_again_for_ever_and_killed_when_it_hangs(unit: Path) -> None:
    parser = configparser.ConfigParser(strict=False, interpolation=None)
    parser.optionxform = str  # type: ignore[assignment]
    parser.read(unit, encoding="utf-8")
    assert parser["Service"]["Restart"] == "always"
    assert parser["Unit"]["StartLimitIntervalSec"] == "0"
    assert parser["Service"]["Type"] == "notify" and int(parser["Service"]["WatchdogSec"]) <= 60
    exposure = subprocess.run(
        ["systemd-analyze", "security", "--offline=true", f"--threshold={MOST_EXPOSURE}", str(unit)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert exposure.returncode == 0, exposure.stdout[-500:]


@pytest.mark.parametrize("unit", JOBS, ids=lambda unit: unit.stem)
def test_a_nightly_job_yields_to_the_queue_and_may_do_little(unit: Path) -> None:
    text = unit.read_text(encoding="utf-8")
    assert "\nType=oneshot\n" in text and "\nNice=15\n" in text and "\nIOSchedulingClass=idle\n" in text
    exposure = subprocess.run(
        ["systemd-analyze", "security", "--offline=true", f"--threshold={MOST_EXPOSURE}", str(unit)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert exposure.returncode == 0, exposure.stdout[-500:]


def test_the_database_is_checked_and_then_backed_up_every_night_also_after_a_night_without_power() -> None:
    at = {}
    for timer in TIMERS:
        text = timer.read_text(encoding="utf-8")
        assert "\nPersistent=true\n" in text and "\nWantedBy=timers.target\n" in text
        at[timer.stem] = next(line.split()[-1] for line in text.splitlines() if line.startswith("OnCalendar="))
        calendar = next(line.partition("=")[2] for line in text.splitlines() if line.startswith("OnCalendar="))
        subprocess.run(["systemd-analyze", "calendar", calendar], check=True, capture_output=True)
    assert at["motcua-verify"] < at["motcua-backup"]
    backup = (FOLDER / "motcua-backup.service").read_text(encoding="utf-8")
    assert "motcua backup --to /var/lib/motcua/backups --keep 14\n" in backup
    assert "StateDirectory=motcua motcua/backups\n" in backup, "the folder is made by systemd"


def test_a_drain_after_a_long_outage_does_not_take_the_processor_from_the_queue() -> None:
    unit = next(unit for unit in UNITS if unit.stem == "motcua-sync")
    assert "\nNice=10\n" in unit.read_text(encoding="utf-8")


@pytest.mark.parametrize("unit", ["motcua-kiosk", "motcua-reports"])
def test_whoever_makes_reports_may_step_back_behind_the_queue(unit: str) -> None:
    """`os.nice` is among the calls of @resources; a process that makes a denied call is killed."""
    lines = (FOLDER / f"{unit}.service").read_text(encoding="utf-8").splitlines()
    filters = [line.partition("=")[2] for line in lines if line.startswith("SystemCallFilter=")]
    assert filters.index("setpriority") > filters.index("~@privileged @resources")


@pytest.mark.parametrize("unit", sorted(FOLDER.glob("*.service")), ids=lambda unit: unit.stem)
def test_what_a_unit_starts_is_a_command_with_these_options(unit: Path) -> None:
    """As systemd starts it: an instance of a screen is one of a kind, a program of another package stands in /usr."""
    started = re.findall(r"^Exec\w+=(\S+) ?(.*)$", unit.read_text(encoding="utf-8"), re.MULTILINE)
    assert started
    for program, words in started:
        if program == "/opt/motcua/bin/motcua":
            given = words.replace("%i", "kiosk").replace("${MOTCUA_SERVICE}", "http://127.0.0.1:8080")
            options = build_parser().parse_args(shlex.split(given.replace("$MOTCUA_SCREEN_OPTIONS", "")))
            assert callable(options.run)
        else:
            assert program.startswith("/usr/"), program
