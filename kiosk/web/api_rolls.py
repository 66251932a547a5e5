"""The call by which a technician says that a new roll was put in."""

from __future__ import annotations

from typing import Any

from kiosk.domain.errors import UnknownTicket
from kiosk.store.paper_rolls import PaperRolls
from kiosk.web.calls import Context, call
from kiosk.web.models import AnyObject, Nothing, Refusal


@call("POST", "/api/v1/printers/<printer>/roll", "counter admin", Nothing, {200: AnyObject, 404: Refusal})
def new_roll(context: Context, printer: str) -> tuple[int, Any]:
    """A new roll was put in; the count of its slips starts. {"slips_left"}. A roll that ended is noticed by itself."""
    found = context.services
    if printer not in found.office.printers:
        raise UnknownTicket(f'there is no printer "{printer}"')
    rolls = PaperRolls(context.unit.transaction, found.office.code)
    roll = rolls.get(printer).renewed()
    rolls.put(printer, roll, context.unit.now)
    found.print_states.get(printer, {})["slips_left"] = roll.left
    return 200, {"slips_left": roll.left}
