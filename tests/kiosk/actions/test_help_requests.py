"""A citizen calls for a clerk; the first who answers ends the call."""

from __future__ import annotations

import pytest

from kiosk.actions.help_requests import answer_help, ask_help
from kiosk.domain.errors import UnknownHelpRequest
from kiosk.domain.help_request import HelpRequest
from tests.kiosk.actions.memory import MONDAY, MemoryUnit


def test_a_call_for_help_is_kept_and_is_an_event() -> None:
    unit = MemoryUnit()
    request = ask_help(unit, "kiosk", "kiosk-1")
    assert unit.help_requests.rows == {request: HelpRequest(request, "kiosk", "kiosk-1", MONDAY)}
    assert unit.events == [("help.requested", request, {"counter": None, "where": "kiosk", "device": "kiosk-1"})]


@pytest.mark.parametrize("counter", ["2", None])
def test_a_call_for_help_is_answered_once(counter: str | None) -> None:
    unit = MemoryUnit()
    request = ask_help(unit, "kiosk", "kiosk-1")
    unit.passes(5_000)
    answer_help(unit, request, counter)
    assert unit.help_requests.answered == {request: MONDAY + 5_000}
    assert unit.events[-1] == ("help.answered", request, {"counter": counter})
    for unknown in (request, "none"):
        with pytest.raises(UnknownHelpRequest, match="answered already or never made"):
            answer_help(unit, unknown, counter)
    assert len(unit.events) == 2
