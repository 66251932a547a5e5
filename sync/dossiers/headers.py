"""The row, or the two or three rows, of headers of an exported table, and in which column each of our fields stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import replace
from itertools import pairwise, zip_longest

from contract.records import dataclass
from sync.dossiers.sheets import OLD_FONT, TableFileError
from sync.dossiers.text_keys import clean_text, in_old_font, key_of
from sync.dossiers.vocabulary import DossierVocabulary
from sync.dossiers.workbooks import Row
from sync.wording import translate

HEAD_ROWS = 30  # titles and the period may stand above the headers
LEAST_HEADERS = 3
NO_HEADERS = (
    "no row of headers was found; add one that names at least: {columns}, or teach the names of your columns at "
    "/admin/dossiers"
)
NO_COLUMN = (
    "row {row} (the headers): a column is missing: {columns}; export the table with it, or teach its name at "
    "/admin/dossiers"
)
TWO_COLUMNS = "row {row} (the headers): columns {letters} are both called “{column}”; keep one"
LIKE_A_CODE = re.compile(r"\d{6}-\d")
_IN_BRACKETS = re.compile(r"[(\[][^()\[\]]*[)\]]")  # "(dd/MM/yyyy)", "(*)", "[1]"


@dataclass(frozen=True, slots=True)
class TableCellError:
    """An error of the table: `row` as the spreadsheet counts, `column` its letter, `header` as written there.

    `sheet`: its name where the file has several.
    """

    row: int
    column: str
    header: str
    message: str
    sheet: str = ""

    def __str__(self) -> str:
        text = translate(
            "row {row}, column {column} ({header}): {message}",
            row=self.row,
            column=self.column or "–",
            header=self.header,
            message=self.message,
        )
        return translate("sheet “{sheet}”, {place}", sheet=self.sheet, place=text) if self.sheet else text


@dataclass(frozen=True, slots=True)
class TableColumns:
    """The last row of headers and in which column (from 0) each of our fields stands.

    `said`: what each row of the headers says, as `_said` reads it.
    """

    row: int
    places: dict[str, int]
    headers: Sequence[str]
    sheet: str = ""
    said: Set[Sequence[str]] = frozenset()

    def error(self, row: int, name: str, message: str) -> TableCellError:
        place = self.places.get(name)
        if place is None:
            return TableCellError(row, "", translate(f"column {name}"), message, self.sheet)
        return TableCellError(row, column_letters(place), self.headers[place], message, self.sheet)

    def repeats(self, cells: Sequence[object]) -> bool:
        """Whether a row says the headers again, as each printed page does; one with a code of a dossier does not."""
        if LIKE_A_CODE.search(_text(cells, self.places["code"])):
            return False
        if _said(cells) in self.said:
            return True
        same = [place for place in self.places.values() if key_of(_text(cells, place)) == key_of(self.headers[place])]
        return len(same) >= LEAST_HEADERS


def find_columns(rows: Sequence[Row], vocabulary: DossierVocabulary, sheet: str = "") -> TableColumns:
    """The first row, or two or three rows, with the most known headers. Raises TableFileError."""
    head = rows[:HEAD_ROWS]
    best, places = _best(list(_headings(head)), vocabulary)
    if len(places) < LEAST_HEADERS:
        if in_old_font(" ".join(str(cell) for _, cells in head for cell in cells if isinstance(cell, str))):
            raise TableFileError(OLD_FONT, sheet)
        raise TableFileError(NO_HEADERS, sheet, columns=_column_names(vocabulary.required))
    columns = _columns_of(best, places, vocabulary, sheet)
    missing = _missing(columns.places, vocabulary)
    if missing:
        raise TableFileError(NO_COLUMN, sheet, row=best.row, columns=_column_names(missing))
    return columns


def tables_of(
    rows: Sequence[Row], columns: TableColumns, vocabulary: DossierVocabulary
) -> Iterator[tuple[TableColumns, Sequence[Row]]]:
    """The tables that stand below each other on a sheet, each with the columns of its own headers.

    Raises TableFileError.
    """
    begun = 0
    for index, (number, cells) in enumerate(rows):
        if number <= columns.row or not _only_words(cells, columns):
            continue
        heading = _one_row(number, cells)
        places = _places(heading.spellings, vocabulary)
        if places != columns.places and not _missing(places, vocabulary):
            yield columns, rows[begun:index]
            columns, begun = _columns_of(heading, places, vocabulary, columns.sheet), index
    yield columns, rows[begun:]


def column_letters(place: int) -> str:
    """0 → "A", 26 → "AA"."""
    text = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        text = chr(ord("A") + rest) + text
    return text


@dataclass(frozen=True, slots=True)
class _Heading:
    """Rows that may be the headers, `row` the last: `spellings` are what each column may be called, likeliest first."""

    row: int
    spellings: Sequence[Sequence[str]]
    rows: Sequence[Sequence[object]]


def _columns_of(heading: _Heading, places: dict[str, int], vocabulary: DossierVocabulary, sheet: str) -> TableColumns:
    """Raises TableFileError."""
    known = {key for names in vocabulary.columns.values() for key in names}
    headers = [_header(spellings, known) for spellings in heading.spellings]
    columns = TableColumns(heading.row, places, headers, sheet, frozenset(map(_said, heading.rows)))
    return replace(columns, places=_unambiguous(columns))


def _said(cells: Sequence[object]) -> tuple[str, ...]:
    """What a row says in each column, up to the last that says anything."""
    keys = [key_of(_text(cells, place)) for place in range(len(cells))]
    while keys and not keys[-1]:
        keys.pop()
    return tuple(keys)


def _only_words(cells: Sequence[object], columns: TableColumns) -> bool:
    """Whether there is no number where a dossier has its code and its day: such a row may be headers."""
    texts = [_text(cells, columns.places[name]) for name in ("code", "received_at")]
    return all(texts) and not any(letter.isdigit() for text in texts for letter in text)


def _headings(head: Sequence[Row]) -> Iterator[_Heading]:
    for number, cells in head:
        yield _one_row(number, cells)
    for (upper_number, upper), (number, lower) in pairwise(head):
        if number == upper_number + 1:
            yield _Heading(number, _joined(upper, lower), (upper, lower))
    for (first, top), (second, middle), (number, lower) in zip(head, head[1:], head[2:], strict=False):
        if number == second + 1 == first + 2:
            near, far = _joined(_laid_over(middle, top), lower), _joined(top, lower)
            empty: list[str] = []
            spellings = [[*one, *more] for one, more in zip_longest(near, far, fillvalue=empty)]
            yield _Heading(number, spellings, (top, middle, lower))


def _one_row(number: int, cells: Sequence[object]) -> _Heading:
    spellings = [[text] if (text := _text(cells, place)) else [] for place in range(len(cells))]
    return _Heading(number, spellings, (cells,))


def _laid_over(lower: Sequence[object], upper: Sequence[object]) -> list[str]:
    """Two rows of headers as one: what is above shows where nothing stands below."""
    return [_text(lower, place) or _text(upper, place) for place in range(max(len(upper), len(lower)))]


def _joined(upper: Sequence[object], lower: Sequence[object]) -> list[list[str]]:
    """Two rows of headers: a group stands above the first of its columns, its parts below."""
    spellings: list[list[str]] = []
    group = ""
    for place in range(max(len(upper), len(lower))):
        above, below = _text(upper, place), _text(lower, place)
        group = above or (group if below else "")
        if below:
            spellings.append([below, f"{below} {group}", f"{group} {below}"] if group else [below])
        else:
            spellings.append([above] if above else [])
    return spellings


def _best(headings: Sequence[_Heading], vocabulary: DossierVocabulary) -> tuple[_Heading, dict[str, int]]:
    found = [(heading, _places(heading.spellings, vocabulary)) for heading in headings]
    return max(found, key=lambda pair: len(pair[1]), default=(_Heading(0, (), ()), {}))


def _header(spellings: Sequence[str], known: Set[str]) -> str:
    """What people read as the name of a column: the spelling that is known, else what stands there."""
    texts = [clean_text(text) for text in spellings]
    return next((text for text in texts if _keys([text]) & known), texts[0] if texts else "")


def _places(spellings: Sequence[Sequence[str]], vocabulary: DossierVocabulary) -> dict[str, int]:
    """Field to column; of several columns for a field the one whose name stands first in the vocabulary."""
    keys = [_keys(column) for column in spellings]
    places: dict[str, int] = {}
    for name, names in vocabulary.columns.items():
        place = next((place for key in names for place, column in enumerate(keys) if key in column), None)
        if place is not None and place not in places.values():
            places[name] = place
    return places


def _keys(spellings: Sequence[str]) -> set[str]:
    """Each as written, and without what stands in brackets."""
    plain = [key_of(_IN_BRACKETS.sub(" ", text)) for text in spellings]
    return {key for key in (*map(key_of, spellings), *plain) if key}


def _unambiguous(columns: TableColumns) -> dict[str, int]:
    """Without the applicant where several columns are called so. Raises TableFileError for any other field."""
    places, headers = columns.places, columns.headers
    keys = [key_of(header) for header in headers]
    doubled = [name for name, place in places.items() if keys.count(keys[place]) > 1]
    for name in doubled:
        if name != "applicant":  # of which nobody knows whose name stands where
            key = keys[places[name]]
            letters = ", ".join(column_letters(place) for place, other in enumerate(keys) if other == key)
            facts = {"row": columns.row, "letters": letters, "column": headers[places[name]]}
            raise TableFileError(TWO_COLUMNS, columns.sheet, **facts)
    return {name: place for name, place in places.items() if name not in doubled}


def _missing(places: dict[str, int], vocabulary: DossierVocabulary) -> list[str]:
    missing = [name for name in vocabulary.required if name not in places]
    if "procedure" not in places and "procedure_name" not in places:
        missing.append("procedure")
    return missing


def _column_names(fields: Sequence[str]) -> str:
    return ", ".join(translate(f"column {name}") for name in fields)


def _text(cells: Sequence[object], place: int) -> str:
    return str(cells[place]).strip() if place < len(cells) and cells[place] is not None else ""
