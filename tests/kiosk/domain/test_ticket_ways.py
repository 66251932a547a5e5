"""Whole ways of a ticket through the office, step after step, with what stands on it at the end."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from contract.tickets import TicketState
from kiosk.domain.errors import IllegalTransition, TooLate, UnknownDossier
from kiosk.domain.ticket import Ticket

MINUTE = 60_000
EIGHT = 1_713_142_800_000  # 2024-04-15 08:00 in Hà Nội
GRACE = 15 * MINUTE
Step = Callable[[Ticket, int], Ticket]

STEPS: dict[str, Step] = {
    "call to 1": lambda t, at: t.call("1", "Lan", at, GRACE),
    "call to 2": lambda t, at: t.call("2", "Minh", at, GRACE),
    "recall at 1": lambda t, at: t.recall("1", "Lan", at, GRACE),
    "recall at 2": lambda t, at: t.recall("2", "Minh", at, GRACE),
    "start": lambda t, at: t.start(at),
    "complete": lambda t, at: t.complete(at),
    "no-show": lambda t, at: t.mark_no_show(at),
    "hold": lambda t, at: t.hold("thiếu giấy tờ"),
    "return": lambda t, at: t.return_to_queue(),
    "to DD": lambda t, at: t.transfer("DD", "s:DD", keep=False),
    "to DD and back": lambda t, at: t.transfer("DD", "s:DD", keep=True),
    "to counter 3": lambda t, at: t.transfer("HT", "c:3", keep=False),
    "cancel": lambda t, at: t.cancel(at, "đi về"),
    "close of day": lambda t, at: t.close_of_day(at),
}


def walk(way: str) -> Ticket:
    """A ticket of 08:00 after these steps, the first at 08:01 and each a minute after the one before."""
    ticket = Ticket("t1", "A001", "HT", "HT", TicketState.WAITING, "2024-04-15", 1, EIGHT, "s:HT")
    for minute, step in enumerate(way.split(", "), start=1):
        ticket = STEPS[step](ticket, EIGHT + minute * MINUTE)
    return ticket


def minutes(*times: int | None) -> tuple[int | None, ...]:
    return tuple(None if time is None else (time - EIGHT) // MINUTE for time in times)


# (steps, state, calls, counter, minutes after eight of the first call, the last call, the start, the end)
WAYS = [
    ("call to 1", "CALLED", 1, "1", (1, 1, None, None)),
    ("call to 1, start, complete", "COMPLETED", 1, "1", (1, 1, 2, 3)),
    ("call to 1, complete", "COMPLETED", 1, "1", (1, 1, 1, 2)),
    ("call to 1, recall at 1, start, complete", "COMPLETED", 2, "1", (1, 2, 3, 4)),
    ("call to 1, recall at 2, start", "SERVING", 2, "1", (1, 2, 3, None)),
    ("call to 1, no-show", "NO_SHOW", 1, "1", (1, 1, None, 2)),
    ("call to 1, no-show, recall at 2, start, complete", "COMPLETED", 2, "2", (1, 3, 4, 5)),
    ("call to 1, no-show, return", "WAITING", 1, "1", (1, 1, None, None)),
    ("call to 1, no-show, return, call to 2, complete", "COMPLETED", 2, "2", (1, 4, 4, 5)),
    ("hold", "ON_HOLD", 0, None, (None, None, None, None)),
    ("call to 1, start, hold", "ON_HOLD", 1, "1", (1, 1, None, None)),
    ("call to 1, start, hold, call to 2, start, complete", "COMPLETED", 2, "2", (1, 4, 5, 6)),
    ("call to 1, start, to DD, call to 2, complete", "COMPLETED", 2, "2", (1, 4, 4, 5)),
    ("cancel", "CANCELLED", 0, None, (None, None, None, 1)),
    ("hold, cancel", "CANCELLED", 0, None, (None, None, None, 2)),
    ("close of day", "ABANDONED", 0, None, (None, None, None, 1)),
    ("hold, close of day", "ABANDONED", 0, None, (None, None, None, 2)),
    ("call to 1, close of day", "NO_SHOW", 1, "1", (1, 1, None, 2)),
    ("call to 1, start, close of day", "COMPLETED", 1, "1", (1, 1, 2, 3)),
]


@pytest.mark.parametrize(("way", "state", "calls", "counter", "times"), WAYS)
def test_at_the_end_of_a_way_calls_counter_and_times_are_those_of_the_steps(
    way: str, state: str, calls: int, counter: str | None, times: tuple[int | None, ...]
) -> None:
    ticket = walk(way)
    assert (ticket.state.value, ticket.calls, ticket.counter) == (state, calls, counter)
    assert minutes(ticket.first_called_at, ticket.called_at, ticket.serving_at, ticket.ended_at) == times


@pytest.mark.parametrize("way", [way for way, *_ in WAYS])
def test_whatever_happens_number_arrival_and_time_of_issue_stay(way: str) -> None:
    ticket = walk(way)
    assert (ticket.number, ticket.arrival, ticket.issued_at, ticket.issued_service) == ("A001", 1, EIGHT, "HT")
    assert ticket.business_date == "2024-04-15"


@pytest.mark.parametrize(
    ("way", "version"),
    [("hold", 2), ("call to 1, start, complete", 4), ("call to 1, no-show, return, call to 2, complete", 6)],
)
def test_each_step_is_one_version(way: str, version: int) -> None:
    assert walk(way).version == version


@pytest.mark.parametrize(
    ("way", "service", "pool", "kept"),
    [
        ("to DD", "DD", "s:DD", ()),
        ("to DD and back", "DD", "s:DD", ("HT",)),
        ("call to 1, start, to DD and back, call to 2", "DD", "s:DD", ("HT",)),
        ("to counter 3", "HT", "c:3", ()),
        ("to DD and back, to counter 3", "HT", "c:3", ("HT",)),
    ],
)
def test_a_transfer_says_who_may_call_next(way: str, service: str, pool: str, kept: tuple[str, ...]) -> None:
    ticket = walk(way)
    assert (ticket.service, ticket.pool, ticket.kept) == (service, pool, kept)


@pytest.mark.parametrize(
    ("way", "reason"),
    [
        ("hold", "thiếu giấy tờ"),
        ("hold, return", None),
        ("hold, call to 1", None),
        ("hold, to DD", None),
        ("hold, cancel", "đi về"),
        ("hold, close of day", "thiếu giấy tờ"),
    ],
)
def test_a_reason_stays_as_long_as_what_it_explains(way: str, reason: str | None) -> None:
    assert walk(way).reason == reason


@pytest.mark.parametrize("ended", ["call to 1, complete", "cancel", "close of day"])
@pytest.mark.parametrize("step", sorted(STEPS))
def test_nothing_follows_on_an_end(ended: str, step: str) -> None:
    with pytest.raises(IllegalTransition):
        walk(f"{ended}, {step}")


def test_a_citizen_away_for_more_than_a_quarter_of_an_hour_goes_back_to_the_queue_first() -> None:
    absent = walk("call to 1, no-show")  # at 08:02
    assert absent.call("1", "Lan", EIGHT + 17 * MINUTE, GRACE).calls == 2
    with pytest.raises(TooLate, match="A001 was absent more than 15 minutes ago; return it to the queue") as refused:
        absent.call("1", "Lan", EIGHT + 17 * MINUTE + 1, GRACE)
    assert refused.value.facts == {"number": "A001"}
    assert absent.return_to_queue().call("1", "Lan", EIGHT + 60 * MINUTE, GRACE).calls == 2


@pytest.mark.parametrize(
    ("before", "step", "changed"),
    [
        ("call to 1", "start", {"state": TicketState.CALLED, "serving_at": None}),
        ("call to 1, start", "complete", {"state": TicketState.SERVING, "ended_at": None}),
        ("call to 1", "no-show", {"state": TicketState.CALLED, "ended_at": None}),
        ("hold", "return", {"state": TicketState.ON_HOLD, "reason": "thiếu giấy tờ"}),
        ("call to 1", "recall at 1", {"calls": 1, "called_at": EIGHT + MINUTE}),
    ],
)
def test_an_undo_puts_back_exactly_what_the_step_changed(before: str, step: str, changed: dict[str, object]) -> None:
    was, now = walk(before), walk(f"{before}, {step}")
    assert was.differences(now) == changed
    undone = now.restored(was.differences(now))
    assert undone.differences(was) == {}
    assert undone.version == now.version + 1


@pytest.mark.parametrize(
    ("way", "state", "reason"),
    [
        ("hold, return", "WAITING", None),
        ("hold", "ON_HOLD", "thiếu giấy tờ"),
        ("call to 1, no-show", "NO_SHOW", None),
        ("call to 1", "WAITING", None),
        ("call to 1, start", "WAITING", None),
    ],
)
def test_whoever_was_at_a_counter_that_is_gone_waits_again_and_others_stay_as_they_are(
    way: str, state: str, reason: str | None
) -> None:
    before, after = walk(way), walk(way).carry_over("DD", "s:DD")
    assert (after.state.value, after.reason, after.service, after.pool) == (state, reason, "DD", "s:DD")
    assert (after.kept, after.serving_at, after.version) == ((), None, before.version + 1)
    assert (after.number, after.arrival, after.called_at) == (before.number, before.arrival, before.called_at)


FIRST, SECOND = "000.00.53.H48-240414-0001", "000.00.53.H48-240414-0002"


def test_dossiers_are_linked_once_each_and_unlinked_one_by_one() -> None:
    ticket = walk("call to 1")
    both = ticket.link_dossier(FIRST).link_dossier(SECOND)
    assert (both.dossiers, both.version) == ((FIRST, SECOND), ticket.version + 2)
    assert both.link_dossier(FIRST) is both
    assert both.unlink_dossier(FIRST).dossiers == (SECOND,)
    assert both.unlink_dossier(SECOND).dossiers == (FIRST,)
    with pytest.raises(UnknownDossier, match=f"A001 is not linked to {FIRST}") as refused:
        ticket.unlink_dossier(FIRST)
    assert refused.value.facts == {"number": "A001", "dossier": FIRST}
