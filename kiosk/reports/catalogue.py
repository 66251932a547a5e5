"""Which reports there are, in which formats, and how one is made."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import Any

from kiosk.domain.service import Office
from kiosk.reports.csv_table import to_csv
from kiosk.reports.daily import Figures, Frame, Rated, daily, visit_of
from kiosk.reports.html_page import to_html
from kiosk.store import statistics

REPORTS = {"daily": "tickets, waiting time, service time and ratings by business date"}
TYPES = {"json": "application/json", "csv": "text/csv", "html": "text/html"}


class NoSuchReport(Exception):
    """The name or the format is not one of those there are; the message lists them."""


def check_wish(name: str, kind: str) -> None:
    """Raises NoSuchReport."""
    if name not in REPORTS:
        raise NoSuchReport(f'there is no report "{name}"; reports: {", ".join(REPORTS)}')
    if kind not in TYPES:
        raise NoSuchReport(f'there is no format "{kind}"; formats: {", ".join(TYPES)}')


def check_range(first: str, last: str) -> None:
    """Raises ValueError unless both are ISO dates in order, at most ten years apart."""
    begin, end = (_date(text) for text in (first, last))
    if begin > end:
        raise ValueError(f"from ({first}) must not be after to ({last})")
    if (end - begin).days > 3660:
        raise ValueError("a report covers at most ten years")


def daily_figures(
    transaction: Any, office: Office, first: str, last: str, levels: tuple[str, ...] | None = None
) -> Figures:
    """The daily report of the office from one consistent view of the database."""
    frame = Frame(
        office.code, office.name, levels or office.survey.levels,
        {code: service.name for code, service in office.services.items()},
        {code: counter.name for code, counter in office.counters.items()},
    )  # fmt: skip
    hour_of = _hour_of(office)
    visits = [visit_of(row, hour_of) for row in statistics.visits(transaction, office.code, first, last)]
    ratings = [
        Rated(level, service, counter, clerk)
        for level, counter, clerk, service, _ in statistics.rating_rows(transaction, office.code, first, last)
    ]
    return daily(frame, first, last, visits, ratings)


def rendered(figures: Figures, kind: str, level_names: dict[str, str]) -> str:
    """The report as text. `level_names` maps levels of the survey to their words; kind is a key of TYPES."""
    writers: dict[str, Callable[[Figures, dict[str, str]], str]] = {"csv": to_csv, "html": to_html}
    if kind in writers:
        return writers[kind](figures, level_names)
    return json.dumps(figures, ensure_ascii=False, indent=1) + "\n"


def _hour_of(office: Office) -> Callable[[int], int]:
    return lambda ms: office.hours.local(ms).hour


def _date(text: str) -> date:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        raise ValueError(f'"{text}" is not a date; write 2024-04-14') from None
    if found.isoformat() != text:
        raise ValueError(f'"{text}" is not a date; write 2024-04-14')
    return found
