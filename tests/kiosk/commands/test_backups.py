"""Backups of a running office, and what a restore means to those who follow its journal."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from random import Random
from subprocess import PIPE
from typing import Any

import pytest

from config.followers import ConnectorSection
from kiosk.actions import calling, ratings
from kiosk.cli import main
from kiosk.clock import SystemClock
from kiosk.maintenance.initialise import add_administrator, follower_tokens
from kiosk.maintenance.service_lock import InUse, nobody_serves
from kiosk.server import Server
from sync.agent import Agent
from sync.connectors.cloudevents_http import CloudEventsHttp
from sync.journal_client import JournalClient
from sync.report import FollowerReport
from sync.simulator.onestop import OneStop
from tests.office import OfficeStory

Capture = pytest.CaptureFixture[str]
PAGE = 4096


@pytest.fixture
def running(home: Path, sample_file: Path) -> Iterator[Callable[[], OfficeStory]]:
    """The sample office with its database where the command line looks for it; start() again after a restore."""
    started: list[OfficeStory] = []

    def start() -> OfficeStory:
        started.append(OfficeStory(f"sqlite:///{home / 'motcua.db'}"))
        return started[-1]

    yield start
    for story in started:
        story.close()


def backup(folder: Path, capsys: Capture) -> Path:
    capsys.readouterr()
    assert main(["backup", "--to", str(folder)]) == 0
    return Path(capsys.readouterr().out.strip())


def follow(story: OfficeStory, province: OneStop, port: int) -> Agent:
    """Serve over HTTP, deliver everything, stop serving."""
    service = Server(story.app)
    address = f"http://127.0.0.1:{service.start()}"
    journal = JournalClient(address, story.token("sync"))
    section = ConnectorSection(name="tinh", url=f"http://127.0.0.1:{port}/events")
    report = FollowerReport("tinh", journal, "Asia/Ho_Chi_Minh", lambda: 0.0)
    agent = Agent(CloudEventsHttp(section, "ba-vi"), journal, report, lambda: 0.5)
    for _ in range(50):
        agent.run_once()
        if agent.settled:
            break
    assert agent.settled, report.detail
    service.stop_serving()
    return agent


def lives(story: OfficeStory) -> dict[str, list[dict[str, Any]]]:
    with story.app.store.reading() as reading:
        names = [row.epoch for row in reading.epochs.all()]
        return {name: [json.loads(entry.body) for entry in reading.journal.read(name, 0, 10_000)] for name in names}


def test_a_restored_office_goes_on_in_a_new_life_that_the_province_tells_from_the_old(
    running: Callable[[], OfficeStory], tmp_path: Path, capsys: Capture
) -> None:
    province = OneStop()
    port = province.start()
    story = running()
    story.take_number()
    follower_tokens(story.app)
    file = backup(tmp_path, capsys)
    story.take_number()
    old = follow(story, province, port)
    before = lives(story)[old.epoch]
    story.close()
    assert main(["restore", str(file)]) == 0
    story = running()
    assert story.take_number().number == "A003", "A002 is on the lost slip, though not in the backup"
    new = follow(story, province, port)
    after = lives(story)
    assert new.epoch != old.epoch and list(after) == [old.epoch, new.epoch]
    lost = {"business_date": "2024-04-15", "seq": len(before), "numbers": [{"letter": "A", "first": 2, "last": 2}]}
    end = {"reason": "restored", "before": old.epoch, "seq": len(after[old.epoch]), "lost": lost}
    assert after[new.epoch][0]["data"] == end
    stored = [(row["seq"], row["hash"]) for row in province.store.stored("ba-vi", old.epoch)]
    assert stored == [(event["seq"], event["hash"]) for event in before], "the lost events stay known there"
    assert [row["hash"] for row in province.store.stored("ba-vi", new.epoch)] == [e["hash"] for e in after[new.epoch]]
    province.stop()


def test_what_a_restore_replaced_is_kept(
    running: Callable[[], OfficeStory], home: Path, tmp_path: Path, capsys: Capture
) -> None:
    story = running()
    folder = tmp_path / "usb"
    folder.mkdir()
    file = backup(folder, capsys)
    story.take_number()
    story.close()
    assert main(["restore", str(file)]) == 0
    aside = next(path for path in home.glob("motcua.db.before-*") if not path.name.endswith(("-wal", "-shm")))
    aside.rename(home / "motcua.db")
    assert "ticket.issued" in running().types()


def test_a_copied_machine_begins_a_life_of_its_own(running: Callable[[], OfficeStory], capsys: Capture) -> None:
    story = running()
    story.take_number()
    story.close()
    assert main(["restore", "--new-epoch"]) == 0
    story = running()
    assert len(lives(story)) == 2 and story.take_number().number == "A002"


def test_a_restore_beside_a_running_service_is_refused(running: Callable[[], OfficeStory], capsys: Capture) -> None:
    story = running()
    service = Server(story.app)
    service.start()
    assert main(["restore", "--new-epoch"]) == 1
    assert "hãy dừng trước" in capsys.readouterr().err
    service.stop_serving()


@pytest.mark.parametrize("kind", ["missing", "text", "cut", "foreign"])
def test_what_is_no_backup_of_this_office_changes_nothing(
    kind: str, running: Callable[[], OfficeStory], tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    story = running()
    story.take_number()
    file = backup(tmp_path, capsys)
    before = story.events()
    if kind == "missing":
        file.unlink()
    elif kind == "text":
        file.write_text("not a database")
    elif kind == "cut":
        file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    else:
        monkeypatch.setenv("MOTCUA__OFFICE__CODE", "ba-to")
    assert main(["restore", str(file)]) == 1
    assert str(file) in capsys.readouterr().err
    monkeypatch.delenv("MOTCUA__OFFICE__CODE", raising=False)
    assert story.events() == before


def test_a_backup_needs_a_folder_and_a_restore_a_file(running: Callable[[], OfficeStory], capsys: Capture) -> None:
    running()
    assert main(["backup", "--to", "/nowhere"]) == 1 and main(["restore"]) == 1
    assert "/nowhere" in capsys.readouterr().err


def test_no_service_starts_while_a_restore_works(running: Callable[[], OfficeStory], home: Path) -> None:
    service = Server(running().app)
    with nobody_serves(home), pytest.raises(InUse):
        service.start()
    service.start()
    service.stop_serving()


def test_a_service_that_was_killed_stands_in_nobodys_way(home: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from kiosk.maintenance.service_lock import ServiceLock; "
        "ServiceLock(Path(sys.argv[1])).take(); print('taken', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen([sys.executable, "-c", program, str(home)], stdin=PIPE, stdout=PIPE, text=True) as other:
        assert other.stdout is not None and other.stdout.readline() == "taken\n"
        with pytest.raises(InUse), nobody_serves(home):
            pass
        other.kill()
        other.wait()
        with nobody_serves(home):
            pass


def numbers_told(story: OfficeStory) -> list[tuple[str, int, int]]:
    told = story.events()[0]["data"].get("lost", {"numbers": []})["numbers"]
    return [(one["letter"], one["first"], one["last"]) for one in told]


def test_on_another_machine_the_series_go_on_far_behind_what_the_backup_knows(
    running: Callable[[], OfficeStory],
    home: Path,
    tmp_path: Path,
    capsys: Capture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    story = running()
    monkeypatch.setattr(SystemClock, "now_ms", lambda clock: story.clock.ms)
    story.take_number()
    file = backup(tmp_path, capsys)
    story.close()
    for old in home.glob("motcua.db*"):
        old.unlink()
    assert main(["restore", "--last-number", "C=7", str(file)]) == 0
    assert "A002 đến A200 có thể đã in ra giấy" in capsys.readouterr().out
    story = running()
    given = [story.take_number(service).number for service in ("HT", "DD", "VX")]
    assert given == ["A201", "C008", "H201"]
    assert ("A", 2, 200) in numbers_told(story) and ("C", 1, 7) in numbers_told(story)


def test_a_restore_of_what_is_there_skips_nothing(
    running: Callable[[], OfficeStory], tmp_path: Path, capsys: Capture
) -> None:
    story = running()
    story.take_number()
    file = backup(tmp_path, capsys)
    story.close()
    assert main(["restore", str(file)]) == 0
    story = running()
    assert numbers_told(story) == [] and story.take_number().number == "A002"


@pytest.mark.parametrize("number", ["Z005", "A", "057"])
def test_a_last_number_that_is_none_of_this_office_changes_nothing(
    running: Callable[[], OfficeStory], tmp_path: Path, capsys: Capture, number: str
) -> None:
    story = running()
    file = backup(tmp_path, capsys)
    before = story.events()
    assert main(["restore", "--last-number", number, str(file)]) == 1
    assert capsys.readouterr().err and story.events() == before


def test_a_backup_whose_journal_does_not_recount_is_refused_with_the_reason(
    running: Callable[[], OfficeStory], tmp_path: Path, capsys: Capture
) -> None:
    story = running()
    for _ in range(3):
        story.take_number()
    file = backup(tmp_path, capsys)
    before = story.events()
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("UPDATE journal SET body = replace(body, 'A002', 'A009') WHERE body LIKE '%issued%'")
        connection.commit()
    assert main(["restore", str(file)]) == 1
    assert "the event gives" in capsys.readouterr().err
    assert story.events() == before
    story.close()
    assert main(["restore", "--accept-damage", str(file)]) == 0


def damaged(whole: bytes, kind: int, chance: Random) -> bytes:
    """A flipped bit, a page of zeros, a page in another's place, a file that ends early: in turn."""
    content, page = bytearray(whole), chance.randrange(1, len(whole) // PAGE) * PAGE
    if kind == 0:
        content[chance.randrange(len(whole))] ^= 1 << chance.randrange(8)
    elif kind == 1:
        content[page : page + PAGE] = bytes(PAGE)
    elif kind == 2:
        content[page : page + PAGE] = whole[:PAGE]
    else:
        del content[page:]
    return bytes(content)


def test_twenty_four_damaged_backups_are_refused_each_with_its_reason(
    running: Callable[[], OfficeStory], tmp_path: Path, capsys: Capture
) -> None:
    """Among them damage that no page and no figure shows: of a token, a name, the room between rows."""
    story = running()
    story.token("kiosk")
    for _ in range(3):
        story.take_number()
    file = backup(tmp_path, capsys)
    whole, before, chance = file.read_bytes(), story.events(), Random(24)
    for n in range(24):
        damage = damaged(whole, n % 4, chance)
        if damage == whole:
            continue
        file.write_bytes(damage)
        assert main(["restore", str(file)]) == 1, n
        reason = capsys.readouterr().err
        assert "hãy dùng bản sao lưu" in reason or "không phải cơ sở dữ liệu của phần mềm này" in reason, reason
    assert story.events() == before
    file.write_bytes(whole)
    story.close()
    assert main(["restore", str(file)]) == 0


def test_a_backup_of_before_has_no_checksum_and_is_recounted(
    running: Callable[[], OfficeStory], tmp_path: Path, capsys: Capture
) -> None:
    story = running()
    story.take_number()
    file = backup(tmp_path, capsys)
    checksum = file.with_name(file.name + ".sha256")
    assert checksum.read_text(encoding="utf-8").split() == [sha256(file.read_bytes()).hexdigest(), file.name]
    checksum.unlink()
    story.close()
    assert main(["restore", str(file)]) == 0


def rewritten(file: Path, *statements: str) -> None:
    """What somebody with the stick in hands does to it, checksum included."""
    with closing(sqlite3.connect(file)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()
    checksum = file.with_name(file.name + ".sha256")
    checksum.write_text(f"{sha256(file.read_bytes()).hexdigest()}  {file.name}\n", encoding="utf-8")


FORGERIES = {
    "trigger": (
        ["CREATE TRIGGER t AFTER INSERT ON ratings BEGIN DELETE FROM ratings WHERE level = 'not_satisfied'; END"],
        "có trigger “t” không phải của phần mềm này",
    ),
    "administrator": (
        ["UPDATE persons SET name = 'Kẻ Gian'"],
        "hãy dùng bản sao lưu khác; bản này mang theo quản trị viên không có ở đây: Kẻ",
    ),
    "rating": (["UPDATE ratings SET level = 'very_satisfied'"], "chỗ lệch: "),
}


@pytest.mark.parametrize("forgery", FORGERIES)
def test_a_backup_that_somebody_rewrote_is_refused_with_the_reason(
    running: Callable[[], OfficeStory], home: Path, capsys: Capture, forgery: str
) -> None:
    story = running()
    ticket = story.take_number()
    story.call_next("1")
    with story.unit() as unit:
        calling.complete(unit, ticket.id)
        opinion = ratings.RatingInput(ticket.id, {"attitude": "not_satisfied"}, (), None, unit.now)
        ratings.rate(unit, opinion, "tablet-1")
    add_administrator(story.app, "Hoa", "a-long-password")
    file = backup(home, capsys)
    assert {path.stat().st_mode & 0o777 for path in (file, Path(f"{file}.sig"), home / "backup.key")} == {0o600}
    story.close()
    statements, reason = FORGERIES[forgery]
    rewritten(file, *statements)
    before = (home / "motcua.db").read_bytes()
    assert main(["restore", str(file)]) == 1
    assert reason in capsys.readouterr().err
    assert (home / "motcua.db").read_bytes() == before


def test_a_backup_without_its_signature_is_taken_only_when_somebody_says_so(
    running: Callable[[], OfficeStory], home: Path, capsys: Capture
) -> None:
    story = running()
    add_administrator(story.app, "Hoa", "a-long-password")
    file = backup(home, capsys)
    story.close()
    Path(f"{file}.sig").unlink()
    assert main(["restore", str(file)]) == 1
    assert "không có chữ ký" in capsys.readouterr().err
    assert main(["restore", str(file), "--unsigned"]) == 0
    assert "không rõ ai tạo bản sao lưu này; quản trị viên trong đó: Hoa" in capsys.readouterr().err


def test_another_machine_takes_it_and_says_whom_it_brings(
    running: Callable[[], OfficeStory], home: Path, capsys: Capture
) -> None:
    story = running()
    add_administrator(story.app, "Hoa", "a-long-password")
    file = backup(home, capsys)
    story.close()
    (home / "backup.key").unlink()
    assert main(["restore", str(file)]) == 0
    assert "quản trị viên trong đó: Hoa" in capsys.readouterr().err


def test_what_lies_beside_the_database_comes_back_where_it_is_missing(
    running: Callable[[], OfficeStory], home: Path, sample_file: Path, capsys: Capture
) -> None:
    story = running()
    story.take_number()
    story.close()
    procedures, words = home / "procedures.json", home / "translations/bdq.json"
    words.parent.mkdir()
    procedures.write_text("[]", encoding="utf-8")
    words.write_text('{"Counter": "Adrêk"}', encoding="utf-8")
    file = backup(home, capsys)
    assert {path.name for path in home.glob(f"{file.name}*")} == {
        f"{file.name}{ending}" for ending in ("", ".sha256", ".sig", ".files.zip", ".files.zip.sig")
    }
    words.unlink()
    procedures.write_text("[ ]", encoding="utf-8")
    assert main(["restore", str(file)]) == 0
    assert "số tệp của đơn vị đã khôi phục: 1; đã có sẵn nên giữ nguyên: 1" in capsys.readouterr().out
    assert words.read_text(encoding="utf-8") == '{"Counter": "Adrêk"}'
    assert procedures.read_text(encoding="utf-8") == "[ ]", "today's are newer than those of the backup"
    archive = Path(f"{file}.files.zip")
    archive.write_bytes(archive.read_bytes() + b"x")
    words.unlink()
    assert main(["restore", str(file)]) == 0, "the database is restored all the same"
    assert "đã bị thay đổi sau khi đơn vị tạo" in capsys.readouterr().err and not words.exists()
