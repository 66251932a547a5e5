"""Answers of the dashboard's calls."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from typing_extensions import TypedDict

from contract.times import to_rfc3339
from kiosk.domain.service import Office
from kiosk.web.http.models import Timestamp

if TYPE_CHECKING:
    from kiosk.reports.drill_down import CountedDossier, CountedTicket


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


class DashboardAnswer(TypedDict):
    """`charts`: SVG by name; what carries `data-pick` names the list behind it.

    `nearest`: where nothing happened, the nearest day on which something did. `promise_minutes`: within how many
    minutes the office means to call a number.
    """

    figures: DashboardFiguresAnswer
    compared: DashboardFiguresAnswer | None
    charts: dict[str, str]
    nearest: str | None
    promise_minutes: int


class CountedTicketAnswer(TypedDict):
    number: str
    day: str
    service: str
    outcome: str
    issued_at: Timestamp
    counter: str | None
    waited_ms: int | None
    served_ms: int | None


class CountedTicketsAnswer(TypedDict):
    count: int
    tickets: list[CountedTicketAnswer]


class CountedRatingAnswer(TypedDict):
    day: str
    level: str
    service: str
    counter: str | None


class CountedRatingsAnswer(TypedDict):
    count: int
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
    count: int
    dossiers: list[CountedDossierAnswer]


def counted_tickets_answer(listed: Sequence[CountedTicket], count: int, office: Office) -> CountedTicketsAnswer:
    """`count`: how many there are; `listed`: the first of them."""
    return {"count": count, "tickets": [_ticket(one, office) for one in listed]}


def _ticket(one: CountedTicket, office: Office) -> CountedTicketAnswer:
    row = one.row
    service = office.services.get(row.issued_service)
    return {
        "number": row.number,
        "day": row.business_date,
        "service": service.name if service else row.issued_service,
        "outcome": one.outcome,
        "issued_at": to_rfc3339(row.issued_at),
        "counter": row.counter,
        "waited_ms": one.waited_ms,
        "served_ms": one.served_ms,
    }


def counted_dossiers_answer(
    counted: Sequence[CountedDossier], translate: Callable[[str], str], most: int
) -> CountedDossiersAnswer:
    return {
        "count": len(counted),
        "dossiers": [
            {
                "code": one.fact.code,
                "field": one.fact.field,
                "procedure": one.fact.procedure,
                "received": one.fact.received.isoformat(),
                "due": one.fact.due.isoformat() if one.fact.due else None,
                "ended": one.fact.ended.isoformat() if one.fact.ended else None,
                "standing": one.standing,
                "standing_text": translate("withdrawn" if one.withdrawn else f"dossier {one.standing}"),
            }
            for one in counted[:most]
        ],
    }
