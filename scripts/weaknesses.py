#!/usr/bin/env python3
"""Looks up the locked packages in a copy of a database of weaknesses and writes docs/security/weaknesses.toml.

    scripts/weaknesses.py FOLDER --name NAME --state DATE --checked DATE

FOLDER: a copy of a database in the OSV format (YAML or JSON), such as the PyPA advisory database; nothing is fetched.
NAME: which database and which commit of it; `--state`: the date of that commit; what is newer is not known by it.
A line `reason` that somebody wrote under an affected package is kept for the same weakness of the same version.
"""

from __future__ import annotations

import argparse
import json
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from packaging.version import InvalidVersion, Version

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from scripts.locked import LOCK, LockedPackage, locked  # noqa: E402

TABLE = ROOT / "docs" / "security" / "weaknesses.toml"
HEAD = """\
# Known weaknesses of the locked packages, written by scripts/weaknesses.py; the product itself looks nothing up.
# Method: each version of requirements.txt against `versions` and the ECOSYSTEM ranges of every entry of the database;
# withdrawn entries are left out. `known`: entries about the package, whatever version; `affected`: about this version.
# An empty list says no more than that the database of that state names none: what was published later is not in it.
# To renew, after `make lock` and monthly: fetch a new copy of the database on a machine with a network, run the script
# on it, and update what is affected. Where that can't be done, write `reason = {ID = "why it can't be used"}` below it.
"""


def weaknesses(folder: Path) -> Iterator[dict[str, Any]]:
    """Every entry of the database that is not withdrawn."""
    for path in sorted(folder.rglob("*")):
        if path.suffix not in {".yaml", ".json"}:
            continue
        text = path.read_text(encoding="utf-8")
        entry = json.loads(text) if path.suffix == ".json" else yaml.load(text, yaml.CSafeLoader)
        if isinstance(entry, dict) and "affected" in entry and not entry.get("withdrawn"):
            yield entry


def about(entry: dict[str, Any], name: str) -> list[dict[str, Any]]:
    """What the entry says of a package of Python's index."""
    return [
        one
        for one in entry["affected"]
        if one["package"]["ecosystem"] == "PyPI" and _plain(one["package"]["name"]) == name
    ]


def is_affected(statement: dict[str, Any], version: str) -> bool:
    """Whether a version is named or lies in a range; a range without an end goes on."""
    if version in statement.get("versions", []):
        return True
    ranges = [one["events"] for one in statement.get("ranges", []) if one["type"] == "ECOSYSTEM"]
    return any(_is_within(Version(version), events) for events in ranges)


def _is_within(version: Version, events: list[dict[str, str]]) -> bool:
    inside = False
    for event in events:
        kind, text = next(iter(event.items()))
        bound = _bound(text)
        if kind == "introduced" and (bound is None or version >= bound):
            inside = True
        elif bound is not None and (
            version >= bound if kind == "fixed" else kind == "last_affected" and version > bound
        ):
            inside = False
    return inside


def _bound(text: str) -> Version | None:
    """None for a version that Python's rules don't know: it counts as introduced, and ends nothing."""
    try:
        return Version(text)
    except InvalidVersion:
        return None


def _plain(name: str) -> str:
    return name.lower().replace("_", "-").replace(".", "-")


def table(packages: list[LockedPackage], entries: list[dict[str, Any]], head: dict[str, str], before: Any) -> str:
    """The text of the file; `before` is the one that it replaces."""
    reasons = {(one["name"], one["version"]): one.get("reason", {}) for one in before.get("package", [])}
    lines = [HEAD, "[database]", *(f"{key} = {json.dumps(value)}" for key, value in head.items())]
    for one in sorted(packages, key=lambda package: package.name):
        known = [(entry["id"], statement) for entry in entries for statement in about(entry, one.name)]
        affected = sorted({name for name, statement in known if is_affected(statement, one.version)})
        lines += ["", "[[package]]", f'name = "{one.name}"', f'version = "{one.version}"']
        lines += [f"known = {len({name for name, _ in known})}", f"affected = {json.dumps(affected)}"]
        kept = {key: why for key, why in reasons.get((one.name, one.version), {}).items() if key in affected}
        if kept:
            lines.append("reason = {" + ", ".join(f'"{key}" = {json.dumps(why)}' for key, why in kept.items()) + "}")
    return "\n".join(lines) + "\n"


def main() -> int:
    reader = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    reader.add_argument("folder", type=Path)
    for option in ("--name", "--state", "--checked"):
        reader.add_argument(option, required=True)
    given = reader.parse_args()
    entries = list(weaknesses(given.folder))
    if not entries:
        print(f"{given.folder} holds no entry in the OSV format", file=sys.stderr)
        return 1
    before = tomllib.loads(TABLE.read_text(encoding="utf-8")) if TABLE.exists() else {}
    head = {"name": given.name, "state": given.state, "checked": given.checked, "entries": str(len(entries))}
    text = table(locked(LOCK.read_text(encoding="utf-8")), entries, head, before)
    TABLE.write_text(text, encoding="utf-8")
    affected = [one for one in tomllib.loads(text)["package"] if one["affected"]]
    for one in affected:
        print(f"{one['name']} {one['version']}: {', '.join(one['affected'])}")
    print(f"{len(entries)} entries, {len(affected)} packages affected")
    return 0


if __name__ == "__main__":
    sys.exit(main())
