"""Which reports there are, in which formats, and how one is made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from contract.catalogues import DEFAULT_LANGUAGE
from contract.records import dataclass
from kiosk.reports.request import AsOf, NoSuchReport, ReportRequest
from kiosk.reports.wording import translate

if TYPE_CHECKING:
    from kiosk.domain.office_files import OfficeFiles
    from kiosk.domain.service import Office
    from kiosk.store.store import Reading

__all__ = ["AsOf", "NoSuchReport", "ReportRequest", "make_report"]

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
    "daily": ReportKind("tickets, waiting time, service time and ratings by business date"),
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


def check_request(name: str, kind: str, language: str = DEFAULT_LANGUAGE) -> None:
    """Raises NoSuchReport, whose message is of that language."""
    if name not in REPORTS:
        sentence = "there is no report “{name}”; write one of: {known}"
        raise NoSuchReport(translate(sentence, language, name=name, known=", ".join(REPORTS)))
    if kind not in REPORTS[name].formats:
        sentence = "the report {name} cannot be had as “{format}”; choose one of: {known}"
        known = ", ".join(REPORTS[name].formats)
        raise NoSuchReport(translate(sentence, language, name=name, format=kind, known=known))


def settled(reading: Reading, request: ReportRequest, files: OfficeFiles) -> tuple[ReportRequest, OfficeFiles]:
    """Both with what only this moment knows, so that what is kept of the report is what it shows."""
    from kiosk.reports import delays

    return delays.settled(reading, request, files)


def make_report(reading: Reading, office: Office, request: ReportRequest) -> bytes:
    """The report as a file, from one consistent view of the database. Raises NoSuchReport.

    What counts and writes is loaded by the first report, not by a program that only lists them.
    """
    from kiosk.reports.rendering import report_bytes

    check_request(request.name, request.kind)
    return report_bytes(reading, office, request)
