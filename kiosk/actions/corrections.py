"""An event that is wrong stays; two persons say of it that it is wrong, in an event of its own.

Either both at once, at the machine, or one after the other: what the first says waits until the second decides.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from contract.reasons import REASONS
from kiosk.domain.correction import OpenCorrection
from kiosk.domain.errors import AskedAlready, BadRequest, SecondPersonNeeded, UnknownCorrection, UnknownEvent
from kiosk.domain.events.access import Corrected

if TYPE_CHECKING:
    from kiosk.actions.ports import Unit


def correct_event(unit: Unit, seq: int, reason: str, confirmed_by: tuple[str, str]) -> str:
    """The type of the event at that position of the present epoch. Raises BadRequest."""
    if confirmed_by[0] == confirmed_by[1]:
        raise BadRequest("name two different persons")
    event_id, kind = _event_at(unit, seq, reason)
    unit.record(Corrected(event_id, seq, reason, confirmed_by))
    unit.corrections.remove(event_id)
    return kind


def ask_for_correction(unit: Unit, seq: int, reason: str, person: str) -> str:
    """The first person's word; the id of the event. Raises BadRequest, AskedAlready."""
    event_id, _ = _event_at(unit, seq, reason)
    if unit.corrections.get(event_id) is not None:
        raise AskedAlready(f"somebody called event {seq} wrong already")
    unit.corrections.add(OpenCorrection(event_id, unit.state.head.epoch, seq, reason, person, unit.now))
    return event_id


def approve_correction(unit: Unit, event_id: str, person: str) -> None:
    """The second person's word. Raises UnknownCorrection, SecondPersonNeeded, BadRequest after a restore."""
    asked = _asked(unit, event_id)
    if asked.asked_by == person:
        raise SecondPersonNeeded("another person than the one who asked has to approve")
    if asked.epoch != unit.state.head.epoch:
        raise BadRequest("the journal was begun anew since; decline it, and ask again about the event of now")
    correct_event(unit, asked.seq, asked.reason, (asked.asked_by, person))


def decline_correction(unit: Unit, event_id: str) -> None:
    """The first person takes it back, or the second does not agree. Raises UnknownCorrection."""
    _asked(unit, event_id)
    unit.corrections.remove(event_id)


def _asked(unit: Unit, event_id: str) -> OpenCorrection:
    asked = unit.corrections.get(event_id)
    if asked is None:
        raise UnknownCorrection(f'nobody waits for a second person about event "{event_id}"')
    return asked


def _event_at(unit: Unit, seq: int, reason: str) -> tuple[str, str]:
    """Id and type of an event of the present epoch. Raises BadRequest."""
    if reason not in REASONS:
        raise BadRequest(f'"{reason}" is not a reason; reasons: {", ".join(REASONS)}')
    head = unit.state.head
    entries = unit.journal.read(head.epoch, seq - 1, 1) if 0 < seq <= head.seq else []
    if not entries:
        raise UnknownEvent(f"there is no event {seq}; the journal ends at {head.seq}", seq=seq, last=head.seq)
    event = json.loads(entries[0].body)
    return str(event["id"]), str(event["type"])
