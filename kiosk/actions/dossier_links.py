"""Which dossiers came of a visit."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from contract.dossiers import day_of_code, normalise_code
from kiosk.actions.access import acting_counter
from kiosk.actions.undoing import keep_undo
from kiosk.domain.counter import UndoStep
from kiosk.domain.errors import BadDossierCode, ImpossibleDossierDay
from kiosk.domain.events.tickets import DossierLinked, DossierUnlinked

if TYPE_CHECKING:
    from kiosk.actions.ports import Unit
    from kiosk.domain.ticket import Ticket


def link_dossier(unit: Unit, ticket_id: str, text: str) -> Ticket:
    """Note a dossier of this visit; `text` as typed or scanned. No step of the ticket: the last action stays undoable.

    Raises BadDossierCode, ImpossibleDossierDay.
    """
    code = _checked(text, date.fromisoformat(max(unit.office.hours.civil_date(unit.now), unit.business_date)))
    ticket = unit.tickets.get(ticket_id)
    after = ticket.link_dossier(code)
    if after is not ticket:
        unit.tickets.save(ticket, after)
        unit.record(DossierLinked(after, code))
        keep_undo(unit, ticket, after, code)
    return after


def unlink_dossier(unit: Unit, ticket_id: str, code: str, bound: str | None) -> Ticket:
    """Remove a dossier that was linked by mistake; the counter's last action, which can be undone.

    Raises UnknownDossier.
    """
    ticket = unit.tickets.get(ticket_id)
    acting = acting_counter(unit, ticket, bound)
    after = ticket.unlink_dossier(code)
    unit.tickets.save(ticket, after)
    event = unit.record(DossierUnlinked(after, code))
    step = UndoStep(event, after.id, after.version, ticket.differences(after))
    counter = unit.counters.get(acting)
    unit.counters.save(counter.acted(unit.now, step))
    return after


def _checked(text: str, today: date) -> str:
    """The code without spaces, in capitals."""
    try:
        code = normalise_code(text)
    except ValueError as error:
        raise BadDossierCode(str(error)) from None
    day = day_of_code(code)
    if day is None or day > today:
        raise ImpossibleDossierDay(f"{code} names a day that there is not, or that is yet to come", dossier=code)
    return code
