"""Forms of reports as dated data: a new circular is a new table in a file, chosen by the end of the period."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from contract.records import dataclass
from kiosk.domain.office_files import OfficeFile
from kiosk.domain.office_forms import OfficeForms
from kiosk.reports.dated_rules import NoForm, no_form, written
from kiosk.reports.document import (
    Cell,
    Column,
    Document,
    DocumentSection,
    HeadCell,
    Signature,
    Table,
    TableRow,
    charts_of,
)
from kiosk.reports.office_forms import FormsBroken, form_files, forms_in, forms_of_office
from kiosk.reports.periods import Period
from kiosk.reports.wording import translate

__all__ = [
    "Form",
    "NoForm",
    "checked_forms_in",
    "checked_office_forms",
    "dates_of_forms",
    "form_of",
    "no_form",
    "written",
]
FIELDS = frozenset(
    {"report", "from", "to", "source", "title", "period", "total", "heading"}
    | {"head", "columns", "notes", "signatures", "landscape", "numbered", "tables", "charts"}
)


@dataclass(frozen=True, slots=True)
class Form:
    """How a report looks from a day on (`until` excluded; None: still).

    `tables`: columns and heads by name, of a report with several. `words`: further texts of this form by name, or lists
    and tables of them. `charts`: of the report's one table, each by title, column of labels and column of figures.
    """

    report: str
    since: date
    until: date | None
    source: str
    title: str
    period: str
    total: str
    heading: tuple[str, ...]
    head: tuple[tuple[HeadCell, ...], ...]
    columns: tuple[Column, ...]
    notes: tuple[str, ...]
    signatures: tuple[Signature, ...]
    landscape: bool
    numbered: bool
    words: Mapping[str, Any]
    charts: tuple[tuple[str, str, str], ...]
    tables: Mapping[str, tuple[tuple[Column, ...], tuple[tuple[HeadCell, ...], ...]]]

    def document(
        self, office: str, period: Period, table: Table | None = None, sections: Sequence[DocumentSection] = ()
    ) -> Document:
        """The document around a table or sections; `{office}`, `{first}` and `{last}` are filled in.

        Without a table nothing lies on its side. Charts stand over the table, which the end of a page may part: behind
        it one that finds no room would leave half of a page empty.
        """
        values = {"office": office, "first": written(period.first), "last": written(period.last)}
        shown = (
            _numbered(sections) if table is None else (DocumentSection("", (*charts_of(table, *self.charts), table)),)
        )
        return Document(
            name=self.report,
            title=self.title.format(**values),
            office=office,
            period=self.period.format(**values),
            heading=tuple(line.format(**values) for line in self.heading),
            sections=shown,
            signatures=self.signatures,
            source=self.source,
            landscape=self.landscape and any(isinstance(block, Table) for one in shown for block in one.blocks),
            notes=self.notes,
        )

    def table(self, rows: list[TableRow]) -> Table:
        return Table(self.columns, self.head, rows, self.numbered)

    def table_of(
        self, name: str, rows: Iterable[Mapping[str, Cell]], strong: Iterable[Mapping[str, Cell]] = ()
    ) -> Table:
        """One of several; rows by the keys of its columns, `strong` ones at the end."""
        columns, head = self.tables[name]
        made = [TableRow([row[column.key] for column in columns]) for row in rows]
        made += [TableRow([row[column.key] for column in columns], strong=True) for row in strong]
        return Table(columns, head, made)


def form_of(report: str, day: date) -> Form:
    """The form in force on a day. Raises NoForm."""
    for form in _forms(report):
        if form.since <= day and (form.until is None or day < form.until):
            return form
    raise no_form(report, day)


def dates_of_forms(report: str) -> Iterator[tuple[date, date | None, str]]:
    """First day, first day after (None: in force still) and source of each form; none of what has no official form."""
    shipped = _shipped_tables(report)
    for form in sorted((*shipped, *forms_of_office().forms.get(report, ())), key=lambda one: one["from"]):
        yield form["from"], form.get("to"), form["source"]


def checked_office_forms(reports: Path) -> OfficeForms:
    """Those of the office, from the folder of reports. Raises FormsBroken."""
    return checked_forms_in(form_files(reports))


def checked_forms_in(files: Mapping[str, OfficeFile]) -> OfficeForms:
    """Raises FormsBroken: also for a form of no report, or with a column that the report does not have."""
    forms = forms_in(files)
    _check_columns(forms)
    return forms


def _check_columns(forms: OfficeForms) -> None:
    for report, tables in forms.forms.items():
        shipped = _shipped_tables(report)
        if not shipped:
            sentence = "there is no report “{report}” whose form {report}.toml could be; name the file after a report"
            raise FormsBroken(translate(sentence, report=report))
        known = {key for table in shipped for key in _keys(table)}
        for table in tables:
            unknown = sorted(_keys(table) - known)
            if unknown:
                sentence = "{report}.toml: there is no column “{name}”; columns: {known}"
                raise FormsBroken(translate(sentence, report=report, name=unknown[0], known=", ".join(sorted(known))))


def _keys(table: Mapping[str, Any]) -> set[str]:
    parts = [table.get("columns", ()), *(one.get("columns", ()) for one in table.get("tables", {}).values())]
    return {column[0] for columns in parts for column in columns}


def _forms(report: str) -> tuple[Form, ...]:
    """Those of the office first, each filled up from the shipped form that it follows."""
    own = forms_of_office().forms.get(report, ())
    shipped = _shipped_tables(report)
    return (*(_form({**_before(shipped, one["from"]), **one, "report": report}) for one in own), *_shipped(report))


def _before(shipped: Sequence[Mapping[str, Any]], day: date) -> Mapping[str, Any]:
    """The youngest that began before a day, else the first; without its own end."""
    began = [table for table in shipped if table["from"] <= day] or shipped[:1]
    return {name: value for name, value in max(began, key=lambda one: one["from"]).items() if name != "to"}


@cache
def _shipped(report: str) -> tuple[Form, ...]:
    return tuple(map(_form, _shipped_tables(report)))


@cache
def _shipped_tables(report: str) -> tuple[dict[str, Any], ...]:
    file = files("kiosk.reports.forms").joinpath(f"{report}.toml")
    if not file.is_file():
        return ()
    return tuple(tomllib.loads(file.read_text(encoding="utf-8")).get("form", ()))


def _form(data: dict[str, Any]) -> Form:
    """A table of a file; names that no field has are further texts."""
    words = {name: text for name, text in data.items() if name not in FIELDS}
    return Form(
        report=data["report"],
        since=data["from"],
        until=data.get("to"),
        source=data["source"],
        title=data["title"],
        period=data["period"],
        total=data["total"],
        heading=tuple(data["heading"]),
        head=_head(data.get("head", ())),
        columns=_columns(data.get("columns", ())),
        notes=tuple(data["notes"]),
        signatures=tuple(Signature(tuple(lines)) for lines in data["signatures"]),
        landscape=data["landscape"],
        numbered=data["numbered"],
        words=words,
        charts=tuple((title, label, key) for title, label, key in data.get("charts", ())),
        tables={name: (_columns(one["columns"]), _head(one["head"])) for name, one in data.get("tables", {}).items()},
    )


def _numbered(sections: Iterable[DocumentSection]) -> tuple[DocumentSection, ...]:
    """1, 2, 3 before the titles of the text; which sections there are depends on what was counted."""
    made: list[DocumentSection] = []
    number = 0
    for section in sections:
        if section.title and not section.annex:
            number += 1
            section = replace(section, title=f"{number}. {section.title}")  # noqa: PLW2901
        made.append(section)
    return tuple(made)


def _columns(data: Iterable[Any]) -> tuple[Column, ...]:
    return tuple(Column(*column) for column in data)


def _head(data: Iterable[Any]) -> tuple[tuple[HeadCell, ...], ...]:
    return tuple(tuple(HeadCell(*cell) for cell in row) for row in data)
