"""Calls for points that the office gives itself in the report of the nine criteria."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field
from typing_extensions import TypedDict

from kiosk.domain.errors import BadRequest
from kiosk.domain.office_facts import OfficePoints
from kiosk.reports.dated_rules import NoForm, criteria_on
from kiosk.reports.office_forms import FormsBroken, using
from kiosk.reports.periods import InvalidPeriod, Period, range_of
from kiosk.reports.remarks import RemarksUnreadable
from kiosk.web.api.report_order_models import DAY
from kiosk.web.http.calls import Context, call
from kiosk.web.http.models import Body, ProblemDetails

WRONG = {400: ProblemDetails}
DAYS = {name: {"type": "string", "format": "date"} for name in ("from", "to")}


class OwnPointsBody(Body):
    """Points of a criterion in tenths; null takes back what was written."""

    criterion: Annotated[int, Field(ge=1, le=9)]
    tenths: Annotated[int | None, Field(ge=0, le=1000)] = None
    why: Annotated[str, Field(max_length=300)] = ""


class ReportPointsBody(Body):
    """For just the days `from` to `to`; what is left out stays as it was written."""

    first: Annotated[str, Field(pattern=DAY, alias="from")]
    last: Annotated[str, Field(pattern=DAY, alias="to")]
    points: Annotated[list[OwnPointsBody], Field(max_length=9)]


class OwnPointsAnswer(TypedDict):
    """`most`: in whole points; `tenths`: what the office wrote last, null when it wrote nothing."""

    criterion: int
    name: str
    most: int
    tenths: int | None
    why: str
    written_on: str | None


class ReportPointsAnswer(TypedDict):
    """The nine criteria in their order."""

    criteria: list[OwnPointsAnswer]


@call("GET", "/api/v1/report-points", "report admin head reader", None, {200: ReportPointsAnswer, **WRONG}, query=DAYS)
def get_points(context: Context) -> tuple[int, ReportPointsAnswer]:
    """What the office wrote for just the days `from` to `to` (by default today)."""
    from kiosk.reports.forms import form_of
    from kiosk.reports.office_points import points_for

    with context.reading() as reading:
        today = reading.state.business_date
    period = _period(context.query.get("from", today), context.query.get("to", today))
    try:
        with using(context.dependencies.office_forms()):
            names: list[str] = form_of("evaluation", period.last).words["criteria"]
            most = criteria_on(period.last).most_points
            wrote = points_for(context.dependencies.office_facts("evaluation").points, period)
    except (NoForm, FormsBroken, RemarksUnreadable) as error:
        raise BadRequest(str(error)) from None
    return 200, {
        "criteria": [
            {
                "criterion": number,
                "name": name,
                "most": most,
                "tenths": wrote[number].tenths if number in wrote else None,
                "why": wrote[number].why if number in wrote else "",
                "written_on": wrote[number].written_on.isoformat() if number in wrote else None,
            }
            for number, name in enumerate(names, start=1)
        ]
    }


@call("PUT", "/api/v1/report-points", "admin head", ReportPointsBody, {204: None, **WRONG}, journaled=False)
def put_points(context: Context[ReportPointsBody]) -> tuple[int, None]:
    """Keep the office's points for these days; earlier ones stay on file with their day."""
    body, given = context.body, context.dependencies
    period = _period(body.first, body.last)
    today = given.office.hours.local(given.clock.now_ms()).date()
    try:
        with using(given.office_forms()):
            given.report_files.keep_points([_points(one, period, today) for one in body.points])
    except (NoForm, FormsBroken, RemarksUnreadable) as error:
        raise BadRequest(str(error)) from None
    return 204, None


def _points(one: OwnPointsBody, period: Period, today: date) -> OfficePoints:
    why = " ".join(one.why.split())
    return OfficePoints(period.first, period.last, one.criterion, one.tenths, today, why)


def _period(first: str, last: str) -> Period:
    """Raises BadRequest."""
    try:
        return range_of(first, last)
    except InvalidPeriod as error:
        raise BadRequest(str(error)) from None
