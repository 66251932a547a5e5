"""Reads tables of procedures, the portal's export or an office's own, and says what they change of the known ones."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import field
from datetime import date, time, timedelta
from zoneinfo import ZoneInfo

from pydantic import ValidationError

from config.procedures import ProcedureSection
from config.sentences import sentence_of
from contract.records import dataclass
from kiosk.dossiers.procedure_headers import COLUMNS, ProcedureColumns, find_procedure_columns
from kiosk.i18n.catalogues import translate
from sync.dossiers.formula_errors import failure_of
from sync.dossiers.procedures import procedure_code
from sync.dossiers.sheets import Sheet, TableFile
from sync.dossiers.text_keys import clean_text, key_of
from sync.dossiers.times import InvalidTime, parse_time

Tell = Callable[[str, str], None]  # takes the name of a column and what is wrong there
DAYS, LISTS = ("valid_from", "valid_until"), ("papers", "words")
YES = frozenset({"x", "co", "roi", "da", "da xac nhan", "xac nhan", "confirmed", "yes", "1", "true", "dung"})
MOST_LISTED, MOST_LETTERS = 30, 400
SHORT = 2  # letters of what numbers the columns, never of a code
_BULLET = re.compile(r"^\s*(?:[-+•*–]|\(?(?:\d{1,2}|[a-zđ])[.)])\s+", re.IGNORECASE)
NO_CODE = "this is no code of a procedure such as 1.001193"
NO_DAY = "this is no day such as 01/07/2025"
NO_SUCCESSOR = "there is no procedure {code} that could replace it"
TWICE = "stands in row {row} already"


@dataclass(frozen=True, slots=True)
class ProcedureProblem:
    """What is wrong in a cell; `row` as the spreadsheet counts, `column` its letter, `header` as written there."""

    sheet: str
    row: int
    column: str
    header: str
    message: str


@dataclass(frozen=True, slots=True)
class ProcedureChange:
    """What a row, or its absence, does: `kind` is created, updated, unchanged or ended; `told` which facts."""

    kind: str
    after: ProcedureSection
    told: str


@dataclass(slots=True)
class ProcedureTable:
    """When `problems` is not empty nothing may be used. `elsewhere`: rows of fields that this office does not have."""

    changes: list[ProcedureChange] = field(default_factory=list)
    problems: list[ProcedureProblem] = field(default_factory=list)
    elsewhere: int = 0

    def differing(self) -> list[ProcedureChange]:
        return [change for change in self.changes if change.kind != "unchanged"]


@dataclass(frozen=True, slots=True)
class NamedService:
    """A service by everything that a table may call it, and the keys of its fields."""

    code: str
    calls: frozenset[str]
    fields: Mapping[str, str]


class ProcedureTableReader:
    """Against the procedures that are known, for an office with these services. `confirmed`: the office checked it.

    `whole_on`: the table is a whole catalogue of that day; what it no longer has ended the day before.
    """

    def __init__(
        self,
        known: Sequence[ProcedureSection],
        services: Sequence[NamedService],
        zone: ZoneInfo,
        confirmed: bool,
        whole_on: date | None = None,
    ) -> None:
        self._known = {one.code: one for one in known}
        self._services, self._zone, self._confirmed, self._whole_on = services, zone, confirmed, whole_on

    def read(self, file: TableFile) -> ProcedureTable | None:
        """None where no sheet has headers of such a table."""
        table, rows, was_read = ProcedureTable(), dict[str, int](), False
        for sheet in file.sheets:
            columns = find_procedure_columns(sheet.rows)
            if columns is None:
                continue
            was_read = True
            for number, cells in _body(sheet, columns):
                self._read_row(table, rows, sheet.name, columns, number, cells)
        self._look_for_successors(table, rows)
        if was_read and self._whole_on:
            table.changes += self._ended(rows, self._whole_on)
        return table if was_read else None

    def _ended(self, rows: Mapping[str, int], today: date) -> Iterator[ProcedureChange]:
        """Of those with a national code that hold today and are not in the table; the office's own are its own."""
        yesterday, field = today - timedelta(days=1), translate("procedure valid_until")
        for one in self._known.values():
            holds = (one.valid_from or yesterday) <= yesterday and (one.valid_until or today) >= today
            if holds and one.code not in rows and procedure_code(one.code) == one.code:
                yield ProcedureChange("ended", one.model_copy(update={"valid_until": yesterday}), field)

    def _look_for_successors(self, table: ProcedureTable, rows: Mapping[str, int]) -> None:
        """What replaces one must be there, or the configuration of tomorrow would be refused."""
        for change in table.changes:
            successor = change.after.replaced_by
            if successor and (successor == change.after.code or successor not in self._known.keys() | rows.keys()):
                row = rows[change.after.code]
                table.problems.append(ProcedureProblem("", row, "", "", translate(NO_SUCCESSOR, code=successor)))

    def _read_row(
        self,
        table: ProcedureTable,
        rows: dict[str, int],
        sheet: str,
        columns: ProcedureColumns,
        number: int,
        cells: Sequence[object],
    ) -> None:
        def problem(name: str, message: str) -> None:
            place = (columns.letter(name), columns.header(name))
            table.problems.append(ProcedureProblem(sheet, number, *place, translate(message)))

        given = {name: cells[at] for name, at in columns.places.items() if at < len(cells) and _text(cells[at])}
        failed = [(name, failure) for name, cell in given.items() if (failure := failure_of(cell))]
        if failed:
            return problem(*failed[0])
        code = self._code(_text(given.get("code")))
        if code is None:
            return problem("code", NO_CODE)
        if code in rows:
            return problem("code", translate(TWICE, row=rows[code]))
        rows[code] = number
        try:
            values_of_row = {name: value for name, value in self._values(given)}
        except InvalidTime as error:
            return problem(str(error), NO_DAY)
        self._place(table, code, values_of_row, problem)
        return None

    def _place(self, table: ProcedureTable, code: str, values_of_row: dict[str, object], problem: Tell) -> None:
        before = self._known.get(code)
        if before and self._whole_on and key_of(_text(values_of_row.get("name"))) == key_of(before.name):
            values_of_row = {
                **values_of_row,
                "name": before.name,
            }  # an upstream catalogue writes in capitals; the office's spelling stays
        values = {**(before.model_dump() if before else {"code": code}), **values_of_row}
        place = self._service(_text(values_of_row.get("service")), _text(values.get("field")))
        if place is not None:
            values["service"], values["field"] = place
        elif before is None:
            table.elsewhere += 1
            return
        else:
            values |= {"service": before.service, "field": before.field}
        try:
            after = ProcedureSection.model_validate(values)
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            problem(str((first["loc"] or ("name",))[0]), sentence_of(dict(first)).told())
            return
        table.changes.append(self._change(before, after, "certainty" in values_of_row))

    def _change(self, before: ProcedureSection | None, after: ProcedureSection, is_judged: bool) -> ProcedureChange:
        """What nobody confirmed again is to be confirmed again."""
        names = _differing(before, after)
        if self._confirmed:
            after = after.model_copy(update={"certainty": "confirmed"})
        elif names and not is_judged:
            after = after.model_copy(update={"certainty": "needs confirmation"})
        names = _differing(before, after)
        kind = "created" if before is None else "updated" if names else "unchanged"
        return ProcedureChange(kind, after, ", ".join(translate(f"procedure {name}") for name in names))

    def _code(self, text: str) -> str | None:
        return text if text in self._known else procedure_code(text)

    def _values(self, given: Mapping[str, object]) -> Iterator[tuple[str, object]]:
        """What the filled cells say. Raises InvalidTime with the name of the column."""
        for name, cell in given.items():
            if name in DAYS:
                yield name, self._day(name, cell)
            elif name in LISTS:
                yield name, _listed(_text(cell))
            elif name == "certainty":
                yield name, "confirmed" if key_of(_text(cell)) in YES else "needs confirmation"
            elif name == "replaced_by":
                yield name, self._code(_text(cell)) or _text(cell)
            elif name != "code":
                yield name, clean_text(_text(cell))

    def _day(self, name: str, cell: object) -> object:
        try:
            moment = parse_time(cell, self._zone, time(12))
        except InvalidTime as error:
            raise InvalidTime(name) from error
        return None if moment is None else moment.astimezone(self._zone).date()

    def _service(self, called: str, field_name: str) -> tuple[str, str] | None:
        """(code of the service, the office's own spelling of the field); None where the office has neither."""
        key, field_key = key_of(called), key_of(field_name)
        named = next((one for one in self._services if called and key in one.calls), None)
        having = next((one for one in self._services if field_key in one.fields), None)
        if named is not None:
            return named.code, named.fields.get(field_key, field_name)
        return None if having is None else (having.code, having.fields[field_key])


def _differing(before: ProcedureSection | None, after: ProcedureSection) -> list[str]:
    names = [name for name in COLUMNS if name != "code"]
    return names if before is None else [name for name in names if getattr(before, name) != getattr(after, name)]


def _body(sheet: Sheet, columns: ProcedureColumns) -> Iterator[tuple[int, Sequence[object]]]:
    """The rows under the headers that have a code and a name; not the headers said again, not numbers of columns."""
    at, name = columns.places["code"], columns.places["name"]
    for number, cells in sheet.rows:
        code, called = _cell(cells, at), _cell(cells, name)
        again = key_of(code) == key_of(columns.headers[at])
        if number > columns.row and not again and (code and called) and len(code.strip("() ")) > SHORT:
            yield number, cells


def _cell(cells: Sequence[object], place: int) -> str:
    return _text(cells[place]) if place < len(cells) else ""


def _text(cell: object) -> str:
    return "" if cell is None else str(cell).strip()


def _listed(text: str) -> list[str]:
    """A paper a line; in one line they are parted by semicolons. Dashes and numbers before them go."""
    lines = text.splitlines() if "\n" in text else text.split(";")
    cleaned = [clean_text(_BULLET.sub("", line)).rstrip(".;, ") for line in lines]
    return [line[:MOST_LETTERS] for line in cleaned if line][:MOST_LISTED]
