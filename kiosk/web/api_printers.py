"""Calls about printers: their last slips as pictures, their faults, trial slips, and slips nobody is sure of."""

from __future__ import annotations

from collections import Counter
from typing import Any

from flask import Response

from kiosk.actions.slip_decisions import decide_slip
from kiosk.domain.calendar import utc_ms
from kiosk.domain.errors import UnknownTicket
from kiosk.domain.printing import PrintJob
from kiosk.domain.service import Office
from kiosk.store import slip_history
from kiosk.store.slip_history import Change
from kiosk.web.calls import Context, call
from kiosk.web.models import AnyObject, Nothing, Refusal, SlipSeenBody, TicketShown
from kiosk.web.shapes import moment, ticket_now

DAY_MS = 24 * 3600_000
DAYS = 14
SLIPS = 8


@call("GET", "/api/v1/printers", "kiosk counter admin", None, {200: AnyObject})
def printers(context: Context) -> tuple[int, Any]:
    """The state of each printer as its print thread last knew it: ok, fault (with reason) or unknown.

    "here" names the one on which the caller's slips come out; null without a printer. "mute" is true for a printer
    whose nature it is to say nothing of itself. Of a presenter "mouth" tells that a slip waits to be taken, "behind"
    that others wait for that, "held_out" what became of the last one: {"number", "state": in_mouth, taken or
    thrown_out, "since"}; its number is null when it is not known.
    """
    found = context.services
    here = found.office.printer_for(context.caller.name) if found.office.printers else None
    return 200, {"here": here, "printers": found.print_states}


@call("GET", "/api/v1/printers/<printer>/history", "admin", None, {200: AnyObject, 404: Refusal})
def history(context: Context, printer: str) -> tuple[int, Any]:
    """A printer's last slips, its last 14 days, its faults, and the slips of today that nobody is sure of.

    {"slips": [{"id", "ticket", "number", "state", "reason", "marked", "at"}], "days": [{"day", "printed",
    "not_printed", "unknown", "faults"}], "faults": [{"kind", "reason", "from", "to"}], "doubtful": [{"ticket",
    "number", "state", "reason", "issued_at"}], "trial": {"asked_at", "state", "reason"} or null}; newest first.
    """
    found = context.services
    _known(context, printer)
    now = found.clock.now_ms()
    with found.store.reading() as reading:
        glance, office = reading.glance(), reading.office
        slips = slip_history.latest(reading.transaction, office, printer, SLIPS)
        quarters = slip_history.quarters(reading.transaction, office, printer, now - DAYS * DAY_MS)
        changes = list(
            slip_history.changes(reading.transaction, office, glance.head.epoch, glance.head.seq, printer)
        )
        doubtful = slip_history.doubtful(reading.transaction, office, glance.business_date)
    faults = spans(changes)
    trial = found.trials.last(printer)
    return 200, {
        "slips": [_slip(job) for job in slips], "days": days(found.office, now, quarters, faults), "faults": faults,
        "doubtful": [
            {"ticket": d.ticket, "number": d.number, "state": d.state, "reason": d.reason,
             "issued_at": moment(d.issued_at)} for d in doubtful
        ],
        "trial": trial and {"asked_at": moment(trial.asked_at), "state": trial.state, "reason": trial.reason},
    }  # fmt: skip


@call("GET", "/api/v1/printers/<printer>/slips/<job>.png", "admin", None, {200: AnyObject, 404: Refusal},
      also=("image/png",))  # fmt: skip
def slip_picture(context: Context, printer: str, job: str) -> tuple[int, Any]:
    """A slip as it was drawn, black on white, as wide as the paper."""
    found = context.services
    _known(context, printer)
    with found.store.reading() as reading:
        known = slip_history.one(reading.transaction, reading.office, printer, job)
        if known is None or found.draw_slip is None:
            raise UnknownTicket(f'the printer "{printer}" has no slip "{job}"')
        ticket = reading.tickets.get(known.ticket)
    return 200, Response(found.draw_slip(known, ticket), 200, content_type="image/png")


@call("POST", "/api/v1/printers/<printer>/trial", "admin", Nothing, {202: AnyObject, 404: Refusal}, journaled=False)
def print_trial(context: Context, printer: str) -> tuple[int, Any]:
    """Print a slip that is no ticket; what became of it stands in the printer's history."""
    _known(context, printer)
    trial = context.services.trials.ask(printer, context.services.clock.now_ms())
    return 202, {"asked_at": moment(trial.asked_at), "state": trial.state}


@call("POST", "/api/v1/tickets/<ticket_id>/slip", "counter admin", SlipSeenBody,
      {200: TicketShown, 404: Refusal, 409: Refusal})  # fmt: skip
def slip_seen(context: Context, ticket_id: str) -> tuple[int, Any]:
    """Say of a slip that nobody is sure of whether it came out."""
    ticket = decide_slip(context.unit, ticket_id, context.body.came_out)
    return 200, ticket_now(context.unit.tickets, context.services.estimates, ticket)


def _known(context: Context, printer: str) -> None:
    if printer not in context.services.office.printers:
        raise UnknownTicket(f'there is no printer "{printer}"')


def _slip(job: PrintJob) -> dict[str, Any]:
    return {
        "id": job.id, "ticket": job.ticket, "number": job.number, "state": job.state.value, "reason": job.reason,
        "marked": job.marked, "at": moment(job.created_at),
    }  # fmt: skip


def spans(changes: list[Change]) -> list[dict[str, Any]]:
    """Times in which a printer was not well, newest first; "to" is null while it lasts."""
    found: list[dict[str, Any]] = []
    for change in changes:
        if found and found[-1]["to"] is None:
            found[-1]["to"] = change.time
        if change.kind != "recovered":
            found.append({"kind": change.kind, "reason": change.reason, "from": change.time, "to": None})
    return found[::-1]


def days(office: Office, now: int, quarters: list[Any], faults: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The last 14 local dates, newest first, each with its slips by outcome and its faults."""
    dates = list(dict.fromkeys(office.hours.civil_date(now - back * DAY_MS) for back in range(DAYS)))
    slips: Counter[tuple[str, str]] = Counter()
    for begins, state, count in quarters:
        slips[office.hours.civil_date(begins), state.value.lower()] += count
    broken = Counter(office.hours.civil_date(utc_ms(fault["from"])) for fault in faults)
    states = ("printed", "not_printed", "unknown")
    return [{"day": day, **{s: slips[day, s] for s in states}, "faults": broken[day]} for day in dates]
