"""Bodies and answers about printers and their slips."""

from __future__ import annotations

from typing import Literal, cast

from typing_extensions import TypedDict

from contract.tickets import PrintState, TicketState
from contract.times import to_rfc3339
from kiosk.domain.print_job import DoubtfulSlip, PrintJob
from kiosk.queries.printers import Fault, PrinterHistory
from kiosk.web.http.dependencies import PrinterStates, TrialState
from kiosk.web.http.models import Timestamp


class HeldSlipAnswer(TypedDict):
    """The last slip of a presenter; its number is null when it is not known. `since` in ms since 1970."""

    number: str | None
    state: str
    since: int


class PrinterHealthAnswer(TypedDict):
    """A printer as its print worker last knew it. Times in ms since 1970.

    `mute`: it is a printer whose nature it is to say nothing of itself. Of a presenter `mouth` tells that a slip waits
    to be taken, `behind` that others wait for that, `held_out` what became of the last one (in_mouth, taken,
    thrown_out). `slips_left`: null before the first look. `for_citizen`, `for_staff`: what to do, as a sentence.
    """

    state: Literal["ok", "fault", "unknown"]
    reason: str | None
    near_end: bool
    since: int
    slips_left: int | None
    mouth: bool
    behind: bool
    held_out: HeldSlipAnswer | None
    mute: bool
    fallback: str | None
    for_citizen: str | None
    for_staff: str
    checked_at: int


Printers = dict[str, PrinterHealthAnswer]


class PrintersAnswer(TypedDict):
    """`here`: the printer of the caller's slips; null without one. `information`: a kiosk that gives no numbers."""

    here: str | None
    information: bool
    printers: Printers


class SlipAnswer(TypedDict):
    """`marked`: "In lại" stands on it."""

    id: str
    ticket: str
    number: str
    state: PrintState
    reason: str | None
    marked: bool
    at: Timestamp


class PrinterDayAnswer(TypedDict):
    day: str
    printed: int
    not_printed: int
    unknown: int
    faults: int


FaultAnswer = TypedDict("FaultAnswer", {"kind": str, "reason": str | None, "from": Timestamp, "to": Timestamp | None})
FaultAnswer.__doc__ = "A time in which a printer was not well; `to` is null while it lasts."


class DoubtfulSlipAnswer(TypedDict):
    """A ticket of today of which nobody knows whether its slip came out; `state` is the ticket's."""

    ticket: str
    number: str
    state: TicketState
    reason: str | None
    issued_at: Timestamp


class TrialAnswer(TypedDict):
    """A slip that is no ticket: WAITING, or what became of it."""

    asked_at: Timestamp
    state: str
    reason: str | None


class TrialAskedAnswer(TypedDict):
    asked_at: Timestamp
    state: str


class PrinterHistoryAnswer(TypedDict):
    """Newest first; `days` are the last 14."""

    slips: list[SlipAnswer]
    days: list[PrinterDayAnswer]
    faults: list[FaultAnswer]
    doubtful: list[DoubtfulSlipAnswer]
    trial: TrialAnswer | None


class RollAnswer(TypedDict):
    slips_left: int


def printers_answer(states: PrinterStates) -> Printers:
    return cast(Printers, states.shapes())


def history_answer(history: PrinterHistory, trial: TrialState | None) -> PrinterHistoryAnswer:
    return {
        "slips": [_slip(job) for job in history.slips],
        "days": [
            {
                "day": day.day,
                "printed": day.printed,
                "not_printed": day.not_printed,
                "unknown": day.unknown,
                "faults": day.faults,
            }
            for day in history.days
        ],
        "faults": [_fault(fault) for fault in history.faults],
        "doubtful": [_doubtful(ticket) for ticket in history.doubtful],
        "trial": None if trial is None else _trial(trial),
    }


def _trial(trial: TrialState) -> TrialAnswer:
    return {"asked_at": to_rfc3339(trial.asked_at), "state": trial.state, "reason": trial.reason}


def _slip(job: PrintJob) -> SlipAnswer:
    return {
        "id": job.id,
        "ticket": job.ticket,
        "number": job.number,
        "state": job.state,
        "reason": job.reason,
        "marked": job.marked,
        "at": to_rfc3339(job.created_at),
    }


def _fault(fault: Fault) -> FaultAnswer:
    return {"kind": fault.kind, "reason": fault.reason, "from": fault.began, "to": fault.ended}


def _doubtful(doubt: DoubtfulSlip) -> DoubtfulSlipAnswer:
    return {
        "ticket": doubt.ticket,
        "number": doubt.number,
        "state": TicketState(doubt.state),
        "reason": doubt.reason,
        "issued_at": to_rfc3339(doubt.issued_at),
    }
