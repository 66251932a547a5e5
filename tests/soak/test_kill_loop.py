"""kill -9 of service, board and sync at any moment under load: what was promised is kept."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from tests.soak.killing import Promises, kill_loop


def check(promises: Promises, problems: list[str], verdict: str, journal: dict[str, Any]) -> None:
    events = journal["events"]
    by_type: dict[str, list[dict[str, Any]]] = {}
    for event in events:
        by_type.setdefault(event["type"], []).append(event)
    assert [event["seq"] for event in events] == list(range(1, len(events) + 1))
    issued = {(e["subject"], e["data"]["number"]) for e in by_type["ticket.issued"]}
    assert set(promises.issued) <= issued, "an acknowledged ticket was lost"
    numbers = Counter(e["data"]["number"] for e in by_type["ticket.issued"])
    assert max(numbers.values()) == 1, "a number was given twice"
    called = Counter((e["subject"], e["data"]["counter"]) for e in by_type.get("ticket.called", []))
    assert set(promises.called) <= set(called), "an acknowledged call was lost"
    assert max(called.values(), default=1) == 1, "a ticket was called twice"
    rated = Counter(e["subject"] for e in by_type.get("rating.submitted", []))
    assert set(promises.rated) <= set(rated) and max(rated.values(), default=1) == 1
    assert "0 differences" in verdict, verdict
    assert problems == []


def test_a_short_kill_loop_breaks_no_promise() -> None:
    promises, problems, _, verdict, journal = kill_loop(kills=8, seed=1)
    assert len(promises.issued) > 20
    check(promises, problems, verdict, journal)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(5))
def test_five_hundred_kills_among_fifty_thousand_promises_break_none(seed: int) -> None:
    promises, problems, _, verdict, journal = kill_loop(kills=100, seed=seed, promised=10_000)
    assert len(promises.issued) + len(promises.called) + len(promises.rated) >= 10_000
    check(promises, problems, verdict, journal)
