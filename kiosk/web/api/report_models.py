"""The daily report as JSON; `kiosk.reports.daily` says what each figure counts."""

from __future__ import annotations

from typing_extensions import TypedDict


class SpreadAnswer(TypedDict):
    """Of durations in whole ms; null when there is none."""

    count: int
    median: int | None
    p90: int | None


class FiguresAnswer(TypedDict):
    """Rates are hundredths of a percent; without a denominator null."""

    issued: int
    served: int
    no_show: int
    abandoned: int
    cancelled: int
    open: int
    no_show_rate_bp: int | None
    waiting_ms: SpreadAnswer
    service_ms: SpreadAnswer


class FiguresOfAnswer(FiguresAnswer):
    """Of one service, counter, clerk or local hour."""

    key: str
    name: str


class RatingsAnswer(TypedDict):
    """`levels`: how often each was given, best first."""

    count: int
    levels: dict[str, int]
    satisfied_rate_bp: int | None


class RatingsOfAnswer(RatingsAnswer):
    """Of one service, counter or clerk."""

    key: str
    name: str


class AllRatingsAnswer(TypedDict):
    total: RatingsAnswer
    by_service: list[RatingsOfAnswer]
    by_counter: list[RatingsOfAnswer]
    by_clerk: list[RatingsOfAnswer]


class ReportOfficeAnswer(TypedDict):
    code: str
    name: str


DailyReportAnswer = TypedDict(
    "DailyReportAnswer",
    {
        "report": str,
        "office": ReportOfficeAnswer,
        "from": str,
        "to": str,
        "levels": list[str],
        "total": FiguresAnswer,
        "by_service": list[FiguresOfAnswer],
        "by_counter": list[FiguresOfAnswer],
        "by_clerk": list[FiguresOfAnswer],
        "by_hour": list[FiguresOfAnswer],
        "ratings": AllRatingsAnswer,
        "source": str,
    },
)


class ReportTableAnswer(TypedDict):
    """Rows by the keys of their columns; rates are hundredths of a percent, what is missing is null."""

    title: str
    rows: list[dict[str, str | int | None]]


class ReportDocumentAnswer(TypedDict):
    """A report as a document: its tables, and from which rules and data it was made."""

    report: str
    title: str
    office: str
    period: str
    notes: list[str]
    source: str
    tables: list[ReportTableAnswer]


DailyReportAnswer.__doc__ = "What happened to the tickets of a range of business dates, and how people rated it."
