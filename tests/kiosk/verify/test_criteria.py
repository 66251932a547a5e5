"""The nine criteria counted plainly, worked out by hand."""

from __future__ import annotations

from collections import Counter

import pytest

from kiosk.domain.survey import FurtherQuestion
from kiosk.verify.criteria import Answers, count_criteria
from kiosk.verify.law import CriteriaRule
from kiosk.verify.replay import TicketEvents
from tests.kiosk.verify.events import rated_with
from tests.kiosk.verify.test_dossiers import RULE, line

DAYS = ("2024-01-01", "2024-03-31")
THREE = {"none": "0", "one": "1", "more": "2"}
QUESTIONS = [FurtherQuestion("contacts", "?", THREE, 3), FurtherQuestion("again", "?", {"no": "0", "yes": "1"}, 4)]
LINES = [
    line(9, "2024-03-01", "2024-03-08", "2024-03-07", channel=2),
    line(10, "2024-03-01", "2024-03-08", "2024-03-08"),
    line(9, "2024-03-01", "", "2024-03-09"),
]
GIVEN = Counter({("contacts", "none"): 2, ("contacts", "more"): 1, ("again", "no"): 4, ("contacts", "lost"): 9})


def test_each_criterion_by_hand_and_no_sum_while_one_is_open() -> None:
    found = count_criteria(LINES, GIVEN, QUESTIONS, DAYS, RULE, {5: 15, 3: 20})
    # 2, 1, 1 → 4 : 3 = 1.33; one of three dossiers and of two procedures online, none late → 2; 4 : 3 again → 1.33
    assert {path: value for path, value in found.items() if path[0] in "139"} == {
        **{"1/computed": 13, "1/counted": 3, "1/written": None, "1/points": 13},
        **{"3/computed": 13, "3/counted": 3, "3/written": 20, "3/points": 20},
        **{"9/computed": 20, "9/counted": None, "9/written": None, "9/points": 20},
    }
    assert found["5/points"] == 15 and found["4/points"] is None, "a question of two choices has no points"
    assert (found["4/counted"], found["2/counted"]) == (0, None)
    assert (found["total"], found["band"]) == (None, None)


@pytest.mark.parametrize(("eighth", "total", "band"), [(10, 119, "khá"), (11, 120, "tốt"), (0, 109, "khá")])
def test_the_sum_of_nine_and_its_band(eighth: int, total: int, band: str) -> None:
    # 13 + 20 (computed) + 20, 10, 13, 13, 10, 10 written for 2, 4, 5, 6, 7 and 3
    own = {2: 20, 3: 10, 4: 13, 5: 13, 6: 10, 7: 10, 8: eighth}
    found = count_criteria(LINES, GIVEN, QUESTIONS, DAYS, RULE, own)
    assert (found["total"], found["band"]) == (total, band)


def test_other_rules_give_other_points() -> None:
    rule = CriteriaRule(5, {0: "chưa đạt", 305: "đạt"}, 4_000, 3_000, 2_000)
    own = dict.fromkeys(range(2, 9), 35)
    found = count_criteria(LINES, GIVEN, QUESTIONS, DAYS, rule, own)
    # 5, 1, 1 → 7 : 3 = 2.33; 33,33 % online is less than 40 % → 1; with 7 times 3.5
    assert (found["1/computed"], found["3/computed"], found["9/computed"]) == (23, 33, 10)
    assert (found["total"], found["band"]) == (23 + 7 * 35 + 10, "chưa đạt")


@pytest.mark.parametrize(
    ("best", "middle", "worst", "tenths"),
    [(1, 3, 0, 13), (1, 0, 7, 3), (0, 1, 19, 1), (0, 1, 20, 0), (0, 0, 3, 0)],  # 1.25, 0.25, 0.05, 0.048, 0
)
def test_an_average_is_rounded_half_up_to_a_tenth(best: int, middle: int, worst: int, tenths: int) -> None:
    given = Counter({("contacts", "none"): best, ("contacts", "one"): middle, ("contacts", "more"): worst})
    found = count_criteria([], given, QUESTIONS, DAYS, RULE, {})
    assert (found["3/computed"], found["3/counted"]) == (tenths, best + middle + worst)


def test_without_dossiers_and_answers_nothing_is_computed() -> None:
    found = count_criteria([], Counter(), QUESTIONS, DAYS, RULE, {})
    assert {value for path, value in found.items() if not path.endswith("counted")} == {None}
    assert found["1/counted"] == 0


def test_answers_count_on_their_days() -> None:
    answers = Answers(("good", "fair", "bad"))
    for day, level, choice in (
        ("2024-01-01", "good", "none"),
        ("2024-03-31", "fair", "none"),
        ("2024-03-31", "bad", "one"),
        ("2024-04-01", "good", "more"),
    ):
        answers.take(day, [TicketEvents([], [rated_with(level, {"contacts": choice})])])
    assert answers.between(DAYS) == {("contacts", "none"): 2, ("contacts", "one"): 1}
    assert (answers.satisfied(DAYS), answers.satisfied(("2023-01-01", "2023-12-31"))) == ((2, 3), (0, 0))
