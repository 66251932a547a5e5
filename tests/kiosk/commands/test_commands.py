"""The command line as a technician uses it."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from config.loading import guarded_sample_text, load, sample_text
from kiosk.actions import days, tickets
from kiosk.bootstrap import build_app
from kiosk.cli import build_parser
from kiosk.store.unit_of_work import Actor

ROOT = Path(__file__).resolve().parents[3]


class Shell:
    """Runs `motcua` with a state folder and a configuration of its own."""

    def __init__(self, folder: Path) -> None:
        self.config = folder / "office.toml"
        self.config.write_text(sample_text(), encoding="utf-8")
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("MOTCUA")},
            "MOTCUA_HOME": str(folder / "state"),
            "MOTCUA_CONFIG": str(self.config),
        }

    def run(self, *arguments: str, typed: str = "") -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "kiosk.cli", *arguments],
            env=self.environment,
            cwd=ROOT,
            input=typed,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )

    def init(self) -> None:
        done = self.run("init", "--admin-name", "truong", "--admin-password-stdin", typed="mat-khau-dai\n")
        assert done.returncode == 0, done.stderr


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    return Shell(tmp_path)


def test_the_sample_is_printed_alone_whatever_is_configured(shell: Shell) -> None:
    shell.environment["MOTCUA_CONFIG"] = "/nowhere.toml"
    done = shell.run("config", "sample")
    assert (done.returncode, done.stdout) == (0, sample_text())
    guarded = shell.run("config", "sample", "--guarded")
    assert (guarded.returncode, guarded.stdout, guarded.stderr) == (0, guarded_sample_text(), "")


def test_a_wrong_configuration_ends_with_one_and_every_problem(shell: Shell) -> None:
    shell.config.write_text(sample_text().replace("seats = 15", "saets = 15"), encoding="utf-8")
    done = shell.run("config", "check")
    assert done.returncode == 1 and "có phải là “seats” không?" in done.stderr


@pytest.mark.parametrize("arguments", [["nonsense"], ["serve", "--nonsense"], ["token"], []])
def test_wrong_use_ends_with_two(shell: Shell, arguments: list[str]) -> None:
    assert shell.run(*arguments).returncode == 2


def test_serve_and_token_say_that_init_comes_first(shell: Shell) -> None:
    done = shell.run("serve")
    assert done.returncode == 1 and "motcua init" in done.stderr


def test_init_may_be_repeated_and_a_token_is_printed_alone(shell: Shell) -> None:
    shell.init()
    shell.init()
    token = shell.run("token", "create", "--role", "kiosk", "--name", "hall").stdout
    assert len(token.strip()) >= 40 and token.count("\n") == 1
    assert "hall\tkiosk" in shell.run("token", "list").stdout
    assert shell.run("token", "revoke", "hall").returncode == 0
    assert shell.run("token", "revoke", "hall").returncode == 1


def test_clerks_get_a_pin_and_can_leave(shell: Shell) -> None:
    shell.init()
    assert shell.run("clerk", "add", "Đinh Thị Lan", typed="12\n").returncode == 1
    assert shell.run("clerk", "add", "Đinh Thị Lan", typed="4821\n").returncode == 0
    assert "Đinh Thị Lan\tactive" in shell.run("clerk", "list").stdout
    assert shell.run("clerk", "disable", "Đinh Thị Lan").returncode == 0
    assert "Đinh Thị Lan\tdisabled" in shell.run("clerk", "list").stdout


def test_an_empty_day_has_a_report_and_a_clean_recount(shell: Shell) -> None:
    shell.init()
    done = shell.run("report", "daily", "--from", "2024-04-15", "--to", "2024-04-15", "--format", "json")
    assert done.returncode == 0 and json.loads(done.stdout)
    assert "0 differences" in shell.run("verify").stdout


def test_the_database_of_another_office_is_not_used(shell: Shell) -> None:
    shell.init()
    shell.config.write_text(sample_text().replace('code = "ba-vi"', 'code = "ba-to"'), encoding="utf-8")
    done = shell.run("serve")
    assert done.returncode == 1 and "cơ sở dữ liệu chưa có đơn vị “ba-to”" in done.stderr


def test_a_command_loads_the_pages_and_the_database_only_when_it_needs_them() -> None:
    script = "import sys, kiosk.cli; kiosk.cli.build_parser(); print(*sorted(sys.modules))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    heavy = {"flask", "sqlalchemy", "pygame", "PIL", "openpyxl", "cryptography", "kiosk.web"}
    assert not heavy & set(done.stdout.split())


@pytest.mark.parametrize("command", ["serve", "board", "sync", "report", "verify"])
def test_what_runs_for_months_or_is_waited_for_loads_no_other_commands_and_takes_the_same_words(command: str) -> None:
    alone, whole = (subparser(build_parser(first), command) for first in (command, None))
    assert alone.format_help() == whole.format_help()
    script = f"import sys, kiosk.cli; kiosk.cli.build_parser({command!r}); print(*sorted(sys.modules))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert not {"kiosk.commands.demo", "kiosk.commands.voices", "kiosk.commands.doctor"} & set(done.stdout.split())


def subparser(parser: argparse.ArgumentParser, name: str) -> argparse.ArgumentParser:
    """The parser of one command."""
    groups = [action for action in parser._actions if isinstance(action, argparse._SubParsersAction)]
    found: argparse.ArgumentParser = groups[0].choices[name]
    return found


def test_an_office_on_sqlite_does_not_carry_postgresql() -> None:
    script = "import sys, kiosk.bootstrap, kiosk.server; print(*sorted(sys.modules))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert "sqlalchemy.dialects.postgresql" not in done.stdout.split()


def test_the_service_loads_nothing_that_only_a_report_or_a_check_needs() -> None:
    script = "import sys, kiosk.commands.serve, kiosk.bootstrap, kiosk.server; print(*sorted(sys.modules))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    seldom = ("kiosk.reports.building", "kiosk.reports.dashboard", "kiosk.verify", "kiosk.samples", "pydantic_settings")
    assert not [name for name in done.stdout.split() if name.startswith((*seldom, "statistics", "platformdirs"))]


def test_a_configuration_that_leaves_people_behind_is_named_by_check_and_refused_by_serve(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    shell.init()
    monkeypatch.setenv("MOTCUA_HOME", shell.environment["MOTCUA_HOME"])
    app = build_app(load(shell.config))
    with app.store.unit(Actor("kiosk", "kiosk"), app.clock.now_ms()) as unit:
        days.ensure_today(unit)
        tickets.enter_paper_ticket(unit, "C007", unit.now, "kiosk")
    app.close()
    text = sample_text().replace('"DD"', '"DX"').replace("DD =", "DX =")
    shell.config.write_text(text, encoding="utf-8")
    for arguments in (["config", "check"], ["serve"]):
        done = shell.run(*arguments)
        assert done.returncode == 1 and "không còn [[service]] “DD” mà các số C007 vẫn cần" in done.stderr
    shell.config.write_text(text.replace('code = "DX"', 'code = "DX"\nreplaces = ["DD"]', 1), encoding="utf-8")
    assert shell.run("config", "check").returncode == 0


def test_check_names_a_serial_line_without_a_handshake_and_letters_that_slips_cannot_show(shell: Shell) -> None:
    text = sample_text().replace("tcp://127.0.0.1:9100", "serial:///dev/ttyUSB0?baud=115200&flow=none", 1)
    text = text.replace('name = "Bộ phận', 'name = "☂ Bộ phận', 1)
    shell.config.write_text(text, encoding="utf-8")
    done = shell.run("config", "check")
    assert done.returncode == 1
    assert "printer[0].url: đường nối tiếp có xác nhận phiếu cần điều khiển luồng" in done.stderr
    assert "chữ in phiếu không có ký tự ☂" in done.stderr
    served = shell.run("serve")
    assert (
        served.returncode == 1
        and "printer[0].url: đường nối tiếp có xác nhận phiếu cần điều khiển luồng" in served.stderr
    )
    right = text.replace("&flow=none", "", 1).replace("☂ ", "", 1)
    shell.config.write_text(right, encoding="utf-8")
    assert shell.run("config", "check").returncode == 0
