"""A report from the database to the bytes of its file: its builder, then the writer of its format."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

from kiosk.domain.service import Office
from kiosk.reports.building import BUILDERS, Making, source_head
from kiosk.reports.csv_table import to_csv
from kiosk.reports.daily import DailyReport, daily_json
from kiosk.reports.document import Document
from kiosk.reports.forms import NoForm
from kiosk.reports.html_page import to_html
from kiosk.reports.office_forms import using
from kiosk.reports.request import NoSuchReport, ReportRequest
from kiosk.reports.wording import translate
from kiosk.store.store import Reading

OWN_FORMATS = frozenset({"json", "csv", "html"})  # of the daily report, older than documents
OWN_RULES = "The program's own rules (docs/measures.md)"


def report_bytes(reading: Reading, office: Office, request: ReportRequest) -> bytes:
    """The report as a file. Raises NoSuchReport when no form was in force in its period."""
    with using(request.forms):
        return _made(reading, office, request)


def _made(reading: Reading, office: Office, request: ReportRequest) -> bytes:
    making = Making(reading, office, request)
    if request.name == "daily" and request.kind in OWN_FORMATS:
        source = _source(translate(OWN_RULES), reading, request)
        return rendered(making.daily(), request.kind, request.level_names, source).encode()
    try:
        document = BUILDERS[request.name](making)
    except NoForm as error:
        raise NoSuchReport(str(error)) from error
    document = replace(document, source=_source(document.source, reading, request), letter=request.letter)
    if request.kind == "docx" and (request.as_template or request.template is not None):
        return _by_template(document, request)
    return _written(document, request.kind)


def _by_template(document: Document, request: ReportRequest) -> bytes:
    """A template to begin with, or the report in the office's own."""
    from kiosk.reports.word_template import fill, tagged

    if request.template is None or request.as_template:
        return _written(tagged(document), "docx")
    return fill(request.template, document)


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
