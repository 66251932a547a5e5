"""The documents for engineers name files that are there."""

from __future__ import annotations

import re
from functools import cache

import pytest

from tests.sources import ROOT

NAMED = re.compile(r"`((?:[\w-]+/)*[\w.-]+\.(?:py|js|sh|toml|css|html|service|timer))`")
LEFT_OUT = {".venv", "node_modules", ".git", "build"}


@cache
def tracked() -> frozenset[str]:
    paths = (path.relative_to(ROOT) for path in ROOT.rglob("*") if path.is_file())
    return frozenset(f"/{path.as_posix()}" for path in paths if not LEFT_OUT & set(path.parts))


@pytest.mark.parametrize("document", ["docs/architecture.md", "docs/security.md"])
def test_every_file_that_a_document_names_is_there(document: str) -> None:
    names = set(NAMED.findall((ROOT / document).read_text(encoding="utf-8")))
    assert names
    assert {name for name in names if not any(path.endswith(f"/{name}") for path in tracked())} == set()
