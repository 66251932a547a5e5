#!/usr/bin/env python3
"""Writes docs/measures.md from the docstrings of the measures; `--check` only says whether it is up to date."""

from __future__ import annotations

import importlib
import pkgutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from kiosk.reports import measures  # noqa: E402
from kiosk.reports.measures.registry import MEASURES  # noqa: E402

PAGE = ROOT / "docs" / "measures.md"
HEAD = """# Measures

Every figure of a report is one of these. They are counted by the same code from the tables and from the events of the
journal, and `motcua verify` counts each a second time with other code. Counts are whole numbers, times whole
milliseconds; rounding (half up) happens only where a figure is shown. Written by `scripts/measures.py` from the
docstrings in `kiosk/reports/measures/`.
"""


def text() -> str:
    for module in pkgutil.iter_modules(measures.__path__):
        importlib.import_module(f"{measures.__name__}.{module.name}")
    parts = [HEAD]
    for one in sorted(MEASURES.values(), key=lambda one: one.name):
        parts.append(
            f"\n## {one.name}\n{one.definition}\n\n- Source: {one.source}\n- Unit: {one.unit}\n- Period: {one.period}\n"
            f"- Rules: {one.rules}\n- Code: `{one.function}`\n"
        )
    return "".join(parts)


if __name__ == "__main__":
    if "--check" in sys.argv:
        sys.exit(
            0 if PAGE.read_text(encoding="utf-8") == text() else "docs/measures.md is old: run scripts/measures.py"
        )
    PAGE.write_text(text(), encoding="utf-8")
