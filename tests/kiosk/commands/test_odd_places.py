"""Commands where nothing is prepared: one clear sentence, the right exit code, nothing left behind."""

from __future__ import annotations

import errno
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from config import places
from config.loading import sample_text
from kiosk.cli import main
from kiosk.commands import requirements
from kiosk.commands.output import _plain

ROOT = Path(__file__).resolve().parents[3]
NEEDS_DATABASE = [
    ["serve"],
    ["verify"],
    ["report", "daily", "--from", "2024-04-01", "--to", "2024-04-02"],
    ["token", "list"],
    ["token", "create", "--role", "kiosk", "--name", "hall"],
    ["clerk", "list"],
    ["webhook", "list"],
    ["sample", "random", "--days", "1"],
]
ODD = "100% mở #1? (bản sao)"


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    file = tmp_path / "office.toml"
    text = sample_text().replace('bind = "127.0.0.1:8080"', 'bind = "127.0.0.1:0"')
    file.write_text(text, encoding="utf-8")
    monkeypatch.setenv("MOTCUA_CONFIG", str(file))
    monkeypatch.setenv("MOTCUA_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("MOTCUA__PRINTER", "[]")
    return file


def said(capsys: pytest.CaptureFixture[str]) -> str:
    return capsys.readouterr().err.strip()


@pytest.mark.parametrize("command", NEEDS_DATABASE, ids=lambda command: " ".join(command[:2]))
def test_without_a_database_a_command_says_so_and_makes_none(
    config: Path, command: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(command) == 1
    assert said(capsys) == (
        f"motcua: không có cơ sở dữ liệu ở {places.database_file()}; hãy chạy motcua init với cùng tệp cấu hình"
    )
    assert not places.home().exists()


@pytest.mark.parametrize("command", NEEDS_DATABASE, ids=lambda command: " ".join(command[:2]))
def test_a_file_that_is_no_database_is_named(
    config: Path, command: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    places.home().mkdir()
    places.database_file().write_bytes(b"no database at all" * 1000)
    assert main(command) == 1
    sentence = said(capsys)
    assert sentence.startswith("motcua: cơ sở dữ liệu bị hỏng: file is not a database")
    assert "motcua restore TỆP" in sentence and "\n" not in sentence


def test_a_folder_with_an_odd_name_is_a_folder(
    config: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home = tmp_path / ODD
    monkeypatch.setenv("MOTCUA_HOME", str(home))
    monkeypatch.setattr(sys, "stdin", (tmp_path / "office.toml").open(encoding="utf-8"))
    assert main(["init", "--admin-name", "an", "--admin-password-stdin"]) == 0
    assert (home / "motcua.db").is_file()
    assert main(["verify"]) == 0
    assert main(["token", "list"]) == 0
    folder = tmp_path / f"bản sao {ODD}"
    folder.mkdir()
    assert main(["backup", "--to", str(folder), "--keep", "2"]) == 0
    backup = next(folder.glob("*.db"))
    assert main(["restore", str(backup)]) == 0
    assert main(["verify"]) == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([ODD, folder.name, "office.toml"])
    assert "Traceback" not in said(capsys)


def test_a_state_folder_that_cannot_be_made_or_written_is_named_by_check_and_serve_alike(
    config: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "home").write_text("a file", encoding="utf-8")
    for command in (["config", "check"], ["serve"]):
        assert main(command) == 1
        sentence = said(capsys)
        assert f"không dùng được thư mục dữ liệu {tmp_path / 'home'}: {tmp_path / 'home'} là một tệp" in sentence
    (tmp_path / "home").unlink()
    (tmp_path / "home").mkdir()
    monkeypatch.setattr(places, "unwritable", lambda folder: OSError(errno.EROFS, "Read-only file system"))
    for command in (["config", "check"], ["serve"]):
        assert main(command) == 1
        assert "không ghi được vào thư mục dữ liệu" in (sentence := said(capsys))
        assert "đĩa chỉ cho đọc; hãy gắn lại đĩa để ghi được" in sentence


@pytest.mark.parametrize(
    ("bind", "reason"),
    [("203.0.113.1:8080", "máy này không có địa chỉ đó"), ("no.such.host.invalid:8080", "không có máy nào tên này")],
)
def test_an_address_that_this_machine_has_not_is_named_by_check_and_serve_alike(
    config: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], bind: str, reason: str
) -> None:
    monkeypatch.setenv("MOTCUA__SERVER__BIND", bind)
    for command in (["config", "check"], ["serve"]):
        assert main(command) == 1
        sentence = said(capsys)
        assert f"server.bind: không mở được địa chỉ “{bind}”: {reason}" in sentence


def test_a_port_on_which_the_service_listens_already_is_no_fault_of_the_configuration() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        assert requirements.bind_problem(f"127.0.0.1:{server.getsockname()[1]}") is None


def test_a_procedure_whose_field_is_not_its_services_is_named(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = config.read_text(encoding="utf-8")
    changed = text.replace('field = "Nuôi con nuôi"', 'field = "Nuôi Con Nuôi"').replace(
        'field = "Chứng thực"', 'field = "Công chứng"', 1
    )
    config.write_text(changed, encoding="utf-8")
    assert main(["config", "check"]) == 1
    sentence = said(capsys)
    assert "“Nuôi Con Nuôi” không phải lĩnh vực của [[service]] HT; hãy viết “Nuôi con nuôi”" in sentence
    assert (
        "“Công chứng” không phải lĩnh vực của [[service]] HT; hãy viết một trong: Hộ tịch, Chứng thực, Nuôi con nuôi"
        in sentence
    )


def run(arguments: list[str], **environment: str) -> subprocess.CompletedProcess[bytes]:
    plain = {"PATH": os.environ["PATH"], "MOTCUA_HOME": "/nonexistent/motcua"}
    command = [sys.executable, "-m", "kiosk.cli", *arguments]
    return subprocess.run(command, cwd=ROOT, env={**plain, **environment}, capture_output=True, check=False)


def test_a_terminal_that_knows_no_vietnamese_letters_stops_no_command(config: Path, tmp_path: Path) -> None:
    ascii_only = {"LANG": "C", "PYTHONIOENCODING": "ascii", "PYTHONCOERCECLOCALE": "0"}
    sample = run(["config", "sample"], **ascii_only)
    assert (sample.returncode, sample.stdout.decode()) == (0, sample_text()), "the sample is a file of UTF-8"
    home = {"MOTCUA_HOME": str(tmp_path / "home"), "MOTCUA__PRINTER": "[]"}
    done = run(["config", "check", "--config", str(config)], **ascii_only, **home)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(b"ok: Bo phan Mot cua xa Ba Vi: ")


def test_letters_without_a_mark_stay_and_what_is_no_letter_is_a_question_mark() -> None:
    error = UnicodeEncodeError("ascii", "Đường 5 → Ẫ", 0, 11, "no")
    assert _plain(error) == ("Duong 5 ? A", 11)


def test_a_reader_that_goes_away_is_no_traceback(config: Path) -> None:
    command = f"{sys.executable} -m kiosk.cli config sample | head -c 1"
    done = subprocess.run(["bash", "-c", command], cwd=ROOT, capture_output=True, check=False)
    assert (done.stdout, done.stderr) == (b"#", b"")
