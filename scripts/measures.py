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
journal, and `motcua verify` counts each a second time with other code: what tickets, ratings, counters and devices say
for every business date; dossiers, by field too, and the index for every year of reports; the nine criteria with sum and
band for the days that the office gave points for; followers as they are. It reads the dated rules, those of the office
among them (`reports/forms/law.toml`), and the office's points once more by itself. Counts are whole numbers, times
whole milliseconds; rounding (half up) happens only where a figure is shown. Written by `scripts/measures.py` from the
docstrings in `kiosk/reports/measures/`.
"""

CRITERIA = """
# The nine criteria and what each is computed from
Thông tư 01/2018/TT-VPCP. Points that the office wrote for just the days of a report (`reports/criteria.toml` of the
state folder, kept with their day) come first, with what was computed beside them; the sum and its band stand only when
all nine have points.

| | criterion | computed from | measure |
|---|---|---|---|
| 1 | time of the whole | day of the end and due day of each dossier decided in the period | `criterion-1` |
| 2 | time of each body | nothing: a dossier does not hold it; the office's own points | – |
| 3 | contacts to complete a dossier | answers to the question of the second page with this number | `criterion-3` |
| 4 | bodies to go to | the same | `criterion-4` |
| 5 | received, appraised, approved at the one-stop office | nothing: who appraised is not known; own points | – |
| 6 | publicity | answers of citizens, as 3 | `criterion-6` |
| 7 | attitude | answers of citizens, as 3; the faces of the tablet ask something else | `criterion-7` |
| 8 | answers to complaints | nothing: complaints are not kept; the office's own points | – |
| 9 | online services | channel and procedure of dossiers received, and late ones | `criterion-9` |

Mẫu 1 has criteria 1, 2, 3, 4, 6 and 7 of each dossier: 1 from its days; 3, 4, 6 and 7 as its own citizen answered after
a visit that was linked to it (`dossier-answers`); where nobody did, and 2, what the office wrote for the period. Its
last column says which is whose.
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
    return "".join([*parts, CRITERIA])


if __name__ == "__main__":
    if "--check" in sys.argv:
        sys.exit(
            0 if PAGE.read_text(encoding="utf-8") == text() else "docs/measures.md is old: run scripts/measures.py"
        )
    PAGE.write_text(text(), encoding="utf-8")
