"""Which reports there are, in which formats, and how one is made."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace

from kiosk.domain.service import Office
from kiosk.reports.building import BUILDERS, Making, daily_report, source_head
from kiosk.reports.csv_table import to_csv
from kiosk.reports.daily import DailyReport, daily_json
from kiosk.reports.document import Document
from kiosk.reports.forms import NoForm
from kiosk.reports.html_page import to_html
from kiosk.reports.request import AsOf, NoSuchReport, ReportRequest
from kiosk.reports.word_template import fill, tagged
from kiosk.reports.wording import translate
from kiosk.store.store import Reading

OWN_RULES = "The program's own rules (docs/measures.md)"
__all__ = ["AsOf", "NoSuchReport", "ReportRequest", "daily_report", "make_report"]

TYPES = {
    "json": "application/json",
    "csv": "text/csv",
    "html": "text/html",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}


@dataclass(frozen=True, slots=True)
class ReportKind:
    """What a report says, for whoever chooses one, and the formats it can be had in."""

    description: str
    formats: tuple[str, ...] = tuple(TYPES)


REPORTS = {
    "daily": ReportKind("tickets, waiting time, service time and ratings by business date", ("json", "csv", "html")),
    "II.06a": ReportKind("form II.06a/VPCP/KSTT: dossiers received, resolved and open, by field"),
    "on-time": ReportKind("dossiers dealt with in time, by field, of those resolved and of those received"),
    "digitisation": ReportKind("results in electronic form, by field, with the reasons of what is missing"),
    "satisfaction": ReportKind("ratings by officer"),
    "weekly": ReportKind("a week, or any days, beside as many days before"),
    "queue": ReportKind("waiting and service time by service, counter, clerk and hour, load, occupancy of counters"),
    "evaluation": ReportKind("nine criteria: Mẫu 2 of the office and Mẫu 1 of its dossiers"),
    "index-766": ReportKind("the groups of the index of Quyết định 766/QĐ-TTg that an office's data can say"),
    "devices": ReportKind("faults and silences of devices, delay of followers"),
    "staff": ReportKind("the annex of people at the one-stop office"),
    "legal-basis": ReportKind("the rules that figures of these days stand on, with their sources"),
    "office-report": ReportKind(
        "the narrative report of the office, with figures and the office's own remarks", ("docx", "pdf", "html", "json")
    ),
}


def check_request(name: str, kind: str) -> None:
    """Raises NoSuchReport."""
    if name not in REPORTS:
        raise NoSuchReport(f'there is no report "{name}"; reports: {", ".join(REPORTS)}')
    if kind not in REPORTS[name].formats:
        raise NoSuchReport(f'there is no format "{kind}" of {name}; formats: {", ".join(REPORTS[name].formats)}')


def make_report(reading: Reading, office: Office, request: ReportRequest) -> bytes:
    """The report as a file, from one consistent view of the database. Raises NoSuchReport."""
    check_request(request.name, request.kind)
    making = Making(reading, office, request)
    if request.name == "daily":
        source = _source(translate(OWN_RULES), reading, request)
        return rendered(making.daily(), request.kind, request.level_names, source).encode()
    try:
        document = BUILDERS[request.name](making)
    except NoForm as error:
        raise NoSuchReport(str(error)) from error
    document = replace(document, source=_source(document.source, reading, request), letter=request.letter)
    if request.kind == "docx" and request.as_template:
        return _written(tagged(document), "docx")
    if request.kind == "docx" and request.template is not None:
        return fill(request.template, document)
    return _written(document, request.kind)


def _source(rules: str, reading: Reading, request: ReportRequest) -> str:
    """The rules and the state of the journal that it was made from, so that it can be made again."""
    epoch, seq, digest = source_head(reading, request)
    return translate(
        "Form and rules: {rules}. Data: journal {epoch} up to event {seq}, hash {hash}.",
        rules=rules,
        epoch=epoch,
        seq=seq,
        hash=digest,
    )


def rendered(report: DailyReport, kind: str, level_names: dict[str, str], source: str = "") -> str:
    """The daily report as text. `level_names`: words of levels by code; `source`: what it was made from."""
    writers: dict[str, Callable[[DailyReport, dict[str, str], str], str]] = {"csv": to_csv, "html": to_html}
    if kind in writers:
        return writers[kind](report, level_names, source)
    return json.dumps(daily_json(report) | {"source": source}, ensure_ascii=False, indent=1) + "\n"


def _written(document: Document, kind: str) -> bytes:
    """Each writer is loaded where it is used."""
    if kind == "csv":
        from kiosk.reports.writers.csv_writer import to_csv as write
    elif kind == "html":
        from kiosk.reports.writers.html_writer import to_html as write
    elif kind == "docx":
        from kiosk.reports.writers.docx_writer import to_docx as write
    elif kind == "pdf":
        from kiosk.reports.writers.pdf_writer import to_pdf as write
    elif kind == "xlsx":
        from kiosk.reports.writers.xlsx_writer import to_xlsx as write
    else:
        from kiosk.reports.writers.json_writer import to_json as write
    return write(document)
