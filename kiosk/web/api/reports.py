"""Calls for reports: figures by business date, for other programs and for printing."""

from __future__ import annotations

from urllib.parse import quote

from flask import Response

from kiosk.domain.errors import BadRequest
from kiosk.jobs.job import Job
from kiosk.reports import catalogue
from kiosk.reports.office_forms import FormsBroken
from kiosk.reports.periods import InvalidPeriod, Period, range_of
from kiosk.reports.remarks import RemarksUnreadable
from kiosk.reports.request import TemplateBroken
from kiosk.web.api.made_apart import QUICK_DAYS, made_apart
from kiosk.web.api.report_models import DailyReportAnswer, ReportDocumentAnswer
from kiosk.web.http.calls import Context, call
from kiosk.web.http.models import ProblemDetails

DATE = {"type": "string", "format": "date"}
LIGHT = frozenset({"json", "csv", "html"})
WARNING = "Report-Warning"  # a sentence in UTF-8, percent-encoded
FORMAT = {"type": "string", "enum": list(catalogue.TYPES)}


@call(
    "GET",
    "/api/v1/reports/<name>",
    "report admin head reader",
    None,
    {
        200: DailyReportAnswer | ReportDocumentAnswer,
        400: ProblemDetails,
        429: ProblemDetails,
        503: ProblemDetails,
    },
    query={"from": DATE, "to": DATE, "format": FORMAT},
    also=tuple(kind for kind in catalogue.TYPES.values() if kind != catalogue.TYPES["json"]),
    masked_for="report reader",
)
def get_report(context: Context, name: str) -> tuple[int, str | Response]:
    """A report of business dates `from` to `to` (both included, by default the present one).

    What needs heavy libraries, or covers more than QUICK_DAYS days, is made in a process of its own. A header
    `Report-Warning` (a sentence, percent-encoded) says that what it shows could not be kept for making it again.
    503 `storage-unchecked` until the check behind the start has ended, `storage-damaged` when it or another met damage.
    """
    context.dependencies.store.health.require_checked()
    kind = context.query.get("format", "json")
    with context.reading() as reading:
        today = reading.state.business_date
    first, last = context.query.get("from", today), context.query.get("to", today)
    try:
        catalogue.check_request(name, kind)
        period = range_of(first, last)
        quick = kind in LIGHT and period.days <= QUICK_DAYS
        data, warning = (_made_here if quick else _made_apart)(context, name, kind, period)
    except (catalogue.NoSuchReport, InvalidPeriod, RemarksUnreadable, TemplateBroken, FormsBroken) as error:
        raise BadRequest(str(error)) from None
    if kind == "json" and not warning:
        return 200, data.decode()
    file = f"attachment; filename={name}-{first}-{last}.{kind}"
    headers = {} if kind in {"html", "json"} else {"Content-Disposition": file}
    if warning:
        headers[WARNING] = quote(warning)
    charset = "; charset=utf-8" if kind in LIGHT else ""
    return 200, Response(data, 200, headers, content_type=f"{catalogue.TYPES[kind]}{charset}")


def _made_here(context: Context, name: str, kind: str, period: Period) -> tuple[bytes, str]:
    """The file, and why it cannot be made again as it is, or an empty text."""
    given = context.dependencies
    levels = {level["code"]: level["name"] for level in given.configuration["survey"]["levels"]}
    today = given.office.hours.local(given.clock.now_ms()).date()
    files = given.report_files.read(name)
    request = catalogue.ReportRequest(
        name,
        kind,
        period,
        levels,
        given.letterhead(today),
        given.office_facts(name, files),
        masked=context.masks_names,
        forms=given.office_forms(files),
    )
    with context.reading() as reading:
        request, files = catalogue.settled(reading, request, files)
        data, head = catalogue.make_report(reading, given.office, request), reading.state.head
    days = (period.first.isoformat(), period.last.isoformat())
    return data, given.report_files.keep_printed(name, days, today, (head.epoch, head.seq), files)


def _made_apart(context: Context, name: str, kind: str, period: Period) -> tuple[bytes, str]:
    """As `_made_here`. Raises BadRequest, TooMany."""
    days = {"first": period.first.isoformat(), "last": period.last.isoformat()}
    job = Job("report", {"name": name, "format": kind, "now_ms": context.now, "masked": context.masks_names, **days})
    answer = made_apart(context, job)
    return answer.data, str(answer.values.get("warning", ""))
