"""The daily report as a document, for workbooks, Word and paper; as data and as a page it has writers of its own."""

from __future__ import annotations

from collections.abc import Mapping

from contract.catalogues import grouped
from kiosk.reports.daily import COUNTS, DailyReport, TicketFigures
from kiosk.reports.document import Cell, Document, DocumentSection, Duration, Paragraph, Rate, charts_of
from kiosk.reports.forms import Form, form_of
from kiosk.reports.measures.arithmetic import rate_bp
from kiosk.reports.periods import Period
from kiosk.reports.wording import percent


def daily_document(report: DailyReport, level_names: Mapping[str, str], period: Period) -> Document:
    """`level_names`: words of levels by code. Raises NoForm."""
    form = form_of("daily", period.last)
    sections = [DocumentSection("", (Paragraph(_opening(form, report)),)), *_tickets(form, report)]
    if report.ratings.count:
        sections += _ratings(form, report, level_names)
    return form.document(report.office_name, period, sections=sections)


def _opening(form: Form, report: DailyReport) -> str:
    tickets, ratings = report.tickets, report.ratings
    if not tickets.issued and not ratings.count:
        return str(form.words["nothing"])
    counts = {name: grouped(tickets.count(name)) for name in COUNTS}
    satisfied = percent(ratings.satisfied_rate_bp)
    return str(form.words["opening"].format(**counts, ratings=grouped(ratings.count), satisfied=satisfied))


def _tickets(form: Form, report: DailyReport) -> list[DocumentSection]:
    sections = []
    for dimension, groups in report.tickets_by.items():
        if groups:
            is_hours = dimension == "by_hour"
            names = [form.words["hour"].format(hour=int(one.key)) if is_hours else one.name for one in groups]
            rows = [_row(name, one.figures) for name, one in zip(names, groups, strict=True)]
            if (others := report.tickets_without(dimension)) is not None:  # the rows come to what stands under them
                rows.append(_row(form.words[f"without_{dimension}"], others))
            table = form.table_of("groups", rows, [_row(form.total, report.tickets)])
            charts = [(form.words["waiting_by_hour"], "group", "waiting_median_ms")] if is_hours else []
            sections.append(DocumentSection(form.words[dimension], (table, *charts_of(table, *charts))))
    return sections


def _row(name: str, figures: TicketFigures) -> dict[str, Cell]:
    counts: dict[str, Cell] = {count: figures.count(count) for count in COUNTS}
    waiting, service = figures.waiting_ms, figures.service_ms
    return {
        "group": name,
        **counts,
        "waiting_median_ms": Duration(waiting.median),
        "waiting_p90_ms": Duration(waiting.p90),
        "service_median_ms": Duration(service.median),
        "service_p90_ms": Duration(service.p90),
    }


def _ratings(form: Form, report: DailyReport, level_names: Mapping[str, str]) -> list[DocumentSection]:
    total = report.ratings
    levels: list[dict[str, Cell]] = [
        {"level": level_names.get(level, level), "count": count, "share_bp": Rate(rate_bp(count, total.count))}
        for level, count in total.levels.items()
    ]
    sections = [DocumentSection(form.words["levels"], (form.table_of("levels", levels),))]
    for dimension, groups in report.ratings_by.items():
        rows: list[dict[str, Cell]] = [
            {"group": one.name, "count": one.figures.count, "satisfied_bp": Rate(one.figures.satisfied_rate_bp)}
            for one in groups
        ]
        if rows and (others := report.ratings_without(dimension)) is not None:
            name = form.words[f"rated_without_{dimension}"]
            rows.append({"group": name, "count": others.count, "satisfied_bp": Rate(others.satisfied_rate_bp)})
        if rows:
            sections.append(DocumentSection(form.words[f"rated_{dimension}"], (form.table_of("rated", rows),)))
    return sections
