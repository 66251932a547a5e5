"""docs/access.md names tests; each of them must exist."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parent.parent
TABLE = [line for line in (ROOT / "docs/access.md").read_text("utf-8").splitlines() if line.startswith("| ")][1:]
TEST = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")


def test_every_test_that_is_named_exists() -> None:
    named = TEST.findall("\n".join(TABLE))
    missing = [f"{file}::{name}" for file, name in named if f"\ndef {name}(" not in (ROOT / file).read_text("utf-8")]
    assert missing == []
    assert len(named) > 15


def test_every_clause_names_its_test_or_says_that_there_is_none() -> None:
    columns = [[cell.strip() for cell in row.strip("|").split("|")] for row in TABLE]
    assert {len(row) for row in columns} == {4}
    silent = [row[0] for row in columns if not TEST.search(row[2]) and not row[2].startswith("not measured")]
    assert silent == []
