"""The naive figures of a day, against tables worked out by hand."""

from __future__ import annotations

import pytest

from kiosk.verify.figures import Figures, count, flatten
from kiosk.verify.replay import TicketReplay

LEVELS = ("very_satisfied", "satisfied", "not_satisfied")
MINUTE = 60_000


def hour(ms: int) -> int:
    return 8 + ms // 3_600_000


def visit(
    waited: int | None = 10,
    served: int | None = 5,
    state: str = "COMPLETED",
    counter: str | None = "1",
    clerk: str | None = None,
    service: str = "HT",
    issued_at: int = 0,
) -> TicketReplay:
    """A ticket by the minutes it waited and was served."""
    called = None if waited is None else issued_at + waited * MINUTE
    started = None if served is None or called is None else called
    ended = None if started is None else started + (served or 0) * MINUTE
    return TicketReplay(
        "A001", service, service, state, issued_at, counter, clerk, None, called, called, started, ended, 1
    )


def of(*tickets: TicketReplay) -> Figures:
    return count(list(tickets), [], LEVELS, hour)


def test_an_empty_day_has_counts_of_nothing() -> None:
    figures = of()
    assert figures["total/issued"] == 0
    assert figures["total/waiting_ms/median"] is None
    assert figures["total/no_show_rate_bp"] is None
    assert figures["ratings/total/count"] == 0
    assert figures["ratings/total/satisfied_rate_bp"] is None


@pytest.mark.parametrize(
    ("state", "name"),
    [
        ("COMPLETED", "served"),
        ("NO_SHOW", "no_show"),
        ("ABANDONED", "abandoned"),
        ("CANCELLED", "cancelled"),
        ("WAITING", "open"),
        ("CALLED", "open"),
        ("SERVING", "open"),
        ("ON_HOLD", "open"),
    ],
)
def test_each_state_is_counted_in_one_place(state: str, name: str) -> None:
    figures = of(visit(state=state))
    ends = ("served", "no_show", "abandoned", "cancelled", "open")
    assert {end: figures[f"total/{end}"] for end in ends} == {end: int(end == name) for end in ends}


@pytest.mark.parametrize(
    ("waits", "median", "p90"),
    [
        ([4], 4, 4),
        ([4, 8], 4, 8),
        ([8, 4, 6], 6, 8),
        ([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 5, 9),
        ([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11], 6, 10),
    ],
)
def test_median_and_ninetieth_are_values_that_were_measured(waits: list[int], median: int, p90: int) -> None:
    figures = of(*(visit(waited=minutes) for minutes in waits))
    assert figures["total/waiting_ms/count"] == len(waits)
    assert figures["total/waiting_ms/median"] == median * MINUTE
    assert figures["total/waiting_ms/p90"] == p90 * MINUTE


def test_only_completed_tickets_have_a_service_time() -> None:
    figures = of(visit(served=7), visit(served=9, state="NO_SHOW"), visit(served=None, state="WAITING"))
    assert (figures["total/service_ms/count"], figures["total/service_ms/median"]) == (1, 7 * MINUTE)


def test_a_clock_set_back_never_makes_a_negative_time() -> None:
    figures = of(visit(waited=-3, served=-2))
    assert figures["total/waiting_ms/median"] == 0
    assert figures["total/service_ms/median"] == 0


def test_a_ticket_stands_under_its_service_hour_counter_and_clerk() -> None:
    figures = of(
        visit(),
        visit(service="DD", counter="3", clerk="lan", issued_at=3_600_000),
        visit(waited=None, served=None, state="ABANDONED", counter=None),
    )
    assert (figures["by_service/HT/issued"], figures["by_service/DD/issued"]) == (2, 1)
    assert (figures["by_hour/08/issued"], figures["by_hour/09/issued"]) == (2, 1)
    assert (figures["by_counter/1/issued"], figures["by_counter/3/issued"]) == (1, 1)
    assert figures["by_clerk/lan/served"] == 1
    assert not any(path.startswith("by_counter/None") for path in figures)


@pytest.mark.parametrize(
    ("served", "absent", "rate"), [(1, 0, 0), (0, 1, 10_000), (2, 1, 3333), (1, 2, 6667), (15, 1, 625), (31, 1, 313)]
)
def test_the_share_of_the_absent_is_rounded_half_up(served: int, absent: int, rate: int) -> None:
    tickets = [visit()] * served + [visit(state="NO_SHOW")] * absent + [visit(state="CANCELLED")]
    assert of(*tickets)["total/no_show_rate_bp"] == rate


def rating(level: str, service: str = "HT", counter: str | None = "1", clerk: str | None = None) -> dict[str, object]:
    return {"answers": {"attitude": level}, "service": service, "counter": counter, "clerk": clerk}


def test_ratings_are_counted_in_total_and_by_what_was_rated() -> None:
    given = [
        rating("very_satisfied"),
        rating("satisfied", counter="2", clerk="lan"),
        rating("not_satisfied", service="DD"),
        rating("not_satisfied", service="DD", counter=None),
    ]
    figures = count([], given, LEVELS, hour)
    assert figures["ratings/total/count"] == 4
    assert figures["ratings/total/levels/not_satisfied"] == 2
    assert figures["ratings/total/satisfied_rate_bp"] == 5000
    assert figures["ratings/by_service/HT/satisfied_rate_bp"] == 10_000
    assert figures["ratings/by_service/DD/levels/very_satisfied"] == 0
    assert figures["ratings/by_counter/1/count"] == 2
    assert figures["ratings/by_clerk/lan/count"] == 1
    assert "ratings/by_counter/None/count" not in figures


def test_a_level_that_is_no_longer_asked_is_still_counted() -> None:
    figures = count([], [rating("angry")], LEVELS, hour)
    assert figures["ratings/total/levels/angry"] == 1
    assert figures["ratings/total/satisfied_rate_bp"] == 0


def test_a_report_is_flattened_to_the_same_paths() -> None:
    report = {
        "report": "daily",
        "office": {"code": "ba-vi", "name": "…"},
        "levels": ["a"],
        "total": {"issued": 2, "waiting_ms": {"median": 5}},
        "by_service": [{"key": "HT", "name": "Hộ tịch", "issued": 2}],
        "ratings": {"total": {"count": 1}, "by_clerk": [{"key": "lan", "name": "Lan", "count": 1}]},
    }
    assert flatten(report) == {
        "total/issued": 2,
        "total/waiting_ms/median": 5,
        "by_service/HT/issued": 2,
        "ratings/total/count": 1,
        "ratings/by_clerk/lan/count": 1,
    }
