"""Calls of the dashboard: figures and charts of a period, and what each figure was counted from.

What counts and draws is loaded by the first call: most days nobody looks, and the service is resident.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import timedelta
from typing import Any, cast

from contract.dossiers import mask_code
from kiosk.domain.errors import BadRequest
from kiosk.domain.service import Office
from kiosk.i18n.catalogues import catalogue
from kiosk.jobs.job import Job
from kiosk.reports.periods import InvalidPeriod, Period, range_of
from kiosk.reports.standings import STANDINGS
from kiosk.web.api.made_apart import QUICK_DAYS, made_apart
from kiosk.web.api.statistics_models import (
    CountedDossiersAnswer,
    CountedRatingsAnswer,
    CountedTicketsAnswer,
    DashboardAnswer,
    counted_dossiers_answer,
    counted_tickets_answer,
)
from kiosk.web.http.calls import Context, call
from kiosk.web.http.models import ProblemDetails

DATE = {"type": "string", "format": "date"}
TEXT = {"type": "string", "maxLength": 120}
DAYS = {"from": DATE, "to": DATE}
READERS = "report admin head reader"
WRONG = {400: ProblemDetails, 503: ProblemDetails}
MANY = {429: ProblemDetails, **WRONG}
MOST_SHOWN = 500
YEAR = 365


@call(
    "GET",
    "/api/v1/statistics",
    READERS,
    None,
    {200: DashboardAnswer, **MANY},
    query={**DAYS, "compare": {"type": "string", "enum": ["none", "before", "year"]}},
)
def get_statistics(context: Context) -> tuple[int, DashboardAnswer]:
    """Figures and charts (SVG) of business dates `from` to `to`, by default today.

    `compare`: beside them the figures of as many days before, or of the same days a year before.
    """
    from kiosk.reports.dashboard import dashboard

    period, given = _period(context), context.dependencies
    given.store.health.require_checked()
    compared = _compared(period, context.query.get("compare"))
    if period.days > QUICK_DAYS:
        days = {"days": _iso(period), "compared": None if compared is None else _iso(compared)}
        apart = made_apart(context, Job("dashboard", {**days, "now_ms": context.now})).values
        return 200, cast(DashboardAnswer, dict(apart))
    names = [level["name"] for level in given.configuration["survey"]["levels"]]
    with context.reading() as reading:
        made = dashboard(reading, given.office, names, period, compared, context.now)
    answer: Any = asdict(made)
    return 200, answer


@call(
    "GET",
    "/api/v1/statistics/tickets",
    READERS,
    None,
    {200: CountedTicketsAnswer, **MANY},
    query={**DAYS, "hour": TEXT, "service": TEXT, "counter": TEXT, "outcome": TEXT},
)
def get_tickets(context: Context) -> tuple[int, CountedTicketsAnswer]:
    """The tickets that a figure was counted from; at most 500 are listed, `count` says how many there are."""
    from kiosk.reports.drill_down import TicketChoice, tickets_behind

    query, given = context.query, context.dependencies
    hour = query.get("hour")
    if hour is not None and not (hour.isdecimal() and int(hour) < 24):
        raise BadRequest("hour is a whole number from 0 to 23")
    choice = TicketChoice(
        None if hour is None else int(hour), query.get("service"), query.get("counter"), query.get("outcome")
    )
    period = _period(context)
    if period.days > QUICK_DAYS:
        wish = {"days": _iso(period), "choice": asdict(choice), "most": MOST_SHOWN}
        return 200, _tickets_of(made_apart(context, Job("dashboard-tickets", wish)).values, given.office)
    with context.reading() as reading:
        counted = tickets_behind(reading, given.office, period, choice)
    return 200, counted_tickets_answer(counted[:MOST_SHOWN], len(counted), given.office)


@call(
    "GET",
    "/api/v1/statistics/ratings",
    READERS,
    None,
    {200: CountedRatingsAnswer, **WRONG},
    query={**DAYS, "counter": TEXT, "level": TEXT},
)
def get_ratings(context: Context) -> tuple[int, CountedRatingsAnswer]:
    """The ratings that a figure was counted from, without what could name a citizen; at most 500 are listed."""
    period, given, query = _period(context), context.dependencies, context.query
    names = {level["code"]: level["name"] for level in given.configuration["survey"]["levels"]}
    with context.reading() as reading:
        whole = reading.statistics.ratings(period.first.isoformat(), period.last.isoformat())
    counter, level = query.get("counter"), query.get("level")
    rows = [row for row in whole if counter in {None, row.counter} and level in {None, row.level}]
    return 200, {
        "count": len(rows),
        "ratings": [
            {
                "day": row.business_date,
                "level": names.get(row.level, row.level),
                "service": row.service,
                "counter": row.counter,
            }
            for row in sorted(rows, key=lambda row: row.business_date)[:MOST_SHOWN]
        ],
    }


@call(
    "GET",
    "/api/v1/statistics/dossiers",
    READERS,
    None,
    {200: CountedDossiersAnswer, **WRONG},
    query={**DAYS, "field": TEXT, "standing": {"type": "string", "enum": [*STANDINGS, "resolved", "received"]}},
    masked_for="reader",
)
def get_dossiers(context: Context) -> tuple[int, CountedDossiersAnswer]:
    """The dossiers that a figure was counted from; at most 500 are listed, `count` says how many there are."""
    from kiosk.reports.drill_down import dossiers_behind

    query, given = context.query, context.dependencies
    standing = query.get("standing")
    if standing is not None and standing not in {*STANDINGS, "resolved", "received"}:
        raise BadRequest(f"standing is one of {', '.join(STANDINGS)}, resolved, received")
    with context.reading() as reading:
        counted = dossiers_behind(reading, given.office, _period(context), query.get("field"), standing)
    answer = counted_dossiers_answer(counted, catalogue("reports").translate, MOST_SHOWN)
    if context.masks_names:
        for one in answer["dossiers"]:
            one["code"] = mask_code(one["code"])
    return 200, answer


def _tickets_of(values: Mapping[str, Any], office: Office) -> CountedTicketsAnswer:
    """Of the job's answer."""
    from kiosk.reports.drill_down import ticket_of

    return counted_tickets_answer([ticket_of(one) for one in values["tickets"]], values["count"], office)


def _iso(period: Period) -> tuple[str, str]:
    return period.first.isoformat(), period.last.isoformat()


def _period(context: Context[Any]) -> Period:
    """Raises BadRequest."""
    with context.reading() as reading:
        today = reading.state.business_date
    try:
        return range_of(context.query.get("from", today), context.query.get("to", today))
    except InvalidPeriod as error:
        raise BadRequest(str(error)) from None


def _compared(period: Period, wish: str | None) -> Period | None:
    """Raises BadRequest."""
    if wish in {None, "none"}:
        return None
    if wish == "before":
        before = period.first - timedelta(days=1)
        return Period(before - (period.last - period.first), before)
    if wish == "year":
        return Period(period.first - timedelta(days=YEAR), period.last - timedelta(days=YEAR))
    raise BadRequest("compare is none, before or year")
