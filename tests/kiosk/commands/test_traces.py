"""What a command changes stands in the journal: who ran it, what it did, to which object."""

from __future__ import annotations

import getpass
import io
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from kiosk.cli import main
from kiosk.domain.office_clock import ClockDoubt
from tests.office import OfficeStory

PASSWORD = "mot mat khau dai"
Motcua = Callable[..., int]


@pytest.fixture
def motcua(sample_file: Path, monkeypatch: pytest.MonkeyPatch) -> Motcua:
    """The command line of a new office; `typed` is what it reads."""

    def run(*arguments: str, typed: str = "") -> int:
        monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        return main(list(arguments))

    assert run("init", "--admin-name", "truong", "--admin-password-stdin", typed=f"{PASSWORD}\n") == 0
    return run


def acts(home: Path) -> list[tuple[str, str]]:
    """What was done to whom, in order; every act is of the person who is logged in."""
    story = OfficeStory(f"sqlite:///{home / 'motcua.db'}")
    try:
        events = [event for event in story.events() if event["type"] == "access.administered"]
    finally:
        story.close()
    assert {event["actor"]["person"] for event in events} <= {getpass.getuser()}
    return [(event["data"]["act"], event["data"]["about"]) for event in events]


def test_the_first_hour_tells_of_its_tokens_and_its_administrator(motcua: Motcua, home: Path) -> None:
    first = [("token create", "board-local (board)"), ("token create", "sync-local (sync)"), ("admin add", "truong")]
    assert acts(home) == first
    assert motcua("init") == 0
    assert acts(home) == first, "an upgrade makes nothing"


@pytest.mark.parametrize(
    ("command", "typed", "act", "about"),
    [
        (("admin", "add", "pho"), PASSWORD, "admin add", "pho"),
        (("admin", "set-password", "truong"), PASSWORD, "admin set-password", "truong"),
        (("admin", "totp", "truong"), "", "admin totp", "truong"),
        (("admin", "totp", "truong", "--off"), "", "admin totp --off", "truong"),
        (("token", "create", "--role", "kiosk", "--name", "hall"), "", "token create", "hall (kiosk)"),
        (("token", "revoke", "board-local"), "", "token revoke", "board-local"),
    ],
)
def test_each_act_of_the_command_line_is_an_event(
    motcua: Motcua, home: Path, command: tuple[str, ...], typed: str, act: str, about: str
) -> None:
    assert motcua(*command, typed=f"{typed}\n") == 0
    assert acts(home)[-1] == (act, about)


def test_an_administrator_who_goes_is_told(motcua: Motcua, home: Path) -> None:
    assert motcua("admin", "add", "pho", typed=f"{PASSWORD}\n") == 0
    assert motcua("admin", "remove", "truong") == 0
    assert acts(home)[-1] == ("admin remove", "truong")


@pytest.mark.parametrize(
    ("command", "typed"),
    [
        (("admin", "add", "truong"), PASSWORD),
        (("admin", "add", "pho"), "ngan"),
        (("admin", "set-password", "nobody"), PASSWORD),
        (("admin", "remove", "truong"), ""),
        (("admin", "remove", "nobody"), ""),
        (("admin", "totp", "nobody"), ""),
        (("token", "revoke", "nobody"), ""),
    ],
)
def test_what_is_refused_was_not_done(motcua: Motcua, home: Path, command: tuple[str, ...], typed: str) -> None:
    before = acts(home)
    assert motcua(*command, typed=f"{typed}\n") == 1
    assert acts(home) == before


def test_a_backup_is_told_by_its_name_and_holds_what_was_before(
    motcua: Motcua, home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "stick"
    folder.mkdir()
    capsys.readouterr()
    assert motcua("backup", "--to", str(folder)) == 0
    target = Path(capsys.readouterr().out.strip())
    assert acts(home)[-1] == ("backup", target.name)
    with closing(sqlite3.connect(target)) as copy:
        bodies = [row[0] for row in copy.execute("SELECT body FROM journal")]
    assert not any('"act":"backup"' in body for body in bodies)


def test_a_backup_whose_journal_takes_no_word_is_a_backup_all_the_same(
    motcua: Motcua, home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with closing(sqlite3.connect(home / "motcua.db")) as database:
        database.execute("UPDATE alembic_version SET version_num = '0003'")
        database.commit()
    capsys.readouterr()
    assert motcua("backup", "--to", str(tmp_path)) == 0
    said = capsys.readouterr()
    assert Path(said.out.strip()).is_file()
    assert "the journal does not tell of this backup" in said.err


def test_a_command_after_a_boot_without_the_time_dates_nothing_back(
    motcua: Motcua, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing ran yet in this boot, and the clock shows 1970: the command takes the time as a service does."""
    story = OfficeStory(f"sqlite:///{home / 'motcua.db'}")
    story.clock.is_set_to("2026-12-01T08:00:00+07:00")
    story.service  # noqa: B018 - it begins to keep the time
    story.take_number()
    last = story.events()[-1]["time"]
    story.close()
    story.clock.starts_at("1970-01-01T00:00:40Z")
    monkeypatch.setattr("kiosk.bootstrap.SystemClock", lambda: story.clock)
    assert motcua("admin", "add", "pho", typed=f"{PASSWORD}\n") == 0
    again = OfficeStory(f"sqlite:///{home / 'motcua.db'}")
    try:
        written = again.events()[-1]
        with again.app.store.reading() as reading:
            doubt = reading.state.clock.doubt
    finally:
        again.close()
    assert written["data"]["about"] == "pho" and written["time"] >= last
    assert doubt is ClockDoubt.STARTED, "a person, or time, has to tell the date"
