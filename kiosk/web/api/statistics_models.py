"""Answers of the dashboard's calls."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Literal, cast

from typing_extensions import TypedDict

from contract.times import to_rfc3339
from kiosk.domain.service import Office
from kiosk.web.http.models import Timestamp

if TYPE_CHECKING:
    from kiosk.reports.drill_down import CountedDossier, CountedRating, CountedTicket, ListPage


class DashboardFiguresAnswer(TypedDict):
    """Durations in ms, rates in hundredths of a percent; without a denominator null."""

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


class DurationsAnswer(TypedDict):
    """Whole ms, null of nothing; `within_bp`: the share within the office's promise, null without one."""

    count: int
    median: int | None
    p90: int | None
    most: int | None
    within_bp: int | None


class GroupFiguresAnswer(TypedDict):
    """`key`: the code of a service or counter, or the clerk's name (masked for those who are given no names); of the
    total "".
    """

    dimension: Literal["total", "service", "counter", "clerk"]
    key: str
    name: str
    issued: int
    served: int
    no_show: int
    abandoned: int
    cancelled: int
    open: int
    waiting: DurationsAnswer
    service: DurationsAnswer


class AnswerFiguresAnswer(TypedDict):
    """Of a choice of the survey's second page; `criterion`: of the nine, with its points in tenths where it has any."""

    question: str
    title: str
    criterion: int | None
    points_tenths: int | None
    choice: str
    name: str
    count: int
    share_bp: int | None


class DashboardAnswer(TypedDict):
    """`charts`: SVG by name, `narrow_charts` the same for a phone; what carries `data-pick` names the list behind it.

    `nearest`: where nothing happened, the nearest day on which something did. `promise_minutes`: within how many
    minutes the office means to call a number, `service_promise_minutes` to serve it. `groups`: the total last.
    `answers`: of questions that somebody answered.
    """

    figures: DashboardFiguresAnswer
    compared: DashboardFiguresAnswer | None
    charts: dict[str, str]
    narrow_charts: dict[str, str]
    nearest: str | None
    promise_minutes: int
    service_promise_minutes: int | None
    groups: list[GroupFiguresAnswer]
    answers: list[AnswerFiguresAnswer]


class CountedTicketAnswer(TypedDict):
    """`marks`, in a list by time: the figures that were read off this ticket, and "beyond" the promise."""

    number: str
    day: str
    service: str
    outcome: str
    issued_at: Timestamp
    counter: str | None
    clerk: str | None
    waited_ms: int | None
    served_ms: int | None
    marks: list[Literal["median", "p90", "most", "beyond"]]


class CountedTicketsAnswer(TypedDict):
    """`count`: how many there are; listed are those from number `offset` on, counted from 0."""

    count: int
    offset: int
    tickets: list[CountedTicketAnswer]


class CountedRatingAnswer(TypedDict):
    day: str
    level: str
    service: str
    counter: str | None
    clerk: str | None


class CountedRatingsAnswer(TypedDict):
    """`count`: how many there are; listed are those from number `offset` on, counted from 0."""

    count: int
    offset: int
    ratings: list[CountedRatingAnswer]


class CountedDossierAnswer(TypedDict):
    """`standing`: the column of form II.06a that it counts in, `standing_text` in words."""

    code: str
    field: str
    procedure: str
    received: str
    due: str | None
    ended: str | None
    standing: str
    standing_text: str


class CountedDossiersAnswer(TypedDict):
    """`count`: how many there are; listed are those from number `offset` on, counted from 0."""

    count: int
    offset: int
    dossiers: list[CountedDossierAnswer]


def counted_tickets_answer(page: ListPage[CountedTicket], office: Office) -> CountedTicketsAnswer:
    return {"count": page.count, "offset": page.offset, "tickets": [_ticket(one, office) for one in page.rows]}


def _ticket(one: CountedTicket, office: Office) -> CountedTicketAnswer:
    service = office.services.get(one.service)
    answer: Any = {**asdict(one), "service": service.name if service else one.service, "marks": list(one.marks)}
    return cast(CountedTicketAnswer, {**answer, "issued_at": to_rfc3339(one.issued_at)})


def counted_ratings_answer(page: ListPage[CountedRating], levels: Mapping[str, str]) -> CountedRatingsAnswer:
    """`levels`: their names by code."""
    rows: Any = [{**asdict(one), "level": levels.get(one.level, one.level)} for one in page.rows]
    return {"count": page.count, "offset": page.offset, "ratings": rows}


def counted_dossiers_answer(page: ListPage[CountedDossier], translate: Callable[[str], str]) -> CountedDossiersAnswer:
    return {"count": page.count, "offset": page.offset, "dossiers": [_dossier(one, translate) for one in page.rows]}


def _dossier(one: CountedDossier, translate: Callable[[str], str]) -> CountedDossierAnswer:
    return {
        "code": one.code,
        "field": one.field,
        "procedure": one.procedure,
        "received": one.received,
        "due": one.due,
        "ended": one.ended,
        "standing": one.standing,
        "standing_text": translate("withdrawn" if one.withdrawn else f"dossier {one.standing}"),
    }
