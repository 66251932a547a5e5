"""A clock that is wrong for four seconds changes nothing: 24 jumps at six points of the day."""

from __future__ import annotations

from typing import Any

import pytest

from tests.kiosk.clock_story import JUMPS, MINUTE, ClockStory, service_ms, wait_ms
from tests.office import OfficeStory

POINTS = ("before opening", "waiting", "called", "serving", "rating window", "midnight")
IN_EVERY_RUN = {"+30s", "+1d", "-1h", "-54y"}
MINUTES = 60_000


def cases() -> list[Any]:
    """A selection in every run, all of them in `make soak`."""
    return [
        pytest.param(jump, point, id=f"{jump} {point}", marks=[] if jump in IN_EVERY_RUN else [pytest.mark.soak])
        for jump in JUMPS
        for point in POINTS
    ]


def is_wrong_for_four_seconds(told: ClockStory, seconds: int, works: bool, over_midnight: bool) -> None:
    """Meanwhile the office works on; what is beyond ten minutes is said. What leads over midnight has to hold."""
    told.is_set(seconds)
    told.clock.passes(2)
    if abs(seconds) > 10 * MINUTE:
        assert (told.doubt, told.ready) == ("jumped", 503)
    if works:
        answer = told.take("DD")
        assert (answer.status_code, answer.json["number"]) == (201, "C001")  # type: ignore[index]
    told.clock.passes(2)
    told.is_set(-seconds)
    told.look()  # a rest below ten minutes is a step of its own
    if not over_midnight:
        assert (told.doubt, told.ready) == ("none", 200)


@pytest.mark.parametrize(("jump", "point"), cases())
def test_a_clock_that_is_wrong_for_four_seconds_changes_nothing(
    small_office: OfficeStory, jump: str, point: str
) -> None:
    told = ClockStory(small_office)

    def comes(name: str, works: bool = True) -> None:
        if name == point:
            is_wrong_for_four_seconds(told, JUMPS[jump], works, point == "midnight")

    comes("before opening", works=False)
    told.until("07:10:00")
    first, left = told.take(), told.take()
    comes("waiting")
    told.until("07:20:00")
    called = told.call()
    assert called.json["id"] == first.json["id"]  # type: ignore[index]
    comes("called")
    told.until("07:21:00")
    told.act(called.json["id"], "start")  # type: ignore[index]
    comes("serving")
    told.until("07:31:00")
    assert told.act(called.json["id"], "complete").status_code == 200  # type: ignore[index]
    comes("rating window")
    told.until("07:45:59")
    assert told.rate(called.json["id"]).status_code == 201  # type: ignore[index]
    told.until("23:59:57")
    comes("midnight", works=False)
    told.until("00:00:30", "2024-04-17")
    told.passes(6 * MINUTE)

    served = told.ticket(first)
    assert (served.state, wait_ms(served), service_ms(served)) == ("COMPLETED", 10 * MINUTES, 10 * MINUTES)
    assert (told.state(left), told.business_date) == ("ABANDONED", "2024-04-17")
    assert (told.doubt, told.ready) == ("none", 200)
    assert [event["business_date"] for event in told.events("office.day_closed")] == ["2024-04-16"]
    assert {event["business_date"] for event in told.events("ticket.issued")} == {"2024-04-16"}
    assert told.events("office.clock_jumped") or told.events("office.clock_corrected")
    assert told.differences() == []
