"""What an import changes, as a table for the terminal."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from kiosk.dossier_taking import TIMES, Change
from sync.portal_catalogue import Comparison
from sync.wording import number, say

MOST_LINES = 200
EMPTY = "–"
COMPARED = "{same} procedures as the portal has them, {differing} to look at"
GOES_BACK = "Careful: {count} ended dossiers are in progress again; is the file old?"


def table(changes: Sequence[Change], zone: ZoneInfo) -> str:
    """A line for each dossier that is new or differs; of a new one where it stands, else each difference."""
    telling = [change for change in changes if change.kind != "unchanged"]
    rows = [(c.after.code, say(f"dossier {c.kind}"), _told(c, zone)) for c in telling[:MOST_LINES]]
    if not rows:
        return ""
    lines = _lines((say("column code"), say("what happens"), say("what changes")), rows)
    if len(telling) > MOST_LINES:
        lines.append(say("… and {count} more", count=number(len(telling) - MOST_LINES)))
    return "\n".join(lines) + "\n\n"


def comparison_table(comparisons: Sequence[Comparison]) -> str:
    """A line for each procedure that the portal names otherwise or does not have, and a sentence with the counts."""
    differing = [one for one in comparisons if one.kind != "same"]
    rows = [(one.ours[0], say(f"procedure {one.kind}"), _portal_says(one)) for one in differing]
    head = (say("column procedure"), say("what differs"), say("the portal says"))
    counts = {"same": number(len(comparisons) - len(differing)), "differing": number(len(differing))}
    return "\n".join([*(_lines(head, rows) if rows else []), say(COMPARED, **counts)])


def _portal_says(one: Comparison) -> str:
    if one.portal is None:
        return EMPTY
    return one.portal[2] if one.kind == "moved" else one.portal[1]


def summary(changes: Sequence[Change], dry_run: bool) -> str:
    """One sentence with the counts; a warning when ended dossiers would be in progress again."""
    counts = Counter(change.kind for change in changes)
    sentence = "{created} new, {updated} changed, {unchanged} as they were"
    text = say(sentence, **{kind: number(counts[kind]) for kind in ("created", "updated", "unchanged")})
    back = sum(change.goes_back for change in changes)
    if back:
        text += f"\n{say(GOES_BACK, count=number(back))}"
    return text + ("\n" + say("Nothing was changed: this was a trial (--dry-run).") if dry_run else "")


def _told(change: Change, zone: ZoneInfo) -> str:
    if change.before is None:
        after = change.after
        due = f"{say('column due_at').lower()} {_shown('due_at', after.due_at, zone)}"
        return f"{after.field}; {say(f'step {after.step}')}; {due}"
    parts = [
        f"{say(f'column {name}')}: {_shown(name, old, zone)} → {_shown(name, new, zone)}"
        for name, old, new in change.differences()
    ]
    return ("! " if change.goes_back else "") + "; ".join(parts)


def _shown(name: str, value: Any, zone: ZoneInfo) -> str:
    if value is None or value == "":
        return EMPTY
    if name in TIMES:
        return datetime.fromtimestamp(value / 1000, zone).strftime("%d/%m/%Y %H:%M")
    if isinstance(value, bool):
        return say("yes" if value else "no")
    if name in {"status", "channel"}:
        return say(f"{name} {value}")
    return str(value)


def _lines(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    widths = [max(_width(row[n]) for row in [head, *rows]) for n in range(len(head))]
    return [_line(head, widths), "  ".join("─" * width for width in widths), *(_line(row, widths) for row in rows)]


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    return "  ".join(cell + " " * (width - _width(cell)) for cell, width in zip(cells, widths, strict=True)).rstrip()


def _width(text: str) -> int:
    """Cells of a terminal: marks of a decomposed letter take none."""
    return sum(not unicodedata.combining(letter) for letter in text)
