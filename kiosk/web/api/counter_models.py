"""Bodies and answers about counters and their queues."""

from __future__ import annotations

from typing import Literal, NotRequired

from typing_extensions import TypedDict

from contract.tickets import CounterState
from contract.times import optional_rfc3339, to_rfc3339
from kiosk.queries.counters import CounterToday, CounterView
from kiosk.queries.queue import QueueView
from kiosk.queries.tickets import QueuePlace
from kiosk.web.api.ticket_models import TicketAnswer, ticket_answer
from kiosk.web.http.models import Body, Code, Number, Timestamp


class CallNextBody(Body):
    finish_current: Literal["complete", "no_show"] | None = None


class FinishBody(Body):
    then: Literal["pause", "close"]


class CallBody(Body):
    number: Number


class HelpBody(Body):
    where: Code


class CounterDayAnswer(TypedDict):
    served: int
    no_show: int
    mean_wait_ms: int | None
    mean_service_ms: int | None


class CounterAnswer(TypedDict):
    """`to_rate`: the ticket that the counter's tablet may ask about now."""

    code: str
    name: str
    state: CounterState
    services: list[str]
    clerk: str | None
    officer: str
    ticket: TicketAnswer | None
    to_rate: TicketAnswer | None
    last_served: str | None
    undo_until: Timestamp | None
    undo_ticket: str | None


class CounterLookAnswer(CounterAnswer):
    """`waiting`: people who wait for it. `today` and `ratings`: figures for its clerk, not for a tablet."""

    waiting: int
    today: NotRequired[CounterDayAnswer]
    ratings: NotRequired[dict[str, int]]


class NextTicketAnswer(TypedDict):
    """`why`: priority, turn (an ordinary ticket after a run of priority ones) or arrival."""

    ticket: TicketAnswer
    why: str


class AbsentTicketAnswer(TicketAnswer):
    """`grace_left_s`: seconds in which it may still be recalled."""

    grace_left_s: int


class HelpAnswer(TypedDict):
    id: str
    where: str
    device: str
    asked_at: Timestamp


class QueueAnswer(TypedDict):
    """`waiting` in the order in which tickets will be called."""

    waiting: list[NextTicketAnswer]
    held: list[TicketAnswer]
    absent: list[AbsentTicketAnswer]
    waiting_by_service: dict[str, int]
    help: list[HelpAnswer]


def counter_answer(view: CounterView) -> CounterAnswer:
    return {
        "code": view.code,
        "name": view.name,
        "state": view.state,
        "services": list(view.services),
        "clerk": view.clerk,
        "officer": view.officer,
        "ticket": ticket_answer(view.ticket) if view.ticket else None,
        "to_rate": ticket_answer(view.to_rate) if view.to_rate else None,
        "last_served": view.last_served,
        "undo_until": optional_rfc3339(view.undo_until),
        "undo_ticket": view.undo_ticket,
    }


def counter_look_answer(view: CounterView, waiting: int, today: CounterToday | None) -> CounterLookAnswer:
    answer: CounterLookAnswer = {**counter_answer(view), "waiting": waiting}  # type: ignore[typeddict-item] # a subclass's fields
    if today is not None:
        answer["today"] = {
            "served": today.figures.served,
            "no_show": today.figures.no_show,
            "mean_wait_ms": today.figures.mean_wait_ms,
            "mean_service_ms": today.figures.mean_service_ms,
        }
        answer["ratings"] = today.ratings
    return answer


def queue_answer(view: QueueView) -> QueueAnswer:
    return {
        "waiting": [
            {"ticket": ticket_answer(one.ticket, QueuePlace(ahead)), "why": one.why}
            for ahead, one in enumerate(view.waiting)
        ],
        "held": [ticket_answer(ticket) for ticket in view.held],
        "absent": [{**ticket_answer(one.ticket), "grace_left_s": one.grace_left_s} for one in view.absent],
        "waiting_by_service": view.waiting_by_service,
        "help": [
            {"id": one.id, "where": one.place, "device": one.device, "asked_at": to_rfc3339(one.asked_at)}
            for one in view.help
        ],
    }
