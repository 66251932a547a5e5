"""A copied disk is noticed by two runs that take turns; a restart is not."""

from __future__ import annotations

import pytest

from sync.receiver.senders import DUPLICATE_S, SenderRuns


@pytest.mark.parametrize(
    ("runs", "answers"),
    [
        (["a", "a", "a"], [False, False, False]),
        (["a", "b", "c", "d"], [False, False, False, False]),
        (["a", "b", "a"], [False, False, True]),
        (["a", "b", "b", "b", "a"], [False, False, False, False, True]),
        (["a", "b", "a", "c"], [False, False, True, True]),
        (["", "a", "", "a"], [False, False, False, False]),
        (["a", "", "b", ""], [False, False, False, False]),
    ],
)
def test_a_run_that_was_replaced_and_sends_again_is_a_duplicate(runs: list[str], answers: list[bool]) -> None:
    seen = SenderRuns(lambda: 0.0)
    assert [seen.record("ba-vi", run) for run in runs] == answers


def test_offices_are_judged_apart() -> None:
    seen = SenderRuns(lambda: 0.0)
    for run in ("a", "b", "a"):
        seen.record("ba-vi", run)
    assert not seen.record("ba-to", "a")
    assert seen.record("ba-vi", "")


@pytest.mark.parametrize(
    ("later_s", "duplicate"), [(DUPLICATE_S - 1, True), (DUPLICATE_S, False), (DUPLICATE_S + 1, False)]
)
def test_a_duplicate_that_fell_silent_is_forgotten(later_s: float, duplicate: bool) -> None:
    now = [5000.0]
    seen = SenderRuns(lambda: now[0])
    for run in ("a", "b", "a"):
        seen.record("ba-vi", run)
    now[0] += later_s
    assert seen.record("ba-vi", "a") is duplicate
