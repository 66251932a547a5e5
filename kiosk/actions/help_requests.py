"""Calls for a clerk ("Gọi cán bộ"), shown on every console until one answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.actions.opening import closed, is_staffed, office_is_open
from kiosk.actions.words import place_code
from kiosk.domain.errors import UnknownHelpRequest
from kiosk.domain.events.help_requests import HelpAnswered, HelpRequested
from kiosk.domain.help_request import HelpRequest

if TYPE_CHECKING:
    from kiosk.actions.ports import Unit


def ask_help(unit: Unit, place: str, device: str, role: str = "kiosk") -> str:
    """Returns the id of the request. `place` is what the device says of where the citizen stands.

    Raises OfficeClosed where nobody would hear it: outside the hours, and no clerk sits at a counter.
    """
    if not office_is_open(unit) and not is_staffed(unit):
        raise closed(unit, "officers are here")
    request = unit.new_id()
    place = place_code(unit, request, place, device, role)
    unit.help_requests.add(HelpRequest(request, place, device, unit.now))
    unit.record(HelpRequested(request, place, device))
    return request


def end_help(unit: Unit) -> None:
    """The day ends: who called is gone, and the call does not wait for the clerks of another day."""
    for request in unit.help_requests.open():
        answer_help(unit, request.id, None)


def answer_help(unit: Unit, request: str, counter: str | None) -> None:
    """Raises UnknownHelpRequest when it was answered before or never made."""
    if not unit.help_requests.answer(request, unit.now):
        raise UnknownHelpRequest("this call for help was answered already or never made")
    unit.record(HelpAnswered(request, counter))
