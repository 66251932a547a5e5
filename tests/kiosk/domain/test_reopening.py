"""What the close of a day ended, read from its events."""

from __future__ import annotations

from typing import Any

from kiosk.domain.reopening import DayEnding, endings_of

MOMENT, EARLIER = "2024-04-15T17:00:00.000Z", "2024-04-15T16:59:59.000Z"


def event(n: int, kind: str, subject: str, time: str = MOMENT, **data: Any) -> dict[str, Any]:
    return {"id": f"e{n}", "type": kind, "subject": subject, "time": time, "data": data}


def closed(n: int, day: str = "2024-04-15", **data: int) -> dict[str, Any]:
    return event(n, "office.day_closed", "ba-vi", business_date=day, **data)


BEFORE = [
    event(1, "ticket.issued", "t1", EARLIER, state="WAITING"),
    event(2, "ticket.held", "t2", EARLIER, state="ON_HOLD"),
    event(3, "ticket.called", "t3", EARLIER, state="CALLED"),
    event(4, "ticket.completed", "t4", state="COMPLETED"),  # by a clerk, in the very ms of the close
]
CLOSING = [
    event(5, "ticket.abandoned", "t1", state="ABANDONED"),
    event(6, "ticket.abandoned", "t2", state="ABANDONED"),
    event(7, "ticket.no_show", "t3", state="NO_SHOW"),
    event(8, "counter.closed", "1", reason="day closed"),
]
ENDINGS = [("t1", "e5", "WAITING"), ("t2", "e6", "ON_HOLD"), ("t3", "e7", "CALLED")]


def plain(endings: list[DayEnding]) -> list[tuple[str, str, str]]:
    return [(one.ticket, one.event, one.before.value) for one in endings]


def test_the_close_says_how_many_it_ended() -> None:
    served = event(0, "ticket.serving_started", "t4", EARLIER, state="SERVING")
    assert plain(endings_of([served, *BEFORE, *CLOSING, closed(9, ended=3)], "2024-04-15")) == ENDINGS


def test_a_close_of_before_is_known_by_its_moment() -> None:
    assert plain(endings_of([*BEFORE[:3], *CLOSING, closed(9)], "2024-04-15")) == ENDINGS


def test_a_counter_that_a_clerk_closed_ends_the_search() -> None:
    by_clerk = event(6, "counter.closed", "2", reason=None)
    events = [*BEFORE[:3], CLOSING[0], by_clerk, *CLOSING[1:], closed(9)]
    assert plain(endings_of(events, "2024-04-15")) == ENDINGS[1:]


def test_a_ticket_that_went_on_since_stays_where_it_is() -> None:
    since = event(10, "ticket.called", "t3", state="CALLED")
    assert plain(endings_of([*BEFORE[:3], *CLOSING, closed(9), since], "2024-04-15")) == ENDINGS[:2]


def test_only_the_last_close_of_the_day_counts() -> None:
    undone = [event(n, "ticket.undone", f"t{n - 9}", EARLIER, state="WAITING") for n in (10, 11, 12)]
    again = [event(13, "ticket.abandoned", "t1", state="ABANDONED"), closed(14, ended=1)]
    events = [*BEFORE[:3], *CLOSING, closed(9, ended=3), *undone, *again]
    assert plain(endings_of(events, "2024-04-15")) == [("t1", "e13", "WAITING")]


def test_a_day_that_was_never_closed_has_no_endings() -> None:
    assert endings_of([*BEFORE, *CLOSING, closed(9, day="2024-04-14")], "2024-04-15") == []


def test_what_another_moment_parts_from_the_close_is_not_of_it() -> None:
    """The clock was set back, so that an earlier close bears the same moment."""
    earlier_close = [
        event(20, "ticket.issued", "t9", EARLIER, state="WAITING"),
        event(21, "ticket.abandoned", "t9", state="ABANDONED"),
    ]
    events = [*earlier_close, *BEFORE[:3], *CLOSING, closed(9)]
    assert plain(endings_of(events, "2024-04-15")) == ENDINGS
