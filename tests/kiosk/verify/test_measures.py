"""Every measure is counted a second time: worked out by hand here, and no wrong figure passes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from contract.tickets import CounterState
from kiosk.actions import counters
from kiosk.domain.service import Promises
from kiosk.domain.survey import FurtherQuestion
from kiosk.maintenance.verification import daily_figures, dossier_figures, verify_store
from kiosk.verify.dossiers import DossierLine, count_dossiers, years_of
from kiosk.verify.measures import count_measures
from kiosk.verify.recount import verify
from kiosk.verify.replay import TicketEvents, replay
from tests.kiosk.verify.besides import beside
from tests.kiosk.verify.events import EIGHT_MS, absent, at, called, completed, event, issued, started
from tests.kiosk.verify.test_recount import one_served_ticket
from tests.office import OfficeStory

LEVELS = ("good", "fair", "bad")


def utc(ms: int) -> datetime:
    return datetime.fromtimestamp(ms / 1000, UTC)


def other(name: str, minutes: int, subject: str, **data: Any) -> dict[str, Any]:
    return {"type": name, "time": at(minutes), "subject": subject, "data": data, "business_date": "2024-04-15"}


def rated(level: str) -> dict[str, Any]:
    return {"answers": {"attitude": level}, "service": "HT", "counter": "1", "clerk": None}


TICKETS = [
    TicketEvents([issued(0), called(4), started(5), completed(15)], [rated("good")]),
    TicketEvents(
        [
            issued(1, service="DD"),
            called(16),
            event("transferred", at(17), to_counter=None),
            called(30, "2"),
            started(31, "2"),
            completed(41, "2"),
        ]
    ),
    TicketEvents([issued(62), called(64), absent(66)]),
]
OTHERS = [
    other("counter.opened", 0, "1"),
    other("counter.paused", 30, "1"),
    other("counter.opened", 40, "1"),
    other("device.fault", 10, "p1", kind="printer", reason="paper"),
    other("device.recovered", 25, "p1", kind="printer", reason=None),
    other("device.offline", 30, "tv", kind="board", reason=None),
    other("office.day_closed", 70, "office"),
]
MINUTE = 60_000
# path → the figure worked out by hand
BY_HAND = {
    "tickets/total/issued": 3,
    "tickets/total/served": 2,
    "tickets/total/no_show": 1,
    "tickets/total/transferred": 1,
    "tickets/service/DD/issued": 1,
    "tickets/counter/2/served": 1,
    "tickets/hour/01/issued": 2,
    "tickets/weekday/0/issued": 3,
    "tickets/language/vi/issued": 3,
    "waiting-time/total/count": 3,
    "waiting-time/total/median": 4 * MINUTE,
    "waiting-time/total/most": 15 * MINUTE,
    "service-time/total/median": 10 * MINUTE,
    "waiting-time/total/within_bp": 6_667,  # 4, 15 and 2 minutes, promised within 4
    "service-time/total/within_bp": 10_000,  # 10 and 10 minutes, promised within 10
    "waiting-time/service/DD/within_bp": 0,
    "load/0/02": 1,
    "ratings/total/good": 1,
    "ratings/total/good_bp": 10_000,
    "ratings/total/satisfied_bp": 10_000,
    "response-rate": 5_000,
    "occupancy/1/open_ms": 60 * MINUTE,
    "occupancy/1/serving_ms": 10 * MINUTE,
    "occupancy/1/busy_bp": 1_667,
    "devices/printer/p1/faults": 1,
    "devices/printer/p1/down_ms": 15 * MINUTE,
    "devices/printer/p1/open": 0,
    "devices/board/tv/silences": 1,
    "devices/board/tv/open": 1,
}


@pytest.mark.parametrize("path", BY_HAND)
def test_a_morning_worked_out_by_hand(path: str) -> None:
    whole = [(one, replay(one.events)) for one in TICKETS]
    assert count_measures(whole, OTHERS, LEVELS, utc, Promises(4 * MINUTE, 10 * MINUTE))[path] == BY_HAND[path]


def counted(tickets: list[TicketEvents], others: list[dict[str, Any]] | None = None) -> dict[str, int | None]:
    return count_measures([(one, replay(one.events)) for one in tickets], others or [], LEVELS, utc, Promises())


def test_of_ten_the_fifth_is_the_median_and_the_ninth_the_ninth_tenth() -> None:
    waits = [7, 3, 10, 1, 9, 2, 8, 4, 6, 5]
    figures = counted([TicketEvents([issued(0), called(wait), started(20), completed(20 + wait)]) for wait in waits])
    assert [figures[f"waiting-time/total/{name}"] for name in ("count", "median", "p90", "most")] == [
        10,
        5 * MINUTE,
        9 * MINUTE,
        10 * MINUTE,
    ]
    assert [figures[f"service-time/total/{name}"] for name in ("median", "p90")] == [5 * MINUTE, 9 * MINUTE]


def test_the_two_best_of_three_levels_are_satisfied() -> None:
    visit = [issued(0), called(4), started(5), completed(15)]
    figures = counted([TicketEvents(visit, [rated(level)]) for level in LEVELS])
    assert [figures[f"ratings/total/{name}"] for name in ("count", "good", "fair", "bad")] == [3, 1, 1, 1]
    assert figures["ratings/total/satisfied_bp"] == 6_667


def test_answers_of_the_second_page_are_shares_of_those_who_answered_that_question() -> None:
    visit = [issued(0), called(4), started(5), completed(15)]
    given = ({"times": "none"}, {"times": "none", "place": "here"}, {"times": "two"}, {})
    figures = counted([TicketEvents(visit, [{**rated("good"), "further": further}]) for further in given])
    assert {path: value for path, value in figures.items() if path.startswith("further-answers/")} == {
        "further-answers/times/none/count": 2,
        "further-answers/times/none/share_bp": 6_667,
        "further-answers/times/two/count": 1,
        "further-answers/times/two/share_bp": 3_333,
        "further-answers/place/here/count": 1,
        "further-answers/place/here/share_bp": 10_000,
    }


def test_the_language_is_the_one_that_was_chosen_for_the_ticket() -> None:
    figures = counted([TicketEvents([issued(0, language="hre"), called(4)])])
    assert (figures["tickets/language/hre/issued"], figures.get("tickets/language/vi/issued")) == (1, None)


def test_nothing_lasts_less_than_no_time() -> None:
    """The clock went back while a counter was open, a device was down, a citizen was served."""
    others = [
        other("counter.opened", 10, "1"),
        other("counter.closed", 9, "1"),
        other("counter.opened", 20, "2"),
        other("counter.closed", 20, "2"),
        other("device.fault", 10, "p1", kind="printer", reason="paper"),
        other("device.recovered", 9, "p1", kind="printer", reason=None),
        other("device.fault", 10, "p2", kind="printer", reason="paper"),
        other("device.recovered", 10, "p2", kind="printer", reason=None),
    ]
    figures = counted([TicketEvents([issued(5), called(4), started(5), completed(3)])], others)
    names = ("waiting-time/total/most", "service-time/total/most", "occupancy/1/open_ms", "occupancy/2/open_ms")
    assert [figures[name] for name in names] == [0, 0, 0, 0]
    assert [figures[f"devices/printer/{name}/down_ms"] for name in ("p1", "p2")] == [0, 0]


def test_a_corrected_clock_moves_the_openings_of_this_boot() -> None:
    """Counter 1 stood open since before the boot, counter 2 since after it; then the clock is set an hour on."""
    correction = {"by_ms": 60 * MINUTE, "since_ms": EIGHT_MS + 20 * MINUTE, "business_date": "2024-04-15"}
    others = [
        other("counter.opened", 10, "1"),
        other("counter.opened", 20, "2"),
        other("office.clock_corrected", 90, "office", **correction),
        other("counter.closed", 100, "1"),
        other("counter.closed", 100, "2"),
    ]
    figures = counted([], others)
    assert [figures[f"occupancy/{counter}/open_ms"] for counter in "12"] == [90 * MINUTE, 20 * MINUTE]


@pytest.fixture
def story(home: Path) -> Iterator[OfficeStory]:
    made = OfficeStory(f"sqlite:///{home / 'motcua.db'}")
    yield made
    made.close()


def test_no_wrong_measure_passes(story: OfficeStory) -> None:
    with story.unit() as unit:
        counters.set_state(unit, "1", CounterState.OPEN)
    one_served_ticket(story)
    with story.unit() as unit:
        counters.set_state(unit, "1", CounterState.PAUSED)
    assert verify_store(story.app.store).listed == []

    def spoiled(*given: Any) -> dict[str, Any]:
        report = daily_figures(*given)
        return {**report, "measures": {path: (value or 0) + 1 for path, value in report["measures"].items()}}  # type: ignore[attr-defined]

    def spoiled_dossiers(*given: Any) -> dict[str, int | None]:
        return {path: (value or 0) + 1 for path, value in dossier_figures(*given).items()}

    with story.app.store.reading() as reading:
        paths = daily_figures(reading, story.app.office, "2024-04-15", "2024-04-15")["measures"]
    result = verify(story.app.store, spoiled, beside(spoiled_dossiers))
    assert {line.split(":")[0] for line in result.listed if "dossiers" not in line} == {
        f"2024-04-15 measures/{path}" for path in paths
    }
    assert (
        sum("dossiers up to 2024-12-14" in line for line in result.listed) == 19 + 12 + 6 * 3
    )  # one field, six groups
    assert any(path.startswith("occupancy/1/") for path in paths)


# answers to a question of criterion 3 with three choices → how many, and their points
ANSWERS = [([], None), (["none"], (1, 2)), (["none", "one", "more", "one"], (4, 4)), (["gone", "more"], (1, 0))]


@pytest.mark.parametrize(("answers", "expected"), ANSWERS)
def test_the_points_of_an_asked_criterion_worked_out_by_hand(
    answers: list[str], expected: tuple[int, int] | None
) -> None:
    three = FurtherQuestion("contacts", "Mấy lần?", {"none": "0", "one": "1", "more": "2"}, 3)
    two = FurtherQuestion("again", "Có phải quay lại?", {"no": "Không", "yes": "Có"}, 4)
    given = [{**rated("good"), "further": {"contacts": answer, "again": "no"}} for answer in answers]
    whole = [TicketEvents([issued(0), called(4), started(5), completed(15)], [data]) for data in given]
    replayed = [(one, replay(one.events)) for one in whole]
    figures = count_measures(replayed, [], LEVELS, utc, Promises(EIGHT_MS), (three, two), 2)
    points = {path: value for path, value in figures.items() if path.startswith("criterion")}
    assert points == (
        {} if expected is None else {"criterion-3/answers": expected[0], "criterion-3/points": expected[1]}
    )


# status, channel, received, due, ended → what the row of 2024 counts beside "received"
LINES = [
    (10, 2, "2024-04-05", "2024-04-10", "2024-04-09", {"online", "resolved", "early"}),
    (7, 1, "2024-04-05", "2024-04-10", "2024-04-20", {"in_person", "resolved", "on_time", "withdrawn"}),
    (9, 3, "2023-12-14", "", "2023-12-15", {"carried_over", "resolved", "on_time"}),
    (4, 2, "2024-04-05", "2024-12-13", "", {"online", "open", "open_overdue"}),
    (5, 2, "2024-04-05", "2024-04-06", "", {"online", "open", "open_in_time"}),
    (10, 2, "2024-04-05", "2024-04-10", "2024-12-15", {"online", "open", "open_overdue"}),
]


@pytest.mark.parametrize(("status", "channel", "received", "due", "ended", "names"), LINES)
def test_the_row_of_a_dossier_worked_out_by_hand(
    status: int, channel: int, received: str, due: str, ended: str, names: set[str]
) -> None:
    line = DossierLine(status, channel, "1.001193", "Hộ tịch", received, due, ended, digitised=True)
    counted = count_dossiers([line], [("2023-12-15", "2024-12-14")], lambda _: None)
    counts = {path.partition("/")[2] for path, value in counted.items() if value == 1}
    counts = {name for name in counts if not name.endswith("_bp") and "criterion" not in name}
    counts = {name for name in counts if "field" not in name}
    assert counts == {"received", "digitised", *names}


def test_years_of_reports_begin_on_15_december() -> None:
    lines = [DossierLine(4, 2, "1", "", day, "", "", False) for day in ("2023-12-14", "2023-12-15", "2025-01-01")]
    assert [last for _, last in years_of(lines)] == ["2023-12-14", "2024-12-14", "2025-12-14"]


def test_every_hour_of_the_day_has_its_own_load() -> None:
    """The office of these tests reckons in UTC; its first ticket is taken at one o'clock."""
    figures = counted([TicketEvents([issued(60 * after)]) for after in range(23)])
    loads = {path: count for path, count in figures.items() if path.startswith("load/")}
    assert loads == {f"load/0/{hour:02d}": 1 for hour in range(1, 24)}
