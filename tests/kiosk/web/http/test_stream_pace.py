"""How events are gathered before they are told: soon for the single one, seldom for the many."""

from __future__ import annotations

from itertools import pairwise

import pytest

from kiosk.web.http.journal_stream import GROUP_S, pause_s


def published(events: list[float]) -> list[float]:
    """When each publication happens, with events at these moments; a publication tells all that came before it."""
    told: list[float] = []
    earlier = last = -2 * GROUP_S
    for event in events:
        if told and event <= told[-1]:
            continue
        told.append(event + max(0.0, pause_s(earlier, event)))
        earlier, last = last, told[-1]
    return told


def test_a_call_right_behind_a_ticket_is_told_at_once() -> None:
    assert published([1.000, 1.010]) == [1.000, 1.010]


def test_many_events_are_gathered_into_twentyfive_publications_a_second_and_wait_no_longer_than_40_ms() -> None:
    events = [n / 500 for n in range(5000)]
    told = published(events)
    assert len(told) == pytest.approx(10 / GROUP_S, rel=0.08)
    assert all(after - before <= GROUP_S + 0.003 for before, after in pairwise(told))
