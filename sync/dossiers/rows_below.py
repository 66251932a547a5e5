"""Which rows below the headers are dossiers, and which hold something else: sums, signatures, titles of groups."""

from __future__ import annotations

import re
from collections.abc import Sequence

from contract.records import dataclass
from sync.dossiers.formula_errors import failure_of
from sync.dossiers.headers import LIKE_A_CODE, TableColumns
from sync.dossiers.sanitizer import DossierSanitizer
from sync.dossiers.text_keys import clean_text, key_of
from sync.dossiers.workbooks import Row

SUM_WORD = re.compile(r"(tổng|cộng|total|sum)\b", re.IGNORECASE)
PROCEDURES = ("procedure", "procedure_name")
NO_CODE = re.compile(r"\d*(?:\.0)?|\D*")  # a count, or words
WRITTEN_DAY = re.compile(r"^\D+,\s*ngày\b", re.IGNORECASE)  # "Ba Vì, ngày 31 tháng 3 năm 2026", above a signature


@dataclass(frozen=True, slots=True)
class RowsBelow:
    """The rows that name a dossier, and the numbers of those that say something and name none."""

    dossiers: Sequence[Row]
    others: Sequence[int]


def rows_below(rows: Sequence[Row], columns: TableColumns, sanitizer: DossierSanitizer) -> RowsBelow:
    """Of the rows under the headers; numbers or letters of the columns, and headers said again, are neither."""
    below = [row for row in rows if row[0] > columns.row and not all(map(_is_counting, row[1]))]
    filled = [row for row in below if not columns.repeats(row[1])]
    taken = [row for row in filled if _is_dossier(row[1], columns, sanitizer)]
    numbers = {number for number, _ in taken}
    return RowsBelow(taken, [number for number, _ in filled if number not in numbers])


def _is_dossier(cells: Sequence[object], columns: TableColumns, sanitizer: DossierSanitizer) -> bool:
    """Sums and signatures are none; a forgotten cell must not hide a dossier.

    They fill one of the cells that matter, begin with a word for a sum, or have no procedure and neither code nor day.
    """
    code, status, received = (_text_at(cells, columns.places[name]) for name in ("code", "status", "received_at"))
    if LIKE_A_CODE.search(code):
        return True
    first = next((cell for cell in cells if isinstance(cell, str) and cell.strip()), "")
    if (not received or failure_of(received)) and SUM_WORD.match(clean_text(first)):
        return False
    procedures = [_text_at(cells, columns.places[name]) for name in PROCEDURES if name in columns.places]
    if not any(procedures) and (WRITTEN_DAY.search(received) or (not received and NO_CODE.fullmatch(code))):
        return False
    if sum(map(bool, (code, status, received))) > 1:
        return True
    return key_of(status) in sanitizer.vocabulary.status and any(
        sanitizer.catalogue.procedure(text, text) for text in procedures
    )


def _text_at(cells: Sequence[object], place: int) -> str:
    return str(cells[place]).strip() if place < len(cells) and cells[place] is not None else ""


def _is_counting(cell: object) -> bool:
    """Nothing, a number of two digits, or one letter, as stand below headers to name the columns."""
    text = str(cell if cell is not None else "").strip("() ")
    return len(text) < 3 and (not text or text.isdigit() or (len(text) == 1 and text.isalpha()))
