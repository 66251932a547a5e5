"""Of a slip that no printer proved, the clerk who asked the citizen has the last word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from contract.tickets import PrintState
from kiosk.actions.slips import settle
from kiosk.domain.errors import IllegalTransition
from kiosk.domain.print_job import SEEN

if TYPE_CHECKING:
    from kiosk.actions.ports import Unit
    from kiosk.domain.ticket import Ticket


def decide_slip(unit: Unit, ticket_id: str, came_out: bool) -> Ticket:
    """Note that an UNKNOWN slip came out, or did not. Raises UnknownTicket, IllegalTransition for any other slip."""
    ticket = unit.tickets.get(ticket_id)
    job = next(iter(unit.spool.of_ticket(ticket.id)), None)
    if job is None or job.state is not PrintState.UNKNOWN:
        raise IllegalTransition(
            f"the slip of {ticket.number} is not in doubt", number=ticket.number, state=ticket.print_state.value
        )
    settle(unit, job, PrintState.UNKNOWN, PrintState.PRINTED if came_out else PrintState.NOT_PRINTED, SEEN)
    return unit.tickets.get(ticket_id)
