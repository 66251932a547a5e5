"""Tables for the terminal: what an import changes, what the portal names otherwise."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from kiosk.domain.dossier_change import Change
from kiosk.dossier_desk import EMPTY, DossierDesk
from sync.portal.catalogue import Comparison
from sync.wording import number, say

MOST_LINES = 200
COMPARED = "{same} procedures as the portal has them, {differing} to look at"


def change_table(changes: Sequence[Change], desk: DossierDesk) -> str:
    """A line for each dossier that is new or differs; an empty text when there is none."""
    telling = [change for change in changes if change.kind != "unchanged"]
    rows = [(change.after.code, desk.happens(change), desk.told(change)) for change in telling[:MOST_LINES]]
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


def _lines(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    widths = [max(_width(row[n]) for row in [head, *rows]) for n in range(len(head))]
    return [_line(head, widths), "  ".join("─" * width for width in widths), *(_line(row, widths) for row in rows)]


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    return "  ".join(cell + " " * (width - _width(cell)) for cell, width in zip(cells, widths, strict=True)).rstrip()


def _width(text: str) -> int:
    """Cells of a terminal: marks of a decomposed letter take none."""
    return sum(not unicodedata.combining(letter) for letter in text)
