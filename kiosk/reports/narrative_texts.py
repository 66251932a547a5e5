"""The texts of the narrative report, and the headings that an office fills in: `forms/office-report.toml`."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def narrative_texts() -> dict[str, Any]:
    """The file's tables: `form` with its dates, `texts`, `remarks`."""
    return tomllib.loads(files("kiosk.reports").joinpath("forms", "office-report.toml").read_text(encoding="utf-8"))


def remark_headings() -> dict[str, str]:
    """The headings under which an office writes its remarks, by key."""
    return dict(narrative_texts()["remarks"])
