"""An event that is wrong stays; two persons say of it that it is wrong, in an event of its own."""

from __future__ import annotations

import json

from contract.reasons import REASONS
from kiosk.actions.ports import Unit
from kiosk.domain.errors import BadRequest
from kiosk.domain.events.access import Corrected


def correct_event(unit: Unit, seq: int, reason: str, confirmed_by: tuple[str, str]) -> str:
    """The type of the event at that position of the present epoch. Raises BadRequest."""
    if confirmed_by[0] == confirmed_by[1]:
        raise BadRequest("name two different persons")
    if reason not in REASONS:
        raise BadRequest(f'"{reason}" is not a reason; reasons: {", ".join(REASONS)}')
    head = unit.state.head
    entries = unit.journal.read(head.epoch, seq - 1, 1) if 0 < seq <= head.seq else []
    if not entries:
        raise BadRequest(f"there is no event {seq}; the journal ends at {head.seq}")
    event = json.loads(entries[0].body)
    unit.record(Corrected(event["id"], seq, reason, confirmed_by))
    return str(event["type"])
