"""A citizen calls for a clerk; the first who answers ends the call."""

from __future__ import annotations

import pytest

from contract.times import from_rfc3339
from kiosk.actions.counters import open_for_work
from kiosk.actions.days import close_day, open_day
from kiosk.actions.help_requests import answer_help, ask_help
from kiosk.domain.errors import OfficeClosed, UnknownHelpRequest
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


SATURDAY = from_rfc3339("2024-04-20T10:00:00+07:00")


def test_nobody_hears_a_call_on_a_closed_day_and_it_is_not_kept() -> None:
    unit = MemoryUnit()
    unit.now = SATURDAY
    with pytest.raises(OfficeClosed, match="07:00 22/04"):
        ask_help(unit, "kiosk", "kiosk-1")
    assert unit.help_requests.rows == {} and unit.events == []


def test_a_clerk_who_stayed_is_still_called() -> None:
    unit = MemoryUnit()
    open_for_work(unit, "1")
    unit.now = SATURDAY
    assert ask_help(unit, "kiosk", "kiosk-1") in unit.help_requests.rows


def test_a_call_that_nobody_answered_ends_with_the_day() -> None:
    unit = MemoryUnit()
    open_day(unit)
    request = ask_help(unit, "kiosk", "kiosk-1")
    close_day(unit)
    assert unit.help_requests.open() == []
    assert ("help.answered", request, {"counter": None}) in unit.events


@pytest.mark.parametrize("place", ["hall", "entrance", "filing", "kiosk-1", "2"])
def test_a_place_that_the_office_knows_is_told(place: str) -> None:
    unit = MemoryUnit()
    request = ask_help(unit, place, "kiosk-1")
    assert unit.help_requests.rows[request].place == place
    assert unit.free_texts.rows == []


@pytest.mark.parametrize("place", ["cạnh bà An", "kiosk-2", "9", ""])
def test_words_about_a_place_lie_apart_and_the_role_is_told(place: str) -> None:
    unit = MemoryUnit()
    request = ask_help(unit, place, "may-1", "tablet")
    assert unit.help_requests.rows[request].place == "tablet"
    assert unit.free_texts.rows == [(f"help/{request}", "help", request, place, MONDAY)]
    assert unit.events[-1][2]["where"] == "tablet"
