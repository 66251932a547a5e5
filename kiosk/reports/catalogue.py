"""Which reports there are, in which formats, and how one is made."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace

from kiosk.domain.letterhead import Letterhead
from kiosk.domain.office_facts import OfficeFacts
from kiosk.domain.service import Office
from kiosk.reports import dossier_reports
from kiosk.reports.csv_table import to_csv
from kiosk.reports.daily import DailyReport, Frame, Rated, daily, daily_json, visit_of
from kiosk.reports.document import Document
from kiosk.reports.facts import dossier_fact
from kiosk.reports.forms import NoForm
from kiosk.reports.html_page import to_html
from kiosk.reports.office_report import office_report
from kiosk.reports.periods import Period
from kiosk.reports.satisfaction import satisfaction_report
from kiosk.reports.wording import translate
from kiosk.store.statistics import Statistics
from kiosk.store.store import Reading

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
    "office-report": ReportKind(
        "the narrative report of the office, with figures and the office's own remarks", ("docx", "pdf", "html", "json")
    ),
}


class NoSuchReport(Exception):
    """The name or the format is not one of those there are; the message lists them."""


@dataclass(frozen=True, slots=True)
class ReportRequest:
    """`level_names`: words of the survey's levels by code, best first; `letter`: who issues it.

    `about`: what the narrative report says of the office; `digitised`: its own range for digitisation.
    """

    name: str
    kind: str
    period: Period
    level_names: dict[str, str]
    letter: Letterhead | None = None
    about: OfficeFacts | None = None
    digitised: Period | None = None


def check_request(name: str, kind: str) -> None:
    """Raises NoSuchReport."""
    if name not in REPORTS:
        raise NoSuchReport(f'there is no report "{name}"; reports: {", ".join(REPORTS)}')
    if kind not in REPORTS[name].formats:
        raise NoSuchReport(f'there is no format "{kind}" of {name}; formats: {", ".join(REPORTS[name].formats)}')


def make_report(reading: Reading, office: Office, request: ReportRequest) -> bytes:
    """The report as a file, from one consistent view of the database. Raises NoSuchReport."""
    check_request(request.name, request.kind)
    if request.name == "daily":
        period = request.period
        report = daily_report(reading.statistics, office, period.first.isoformat(), period.last.isoformat())
        return rendered(report, request.kind, request.level_names).encode()
    try:
        document = _document(reading, office, request)
        return _written(replace(document, source=_source(document, reading), letter=request.letter), request.kind)
    except NoForm as error:
        raise NoSuchReport(str(error)) from error


def daily_report(
    statistics: Statistics, office: Office, first: str, last: str, levels: tuple[str, ...] | None = None
) -> DailyReport:
    """The daily report of the office from one consistent view of the database."""
    frame = Frame(
        office.code,
        office.name,
        levels or office.survey.levels,
        {code: service.name for code, service in office.services.items()},
        {code: counter.name for code, counter in office.counters.items()},
    )
    hour_of = _hour_of(office)
    visits = [visit_of(row, hour_of) for row in statistics.visits(first, last)]
    ratings = [Rated(row.level, row.service, row.counter, row.clerk) for row in statistics.ratings(first, last)]
    return daily(frame, first, last, visits, ratings)


def rendered(report: DailyReport, kind: str, level_names: dict[str, str]) -> str:
    """The daily report as text. `level_names` maps levels of the survey to their words."""
    writers: dict[str, Callable[[DailyReport, dict[str, str]], str]] = {"csv": to_csv, "html": to_html}
    if kind in writers:
        return writers[kind](report, level_names)
    return json.dumps(daily_json(report), ensure_ascii=False, indent=1) + "\n"


def _document(reading: Reading, office: Office, request: ReportRequest) -> Document:
    period = request.period
    if request.name == "satisfaction":
        rows = reading.statistics.ratings(period.first.isoformat(), period.last.isoformat())
        return satisfaction_report([(row.level, row.clerk) for row in rows], request.level_names, office.name, period)
    facts = [dossier_fact(dossier, office.hours.timezone) for dossier in reading.dossiers.all()]
    fields = list(dict.fromkeys(field for service in office.services.values() for field in service.fields))
    if request.name == "office-report":
        if request.about is None:
            raise ValueError("the narrative report needs what is to be said of the office")
        days = daily_report(reading.statistics, office, period.first.isoformat(), period.last.isoformat())
        return office_report(facts, days, request.about, fields, period, request.digitised or period)
    builders = {
        "II.06a": dossier_reports.resolution_report,
        "on-time": dossier_reports.on_time_report,
        "digitisation": dossier_reports.digitisation_report,
    }
    return builders[request.name](facts, office.name, fields, period)


def _source(document: Document, reading: Reading) -> str:
    """The rules and the state of the journal that it was made from, so that it can be made again."""
    head = reading.state.head
    return translate(
        "Form and rules: {rules}. Data: journal {epoch} up to event {seq}, hash {hash}.",
        rules=document.source,
        epoch=head.epoch,
        seq=head.seq,
        hash=head.hash,
    )


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


def _hour_of(office: Office) -> Callable[[int], int]:
    return lambda ms: office.hours.local(ms).hour
