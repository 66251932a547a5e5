"""Tables for the terminal: what an import changes, what the portal names otherwise."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from kiosk.domain.dossier_change import TIMES, DossierChange
from kiosk.dossiers.table_importer import EMPTY, DossierTableImporter
from sync.portal.catalogue import ProcedureComparison
from sync.wording import grouped, translate

MOST_LINES = 200
COMPARED = "{same} procedures as the portal has them, {differing} to look at"


def change_table(changes: Sequence[DossierChange], importer: DossierTableImporter) -> str:
    """A line for each dossier that is new or differs; an empty text when there is none."""
    differing = [change for change in changes if change.kind != "unchanged"]
    rows = [_row(change, importer) for change in differing[:MOST_LINES]]
    if not rows:
        return ""
    days = tuple(translate(f"column {name}") for name in TIMES)
    lines = _lines((translate("column code"), translate("what happens"), *days, translate("what changes")), rows)
    if len(differing) > MOST_LINES:
        lines.append(translate("… and {count} more", count=grouped(len(differing) - MOST_LINES)))
    return "\n".join(lines) + "\n\n"


def _row(change: DossierChange, importer: DossierTableImporter) -> tuple[str, ...]:
    """Where the dossier will stand, and of one that is known what changes."""
    standing = importer.standing(change.after)
    days = [standing[f"{name.removesuffix('_at')}_text"] for name in TIMES]
    is_new = change.before is None
    what = f"{standing['field_text']}; {standing['status_text']}" if is_new else importer.change_text(change)
    return change.after.code, importer.kind_text(change), *days, what


def comparison_table(comparisons: Sequence[ProcedureComparison]) -> str:
    """A line for each procedure that the portal names otherwise or does not have, and a sentence with the counts."""
    differing = [one for one in comparisons if one.kind != "same"]
    rows = [(one.ours.code, translate(f"procedure {one.kind}"), _portal_says(one)) for one in differing]
    head = (translate("column procedure"), translate("what differs"), translate("the portal says"))
    counts = {"same": grouped(len(comparisons) - len(differing)), "differing": grouped(len(differing))}
    return "\n".join([*(_lines(head, rows) if rows else []), translate(COMPARED, **counts)])


def _portal_says(one: ProcedureComparison) -> str:
    if one.portal is None:
        return EMPTY
    return one.portal.field if one.kind == "moved" else one.portal.name


def _lines(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    widths = [max(_width(row[n]) for row in [head, *rows]) for n in range(len(head))]
    return [_line(head, widths), "  ".join("─" * width for width in widths), *(_line(row, widths) for row in rows)]


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    return "  ".join(cell + " " * (width - _width(cell)) for cell, width in zip(cells, widths, strict=True)).rstrip()


def _width(text: str) -> int:
    """Cells of a terminal: marks of a decomposed letter take none."""
    return sum(not unicodedata.combining(letter) for letter in text)
