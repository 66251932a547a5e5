"""What a command changes stands in the journal: who ran it, what it did, to which object."""

from __future__ import annotations

import argparse
import getpass
import io
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from kiosk.cli import build_parser, main
from kiosk.clock import SystemClock
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


# Every command by its words: what it writes into the journal (an act, or an event of its own), or why it needs not.
TOLD = {
    "admin add": "admin add",
    "admin disable": "admin disable",
    "admin enable": "admin enable",
    "admin remove": "admin remove",
    "admin role": "admin role ROLE",
    "admin set-password": "admin set-password",
    "admin totp": "admin totp",
    "backup": "backup",
    "clerk add": "clerk add",
    "clerk disable": "clerk disable",
    "clerk enable": "clerk enable",
    "clerk set-pin": "clerk set-pin",
    "day reopen": "an event of its own, office.day_reopened, with both persons",
    "dossiers import": "an event for each dossier, with the person",
    "init": "office.epoch_started, admin add, token create",
    "journal correct": "an event of its own, access.corrected, with both persons",
    "printer test": "printer test, when it wrote a profile",
    "procedures fetch": "procedures import",
    "procedures import": "procedures import",
    "restore": "office.epoch_started, with the person",
    "sample ba-vi-2024": "the events it makes",
    "sample merged-2026": "the events it makes",
    "sample random": "the events it makes",
    "sync export": "sync export",
    "sync import": "sync import",
    "sync key": "sync key",
    "token approve": "token approve",
    "token create": "token create",
    "token revoke": "token revoke",
    "voice build": "voice build",
    "voice export": "voice export",
    "voice import": "voice import",
    "webhook add": "webhook add",
    "webhook remove": "webhook remove",
}
SILENT = {
    "admin list": "reads",
    "board": "reads",
    "clerk list": "reads",
    "config check": "reads",
    "config sample": "reads",
    "demo": "an office of its own",
    "doctor": "reads",
    "dossiers catalogue": "reads",
    "language check": "reads",
    "language template": "prints",
    "printer status": "reads",
    "procedures poster": "reads",
    "report": "reads; the page's orders are acts, since others see them",
    "schedule run": "does what the configuration says, whose changes are events",
    "screen policy": "prints",
    "screen portals": "prints",
    "screen run": "a screen",
    "serve": "the service itself",
    "signs": "reads",
    "simulate onestop": "another office's side",
    "simulate printer": "a device of its own",
    "sync": "a follower of the journal",
    "sync conformance": "sends made-up events to a place on trial",
    "token list": "reads",
    "verify": "reads",
    "voice check": "reads",
    "webhook list": "reads",
}


def words_of(parser: argparse.ArgumentParser, before: str = "") -> Iterator[str]:
    """Every command that does something, by its words."""
    groups = [action for action in parser._actions if isinstance(action, argparse._SubParsersAction)]
    if before and parser.get_default("run") is not None:
        yield before
    for group in groups:
        for name, child in group.choices.items():
            yield from words_of(child, f"{before} {name}".strip())


def test_every_command_is_told_or_has_a_reason() -> None:
    commands = set(words_of(build_parser()))
    assert commands == set(TOLD) | set(SILENT), "a command was added: say what of it the journal tells"


def test_voices_that_a_command_makes_carries_away_or_brings_are_told(
    motcua: Motcua, home: Path, tmp_path: Path
) -> None:
    pack = tmp_path / "vi.zip"
    assert motcua("voice", "build", "--calls", "--language", "vi") == 0
    assert motcua("voice", "export", "vi", "--to", str(pack)) == 0
    assert motcua("voice", "import", str(pack)) == 0
    assert acts(home)[-3:] == [("voice build", "vi"), ("voice export", "vi"), ("voice import", "vi")]
    before = acts(home)
    assert motcua("voice", "import", str(home / "motcua.db")) == 1
    assert acts(home) == before


def test_a_machine_without_the_office_s_database_says_that_nothing_is_told(
    sample_file: Path, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["voice", "build", "--calls", "--language", "vi"]) == 0
    assert "sổ không ghi được việc “voice build” này: không có cơ sở dữ liệu ở" in capsys.readouterr().err
    assert not (home / "motcua.db").exists()


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
    assert "sổ không ghi được việc “backup” này" in said.err


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


def waiting_tablet(home: Path) -> str:
    """A tablet asks to be let in; its code."""
    story = OfficeStory(f"sqlite:///{home / 'motcua.db'}")
    try:
        story.clock.ms = SystemClock().now_ms()
        asked = {"role": "tablet", "name": "tablet-1", "counter": "1"}
        return str(story.send("POST", "/api/v1/devices/pair", None, asked).json["code"])
    finally:
        story.close()


def test_each_command_that_changes_something_is_run_and_told(
    motcua: Motcua, home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """In the order in which an office would; `*` stands for an id that is made."""
    code = waiting_tablet(home)
    runs: list[tuple[tuple[str, ...], str, str]] = [
        (("admin", "add", "pho"), f"{PASSWORD}\n", "pho"),
        (("admin", "role", "pho", "--role", "head"), "", "pho"),
        (("admin", "disable", "pho"), "", "pho"),
        (("admin", "enable", "pho"), "", "pho"),
        (("clerk", "add", "Lan"), "9753\n", "*"),
        (("clerk", "set-pin", "Lan"), "8642\n", "*"),
        (("clerk", "disable", "Lan"), "", "*"),
        (("clerk", "enable", "Lan"), "7391\n", "*"),
        (("token", "approve", code), "", "tablet-1"),
        (("webhook", "add", "https://mot-cua.example/hook"), "", "*"),
        (("webhook", "remove", "https://mot-cua.example/hook"), "", "*"),
        (("sync", "key"), "", "*"),
        (("backup", "--to", str(tmp_path)), "", "*"),
    ]
    for words, typed, about in runs:
        before = len(acts(home))
        assert motcua(*words, typed=typed) == 0, capsys.readouterr().err
        (told,) = acts(home)[before:]
        name = "admin role head" if words[1] == "role" else " ".join(words[:2]) if words[0] != "backup" else "backup"
        assert told[0] == name
        assert told[1] == about or (about == "*" and told[1]), words
