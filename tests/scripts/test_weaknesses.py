"""The table of known weaknesses is of the locked packages; versions are compared as the OSV format says."""

from __future__ import annotations

import json
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from scripts.locked import LOCK, LockedPackage, locked
from scripts.weaknesses import TABLE, is_affected, table, weaknesses

WRITTEN = tomllib.loads(TABLE.read_text(encoding="utf-8"))


def test_the_table_is_of_the_packages_that_are_locked() -> None:
    of_lock = sorted((one.name, one.version) for one in locked(LOCK.read_text(encoding="utf-8")))
    of_table = [(one["name"], one["version"]) for one in WRITTEN["package"]]
    assert of_table == of_lock, "the lock changed: run scripts/weaknesses.py on a copy of the database"


def test_no_locked_package_has_a_weakness_without_a_reason() -> None:
    open_ones = {
        (one["name"], weakness)
        for one in WRITTEN["package"]
        for weakness in one["affected"]
        if not one.get("reason", {}).get(weakness)
    }
    assert open_ones == set(), "update the package, or say in the table why it cannot be used here"


def test_the_table_says_which_database_of_which_day_was_asked() -> None:
    head = WRITTEN["database"]
    assert head["name"] and int(head["entries"]) > 1000
    assert date.fromisoformat(head["state"]) <= date.fromisoformat(head["checked"])


def ranged(*events: dict[str, str]) -> dict[str, Any]:
    return {"ranges": [{"type": "ECOSYSTEM", "events": list(events)}]}


@pytest.mark.parametrize(
    ("statement", "version", "affected"),
    [
        (ranged({"introduced": "0"}, {"fixed": "2.2.3"}), "2.2.2", True),
        (ranged({"introduced": "0"}, {"fixed": "2.2.3"}), "2.2.3", False),
        (ranged({"introduced": "0"}, {"fixed": "2.2.3"}), "2.10", False),
        (ranged({"introduced": "3.0"}, {"fixed": "3.1"}), "2.9", False),
        (ranged({"introduced": "0"}, {"last_affected": "1.4"}), "1.4", True),
        (ranged({"introduced": "0"}, {"last_affected": "1.4"}), "1.4.1", False),
        (ranged({"introduced": "0"}), "99", True),
        (ranged({"introduced": "0"}, {"fixed": "1"}, {"introduced": "2"}, {"fixed": "3"}), "2.5", True),
        (ranged({"introduced": "0"}, {"fixed": "1"}, {"introduced": "2"}, {"fixed": "3"}), "1.5", False),
        (ranged({"introduced": "0"}, {"fixed": "no version"}), "99", True),
        ({"ranges": [{"type": "GIT", "events": [{"introduced": "0"}]}]}, "1", False),
        ({"versions": ["1.0"]}, "1.0", True),
        ({"versions": ["1.0"]}, "1.1", False),
    ],
)
def test_a_version_is_affected_by_name_or_by_range(statement: dict[str, Any], version: str, affected: bool) -> None:
    assert is_affected(statement, version) is affected


def test_entries_of_both_forms_are_read_and_withdrawn_ones_are_not(tmp_path: Path) -> None:
    package = {"name": "Ruamel.Yaml_x", "ecosystem": "PyPI"}
    entry = {"id": "X-1", "affected": [{"package": package, **ranged({"introduced": "0"})}]}
    (tmp_path / "one.json").write_text(json.dumps(entry))
    (tmp_path / "two.yaml").write_text("id: X-2\naffected:\n- package: {name: other, ecosystem: npm}\n")
    (tmp_path / "old.json").write_text(json.dumps({**entry, "id": "X-0", "withdrawn": "2024-01-01T00:00:00Z"}))
    (tmp_path / "readme.md").write_text("no entry")
    entries = list(weaknesses(tmp_path))
    assert [one["id"] for one in entries] == ["X-1", "X-2"]
    before = {"package": [{"name": "ruamel-yaml-x", "version": "1", "reason": {"X-1": "never called", "X-9": "gone"}}]}
    packages = [LockedPackage("ruamel-yaml-x", "1"), LockedPackage("other", "1")]
    other, ours = tomllib.loads(table(packages, entries, {"name": "n"}, before))["package"]
    assert (ours["known"], ours["affected"], ours["reason"]) == (1, ["X-1"], {"X-1": "never called"})
    assert (other["known"], other["affected"]) == (0, [])
