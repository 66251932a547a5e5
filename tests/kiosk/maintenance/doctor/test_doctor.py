"""The doctor's round through a whole office, as the technician types it."""

from __future__ import annotations

import errno
import socket
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from config import places
from config.loading import sample_text
from display_board.voices.phrases import SYNTHETIC
from kiosk.actions.devices import record_device_change
from kiosk.bootstrap import build_app
from kiosk.cli import main
from kiosk.domain.followers import FollowerStatus
from kiosk.maintenance.doctor import data, devices
from kiosk.maintenance.doctor.results import CheckResult, Mark, PartReport
from kiosk.maintenance.service_lock import ServiceLock
from kiosk.server import Server
from kiosk.voices.library import languages_of
from tests.display_board.voices.sounds import fill
from tests.office import OfficeStory, sample_configuration
from ticket_printer.simulator.printer import SimulatedPrinter

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def asked(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A configuration file for the command line; its printer is nowhere."""
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))  # bound and not listening: whoever comes is refused
        file = home / "office.toml"
        file.write_text(sample_text(), encoding="utf-8")
        monkeypatch.setenv("MOTCUA_CONFIG", str(file))
        address = f"tcp://127.0.0.1:{nobody.getsockname()[1]}"
        monkeypatch.setenv("MOTCUA__PRINTER", f'[{{"name": "hall", "url": "{address}", "profile": "generic-80"}}]')
        yield home


def round_trip(capsys: Capture, *options: str) -> tuple[int, list[str]]:
    capsys.readouterr()
    code = main(["doctor", *options])
    return code, capsys.readouterr().out.splitlines()


def of_part(lines: list[str], part: str) -> list[str]:
    """The findings of a part, each with what to do about it."""
    found = [n for n, line in enumerate(lines) if line[2:].startswith(f"{part}:")]
    return [" ".join(lines[n : n + 2]) if lines[n + 1].startswith("    →") else lines[n] for n in found]


def test_a_new_machine_is_told_its_first_step(asked: Path, capsys: Capture) -> None:
    code, lines = round_trip(capsys)
    assert code == 1 and "motcua init" in of_part(lines, "Cơ sở dữ liệu")[0]
    assert not (asked / "motcua.db").exists(), "looking makes nothing"
    assert lines[-1] == "1 chỗ hỏng, 0 chỗ cần xem, 2 chỗ tốt."


def test_a_state_folder_that_may_not_be_written_is_told_with_its_true_reason(
    asked: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    OfficeStory(f"sqlite:///{asked / 'motcua.db'}").close()
    monkeypatch.setattr(places, "unwritable", lambda folder: OSError(errno.EROFS, "Read-only file system"))
    code, lines = round_trip(capsys)
    assert code == 1
    shown = next(line for line in of_part(lines, "Ổ đĩa") if "Không ghi được gì" in line)
    assert f"{asked}: đĩa chỉ cho đọc; hãy gắn lại đĩa để ghi được." in shown and f"findmnt -T {asked}" in shown


def test_what_is_broken_comes_with_what_to_do(asked: Path, capsys: Capture) -> None:
    story = OfficeStory(f"sqlite:///{asked / 'motcua.db'}")
    story.take_number()
    story.close()
    code, lines = round_trip(capsys)
    assert code == 1
    assert "systemctl start motcua-kiosk" in of_part(lines, "Dịch vụ")[0]
    assert of_part(lines, "Máy in")[0].startswith("× Máy in: hall") and "kiểm tra nguồn" in of_part(lines, "Máy in")[0]
    assert any("motcua voice build --language vi" in line for line in of_part(lines, "Giọng đọc"))
    assert "3 sự kiện" in of_part(lines, "Sổ ghi")[0]


def test_an_office_in_which_all_is_well_passes(
    home: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    printer = SimulatedPrinter(listen=("127.0.0.1", 0), paper_dir=tmp_path / "paper")
    printer.start()
    file = home / "office.toml"
    file.write_text(sample_text(), encoding="utf-8")
    monkeypatch.setenv("MOTCUA_CONFIG", str(file))
    address = "tcp://{}:{}".format(*printer.address)
    monkeypatch.setenv("MOTCUA__PRINTER", f'[{{"name": "hall", "url": "{address}", "profile": "epson-tm-t20"}}]')
    monkeypatch.setenv("MOTCUA__VOICE__LANGUAGES", '["vi"]')
    monkeypatch.setenv("MOTCUA__VOICE__TICKET_LANGUAGE", "false")
    story = OfficeStory(f"sqlite:///{home / 'motcua.db'}")
    story.take_number()
    assert of_part(round_trip(capsys)[1], "Máy in") == ["✓ Máy in: hall: máy in chạy tốt."], "asked directly"
    service = Server(story.app)
    fill(home, "vi", service.dependencies.voices.phrases("vi"))
    service.start()
    code, lines = round_trip(capsys, "--language", "en")
    beside = ServiceLock(home)
    beside.take()
    doubled = of_part(round_trip(capsys)[1], "Dịch vụ")
    beside.release()
    service.stop_serving()
    story.close()
    printer.stop()
    assert code == 0, [line for line in lines if line[0] not in "✓!"]
    assert of_part(lines, "Service") == ["✓ Service: The service runs."]
    assert doubled[0].startswith("! Dịch vụ: Có 2 dịch vụ cùng chạy trên một thư mục dữ liệu")
    assert of_part(lines, "Voices") == ["✓ Voices: Every voice is complete."]
    assert lines[-1].startswith("0 broken")


def test_a_damaged_database_is_found(asked: Path, capsys: Capture) -> None:
    database = asked / "motcua.db"
    story = OfficeStory(f"sqlite:///{database}")
    story.take_number()
    story.close()
    whole = database.read_bytes()
    database.write_bytes(whole[: len(whole) // 2])
    code, lines = round_trip(capsys)
    assert code == 1 and "motcua restore" in of_part(lines, "Cơ sở dữ liệu")[0]


def test_a_journal_that_was_rewritten_is_found(asked: Path, capsys: Capture) -> None:
    story = OfficeStory(f"sqlite:///{asked / 'motcua.db'}")
    story.take_number()
    story.close()
    with sqlite3.connect(asked / "motcua.db") as tampered:
        tampered.execute("UPDATE journal SET body = replace(body, 'A001', 'A009')")
    tampered.close()
    code, lines = round_trip(capsys)
    assert code == 1 and "sai khác" in of_part(lines, "Sổ ghi")[0] and "motcua verify" in of_part(lines, "Sổ ghi")[0]


def test_tables_of_another_version_are_named(small_office: OfficeStory) -> None:
    assert data.check_schema(PartReport("Database"), small_office.app) is None
    with small_office.app.store.writing() as tables:
        tables.transaction.cursor.execute("UPDATE alembic_version SET version_num = '0000'")
    found = data.check_schema(PartReport("Database"), small_office.app)
    assert found is not None and found.mark is Mark.BROKEN and "motcua init" in found.todo


def test_a_database_server_that_is_down_is_named(home: Path) -> None:
    nowhere = sample_configuration("postgresql+psycopg://nobody@127.0.0.1:1/office?connect_timeout=2")
    found = data.check_schema(PartReport("Database"), build_app(nowhere))
    assert found is not None and found.mark is Mark.BROKEN and "[database] url" in found.todo


def delivery(
    story: OfficeStory, state: str, detail: str | None, refused: list[Any], heard: int = 0, language: str = "vi"
) -> list[CheckResult]:
    """`heard`: when the follower put its row, and entered its state."""
    configuration = story.app.configuration
    connector = {"name": "tinh", "url": "http://127.0.0.1:9/events"}
    story.app.configuration = type(configuration).model_validate(
        {**configuration.model_dump(by_alias=True), "sync": {"connector": [connector]}}
    )
    head = story.events()[-1]
    with story.app.store.writing() as tables:
        row = FollowerStatus("tinh", head["epoch"], head["seq"] - 1, state, detail, refused, heard, heard)
        tables.followers.put(row)
    return list(data.check_followers(PartReport("Delivery", language), story.app))


@pytest.mark.parametrize(
    ("state", "refused", "mark"),
    [
        ("ok", [], Mark.WELL),
        ("sending", [], Mark.WELL),
        ("waiting", [], Mark.LOOK),
        ("ok", [{"seq": 1}], Mark.LOOK),
        ("blocked", [], Mark.BROKEN),
        ("doubled", [], Mark.BROKEN),
    ],
)
def test_a_connector_is_shown_in_its_own_words(
    small_office: OfficeStory, state: str, refused: list[Any], mark: Mark
) -> None:
    small_office.take_number()
    (found,) = delivery(small_office, state, "đang chờ 1 sự kiện từ 09:12, máy chủ không trả lời", refused)
    assert found.mark is mark and found.text.startswith("tinh: ")
    assert ("máy chủ không trả lời" in found.text) is (mark is not Mark.WELL)


STOPPED = "đang chờ 1 sự kiện từ 09:12, máy chủ trả lời với mã 422"


def test_what_stands_still_is_broken_whatever_was_refused(small_office: OfficeStory) -> None:
    small_office.take_number()
    (found,) = delivery(small_office, "blocked", STOPPED, [{"seq": 1}])
    assert found.mark is Mark.BROKEN
    assert found.text == f"tinh: {STOPPED}; 1 sự kiện bị từ chối." and "sửa" in found.todo
    (found,) = delivery(small_office, "waiting", STOPPED, [{"seq": 1}])
    assert found.mark is Mark.LOOK and "tự gửi tiếp" in found.todo


@pytest.mark.parametrize("state", ["ok", "sending", "waiting"])
@pytest.mark.parametrize("refused", [[], [{"seq": 1}]], ids=["", "refused"])
def test_a_dead_program_is_broken_although_its_last_word_was_well(
    small_office: OfficeStory, state: str, refused: list[Any]
) -> None:
    small_office.take_number()
    small_office.clock.passes(20)
    heard = small_office.clock.now_ms()
    small_office.clock.passes(3 * 24 * 3600)
    (found,) = delivery(small_office, state, STOPPED, refused, heard)
    assert found.mark is Mark.BROKEN
    assert found.text == "tinh: đang chờ 1 sự kiện, chương trình gửi im lặng từ 08:05 15/04/2024."
    assert "systemctl status motcua-sync" in found.todo and "systemctl enable --now motcua-sync" in found.todo


@pytest.mark.parametrize(
    ("state", "refused", "words"),
    [
        ("waiting", 0, "1 events wait since 08:05 15/04/2024; it tries again by itself"),
        (
            "blocked",
            2,
            "1 events wait since 08:05 15/04/2024; somebody must mend something before they go; 2 events were refused",
        ),
        ("doubled", 0, "a copy of this machine sends too, since 08:05 15/04/2024; 1 events wait"),
        ("ok", 2, "2 events were refused"),
        ("unheard of", 0, "1 events wait since 08:05 15/04/2024; somebody must mend something before they go"),
    ],
)
def test_in_english_a_connector_is_told_in_english(
    small_office: OfficeStory, state: str, refused: int, words: str
) -> None:
    small_office.take_number()
    rows = [{"seq": n} for n in range(refused)]
    (found,) = delivery(small_office, state, STOPPED, rows, small_office.clock.now_ms(), "en")
    assert found.text == f"tinh: {words}."


def test_a_connector_without_words_of_its_own_is_told_in_ours(small_office: OfficeStory) -> None:
    small_office.take_number()
    (found,) = delivery(small_office, "waiting", None, [], small_office.clock.now_ms())
    assert found.text == "tinh: đang chờ 1 sự kiện từ 08:05 15/04/2024, máy tự gửi lại."


def test_a_connector_that_never_spoke_is_named(small_office: OfficeStory) -> None:
    delivery(small_office, "ok", None, [])
    with small_office.app.store.writing() as tables:
        tables.followers.remove("tinh")
    (found,) = data.check_followers(PartReport("Delivery"), small_office.app)
    assert found.mark is Mark.LOOK and "motcua-sync" in found.todo


def test_while_the_service_runs_the_journal_tells_of_printers(asked: Path) -> None:
    story = OfficeStory(f"sqlite:///{asked / 'motcua.db'}")
    story.app.configuration = replace_printer(story)
    assert marks(story) == [Mark.WELL]
    for kind, mark in (("fault", Mark.BROKEN), ("recovered", Mark.WELL), ("offline", Mark.BROKEN)):
        with story.unit("system") as unit:
            record_device_change(unit, "printer", "hall", kind, "paper_out" if kind == "fault" else None)
        assert marks(story) == [mark], kind
    story.close()


def replace_printer(story: OfficeStory) -> Any:
    found = story.app.configuration
    printer = {"name": "hall", "url": "tcp://127.0.0.1:9", "profile": "generic-80"}
    return type(found).model_validate({**found.model_dump(by_alias=True), "printer": [printer]})


def marks(story: OfficeStory) -> list[Mark]:
    return [found.mark for found in devices.check_printers(PartReport("Printer"), story.app, served=True)]


def test_devices_gone_silent_are_named(small_office: OfficeStory) -> None:
    small_office.token("tablet", "1")
    assert [found.mark for found in devices.check_screens(PartReport("Devices"), small_office.app)] == [Mark.WELL]
    with small_office.app.store.writing() as tables:
        tables.devices.set_state("tablet-1", small_office.clock.now_ms(), "offline", "{}")
    (found,) = devices.check_screens(PartReport("Devices"), small_office.app)
    assert found.mark is Mark.LOOK and "tablet-1" in found.text


def test_synthetic_and_recorded_voices_are_told_apart(small_office: OfficeStory, home: Path) -> None:
    found = list(devices.check_voices(PartReport("Voices", "en"), small_office.app, home / "voices"))
    languages = languages_of(small_office.app.configuration)
    assert found[len(languages)].text.startswith("Kiosk, tablet and phone cannot say ")
    for language, one in zip(languages, found, strict=False):
        assert ("motcua voice build" in one.text) is (language in SYNTHETIC)
        assert ("record it at /admin/voices" in one.text) is (language not in SYNTHETIC)
