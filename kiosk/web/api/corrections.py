"""Calls by which two persons say that an event is wrong: one asks, the other approves or declines."""

from __future__ import annotations

from typing import Annotated, cast

from pydantic import Field
from typing_extensions import TypedDict

from contract.times import to_rfc3339
from kiosk.actions.corrections import approve_correction, ask_for_correction, decline_correction
from kiosk.queries.corrections import CorrectionsView, read_corrections
from kiosk.web.api.journal_models import EventAnswer
from kiosk.web.http.calls import Context, call
from kiosk.web.http.demands import PERSON
from kiosk.web.http.models import MISSING, REFUSED, Body, Code, CreatedAnswer, EmptyBody, Timestamp

DECIDERS = "admin head"
ALL = "/api/v1/admin/corrections"
ONE = f"{ALL}/<event>"
Position = Annotated[int, Field(ge=1, le=2**53 - 1)]


class CorrectionBody(Body):
    """`seq`: the event's place in the present epoch; `reason`: a code of the contract."""

    seq: Position
    reason: Code


class WaitingCorrection(TypedDict):
    """`id` of the event that is called wrong; `event`: null when a restore took it away; `own`: by the caller."""

    id: str
    seq: int
    reason: str
    asked_by: str
    asked_at: Timestamp
    own: bool
    event: EventAnswer | None


class DoneCorrection(TypedDict):
    """`confirmed_by`: who asked, who approved."""

    seq: int
    reason: str
    confirmed_by: list[str]
    at: Timestamp
    event: EventAnswer | None


class CorrectionsAnswer(TypedDict):
    """`waiting`: the oldest first; `done`: the newest first, at most 50 of the present epoch."""

    waiting: list[WaitingCorrection]
    done: list[DoneCorrection]


@call("GET", ALL, DECIDERS, None, {200: CorrectionsAnswer}, access_to=DECIDERS)
def get_corrections(context: Context) -> tuple[int, CorrectionsAnswer]:
    """What waits for a second person, and what two persons called wrong lately."""
    with context.reading() as reading:
        return 200, _answer(read_corrections(reading), context.caller.person)


@call("POST", ALL, DECIDERS, CorrectionBody, {201: CreatedAnswer, **REFUSED}, journaled=False, demands=(PERSON,))
def post_correction(context: Context[CorrectionBody]) -> tuple[int, CreatedAnswer]:
    """Call an event wrong; nothing is corrected until another person approves."""
    body = context.body
    context.about(str(body.seq))
    with context.acting() as unit:
        event = ask_for_correction(unit, body.seq, body.reason, context.caller.person or "")
        context.leave_trace(unit)
    return 201, {"id": event}


@call("POST", f"{ONE}/approve", DECIDERS, EmptyBody, {204: None, **REFUSED}, journaled=False, demands=(PERSON,))
def post_approval(context: Context[EmptyBody], event: str) -> tuple[int, None]:
    """The second person agrees: an event says of the other that it is wrong. No figure changes by it."""
    with context.acting() as unit:
        approve_correction(unit, event, context.caller.person or "")
        context.leave_trace(unit)
    return 204, None


@call("DELETE", ONE, DECIDERS, None, {204: None, **MISSING}, journaled=False, demands=(PERSON,))
def delete_correction(context: Context, event: str) -> tuple[int, None]:
    """Take back what was asked, or decline what another person asked."""
    with context.acting() as unit:
        decline_correction(unit, event)
        context.leave_trace(unit)
    return 204, None


def _answer(view: CorrectionsView, person: str | None) -> CorrectionsAnswer:
    return {
        "waiting": [
            {
                "id": one.asked.event,
                "seq": one.asked.seq,
                "reason": one.asked.reason,
                "asked_by": one.asked.asked_by,
                "asked_at": to_rfc3339(one.asked.asked_at),
                "own": one.asked.asked_by == person,
                "event": cast(EventAnswer | None, one.event),
            }
            for one in view.waiting
        ],
        "done": [
            {
                "seq": one.by["data"]["seq"],
                "reason": one.by["data"]["reason"],
                "confirmed_by": one.by["data"]["confirmed_by"],
                "at": one.by["time"],
                "event": cast(EventAnswer | None, one.event),
            }
            for one in view.done
        ],
    }
