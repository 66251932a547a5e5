"""Reports that are made by themselves: once for each period that ended, into a folder or by mail."""

from __future__ import annotations

import errno
import json
import re
import smtplib
import socket
import ssl
from datetime import date
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path
from threading import Thread
from types import SimpleNamespace
from typing import Any
from unittest.mock import Mock

import pytest

from config.loading import ConfigurationError, build, sample_text
from config.schedule import ScheduledReportSection
from kiosk.cli import main
from kiosk.reports import catalogue
from kiosk.reports.choices import title_of
from kiosk.worker import schedule
from kiosk.worker.mail_words import WholeSubject, refusal_of_mail, refusal_of_recipients
from kiosk.worker.schedule import due_reports, run_schedule
from tests.kiosk.worker.mail_server import mail_server
from tests.office import OfficeStory, sample_configuration

MAIL = {"host": "127.0.0.1", "security": "none", "sender": "xabavi@example.org"}


def opened(home: Path, schedule: dict[str, Any]) -> OfficeStory:
    url = f"sqlite:///{home / 'motcua.db'}"
    base = sample_configuration(url).model_dump(mode="json", by_alias=True)
    return OfficeStory(url, build({**base, "schedule": schedule}, "test"))


def run(office: OfficeStory) -> list[tuple[str, str]]:
    return [(due.file_name, reason) for due, reason, _ in run_schedule(office.app)]


@pytest.mark.parametrize(
    ("every", "first", "last"),
    [
        ("day", "2024-04-14", "2024-04-14"),
        ("week", "2024-04-08", "2024-04-14"),
        ("month", "2024-03-15", "2024-04-14"),
        ("quarter", "2023-12-15", "2024-03-14"),
        ("half-year", "2022-12-15", "2023-06-14"),
        ("year", "2022-12-15", "2023-12-14"),
        ("calendar-month", "2024-03-01", "2024-03-31"),
        ("calendar-quarter", "2024-01-01", "2024-03-31"),
    ],
)
def test_the_newest_period_that_has_ended_is_due(home: Path, every: Any, first: str, last: str) -> None:
    section = ScheduledReportSection(name="daily", format="csv", every=every, folder="x")
    (due,) = due_reports([section], date(2024, 4, 15))
    assert (due.period.first.isoformat(), due.period.last.isoformat()) == (first, last)


def test_a_report_goes_into_its_folder_once_for_each_period(home: Path) -> None:
    folder = home / "bao-cao"
    office = opened(home, {"report": [{"name": "II.06a", "format": "csv", "every": "month", "folder": str(folder)}]})
    ((name, reason),) = run(office)
    assert name == "II.06a-2024-03-15-2024-04-14.csv" and reason.startswith(f"{folder}: không ghi được")
    folder.mkdir()
    assert run(office) == [("II.06a-2024-03-15-2024-04-14.csv", "")]
    assert [path.name for path in folder.iterdir()] == ["II.06a-2024-03-15-2024-04-14.csv"]
    assert run(office) == []
    office.clock.passes(31 * 86_400)
    assert [name for name, _ in run(office)] == ["II.06a-2024-04-15-2024-05-14.csv"]
    office.close()


def test_a_period_of_the_schedule_ends_on_the_offices_own_day(home: Path) -> None:
    forms = home / "reports" / "forms"
    forms.mkdir(parents=True)
    rule = 'key = "periods"\nfrom = 2024-01-01\nvalue = "đến ngày 10"\nsource = "giả định"\ncut_day = 10\n'
    (forms / "law.toml").write_text(f"[[rule]]\n{rule}", encoding="utf-8")
    office = opened(home, {"report": [{"name": "II.06a", "format": "csv", "every": "month", "folder": str(home)}]})
    assert run(office) == [("II.06a-2024-03-11-2024-04-10.csv", "")]
    (forms / "law.toml").write_text("[[rule]", encoding="utf-8")
    ((_, reason),) = run(office)
    assert "law.toml" in reason
    office.close()


def test_a_report_goes_by_mail_and_again_when_the_mail_failed(home: Path) -> None:
    with mail_server() as server:
        report = {"name": "daily", "format": "csv", "every": "day", "to": ["vp@example.org", "ct@example.org"]}
        office = opened(home, {"mail": {**MAIL, "port": server.port}, "report": [report]})
        server.refused.add("ct@example.org")
        ((_, reason),) = run(office)
        assert "từ chối ct@example.org" in reason
        server.refused.clear()
        assert [reason for _, reason in run(office)] == [""]
        assert run(office) == []
    message = server.messages[-1]
    assert message["To"] == "vp@example.org, ct@example.org" and message["From"] == MAIL["sender"]
    assert "xã Ba Vì" in message["Subject"] and "14/04/2024" in message["Subject"]
    (file,) = message.iter_attachments()
    assert file.get_filename() == "daily-2024-04-14-2024-04-14.csv"
    assert file.get_content().startswith("\ufeff")
    office.close()


def test_a_letter_says_that_its_report_cannot_be_made_again(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (home / "reports").mkdir()
    (home / "reports" / "printed").write_bytes(b"")
    with mail_server() as server:
        report = {"name": "daily", "format": "csv", "every": "day", "to": ["vp@example.org"]}
        office = opened(home, {"mail": {**MAIL, "port": server.port}, "report": [report]})
        ((_, reason, warning),) = run_schedule(office.app)
        office.close()
    body = server.messages[-1].get_body()
    assert reason == "" and "Không lưu được những gì báo cáo này đã in" in warning
    assert body is not None and "".join(warning.split()) in "".join(body.get_content().split())


def test_a_report_that_there_is_not_and_a_silent_server_are_told(home: Path) -> None:
    reports = [
        {"name": "monthly", "format": "csv", "every": "day", "folder": str(home)},
        {"name": "daily", "format": "csv", "every": "day", "to": ["vp@example.org"]},
    ]
    office = opened(home, {"mail": {**MAIL, "port": 1}, "report": reports})
    (_, unknown), (_, silent) = run(office)
    assert "không có báo cáo “monthly”" in unknown and "gửi thư qua 127.0.0.1:1" in silent
    office.close()


def test_a_wrong_password_and_a_full_mailbox_are_told_in_the_offices_words(home: Path) -> None:
    with mail_server() as server:
        report = {"name": "daily", "format": "csv", "every": "day", "to": ["vp@example.org"]}
        mail = {**MAIL, "port": server.port, "username": "xabavi", "password": "sai"}
        office = opened(home, {"mail": mail, "report": [report]})
        server.knows = False
        ((_, reason),) = run(office)
        assert (
            "máy chủ thư từ chối username hoặc password (535 5.7.8 bad credentials)" in reason and "sai" not in reason
        )
        server.knows, server.has_room = True, False
        ((_, reason),) = run(office)
        assert "lúc này chưa nhận được (452 4.2.2 mailbox full); lần chạy sau sẽ gửi lại" in reason
        server.has_room = True
        server.refused.add("vp@example.org")
        ((_, reason),) = run(office)
        assert "từ chối vp@example.org" in reason
        server.refusal = "450 4.2.0 greylisted, come again"
        ((_, reason),) = run(office)
        assert "lúc này chưa nhận thư cho vp@example.org; lần chạy sau sẽ gửi lại" in reason
        server.refused.clear()
        assert [reason for _, reason in run(office)] == [""] and len(server.messages) == 1
    office.close()


def test_a_password_with_vietnamese_letters_is_told_and_stops_no_other_report(home: Path) -> None:
    """The library sends letters of ASCII alone, and fails with no error of the system."""
    with mail_server() as server:
        reports = [
            {"name": "daily", "format": "csv", "every": "day", "to": ["vp@example.org"]},
            {"name": "daily", "format": "html", "every": "day", "folder": str(home)},
        ]
        mail = {**MAIL, "port": server.port, "username": "xabavi", "password": "mật khẩu"}
        office = opened(home, {"mail": mail, "report": reports})
        (_, mailed), (file, put) = run(office)
        assert "hãy dùng chữ không dấu" in mailed and "mật khẩu" not in mailed
        assert put == "" and (home / file).exists()
    office.close()


def test_no_blank_of_a_subject_is_lost_on_its_way() -> None:
    """Of every report, for names of offices of every length: the library parts long ones."""
    lost = []
    for length in range(1, 60):
        for report in catalogue.REPORTS.values():
            office = f"Trung tâm Phục vụ hành chính công {'xã ' * (length // 3)}{'a' * (length % 3)}"
            subject = f"{office}: {title_of(report.description)}"
            message = EmailMessage(WholeSubject())
            message["Subject"] = subject
            sent = BytesParser(policy=policy.SMTP).parsebytes(message.as_bytes())["Subject"]
            lost += [subject] if sent != subject else []
    assert lost == []


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (socket.gaierror(-2, "Name or service not known"), "không tìm thấy máy chủ thư"),
        (ConnectionRefusedError(errno.ECONNREFUSED, "Connection refused"), "không nhận kết nối ở cổng này"),
        (TimeoutError("timed out"), "không trả lời"),
        (OSError(errno.ENETUNREACH, "Network is unreachable"), "Network is unreachable"),
        (ssl.SSLCertVerificationError(1, "[SSL] certificate verify failed"), "chứng thư"),
        (smtplib.SMTPServerDisconnected("please run connect() first"), "ngắt kết nối giữa chừng"),
        (smtplib.SMTPNotSupportedError("STARTTLS extension not supported"), "không có cách mã hóa"),
        (smtplib.SMTPAuthenticationError(535, b"no"), "từ chối username hoặc password (535 no)"),
        (smtplib.SMTPAuthenticationError(454, b"later"), "lúc này chưa nhận được (454 later); lần chạy sau sẽ gửi lại"),
        (smtplib.SMTPConnectError(421, b"busy"), "lúc này chưa nhận được (421 busy); lần chạy sau sẽ gửi lại"),
        (smtplib.SMTPConnectError(-1, b"Dovecot ready."), "không phải máy chủ thư SMTP (Dovecot ready.); xem lại"),
        (smtplib.SMTPSenderRefused(550, b"not\r\nyours", "a@b.vn"), "máy chủ trả lời “550 not yours”"),
    ],
)
def test_why_a_mail_did_not_go_is_said_in_vietnamese(error: OSError, words: str) -> None:
    assert words in refusal_of_mail(error)


def test_only_addresses_that_are_refused_for_good_are_called_refused() -> None:
    answers = {"sai@b.vn": (550, b"no such user"), "day@b.vn": (450, b"greylisted")}
    said = refusal_of_recipients("mail.b.vn:25", answers)
    assert "từ chối sai@b.vn;" in said and "day@b.vn" not in said


def test_a_port_that_speaks_another_protocol_is_told(home: Path) -> None:
    """An office wrote the port by which mail is fetched: 110, of POP3."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        greeter = Thread(target=lambda: _greet(other))
        greeter.start()
        report = {"name": "daily", "format": "csv", "every": "day", "to": ["vp@example.org"]}
        office = opened(home, {"mail": {**MAIL, "port": other.getsockname()[1]}, "report": [report]})
        ((_, reason),) = run(office)
        greeter.join()
        assert "không phải máy chủ thư SMTP (Dovecot ready.); xem lại port" in reason
        assert "lần chạy sau" not in reason
        office.close()


def _greet(other: socket.socket) -> None:
    connection, _ = other.accept()
    with connection:
        connection.sendall(b"+OK Dovecot ready.\r\n")
        connection.recv(1024)


def test_a_full_disk_is_told_leaves_nothing_behind_and_stops_no_other_report(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reports = [
        {"name": name, "format": "csv", "every": "day", "folder": str(home / name)} for name in ("daily", "queue")
    ]
    office = opened(home, {"report": reports})
    for name in ("daily", "queue"):
        (home / name).mkdir()
    full = OSError(errno.ENOSPC, "No space left on device")

    def no_room(path: Path, data: bytes) -> int:
        with path.open("wb") as file:
            file.write(data[:10])
        raise full

    with monkeypatch.context() as patch:
        patch.setattr(Path, "write_bytes", no_room)
        told = run(office)
    assert len(told) == 2 and all("không ghi được" in reason and "Errno" not in reason for _, reason in told)
    assert [path for name in ("daily", "queue") for path in (home / name).iterdir()] == []
    with monkeypatch.context() as patch:
        patch.setattr(schedule, "json", SimpleNamespace(loads=json.loads, dumps=Mock(side_effect=full)))
        told = run(office)
    assert len(told) == 2 and all("schedule.json" in reason for _, reason in told), "delivered, and tried again"
    assert [reason for _, reason in run(office)] == ["", ""]
    office.close()


@pytest.mark.parametrize(
    ("schedule", "words"),
    [
        ({"report": [{"name": "daily", "format": "csv", "every": "day"}]}, r"hãy ghi thư mục \(folder\)"),
        ({"report": [{"name": "daily", "format": "csv", "every": "day", "to": ["a@b.vn"]}]}, "hãy điền host và sender"),
        (
            {"report": [{"name": "daily", "format": "csv", "every": "day", "to": ["a b@c.vn"]}]},
            "không phải địa chỉ thư điện tử; hãy viết như",
        ),
        ({"mail": {"host": "mail.vn", "security": "none"}}, "chỉ dùng cho 127.0.0.1; hãy viết"),
        (
            {"report": [{"name": "daily", "format": "csv", "every": "fortnight"}]},
            "hãy viết một trong các từ: 'day', 'week'",
        ),
        ({"report": [{"name": "daily", "format": "csv"}]}, r"every: còn thiếu; hãy viết thêm"),
        ({"mail": {"port": "x"}}, r"schedule\.mail\.port: hãy viết số nguyên"),
        ({"mail": {"port": 0}}, "hãy viết số từ 1 trở lên"),
        ({"report": "x"}, r"schedule\.report: hãy viết danh sách"),
        ({"raport": []}, "không có khóa này, có phải là “report” không"),
        ({"mail": {"host": "mail.vn", "username": "x"}}, "đi cùng nhau; hãy viết cả hai"),
    ],
)
def test_a_schedule_that_cannot_work_is_refused_by_the_configuration(schedule: dict[str, Any], words: str) -> None:
    import tomllib

    with pytest.raises(ConfigurationError, match=words):
        build({**tomllib.loads(sample_text()), "schedule": schedule}, "test")


def test_a_report_that_there_is_not_is_told_by_config_check(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    config = tmp_path / "office.toml"
    wrong = (
        ("II.06b", "docx", "không có báo cáo “II.06b”"),
        ("office-report", "csv", "không xuất được dạng “csv”|“csv”"),
    )
    for name, form, words in wrong:
        table = f'[[schedule.report]]\nname = "{name}"\nformat = "{form}"\nevery = "month"\nfolder = "/srv"\n'
        config.write_text(f"{sample_text()}\n{table}", encoding="utf-8")
        assert main(["config", "check", "--config", str(config)]) == 1
        assert re.search(rf"schedule\.report\[0\]: .*({words})", capsys.readouterr().err)
