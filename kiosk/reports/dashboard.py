"""The figures and charts of a period for the dashboard, from one consistent view of the database.

Figures are those of `kiosk.reports.daily` and `kiosk.reports.measures.dossiers`; the queue through the day counts, at
each quarter of an hour, the tickets that were issued and neither called nor ended by then.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta

from contract.records import dataclass
from kiosk.domain.service import Office
from kiosk.reports.building import daily_report
from kiosk.reports.charts_of_widths import ChartFigures, charts_of
from kiosk.reports.daily import DailyReport
from kiosk.reports.dashboard_answers import AnswerFigures, answer_figures
from kiosk.reports.dashboard_charts import FieldBar, HourBar, QueueSlot, RatingSpan
from kiosk.reports.dashboard_groups import GroupFigures, group_figures
from kiosk.reports.fact_sources import ticket_fact
from kiosk.reports.facts import dossier_fact
from kiosk.reports.masked import with_masks
from kiosk.reports.measures.arithmetic import rate_bp
from kiosk.reports.measures.dossiers import (
    DossierFact,
    ResolutionFigures,
    on_time_rates,
    resolution,
    resolution_by_field,
)
from kiosk.reports.measures.tickets import load
from kiosk.reports.periods import Period
from kiosk.store.statistics import RatingRow, VisitRow
from kiosk.store.store import Reading

SLOT_MINUTES = 15
DAILY, WEEKLY = 31, 182  # days up to which ratings stand by day, by week
DAY_MS, MINUTE_MS = 24 * 3600_000, 60_000


@dataclass(frozen=True, slots=True)
class DashboardFigures:
    """Counts; durations in ms; rates in hundredths of a percent, None without a denominator."""

    first: str
    last: str
    issued: int
    served: int
    open: int
    no_show: int
    no_show_rate_bp: int | None
    waiting_median_ms: int | None
    waiting_p90_ms: int | None
    ratings: int
    satisfied_rate_bp: int | None
    resolved: int
    kept: int
    of_resolved_bp: int | None
    received: int
    in_time: int
    of_received_bp: int | None


@dataclass(frozen=True, slots=True)
class Dashboard:
    """`charts`: SVG by name, `narrow_charts` for a phone. `nearest`: the day with tickets nearest before a period that
    has none.

    `promise_minutes`: within how many the office means to call a number, `service_promise_minutes` to serve it.
    """

    figures: DashboardFigures
    compared: DashboardFigures | None
    charts: dict[str, str]
    narrow_charts: dict[str, str]
    nearest: str | None
    promise_minutes: int
    service_promise_minutes: int | None
    groups: Sequence[GroupFigures]
    answers: Sequence[AnswerFigures]


def dashboard(
    reading: Reading,
    office: Office,
    level_names: Sequence[str],
    period: Period,
    compared: Period | None,
    now: int,
    masked: bool = False,
) -> Dashboard:
    """`compared`: the period whose figures stand beside; `now` in ms since 1970; `masked`: clerks by their masks."""
    facts = dossiers_of(reading, office, period)
    first, last = period.first.isoformat(), period.last.isoformat()
    days = daily_report(reading.statistics, office, first, last)
    figures = _figures(days, resolution(facts, period))
    visits = reading.statistics.visits(first, last)
    ratings = reading.statistics.ratings(first, last)
    tickets = [ticket_fact(row, office) for row in visits]
    promise, served_within = office.promises.waiting_ms // MINUTE_MS, office.promises.service_ms
    drawn = ChartFigures(
        _hours(days),
        load(tickets),
        queue_through_the_day(visits, office, now),
        ratings_over_time(ratings, office.survey.levels, period),
        fields_on_time(facts, period),
    )
    charts, narrow = charts_of(drawn, promise, level_names)
    beside = None if compared is None else _compared(reading, office, compared)
    nearest = _nearest(reading, first) if figures.issued == 0 and figures.ratings == 0 else None
    shown = with_masks(tickets, ratings) if masked else tickets
    service_promise = None if served_within is None else served_within // MINUTE_MS
    groups = group_figures(shown, office)
    answers = answer_figures(reading.statistics.further_answers(first, last), office.survey.further, period)
    return Dashboard(figures, beside, charts, narrow, nearest, promise, service_promise, groups, answers)


def dossiers_of(reading: Reading, office: Office, period: Period) -> list[DossierFact]:
    """Those that were received in a period, or before it and not ended by then."""
    start, end = day_start(office, period.first), day_start(office, period.last + timedelta(days=1))
    return [dossier_fact(one, office.hours.timezone) for one in reading.dossiers.between(start, end)]


def day_start(office: Office, day: date) -> int:
    """Local midnight, in ms since 1970."""
    return round(datetime.combine(day, time(), office.hours.timezone).timestamp() * 1000)


def queue_through_the_day(visits: Sequence[VisitRow], office: Office, now: int) -> list[QueueSlot]:
    """From the first ticket of any day to the end of the last wait; nothing for a slot yet to come."""
    counts: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    days: set[str] = set()
    for visit in visits:
        midnight = day_start(office, date.fromisoformat(visit.business_date))
        until = visit.first_called_at or visit.ended_at or min(now, midnight + DAY_MS)
        days.add(visit.business_date)
        step = SLOT_MINUTES * 60_000
        for slot in range(
            -(-(visit.issued_at - midnight) // step), min(-(-(until - midnight) // step), DAY_MS // step)
        ):
            counts[slot][visit.business_date] += 1
    if not counts:
        return []
    least, most = min(counts) // 4 * 4, -(-(max(counts) + 1) // 4) * 4
    return [_slot(slot, list(counts[slot].values()), len(days)) for slot in range(max(least, 0), most + 1)]


def ratings_over_time(ratings: Sequence[RatingRow], levels: Sequence[str], period: Period) -> list[RatingSpan]:
    """By day up to a month, by week up to half a year, else by month; spans without ratings stand as 0."""
    counts: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for rating in ratings:
        counts[rating.business_date][rating.level] += 1
    spans = []
    for title, first, last in _spans(period):
        within = [of_day for day, of_day in counts.items() if first.isoformat() <= day <= last.isoformat()]
        per_level = tuple(sum(of_day.get(level, 0) for of_day in within) for level in levels)
        spans.append(RatingSpan(title, first.isoformat(), last.isoformat(), per_level))
    return spans


def fields_on_time(facts: Sequence[DossierFact], period: Period) -> list[FieldBar]:
    """Fields with a resolved dossier, those with most of them first."""
    bars = []
    for field, row in resolution_by_field(facts, period).items():
        kept = row.early + row.on_time
        if row.resolved:
            bars.append(FieldBar(field, row.resolved, kept, rate_bp(kept, row.resolved)))
    return sorted(bars, key=lambda one: (-one.resolved, one.field))


def _slot(slot: int, of_days: Sequence[int], days: int) -> QueueSlot:
    minute = slot * SLOT_MINUTES
    mean_tenths = (20 * sum(of_days) + days) // (2 * days)
    return QueueSlot(f"{minute // 60:02d}:{minute % 60:02d}", mean_tenths, max(of_days, default=0))


def _spans(period: Period) -> Iterator[tuple[str, date, date]]:
    day = period.first
    while day <= period.last:
        if period.days <= DAILY:
            title, end = f"{day.day}/{day.month}", day
        elif period.days <= WEEKLY:
            title, end = f"{day.day}/{day.month}", day + timedelta(days=6 - day.weekday())
        else:
            title, end = (
                f"{day.month}/{day.year}",
                (day.replace(day=1) + timedelta(days=32)).replace(day=1) - timedelta(1),
            )
        end = min(end, period.last)
        yield title, day, end
        day = end + timedelta(days=1)


def _hours(days: DailyReport) -> list[HourBar]:
    return [
        HourBar(int(one.key), one.figures.issued, one.figures.waiting_ms.median, one.figures.waiting_ms.p90)
        for one in days.tickets_by["by_hour"]
    ]


def _compared(reading: Reading, office: Office, period: Period) -> DashboardFigures:
    days = daily_report(reading.statistics, office, period.first.isoformat(), period.last.isoformat())
    return _figures(days, resolution(dossiers_of(reading, office, period), period))


def _figures(days: DailyReport, row: ResolutionFigures) -> DashboardFigures:
    tickets, rates, kept = days.tickets, on_time_rates(row), row.early + row.on_time
    return DashboardFigures(
        first=days.first,
        last=days.last,
        issued=tickets.issued,
        served=tickets.served,
        open=tickets.open,
        no_show=tickets.no_show,
        no_show_rate_bp=tickets.no_show_rate_bp,
        waiting_median_ms=tickets.waiting_ms.median,
        waiting_p90_ms=tickets.waiting_ms.p90,
        ratings=days.ratings.count,
        satisfied_rate_bp=days.ratings.satisfied_rate_bp,
        resolved=row.resolved,
        kept=kept,
        of_resolved_bp=rates.of_resolved,
        received=row.received,
        in_time=kept + row.open_in_time,
        of_received_bp=rates.of_received,
    )


def _nearest(reading: Reading, day: str) -> str | None:
    dates = reading.statistics.business_dates()
    before = [one for one in dates if one < day]
    return before[-1] if before else (dates[0] if dates else None)
