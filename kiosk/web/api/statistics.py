"""The dashboard's call: figures and charts of a period. What each figure was counted from: `counted.py`.

What counts and draws is loaded by the first call: most days nobody looks, and the service is resident.
"""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, timedelta
from typing import Any, cast

from kiosk.domain.calendar import OpeningHours
from kiosk.domain.errors import BadRequest
from kiosk.domain.office_forms import OfficeForms
from kiosk.jobs.job import Job
from kiosk.reports.office_forms import FormsBroken, using
from kiosk.reports.periods import InvalidPeriod, Period, range_of
from kiosk.web.api.made_apart import QUICK_DAYS, made_apart
from kiosk.web.api.statistics_models import DashboardAnswer
from kiosk.web.http.calls import Context, call
from kiosk.web.http.models import ProblemDetails

DATE = {"type": "string", "format": "date"}
DAYS = {"from": DATE, "to": DATE}
READERS = "report admin head reader"
WITHOUT_NAMES = "report reader"
MANY = {400: ProblemDetails, 429: ProblemDetails, 503: ProblemDetails}
FARTHEST = 31  # days back to one that was open; Tết closes for two weeks at most


@call(
    "GET",
    "/api/v1/statistics",
    READERS,
    None,
    {200: DashboardAnswer, **MANY},
    query={**DAYS, "compare": {"type": "string", "enum": ["none", "before", "year"]}},
    masked_for=WITHOUT_NAMES,
)
def get_statistics(context: Context) -> tuple[int, DashboardAnswer]:
    """Figures and charts (SVG) of business dates `from` to `to`, by default today.

    `compare`: beside them the figures of as many days before (of one day: of the last one before it on which the office
    was open by its hours), or of the same days a year before.
    """
    from kiosk.reports.dashboard import dashboard

    period, given = period_asked(context), context.dependencies
    given.store.health.require_checked()
    compared = _compared(period, context.query.get("compare"), given.office.hours)
    if period.days > QUICK_DAYS:
        days = {"days": iso_days(period), "compared": None if compared is None else iso_days(compared)}
        job = Job("dashboard", {**days, "now_ms": context.now, "masked": context.masks_names})
        return 200, cast(DashboardAnswer, dict(made_apart(context, job).values))
    names = [level["name"] for level in given.configuration["survey"]["levels"]]
    with using(_office_forms(context)), context.reading() as reading:
        made = dashboard(reading, given.office, names, period, compared, context.now, context.masks_names)
    answer: Any = asdict(made)
    return 200, answer


def _office_forms(context: Context[Any]) -> OfficeForms:
    """Points follow the office's own rules too. Raises BadRequest."""
    try:
        return context.dependencies.office_forms()
    except FormsBroken as error:
        raise BadRequest(str(error)) from None


def iso_days(period: Period) -> tuple[str, str]:
    return period.first.isoformat(), period.last.isoformat()


def period_asked(context: Context[Any]) -> Period:
    """Of `from` and `to`. Raises BadRequest."""
    with context.reading() as reading:
        today = reading.state.business_date
    try:
        return range_of(context.query.get("from", today), context.query.get("to", today))
    except InvalidPeriod as error:
        raise BadRequest(str(error)) from None


def _compared(period: Period, asked: str | None, hours: OpeningHours) -> Period | None:
    """Raises BadRequest."""
    if asked in {None, "none"}:
        return None
    if asked == "before":
        before = period.first - timedelta(days=1)
        if period.days == 1:  # a Monday beside a Sunday says nothing
            days = [before - timedelta(days=back) for back in range(FARTHEST)]
            opened = next((day for day in days if hours.always or hours.sessions_on(day)), before)
            return Period(opened, opened)
        return Period(before - (period.last - period.first), before)
    if asked == "year":
        return Period(_a_year_before(period.first), _a_year_before(period.last))
    raise BadRequest("compare is none, before or year")


def _a_year_before(day: date) -> date:
    """29/2 is compared with 28/2."""
    is_leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year - 1, day=28 if is_leap_day else day.day)
