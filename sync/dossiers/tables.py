"""A table of dossiers exported by the one-stop software: its dossiers, every error by sheet, row and column."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import field, replace
from datetime import date
from functools import partial

from contract.dossiers import Channel, DossierInput
from contract.receipt_rules import ReceiptRule
from contract.records import dataclass
from sync.dossiers.file_kinds import EMPTY_FILE
from sync.dossiers.formula_errors import failure_of
from sync.dossiers.headers import NO_HEADERS, TableCellError, TableColumns, column_letters, find_columns, tables_of
from sync.dossiers.rows import InvalidRow, parse_row
from sync.dossiers.rows_below import rows_below
from sync.dossiers.sanitizer import DossierSanitizer
from sync.dossiers.sheets import OLD_FONT, Sheet, TableFile, TableFileError
from sync.dossiers.text_keys import in_old_font
from sync.dossiers.workbooks import Row
from sync.wording import grouped, translate

MOST_SPANS = 20  # of hidden rows, in a note
MOST_LETTERS = 4000  # of a cell that is read

NO_ROWS = "the table has headers but no dossier; export it again"
NONE_READ = (
    "of the {count} rows below the headers (row {rows}) none is a dossier: each lacks its code and its day of receipt; "
    "fill them in, or teach the names of your columns at /admin/dossiers"
)
ROWS_LEFT = (
    "{count} rows are no dossiers and were not read (sums, titles, signatures): row {rows}; if one of them is a "
    "dossier, fill in its code and its day of receipt"
)
ALL_HIDDEN = "every sheet with content is hidden ({sheets}); show the one with the list and save the file again"
TWICE = "stands in row {row} already; keep one of the two"
TWICE_IN_SHEET = "stands in sheet “{sheet}”, row {row} already; keep one of the two"
LONG_CELL = "has more than {most} letters; shorten it"
SHEET_READ = "sheet “{sheet}”: {count} dossiers"
SHEET_SKIPPED = "sheet “{sheet}” was not read: it has no headers of a table of dossiers"
SHEET_HIDDEN = "sheet “{sheet}” was not read: it is hidden"
ROWS_HIDDEN = "sheet “{sheet}”: {count} dossiers stand in hidden or filtered rows (row {rows}); they are read as well"
HIDDEN_ROW = "{message} (the row is hidden or filtered: show it first)"
COLUMNS_HIDDEN = "sheet “{sheet}”: hidden columns are read as well: {columns}"
NO_DUE = (
    "the table has no column of due days: known dossiers keep theirs, new ones have none; if such a column has another "
    "name there, teach it at /admin/dossiers"
)
CHANNELS_KEPT = (
    "{rule}: {count} dossiers that are known already keep the channel that is kept (row {rows}), nothing need be mended"
)
OF_SHEET = "sheet “{sheet}”, {place}"
NO_CHANNEL = (
    "the table does not say how a dossier came in: known dossiers stay as they are, new ones count as {channel}"
)

KnownDossiers = Callable[[str, date], bool]

__all__ = ["TableCellError", "TableContents", "column_letters", "read_dossiers"]


@dataclass(slots=True)
class TableContents:
    """The dossiers of a table; when `errors` is not empty none of them may be used. `notes`: what a clerk must know.

    `default_channel`: of a new dossier that does not say how it came in.
    """

    dossiers: list[DossierInput] = field(default_factory=list)
    errors: list[TableCellError] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    default_channel: int = Channel.IN_PERSON


def nothing_known(_code: str, _day: date) -> bool:
    return False


def read_dossiers(
    table: TableFile, sanitizer: DossierSanitizer, today: date | None = None, known: KnownDossiers = nothing_known
) -> TableContents:
    """The dossiers of all visible sheets. Raises TableFileError when there is no table of dossiers at all.

    `today`: the local date, beyond which nothing can have happened; None when nobody knows it. `known`: whether the
    office has the dossier of that code, received on that local day.
    """
    reader = _TableReader(sanitizer, today, known)
    several = len(table.sheets) > 1
    skipped: list[TableFileError] = []
    for sheet in table.sheets:
        try:
            columns = find_columns(sheet.rows, sanitizer.vocabulary, sheet.name if several else "")
        except TableFileError as error:
            if error.reason != NO_HEADERS or not several:
                raise
            skipped.append(error)
            reader.note(SHEET_SKIPPED, sheet)
            continue
        reader.read(sheet, columns)
    if skipped and len(skipped) == len(table.sheets):
        raise skipped[0]
    contents = reader.contents
    contents.notes += [translate(SHEET_HIDDEN, sheet=name) for name in table.hidden]
    if not table.sheets:
        raise TableFileError(ALL_HIDDEN if table.hidden else EMPTY_FILE, sheets=", ".join(table.hidden))
    if not contents.dossiers and not contents.errors:
        for name, left in reader.left.items():
            raise TableFileError(NONE_READ, name, count=grouped(len(left)), rows=spans_of(left))
        raise TableFileError(NO_ROWS)
    return contents


class _TableReader:
    """Gathers the dossiers of one sheet after another."""

    def __init__(self, sanitizer: DossierSanitizer, today: date | None, known: KnownDossiers) -> None:
        self.contents = TableContents(default_channel=sanitizer.vocabulary.default_channel)
        self._sanitizer, self._today, self._known = sanitizer, today, known
        self._kept: dict[str, list[int]] = {}
        self._row_of: dict[str, tuple[str, int]] = {}
        self.left: dict[str, list[int]] = {}  # rows that are no dossiers, by sheet

    def note(self, sentence: str, sheet: Sheet, **values: str) -> None:
        self.contents.notes.append(translate(sentence, "vi", sheet=sheet.name, **values))

    def read(self, sheet: Sheet, columns: TableColumns) -> None:
        """Raises TableFileError when its text was typed with an old font."""
        before, errors = len(self.contents.dossiers), len(self.contents.errors)
        body: list[Row] = []
        others: list[int] = []
        for part, rows in tables_of(sheet.rows, columns, self._sanitizer.vocabulary):
            below = rows_below(rows, part, self._sanitizer)
            for number, cells in below.dossiers:
                self._read_row(number, cells, part)
            body += below.dossiers
            others += below.others
        if others:
            self.left[columns.sheet] = others
        if len(self.contents.errors) > errors and in_old_font(_texts(body)):
            raise TableFileError(OLD_FONT, columns.sheet)
        self._mark_concealed(sheet, errors)
        dossiers = self.contents.dossiers[before:]
        _complete_digitised(dossiers)
        if sheet.name:
            self.note(SHEET_READ, sheet, count=grouped(len(dossiers)))
        self._note_concealed(sheet, columns, [number for number, _ in body])
        self._note_contents(columns, bool(dossiers))

    def _note_contents(self, columns: TableColumns, any_read: bool) -> None:
        """What the table does not say, what it says that cannot be, and which of its rows are no dossiers."""
        sentences = []
        if "due_at" not in columns.places and any_read:
            sentences.append(translate(NO_DUE))
        if "channel" not in columns.places and any_read:
            channel = translate(f"channel {self._sanitizer.vocabulary.default_channel}")
            sentences.append(translate(NO_CHANNEL, channel=channel))
        for rule, rows in self._kept.items():
            sentences.append(translate(CHANNELS_KEPT, rule=rule, count=grouped(len(rows)), rows=spans_of(rows)))
        if left := self.left.get(columns.sheet):
            sentences.append(translate(ROWS_LEFT, count=grouped(len(left)), rows=spans_of(left)))
        self._kept = {}
        for sentence in sentences:
            several = columns.sheet and translate(OF_SHEET, sheet=columns.sheet, place=sentence)
            self.contents.notes.append(several or sentence)

    def _keeps_channel(self, row: int, code: str, day: date, rule: ReceiptRule) -> bool:
        is_known = self._known(code, day)
        if is_known:
            self._kept.setdefault(rule.about(day), []).append(row)
        return is_known

    def _mark_concealed(self, sheet: Sheet, since: int) -> None:
        """Nobody finds an error in a row that the spreadsheet does not show."""
        for place, error in enumerate(self.contents.errors[since:], start=since):
            if error.row in sheet.concealed.rows:
                self.contents.errors[place] = replace(error, message=translate(HIDDEN_ROW, message=error.message))

    def _note_concealed(self, sheet: Sheet, columns: TableColumns, numbers: Sequence[int]) -> None:
        """A clerk who sees part of a sheet must know that all of it is read."""
        if rows := sorted(sheet.concealed.rows.intersection(numbers)):
            self.note(ROWS_HIDDEN, sheet, count=grouped(len(rows)), rows=spans_of(rows))
        if places := sorted(sheet.concealed.columns.intersection(columns.places.values())):
            named = ", ".join(f"{column_letters(place)} ({columns.headers[place]})" for place in places)
            self.note(COLUMNS_HIDDEN, sheet, columns=named)

    def _read_row(self, number: int, cells: Sequence[object], columns: TableColumns) -> None:
        named = {name: cells[place] for name, place in columns.places.items() if place < len(cells)}
        long = [name for name, cell in named.items() if isinstance(cell, str) and len(cell) > MOST_LETTERS]
        if long:
            self.contents.errors.append(columns.error(number, long[0], translate(LONG_CELL, most=MOST_LETTERS)))
            return
        failed = [(name, failure) for name, cell in named.items() if (failure := failure_of(cell))]
        if failed:
            self.contents.errors += [columns.error(number, name, failure) for name, failure in failed]
            return
        try:
            dossier = parse_row(named, self._sanitizer, self._today, partial(self._keeps_channel, number))
        except InvalidRow as invalid:
            self.contents.errors += [columns.error(number, e.field, translate(e.message)) for e in invalid.errors]
            return
        if dossier["code"] in self._row_of:
            sheet, row = self._row_of[dossier["code"]]
            sentence = TWICE if sheet == columns.sheet else TWICE_IN_SHEET
            self.contents.errors.append(columns.error(number, "code", translate(sentence, sheet=sheet, row=row)))
        self._row_of.setdefault(dossier["code"], (columns.sheet, number))
        self.contents.dossiers.append(dossier)


def spans_of(numbers: Sequence[int]) -> str:
    """Rising numbers as people write them: "3, 5–9"; the first ones of many."""
    spans: list[list[int]] = []
    for number in numbers:
        if spans and number == spans[-1][1] + 1:
            spans[-1][1] = number
        else:
            spans.append([number, number])
    written = [str(first) if first == last else f"{first}–{last}" for first, last in spans[:MOST_SPANS]]
    return ", ".join([*written, "…"] if len(spans) > MOST_SPANS else written)


def _complete_digitised(dossiers: Sequence[DossierInput]) -> None:
    """Where some are marked and none is said not to be, an empty cell says no."""
    answers = {dossier.get("digitised") for dossier in dossiers}
    if True in answers and False not in answers:
        for dossier in dossiers:
            dossier.setdefault("digitised", False)


def _texts(rows: Sequence[Row]) -> str:
    return " ".join(cell for _, cells in rows for cell in cells if isinstance(cell, str))
