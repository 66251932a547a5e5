"""How long one will probably wait: arithmetic over the last services of the day."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any

import pytest

from contract.tickets import CounterState
from kiosk.domain.counter import Counter
from kiosk.domain.service import CounterPlace
from kiosk.queries.estimates import Estimates

MINUTE = 60_000
OPEN, PAUSED, CLOSED = CounterState.OPEN, CounterState.PAUSED, CounterState.CLOSED


class Day:
    """A store of which only the last services and the counters are asked."""

    def __init__(self, times: dict[str, list[int]], states: dict[str, CounterState]) -> None:
        self.times, self.states, self.looks = times, states, 0
        self.seconds = 0.0
        places = {"1": ("HT",), "2": ("HT", "DD"), "3": ("DD",)}
        self.office = SimpleNamespace(counters={code: CounterPlace(code, code, of) for code, of in places.items()})

    @contextmanager
    def reading(self) -> Iterator[Any]:
        self.looks += 1
        yield SimpleNamespace(
            state=SimpleNamespace(business_date="2024-04-15"),
            counters=SimpleNamespace(all=lambda: [Counter(code, state) for code, state in self.states.items()]),
            statistics=SimpleNamespace(recent_service_ms=lambda day, limit: self.times),
        )

    def monotonic(self) -> float:
        return self.seconds

    def now_ms(self) -> int:
        return 0

    def estimates(self) -> Estimates:
        return Estimates(self, self)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("minutes", "states", "ahead", "seconds"),
    [
        # mean of ten services, counters of HT that are open, people before, seconds
        (5, {"1": OPEN}, 0, 0),
        (5, {"1": OPEN}, 1, 300),
        (5, {"1": OPEN}, 4, 1200),
        (5, {"1": OPEN, "2": OPEN}, 4, 600),
        (5, {"1": OPEN, "2": OPEN}, 3, 450),
        (5, {"1": OPEN, "2": PAUSED}, 4, 1200),
        (5, {"1": CLOSED, "2": OPEN}, 4, 1200),
        (5, {"1": OPEN, "3": OPEN}, 4, 1200),
        (5, {"1": PAUSED, "2": CLOSED}, 2, 600),
        (5, {}, 2, 600),
    ],
)
def test_people_before_times_the_mean_shared_by_the_open_counters(
    minutes: int, states: dict[str, CounterState], ahead: int, seconds: int
) -> None:
    day = Day({"HT": [minutes * MINUTE] * 10}, states)
    assert day.estimates().wait_s("HT", ahead) == seconds


def test_the_mean_is_of_all_the_services_that_are_given() -> None:
    day = Day({"HT": [2 * MINUTE] * 5 + [6 * MINUTE] * 5}, {"1": OPEN})
    assert day.estimates().wait_s("HT", 1) == 240


@pytest.mark.parametrize(("served", "known"), [(0, False), (9, False), (10, True), (50, True)])
def test_there_is_no_estimate_before_ten_were_served(served: int, known: bool) -> None:
    day = Day({"HT": [MINUTE] * served}, {"1": OPEN})
    assert (day.estimates().wait_s("HT", 1) is not None) is known


def test_each_service_has_its_own_pace_and_an_unknown_one_has_none() -> None:
    estimates = Day({"HT": [MINUTE] * 10, "DD": [9 * MINUTE] * 10}, {"1": OPEN, "3": OPEN}).estimates()
    assert (estimates.wait_s("HT", 1), estimates.wait_s("DD", 1), estimates.wait_s("VX", 1)) == (60, 540, None)


def test_the_office_is_looked_at_once_in_five_seconds() -> None:
    day = Day({"HT": [MINUTE] * 10}, {"1": OPEN})
    estimates = day.estimates()
    for second in (0.0, 1.0, 4.9, 5.0):
        day.seconds = second
        estimates.wait_s("HT", 1)
    assert day.looks == 1
    day.times = {"HT": [3 * MINUTE] * 10}
    day.seconds = 5.1
    assert estimates.wait_s("HT", 1) == 180 and day.looks == 2


@pytest.mark.parametrize(
    ("times", "states", "ahead", "span"),
    [
        # five times 2 and five times 6 minutes: mean 4, standard deviation 2 minutes
        ([2, 6], {"1": OPEN}, 0, (0, 0)),
        ([2, 6], {"1": OPEN}, 1, (86, 394)),  # 240 s and 1.28 × 120 s to either side
        ([2, 6], {"1": OPEN}, 4, (653, 1267)),  # 960 s and 1.28 × 120 s × 2
        ([2, 6], {"1": OPEN, "2": OPEN}, 4, (326, 634)),  # two counters: half of both
        ([5, 5], {"1": OPEN}, 2, (600, 600)),
        ([0, 20], {"1": OPEN}, 1, (0, 1368)),  # never before now
    ],
)
def test_the_span_holds_eight_of_ten_waits(
    times: list[int], states: dict[str, CounterState], ahead: int, span: tuple[int, int]
) -> None:
    day = Day({"HT": [minutes * MINUTE for minutes in times] * 5}, states)
    assert day.estimates().wait_span_s("HT", ahead) == span


def test_there_is_no_span_before_ten_were_served() -> None:
    assert Day({"HT": [MINUTE] * 9}, {"1": OPEN}).estimates().wait_span_s("HT", 1) is None
