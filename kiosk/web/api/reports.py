"""Calls for reports: figures by business date, for other programs and for printing."""

from __future__ import annotations

from flask import Response

from kiosk.domain.errors import BadRequest
from kiosk.reports import catalogue
from kiosk.reports.periods import InvalidPeriod, range_of
from kiosk.reports.remarks import RemarksUnreadable
from kiosk.web.api.report_models import DailyReportAnswer, ReportDocumentAnswer
from kiosk.web.http.calls import Context, call
from kiosk.web.http.models import ProblemDetails

DATE = {"type": "string", "format": "date"}
FORMAT = {"type": "string", "enum": list(catalogue.TYPES)}


@call(
    "GET",
    "/api/v1/reports/<name>",
    "report admin",
    None,
    {200: DailyReportAnswer | ReportDocumentAnswer, 400: ProblemDetails, 503: ProblemDetails},
    query={"from": DATE, "to": DATE, "format": FORMAT},
    also=("text/csv", "text/html", catalogue.TYPES["xlsx"], catalogue.TYPES["docx"]),
)
def get_report(context: Context, name: str) -> tuple[int, str | Response]:
    """A report of business dates `from` to `to` (both included, by default the present one).

    503 `storage-unchecked` until the check behind the start has ended, `storage-damaged` when it or another met damage.
    """
    given = context.dependencies
    given.store.health.require_checked()
    kind = context.query.get("format", "json")
    with context.reading() as reading:
        today = reading.state.business_date
        first, last = context.query.get("from", today), context.query.get("to", today)
        levels = {level["code"]: level["name"] for level in given.configuration["survey"]["levels"]}
        try:
            letter = given.letterhead(given.office.hours.local(given.clock.now_ms()).date())
            about = given.office_facts()
            request = catalogue.ReportRequest(name, kind, range_of(first, last), levels, letter, about)
            data = catalogue.make_report(reading, given.office, request)
        except (catalogue.NoSuchReport, InvalidPeriod, RemarksUnreadable) as error:
            raise BadRequest(str(error)) from None
    if kind == "json":
        return 200, data.decode()
    file = f"attachment; filename={name}-{first}-{last}.{kind}"
    headers = {} if kind == "html" else {"Content-Disposition": file}
    charset = "; charset=utf-8" if kind in {"csv", "html"} else ""
    return 200, Response(data, 200, headers, content_type=f"{catalogue.TYPES[kind]}{charset}")
