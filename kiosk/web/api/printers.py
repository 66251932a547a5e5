"""Calls about printers: their last slips as pictures, their faults, trial slips, and slips nobody is sure of."""

from __future__ import annotations

from flask import Response

from contract.times import to_rfc3339
from kiosk.actions.slip_decisions import decide_slip
from kiosk.domain.errors import UnknownPrinter
from kiosk.queries.printers import read_history, read_slip
from kiosk.queries.tickets import place_of
from kiosk.web.api.printer_models import (
    PrinterHistoryAnswer,
    PrintersAnswer,
    TrialAskedAnswer,
    history_answer,
    printers_answer,
)
from kiosk.web.api.ticket_models import SlipSeenBody, TicketAnswer, ticket_answer
from kiosk.web.http.calls import Context, call
from kiosk.web.http.demands import CLERK
from kiosk.web.http.models import MISSING, REFUSED, EmptyBody


@call("GET", "/api/v1/printers", "kiosk counter admin technician", None, {200: PrintersAnswer})
def printers(context: Context) -> tuple[int, PrintersAnswer]:
    """The state of each printer as its print worker last knew it: ok, fault (with reason) or unknown."""
    given = context.dependencies
    here = given.office.printer_for(context.caller.name, context.caller.role)
    informs = context.caller.role == "kiosk" and context.caller.name in given.office.information
    return 200, {"here": here, "information": informs, "printers": printers_answer(given.printer_health)}


@call("GET", "/api/v1/printers/<printer>/history", "admin technician", None, {200: PrinterHistoryAnswer, **MISSING})
def history(context: Context, printer: str) -> tuple[int, PrinterHistoryAnswer]:
    """A printer's last slips, its last 14 days, its faults, and the slips of today that nobody is sure of."""
    _require_printer(context, printer)
    with context.reading() as reading:
        view = read_history(reading, context.dependencies.office, printer, context.now)
    return 200, history_answer(view, context.dependencies.trials.last(printer))


@call("GET", "/api/v1/printers/<printer>/slips/<job>.png", "admin", None, {200: bytes, **MISSING}, also=("image/png",))
def slip_picture(context: Context, printer: str, job: str) -> tuple[int, Response]:
    """A slip as it was drawn, black on white, as wide as the paper."""
    _require_printer(context, printer)
    with context.reading() as reading:
        spooled, ticket = read_slip(reading, printer, job)
    return 200, Response(context.dependencies.draw_slip(spooled, ticket), 200, content_type="image/png")


@call(
    "POST",
    "/api/v1/printers/<printer>/trial",
    "admin technician",
    EmptyBody,
    {202: TrialAskedAnswer, **MISSING},
    journaled=False,
)
def print_trial(context: Context[EmptyBody], printer: str) -> tuple[int, TrialAskedAnswer]:
    """Print a slip that is no ticket; what became of it stands in the printer's history."""
    _require_printer(context, printer)
    trial = context.dependencies.trials.request(printer, context.now)
    return 202, {"asked_at": to_rfc3339(trial.asked_at), "state": trial.state}


@call(
    "POST",
    "/api/v1/tickets/<ticket_id>/slip",
    "counter admin",
    SlipSeenBody,
    {200: TicketAnswer, **REFUSED},
    demands=(CLERK,),
)
def slip_seen(context: Context[SlipSeenBody], ticket_id: str) -> tuple[int, TicketAnswer]:
    """Say of a slip that nobody is sure of whether it came out."""
    ticket = decide_slip(context.unit, ticket_id, context.body.came_out)
    return 200, ticket_answer(ticket, place_of(context.unit.tickets, context.dependencies.estimates, ticket))


def _require_printer(context: Context[object], printer: str) -> None:
    if printer not in context.dependencies.office.printers:
        raise UnknownPrinter(f'there is no printer "{printer}"')
