"""What `motcua config check` says of the machine and of the words of the file, in Vietnamese or in English."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from config.loading import sample_text
from kiosk.cli import main

PRINTER = '\n[[printer]]\nname = "may-in"\nurl = "{url}"\nprofile = "{profile}"\n'
CONNECTOR = (
    '\n[[sync.connector]]\nname = "cong"\nkind = "national_portal"\nurl = "https://cong.example/"\n'
    '[sync.connector.portal]\nusername = "a"\npassword = "b"\ndstcode = "c"\nunit = "000.00.53.H48"\n'
    'mapping = "{mapping}"\n'
)
WRITTEN_BEFORE = 'bind = "127.0.0.1:0"'

# what stands in the file: (text to be replaced, the wrong one, what is said in Vietnamese, in English)
WRONG = {
    "profile": ("", PRINTER.format(url="tcp://127.0.0.1", profile="x"), "printer[1].profile: không có mẫu máy in “x”"),
    "handshake": (
        "",
        PRINTER.format(url="serial:///dev/ttyUSB0?flow=none", profile="generic-80"),
        "printer[1].url: đường nối tiếp có xác nhận phiếu cần điều khiển luồng",
    ),
    "no mapping": (
        "",
        CONNECTOR.format(mapping="/nowhere.toml"),
        "sync.connector[0].portal.mapping: không đọc được “/nowhere.toml”: không có tệp",
    ),
    "mapping is no TOML": (
        "",
        CONNECTOR.format(mapping="{home}/broken.toml"),
        "broken.toml” không phải bảng tên (dòng 1, cột",
    ),
    "mapping of another": (
        "",
        CONNECTOR.format(mapping="{home}/other.toml"),
        "other.toml” không phải bảng tên",
    ),
    "mapping with an odd name": (
        "",
        CONNECTOR.format(mapping="a\\\\u0000b"),
        "sync.connector[0].portal.mapping: ",
    ),
    "no certificate": (
        WRITTEN_BEFORE,
        f'{WRITTEN_BEFORE}\ntls_certificate = "/nowhere.pem"\ntls_key = "/nowhere.key"',
        "server.tls_certificate: không đọc được “/nowhere.pem”: không có tệp hoặc thư mục này",
    ),
    "certificate with an odd name": (
        WRITTEN_BEFORE,
        f'{WRITTEN_BEFORE}\ntls_certificate = "a\\\\u0000b"\ntls_key = "/"',
        "server.tls_certificate: không đọc được",
    ),
    "another machine": (
        WRITTEN_BEFORE,
        'bind = "203.0.113.1:8080"',
        "server.bind: không mở được địa chỉ “203.0.113.1:8080”: máy này không có địa chỉ đó",
    ),
    "letters of slips": (
        'name = "Tư pháp – Hộ tịch"',
        'name = "Tư pháp 漢"',
        "chữ in phiếu không có ký tự 漢; hãy viết không có ký tự đó",
    ),
    "a report": (
        "",
        '\n[[schedule.report]]\nname = "x"\nformat = "pdf"\nevery = "month"\nfolder = "/srv"\n',
        "schedule.report[0]: không có báo cáo “x”; hãy viết một trong",
    ),
}


@pytest.fixture
def office_file(home: Path) -> Path:
    (home / "broken.toml").write_text("a\nb = 1\n", encoding="utf-8")
    (home / "other.toml").write_text("[x]\n", encoding="utf-8")
    return home / "office.toml"


@pytest.mark.parametrize("name", WRONG)
def test_what_the_machine_does_not_have_is_told_with_what_to_do(
    office_file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    before, wrong, words = WRONG[name]
    text = sample_text().replace('bind = "127.0.0.1:8080"', WRITTEN_BEFORE)
    assert before in text
    wrong = wrong.replace("{home}", str(office_file.parent)).replace("\\\\", "\\")
    office_file.write_text(text.replace(before, wrong, 1) if before else text + wrong, encoding="utf-8")
    monkeypatch.delenv("MOTCUA__PRINTER", raising=False)
    assert main(["config", "check", "--config", str(office_file)]) == 1
    told = capsys.readouterr().err
    assert words in told and "hãy " in told and "Traceback" not in told
    assert main(["config", "check", "--config", str(office_file), "--language", "en"]) == 1
    english = capsys.readouterr().err
    assert "hãy" not in english and english != told


def test_what_is_right_and_what_could_be_safer_is_told(
    office_file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    open_door = sample_text().replace('bind = "127.0.0.1:8080"', 'bind = "0.0.0.0:0"')
    office_file.write_text(open_door, encoding="utf-8")
    assert main(["config", "check", "--config", str(office_file)]) == 0
    said = capsys.readouterr()
    assert "ok: " in said.out and "5 dịch vụ, 5 quầy" in said.out
    assert "chú ý: server.bind: phục vụ cả mạng mà không mã hóa (TLS)" in said.err
    assert main(["config", "check", "--config", str(office_file), "--language", "en"]) == 0
    assert "5 services, 5 counters" in capsys.readouterr().out


def test_a_command_without_a_configuration_says_how_to_name_one(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("MOTCUA_CONFIG", raising=False)
    assert "MOTCUA_CONFIG" not in os.environ
    assert main(["config", "check"]) == 1
    assert "hãy chỉ tệp cấu hình bằng --config TỆP" in capsys.readouterr().err
