"""A table of dossiers exported by the one-stop software: found columns, dossiers, and every error by row and column."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from sync.dossiers.rows import Dossier, Edge, Unreadable
from sync.dossiers.sheets import BadFile, Row, read_table
from sync.dossiers.words import Words
from sync.text_keys import composed, in_old_font, key_of
from sync.wording import say

HEAD_ROWS = 30  # titles and the period may stand above the row of headers
LEAST_HEADERS = 3
LIKE_A_CODE = re.compile(r"\d{6}-\d")

NO_HEADERS = "no row of headers was found; it must name at least: {columns}"
NO_COLUMN = "a column is missing: {columns}"
TWO_COLUMNS = 'two columns are called "{column}"; keep one'
OLD_FONT = "the text was typed with an old font (.VnTime, VNI); convert the file to Unicode and save it again"
NO_ROWS = "the table has headers but no dossier"
TWICE = "stands in row {row} already"


@dataclass(frozen=True, slots=True)
class Problem:
    """An error of the table: `row` as the spreadsheet counts, `column` its letter, `header` as written there."""

    row: int
    column: str
    header: str
    message: str

    def __str__(self) -> str:
        return say("row {row}, column {column} ({header}): {message}", row=self.row, column=self.column or "–",
                   header=self.header, message=self.message)  # fmt: skip


@dataclass(slots=True)
class Found:
    """What a table holds; when `problems` is not empty nothing of it may be used."""

    dossiers: list[Dossier] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Layout:
    """The row of headers and where each of our fields stands."""

    row: int
    places: dict[str, int]
    headers: Sequence[str]

    def problem(self, row: int, name: str, message: str) -> Problem:
        place = self.places.get(name)
        if place is None:
            return Problem(row, "", say(f"column {name}"), message)
        return Problem(row, letters(place), self.headers[place], message)


def read_dossiers(path: Path, edge: Edge) -> Found:
    """Raises BadFile when there is no table of dossiers at all."""
    return dossiers_of(read_table(path), edge)


def dossiers_of(rows: Sequence[Row], edge: Edge) -> Found:
    """The same from rows already read."""
    layout = find_layout(rows, edge.words)
    found, seen = Found(), dict[str, int]()
    for number, cells in _body(rows, layout):
        named = {name: cells[place] for name, place in layout.places.items() if place < len(cells)}
        try:
            dossier = edge.dossier(named)
        except Unreadable as error:
            found.problems += [layout.problem(number, t.field, say(t.message)) for t in error.troubles]
            continue
        if dossier["code"] in seen:
            twice = say(TWICE, row=seen[dossier["code"]])
            found.problems.append(layout.problem(number, "code", twice))
        seen.setdefault(dossier["code"], number)
        found.dossiers.append(dossier)
    if not found.dossiers and not found.problems:
        raise BadFile(NO_ROWS)
    return found


def _body(rows: Sequence[Row], layout: Layout) -> list[Row]:
    """What stands under the headers, without a line of column numbers and without lines that name no dossier."""
    below = [row for row in rows if row[0] > layout.row]
    if below and all(_is_counting(cell) for cell in below[0][1]):
        below = below[1:]
    return [row for row in below if _is_dossier(row[1], layout)]


def _is_dossier(cells: Sequence[object], layout: Layout) -> bool:
    """Sums and signatures under the table fill one cell; a forgotten cell must not hide a dossier."""
    told = [_text_at(cells, layout.places[name]) for name in ("code", "status", "received_at")]
    return sum(map(bool, told)) > 1 or bool(LIKE_A_CODE.search(told[0]))


def _text_at(cells: Sequence[object], place: int) -> str:
    return str(cells[place]).strip() if place < len(cells) and cells[place] is not None else ""


def _is_counting(cell: object) -> bool:
    text = str(cell if cell is not None else "").strip("() ")
    return len(text) < 3 and (not text or text.isdigit())


def find_layout(rows: Sequence[Row], words: Words) -> Layout:
    """The first row with enough known headers. Raises BadFile."""
    head = rows[:HEAD_ROWS]
    best = max(head, key=lambda row: len(_places(row[1], words)), default=(0, ()))
    places = _places(best[1], words)
    if len(places) < LEAST_HEADERS:
        if in_old_font(" ".join(str(cell) for _, cells in head for cell in cells if isinstance(cell, str))):
            raise BadFile(OLD_FONT)
        raise BadFile(NO_HEADERS, columns=_named(words.required))
    headers = [composed(str(cell)) if cell is not None else "" for cell in best[1]]
    keys = [key_of(header) for header in headers]
    for name, place in list(places.items()):
        if keys.count(keys[place]) > 1:
            if name != "applicant":
                raise BadFile(TWO_COLUMNS, column=headers[place])
            del places[name]  # nobody knows whose name stands where
    missing = [name for name in words.required if name not in places]
    if "procedure" not in places and "procedure_name" not in places:
        missing.append("procedure")
    if missing:
        raise BadFile(NO_COLUMN, columns=_named(missing))
    return Layout(best[0], places, headers)


def _places(cells: Sequence[object], words: Words) -> dict[str, int]:
    """Field to column; of several columns for a field the one whose name stands first in the words."""
    keys = [key_of(cell) if isinstance(cell, str) else "" for cell in cells]
    found: dict[str, int] = {}
    for name, spellings in words.columns.items():
        place = next((keys.index(spelling) for spelling in spellings if spelling in keys), None)
        if place is not None:
            found[name] = place
    return found


def _named(names: Sequence[str]) -> str:
    return ", ".join(say(f"column {name}") for name in names)


def letters(place: int) -> str:
    """0 → "A", 26 → "AA"."""
    text = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        text = chr(ord("A") + rest) + text
    return text
