"""The row of dossiers worked out by hand for a handful of them; every place of a line is asked for once."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from kiosk.verify import dossiers
from kiosk.verify.dossiers import DossierLine, line_of, years_of
from kiosk.verify.law import CriteriaRule, Range

YEAR = ("2023-12-15", "2024-12-14")
# 1 new, 2 and 4 in work, 5 waits for papers, 7 withdrawn, 9 returned, 10 delivered; 3 counts nowhere

RULE = CriteriaRule(2, {151: "xuất sắc", 120: "tốt", 90: "khá", 60: "trung bình", 0: "yếu"}, 3_000, 1_500, 2_000)


def criteria_on(day: str) -> CriteriaRule | None:
    return RULE if day >= "2018-11-23" else None


def count_dossiers(lines: list[DossierLine], ranges: list[Range]) -> dict[str, int | None]:
    return dossiers.count_dossiers(lines, ranges, criteria_on)


def line(status: int, received: str, due: str = "", ended: str = "", channel: int = 1) -> DossierLine:
    return DossierLine(status, channel, f"p{channel}", "Hộ tịch", received, due, ended, digitised=True)


COUNTED = [
    # the edges of the period, at both ends
    (line(2, "2023-12-15"), {"received", "in_person", "open", "open_in_time"}),
    (line(2, "2024-12-14"), {"received", "in_person", "open", "open_in_time"}),
    (line(2, "2024-12-15"), set()),
    (line(2, "2023-12-14"), {"received", "carried_over", "open", "open_in_time"}),
    (line(9, "2023-12-01", "2023-12-20", "2023-12-14"), set()),
    (line(9, "2023-12-01", "2023-12-20", "2023-12-15"), {"received", "carried_over", "resolved", "early"}),
    (line(9, "2024-03-01", "", "2024-12-14"), {"received", "in_person", "resolved", "on_time"}),
    (line(9, "2024-03-01", "", "2024-12-15"), {"received", "in_person", "open", "open_in_time"}),
    # before, on and after the due day
    (line(10, "2024-03-01", "2024-03-08", "2024-03-07"), {"received", "in_person", "resolved", "early"}),
    (line(10, "2024-03-01", "2024-03-08", "2024-03-08"), {"received", "in_person", "resolved", "on_time"}),
    (line(10, "2024-03-01", "2024-03-08", "2024-03-09"), {"received", "in_person", "resolved", "late"}),
    # an end without a final status is no end; a final status without a day is none either
    (line(4, "2024-03-01", "", "2024-03-07"), {"received", "in_person", "open", "open_in_time"}),
    (line(9, "2024-03-01"), {"received", "in_person", "open", "open_in_time"}),
    # overdue while in work, and only after the due day
    (line(2, "2024-03-01", "2024-12-13"), {"received", "in_person", "open", "open_overdue"}),
    (line(4, "2024-03-01", "2024-12-13"), {"received", "in_person", "open", "open_overdue"}),
    (line(2, "2024-03-01", "2024-12-14"), {"received", "in_person", "open", "open_in_time"}),
    (line(5, "2024-03-01", "2024-12-13"), {"received", "in_person", "open", "open_in_time"}),
    (line(8, "2024-03-01", "2024-12-13"), {"received", "in_person", "open", "open_in_time"}),
    # channels 2 and 4 are online
    (line(2, "2024-03-01", channel=2), {"received", "online", "open", "open_in_time"}),
    (line(2, "2024-03-01", channel=3), {"received", "in_person", "open", "open_in_time"}),
    (line(2, "2024-03-01", channel=4), {"received", "online", "open", "open_in_time"}),
    # statuses 1 and 3 are no dossiers yet
    (line(1, "2024-03-01"), set()),
    (line(3, "2024-03-01"), set()),
    (line(7, "2024-03-01", "2024-03-08", "2024-03-20"), {"received", "in_person", "resolved", "on_time", "withdrawn"}),
]
COUNTS = (
    "received",
    "online",
    "in_person",
    "carried_over",
    "resolved",
    "early",
    "on_time",
    "late",
    "open",
    "open_in_time",
    "open_overdue",
    "withdrawn",
)


@pytest.mark.parametrize(("one", "names"), COUNTED)
def test_where_one_dossier_counts(one: DossierLine, names: set[str]) -> None:
    counted = count_dossiers([one], [YEAR])
    assert {name for name in COUNTS if counted[f"2024-12-14/{name}"]} == names
    assert {counted[f"2024-12-14/{name}"] for name in names} <= {1}


def test_a_row_of_five_by_hand() -> None:
    lines = [
        line(10, "2024-03-01", "2024-03-08", "2024-03-07"),
        line(10, "2024-03-01", "2024-03-08", "2024-03-09"),
        line(2, "2024-03-01", "2024-03-08", channel=2)._replace(digitised=False),
        line(2, "2024-03-01", "2024-12-20", channel=2),
        line(2, "2023-12-01", "2024-12-20", channel=2)._replace(digitised=False),
    ]
    counted = count_dossiers(lines, [YEAR])
    assert {path.partition("/")[2]: value for path, value in counted.items() if "field" not in path} == {
        "received": 5,
        "online": 2,
        "in_person": 2,
        "carried_over": 1,
        "resolved": 2,
        "early": 1,
        "on_time": 0,
        "late": 1,
        "open": 3,
        "open_in_time": 2,
        "open_overdue": 1,
        "withdrawn": 0,
        "of_resolved": 5_000,  # one of two
        "of_received": 6_000,  # three of five
        "digitised": 3,
        "online_bp": 5_000,  # two of the four received in the period
        "procedures_bp": 5_000,  # one of two procedures came online
        "criterion_1_points": 2,  # one early, one late
        "criterion_9": 0,  # one late
    }


def test_years_are_whole_from_15_december_to_14_december() -> None:
    assert years_of([line(2, "2024-12-14"), line(2, "2024-12-15")]) == [
        ("2023-12-15", "2024-12-14"),
        ("2024-12-15", "2025-12-14"),
    ]


def test_a_line_has_the_local_days_of_its_event() -> None:
    data: dict[str, Any] = {"status": 10, "channel": 2, "procedure": "1.001193", "digitised": True, "field": "Hộ tịch"}
    data |= {"received_at": "2024-04-14T16:59:59.999Z", "due_at": None, "finished_at": "2024-04-14T17:00:00.000Z"}

    def local(ms: int) -> datetime:
        return datetime.fromtimestamp(ms / 1000 + 7 * 3600, UTC)

    assert line_of(data, local) == DossierLine(10, 2, "1.001193", "Hộ tịch", "2024-04-14", "", "2024-04-15", True)


def filed(online: int, others: int, kinds: int, late: bool = False) -> list[DossierLine]:
    """Dossiers of one procedure online, of `kinds` in all; one of them late if asked for."""
    lines = [DossierLine(2, 2, "k0", "Hộ tịch", "2024-03-01", "", "", True) for _ in range(online)]
    lines += [DossierLine(2, 1, f"k{n % kinds}", "Hộ tịch", "2024-03-01", "", "", True) for n in range(others)]
    return [*lines, line(9, "2023-12-01", "2024-01-05", "2024-01-06")] if late else lines


@pytest.mark.parametrize(
    ("lines", "points"),
    [
        (filed(6, 14, 5), 2),  # 30 % of dossiers, 20 % of procedures: both just enough
        (filed(6, 14, 6), 1),  # one procedure of six
        (filed(5, 15, 5), 1),
        (filed(3, 17, 5), 1),  # 15 %, just enough
        (filed(2, 18, 5), 0),
        (filed(6, 14, 5, late=True), 0),
        ([], None),
    ],
)
def test_the_ninth_criterion_by_its_steps(lines: list[DossierLine], points: int | None) -> None:
    assert count_dossiers(lines, [YEAR])["2024-12-14/criterion_9"] == points


def test_the_first_criterion_adds_two_for_early_and_one_for_in_time_or_without_a_due_day() -> None:
    lines = [
        line(9, "2024-03-01", "2024-03-08", "2024-03-07"),
        line(10, "2024-03-01", "2024-03-08", "2024-03-08"),
        line(9, "2024-03-01", "", "2024-03-08"),
        line(9, "2024-03-01", "2024-03-08", "2024-03-09"),
        line(7, "2024-03-01", "2024-03-08", "2024-03-02"),
        line(9, "2023-03-01", "2023-03-08", "2023-03-02"),
        line(9, "2024-12-01", "2024-12-30", "2024-12-15"),
    ]
    assert count_dossiers(lines, [YEAR])["2024-12-14/criterion_1_points"] == 4
    assert count_dossiers(lines[:1], [("2024-03-07", "2024-03-07")])["2024-03-07/criterion_1_points"] == 2


@pytest.mark.parametrize(("last", "points"), [("2018-11-22", (0, None)), ("2018-11-23", (2, 1))])
def test_there_are_no_points_before_the_circular(last: str, points: tuple[int, int | None]) -> None:
    lines = [line(9, "2018-11-01", "2018-11-20", "2018-11-10", channel=2)]
    counted = count_dossiers([*lines, *filed_then()], [("2018-11-01", last)])
    assert (counted[f"{last}/criterion_1_points"], counted[f"{last}/criterion_9"]) == points


def filed_then() -> list[DossierLine]:
    """Four more in person: one of five is online."""
    return [line(2, "2018-11-02") for _ in range(4)]
