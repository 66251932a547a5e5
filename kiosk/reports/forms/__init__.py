"""Forms of reports as dated data: a new circular is a new table in a file, chosen by the end of the period."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from kiosk.reports.document import Column, Document, DocumentSection, HeadCell, Signature, Table, TableRow
from kiosk.reports.periods import Period

FIELDS = frozenset(
    {"report", "from", "to", "source", "title", "period", "total", "heading"}
    | {"head", "columns", "notes", "signatures", "landscape", "numbered"}
)


class NoForm(LookupError):
    """No form of a report was in force at the end of the period; the message names the report and the day."""


@dataclass(frozen=True, slots=True)
class Form:
    """How a report looks from a day on (`until` excluded; None: still). `words`: further texts of this form by name."""

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
    words: Mapping[str, str]

    def document(self, office: str, period: Period, table: Table) -> Document:
        """The document around a table; `{office}`, `{first}` and `{last}` are filled in."""
        values = {"office": office, "first": written(period.first), "last": written(period.last)}
        return Document(
            name=self.report,
            title=self.title.format(**values),
            office=office,
            period=self.period.format(**values),
            heading=tuple(line.format(**values) for line in self.heading),
            sections=(DocumentSection("", (table,)),),
            signatures=self.signatures,
            source=self.source,
            landscape=self.landscape,
            notes=self.notes,
        )

    def table(self, rows: list[TableRow]) -> Table:
        return Table(self.columns, self.head, rows, self.numbered)


def form_of(report: str, day: date) -> Form:
    """The form in force on a day. Raises NoForm."""
    for form in _forms(report):
        if form.since <= day and (form.until is None or day < form.until):
            return form
    raise NoForm(f"no form of {report} was in force on {day.isoformat()}")


def written(day: date) -> str:
    """As in documents: 14/04/2024."""
    return f"{day:%d/%m/%Y}"


@cache
def _forms(report: str) -> tuple[Form, ...]:
    file = files("kiosk.reports.forms").joinpath(f"{report}.toml")
    if not file.is_file():
        return ()
    return tuple(map(_form, tomllib.loads(file.read_text(encoding="utf-8"))["form"]))


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
        head=tuple(tuple(HeadCell(*cell) for cell in row) for row in data["head"]),
        columns=tuple(Column(*column) for column in data["columns"]),
        notes=tuple(data["notes"]),
        signatures=tuple(Signature(tuple(lines)) for lines in data["signatures"]),
        landscape=data["landscape"],
        numbered=data["numbered"],
        words=words,
    )
