"""The snapshot of the waiting room's board."""

from __future__ import annotations

from typing import NotRequired

from typing_extensions import TypedDict

from contract.dossiers import DossierProgress
from contract.tickets import CounterState, TicketState
from contract.times import optional_rfc3339, to_rfc3339
from kiosk.queries.board import BoardCounter, BoardQueue, BoardView
from kiosk.web.api.lost_number_models import NumberRangeAnswer, number_range
from kiosk.web.http.models import Timestamp


class BoardTicketAnswer(TypedDict):
    id: str
    number: str
    service: str
    state: TicketState
    calls: int
    language: str


class BoardCounterAnswer(TypedDict):
    code: str
    name: str
    services: list[str]
    state: CounterState
    ticket: BoardTicketAnswer | None


class BoardQueueAnswer(TypedDict):
    """`full`: all numbers of the day are given."""

    service: str
    name: str
    prefix: str
    waiting: int
    estimated_wait_s: int | None
    full: bool


class RecentCallAnswer(TypedDict):
    number: str
    service: str
    counter: str
    time: Timestamp
    recall: bool


class DossierProgressAnswer(TypedDict):
    """`name_masked`: only where the office shows names and one is known."""

    code_masked: str
    field: str
    step: str
    due_at: Timestamp | None
    sensitive: bool
    name_masked: NotRequired[str]


class NoticeAnswer(TypedDict):
    id: str
    text: str
    language: str


class BoardAnswer(TypedDict):
    """One moment of the office at `seq`; how it looks is told by `GET /page/board`. `next_opening`: local time.

    `lost_numbers`: numbers of today that may be on paper and are unknown here after a restore or a damaged disk.
    `storage_fault`: why no number can be given now ("full", "read_only", "failed"), else null.
    """

    seq: int
    epoch: str
    business_date: str
    time: Timestamp
    open: bool
    next_opening: str | None
    storage_fault: str | None
    counters: list[BoardCounterAnswer]
    queues: list[BoardQueueAnswer]
    recent_calls: list[RecentCallAnswer]
    progress: list[DossierProgressAnswer]
    notices: list[NoticeAnswer]
    lost_numbers: list[NumberRangeAnswer]


def board_answer(view: BoardView, storage_fault: str | None = None) -> BoardAnswer:
    return {
        "seq": view.seq,
        "epoch": view.epoch,
        "business_date": view.business_date,
        "time": to_rfc3339(view.time),
        "open": view.open,
        "next_opening": view.next_opening,
        "storage_fault": storage_fault,
        "counters": [_counter(one) for one in view.counters],
        "queues": [_queue(one) for one in view.queues],
        "recent_calls": [
            {
                "number": one.number,
                "service": one.service,
                "counter": one.counter,
                "time": to_rfc3339(one.time),
                "recall": one.recall,
            }
            for one in view.recent_calls
        ],
        "progress": [_progress(one) for one in view.progress],
        "notices": [{"id": code, "text": text, "language": language} for code, text, language in view.notices],
        "lost_numbers": [number_range(one) for one in view.lost_numbers],
    }


def _counter(counter: BoardCounter) -> BoardCounterAnswer:
    ticket = counter.ticket
    return {
        "code": counter.place.code,
        "name": counter.place.name,
        "services": list(counter.place.services),
        "state": counter.state,
        "ticket": None
        if ticket is None
        else {
            "id": ticket.id,
            "number": ticket.number,
            "service": ticket.service,
            "state": ticket.state,
            "calls": ticket.calls,
            "language": ticket.language,
        },
    }


def _queue(queue: BoardQueue) -> BoardQueueAnswer:
    return {
        "service": queue.service.code,
        "name": queue.service.name,
        "prefix": queue.service.letter,
        "waiting": queue.waiting,
        "estimated_wait_s": queue.wait_s,
        "full": queue.full,
    }


def _progress(row: DossierProgress) -> DossierProgressAnswer:
    answer: DossierProgressAnswer = {
        "code_masked": row.code_masked,
        "field": row.field,
        "step": row.step,
        "due_at": optional_rfc3339(row.due_at),
        "sensitive": row.sensitive,
    }
    if row.name:
        answer["name_masked"] = row.name
    return answer
