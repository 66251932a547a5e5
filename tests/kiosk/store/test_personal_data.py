"""The inventory of personal data names every column and every field of an event: a new one cannot be forgotten."""

from __future__ import annotations

import re

from contract import access_events, clock_events, events
from kiosk.domain import retention
from kiosk.maintenance import backup_signature, ended_credentials, service_lock, state_files
from kiosk.store import store
from kiosk.store.columns import metadata
from tests.sources import ROOT

INVENTORY = (ROOT / "docs/personal-data.md").read_text(encoding="utf-8")
COLUMNS, EVENTS = (
    INVENTORY.partition(f"\n## {title}\n")[2].partition("\n## ")[0]
    for title in (
        "Column by column",
        "Events, field by field",
    )
)
# What a person can be named, reached or judged by, wherever it stands.
TELLING = {"name", "clerk", "person", "password_hash", "pin_hash", "totp_secret", "address", "body", "text", "level"}
KEPT_FOR = {
    "WORDS_KEPT": "30 days",
    "ANSWERS_KEPT": "2 days",
    "RATING_TOKENS_KEPT": "31 days",
    "FAILURES_KEPT": "1 day",
}


def listed() -> dict[str, tuple[list[str], list[str]]]:
    """Columns about a person and others, by table."""
    rows = re.findall(r"^\| `(\w+)` \|([^|]*)\|([^|]*)\|$", COLUMNS, re.M)
    return {table: (person.split(), other.split()) for table, person, other in rows}


def names_in(text: str) -> list[str]:
    return re.findall(r"`(\w+)`", text)


def test_every_column_of_every_table_stands_in_the_inventory_once() -> None:
    assert store.Store
    tables = {name: table for name, table in metadata.tables.items() if name != "alembic_version"}
    assert {name: sorted([*person, *other]) for name, (person, other) in listed().items()} == {
        name: sorted(column.name for column in table.columns) for name, table in tables.items()
    }


def test_what_names_a_person_is_told_as_such() -> None:
    programs = {("followers", "name"), ("epochs", "name")}
    others = {(table, column) for table, (_, other) in listed().items() for column in other}
    assert {pair for pair in others if pair[1] in TELLING} <= programs


def test_every_table_about_a_person_says_how_long_and_who_sees_it() -> None:
    described = set(names_in(INVENTORY.partition("\n## Nothing about a person")[0]))
    nothing = set(names_in(INVENTORY.partition("\n## Nothing about a person\n")[2].partition("\n## ")[0]))
    for table, (person, _) in listed().items():
        assert table in (described if person else described | nothing), table


def test_every_field_of_an_event_is_said_to_tell_of_a_person_or_not() -> None:
    shapes = [
        shape
        for module in (events, access_events, clock_events)
        for name, shape in vars(module).items()
        if name.endswith("Data") and hasattr(shape, "__required_keys__")
    ]
    assert len(shapes) >= 30
    about, _, nothing = EVENTS.partition("Nothing of a person stands in")
    nothing = nothing.partition(". A `reason`")[0]
    told = [*names_in(about), *names_in(nothing)]
    assert set(told) == {field for shape in shapes for field in shape.__annotations__}
    assert set(names_in(about)).isdisjoint(names_in(nothing))
    assert {"clerk", "person", "address", "account", "priority", "code"} <= set(names_in(about))


def test_the_days_of_the_inventory_are_those_of_the_rules() -> None:
    days = {name: value // retention.DAY for name, value in vars(retention).items() if name.endswith("_KEPT")}
    assert {name: days[name] for name in KEPT_FOR} == {name: int(text.split()[0]) for name, text in KEPT_FOR.items()}
    assert all(f"| {KEPT_FOR[name]} |" in INVENTORY for name in ("WORDS_KEPT", "ANSWERS_KEPT"))
    assert "`rating_tokens` 31 days" in INVENTORY and "`pin_failures` 1 day" in INVENTORY


IN_HOME = re.compile(r"(?<![\w.])(?:places\.)?home(?:\(\))? / f?[\"']([\w.-]+)")


def test_every_file_of_the_state_folder_stands_in_the_inventory() -> None:
    """Where code names a file below the state folder, and what goes beside a backup."""
    folders = [ROOT / name for name in ("config", "kiosk", "sync", "display_board")]
    sources = [file.read_text(encoding="utf-8") for folder in folders for file in folder.rglob("*.py")]
    named = {name for source in sources for name in IN_HOME.findall(source)}
    named |= state_files.FILES | state_files.FOLDERS
    named |= {backup_signature.KEY, ended_credentials.FILE, service_lock.LOCK}
    assert {"motcua.db", "voices", "pictures", "reports", "backups", "procedures.json"} <= named
    files = INVENTORY.partition("\n## File by file\n")[2].partition("\n## ")[0]
    told = re.findall(r"`([\w.-]+)", files)
    assert sorted(name for name in named if not any(one.startswith(name) for one in told)) == []
