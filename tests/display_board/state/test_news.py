"""Whatever comes between: each call once, in order, and in the end the board that the whole journal makes."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from display_board.state.board import BoardCall
from display_board.state.call_scheduler import FRESH_MS, LEAST_S, CallScheduler
from display_board.state.fold import Board, apply, call_of, from_snapshot
from display_board.state.news import Following, Gap
from tests.display_board.journal import COUNTERS, SmallOffice

Key = tuple[str, str, int]


def key(call: BoardCall) -> Key:
    return call.number, call.counter, call.time


@dataclass
class Hall:
    """An office, a line that may break, a screen and a voice that takes its time; all clocks are the test's."""

    office: SmallOffice = field(default_factory=SmallOffice)
    following: Following = field(default_factory=Following)
    sent: int = 0
    connected: bool = True
    expected: list[Key] = field(default_factory=list)
    shown: list[tuple[Key, float]] = field(default_factory=list)
    gone: list[float] = field(default_factory=list)
    speaking_until: float = 0.0
    overlaps: int = 0

    def __post_init__(self) -> None:
        self.start = self.office.now
        self.scheduler = CallScheduler(self._begin, lambda: self.seconds >= self.speaking_until)
        self.following.begin(from_snapshot(self.office.body()))

    @property
    def seconds(self) -> float:
        return (self.office.now - self.start) / 1000

    def _begin(self, call: BoardCall, times: int) -> None:
        self.overlaps += self.seconds < self.speaking_until
        self.speaking_until = self.seconds + 6.0 * times
        self.shown.append((key(call), self.seconds))

    def passes(self, seconds: int) -> None:
        for _ in range(seconds * 4):
            self.office.passes(0.25)
            lit = self.scheduler.spotlight
            self.scheduler.tick(self.seconds)
            if lit is not None and self.scheduler.spotlight is not lit:
                self.gone.append(self.seconds - self.speaking_until if self.scheduler.spotlight is None else 0.0)

    def deliver(self, count: int) -> None:
        """The next events of the stream, some of them once more after a reconnection."""
        events = self.office.events[self.sent : self.sent + count]
        if not (self.connected and events):
            return
        fresh = [event for event in events if event["seq"] > self.following.heard]
        self.sent += len(events)
        calls, withdrawn = self.following.hear(events)
        for ticket, since in withdrawn:
            self.scheduler.withdraw(ticket, since)
            pending = {key(call) for call in self.scheduler._waiting}
            shown = {one for one, _ in self.shown}
            self.expected = [one for one in self.expected if one in shown or one in pending]
        now = self.office.now
        for call in calls:
            self.scheduler.hear(call, now)
        made = [call for event in fresh if (call := call_of(event)) is not None]
        kept = {key(call) for call in calls}
        undone = {w[0] for w in withdrawn}
        assert all(key(call) in kept or call.ticket in undone for call in made), "only an undo takes a call away"
        self.expected += [key(call) for call in made if key(call) in kept and now - call.time <= FRESH_MS]

    def breaks(self) -> None:
        self.connected = False

    def returns(self, again: int) -> None:
        """The line is back; the service may send some events again that were on their way when it broke."""
        self.connected = True
        self.sent = max(0, self.following.heard - again)

    def refreshes(self) -> None:
        if self.connected:
            self.following.refresh(from_snapshot(self.office.body()))


counter = st.sampled_from(COUNTERS)
STEPS = st.one_of(
    st.tuples(st.sampled_from(["call", "call", "call", "recall", "start", "transfer", "undo", "finish"]), counter),
    st.tuples(st.just("passes"), st.integers(1, 45)),
    st.tuples(st.just("deliver"), st.integers(1, 12)),
    st.tuples(st.just("breaks"), st.none()),
    st.tuples(st.just("returns"), st.integers(0, 5)),
    st.tuples(st.just("refreshes"), st.none()),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(STEPS, min_size=1, max_size=90), st.integers(1, 50))
def test_each_young_call_is_shown_and_spoken_once_in_order_and_the_board_ends_true(
    steps: list[tuple[str, Any]], people: int
) -> None:
    hall = Hall()
    whole = from_snapshot(hall.office.body())
    for _ in range(people):
        hall.office.issue()
    for name, value in steps:
        if name in {"passes", "deliver", "returns"}:
            getattr(hall, name)(value)
        elif value is None:
            getattr(hall, name)()
        else:
            getattr(hall.office, name)(value)
            hall.deliver(1)
    hall.returns(0)
    hall.deliver(len(hall.office.events))
    hall.passes(12 * len(hall.expected) + 60)
    assert [one for one, _ in hall.shown] == hall.expected
    assert len(set(hall.expected)) == len(hall.expected)
    assert hall.overlaps == 0 and all(rest >= 0 for rest in hall.gone), "the light stays until the voice ends"
    starts = [at for _, at in hall.shown]
    assert all(b - a >= LEAST_S for a, b in itertools.pairwise(starts))
    same_as_the_journal(hall, whole)


def same_as_the_journal(hall: Hall, board: Board) -> None:
    for event in hall.office.events:
        board = apply(board, event)
    assert hall.following.board is not None and not board.doubtful
    found = replace(hall.following.board, calls=hall.following.board.calls[:8])
    assert found == replace(board, calls=board.calls[:8])
    assert found == from_snapshot(hall.office.body())


def opened() -> Hall:
    hall = Hall()
    for _ in range(6):
        hall.office.issue()
    hall.deliver(99)
    return hall


def test_a_snapshot_that_runs_ahead_of_the_stream_swallows_no_call() -> None:
    hall = opened()
    hall.office.call("1")
    hall.refreshes()
    hall.office.call("2")
    hall.breaks()
    hall.returns(0)
    hall.deliver(99)
    hall.passes(60)
    assert [one[1] for one, _ in hall.shown] == ["1", "2"]


def test_calls_of_a_long_break_are_not_made_any_more_but_stand_on_the_board() -> None:
    hall = opened()
    hall.breaks()
    hall.office.call("1")
    hall.passes(61)
    hall.office.call("2")
    hall.passes(30)
    hall.returns(0)
    hall.deliver(99)
    hall.passes(60)
    assert [one[1] for one, _ in hall.shown] == ["2"]
    assert hall.following.board and [row.ticket is not None for row in hall.following.board.rows][:2] == [True, True]


def test_undoing_a_second_call_leaves_the_first_one_to_be_made() -> None:
    hall = opened()
    for counter_code in ("1", "2"):
        hall.office.call(counter_code)
    hall.office.recall("2")
    hall.office.undo("2")
    hall.deliver(99)
    hall.passes(60)
    assert [one[1] for one, _ in hall.shown] == ["1", "2"]


def test_undoing_the_start_of_service_withdraws_no_call() -> None:
    hall = opened()
    hall.office.call("1")
    hall.office.call("2")
    hall.deliver(99)
    hall.office.start("2")
    hall.office.undo("2")
    hall.deliver(99)
    hall.passes(60)
    assert [one[1] for one, _ in hall.shown] == ["1", "2"]


def test_a_missing_event_is_asked_for_again_once_and_then_the_board_goes_on() -> None:
    hall = opened()
    hall.office.call("1")
    hall.office.call("2")
    last = hall.office.events[-1:]
    with pytest.raises(Gap):
        hall.following.hear(last)
    calls, _ = hall.following.hear(hall.office.events[-2:])
    assert [call.counter for call in calls] == ["1", "2"]
    lost = [{**last[0], "seq": last[0]["seq"] + 2}]
    with pytest.raises(Gap):
        hall.following.hear(lost)
    hall.following.hear(lost)
    assert hall.following.board and hall.following.board.doubtful, "a new look at the whole is due"


def test_calls_before_a_missing_event_are_made_before_it_is_asked_for() -> None:
    hall = opened()
    hall.office.call("1")
    late = {**hall.office.events[-1], "seq": hall.office.events[-1]["seq"] + 5}
    calls, _ = hall.following.hear([hall.office.events[-1], late])
    assert [call.counter for call in calls] == ["1"]
    with pytest.raises(Gap):
        hall.following.hear([late])


def test_of_another_life_only_those_who_are_still_expected_are_called() -> None:
    hall = opened()
    hall.office.call("1")
    hall.office.call("2")
    hall.office.start("2")
    calls = Following().begin(from_snapshot({**hall.office.body(), "epoch": "e2"}))
    assert [(call.counter, call.ticket) for call in calls] == [("1", "t-A001")]
    hall.following.refresh(from_snapshot({**hall.office.body(), "epoch": "e2"}))
    assert hall.following.board is None


@pytest.mark.parametrize(
    "broken",
    [
        {"type": "dossier.updated", "data": {"code": "no-code"}},
        {"type": "ticket.called", "data": {}},
        {"type": "ticket.called", "time": "noon"},
        {"type": "notice.changed", "data": None},
    ],
    ids=["a dossier", "an empty call", "a call at no time", "no data"],
)
def test_an_event_that_is_not_understood_stops_neither_board_nor_later_calls(broken: dict[str, Any]) -> None:
    hall = opened()
    hall.office.call("1")
    hall.office.call("2")
    odd, call = hall.office.events[-2:]
    calls, _ = hall.following.hear([{**odd, **broken}, call])
    assert [call.counter for call in calls] == ["2"]
    assert hall.following.heard == call["seq"]
    assert hall.following.board and hall.following.board.doubtful, "a new look at the whole is due"
