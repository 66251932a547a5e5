"""A new epoch of the journal: what was lost is told, and no number that may be on paper is given again."""

from __future__ import annotations

import pytest

from kiosk.actions.epochs import begin_epoch, heed_receivers
from kiosk.actions.lost_numbers import dismiss_lost_numbers, lost_issue_time
from kiosk.actions.tickets import enter_paper_ticket
from kiosk.domain.errors import BadRequest, UnknownTicket
from kiosk.domain.lost_numbers import LostNumbers, NumberRange
from kiosk.domain.receivers import ReceiverPosition
from tests.kiosk.actions.memory import MINUTE, MONDAY, MemoryUnit
from tests.kiosk.actions.test_calling import issue

TODAY, DAY = "2024-04-15", 24 * 60 * MINUTE
LOST = LostNumbers(TODAY, (NumberRange("A", 2, 57), NumberRange("C", 1, 3)), 90)


@pytest.fixture
def unit() -> MemoryUnit:
    """One number, A001, was given: the journal ends at 1."""
    made = MemoryUnit()
    issue(made)
    return made


def test_an_epoch_names_the_one_before_and_where_it_ended(unit: MemoryUnit) -> None:
    epoch = begin_epoch(unit, "restored")
    assert (epoch, unit.state.head) == ("epoch 1", ("epoch 1", 1))
    assert unit.events[-1] == (
        "office.epoch_started",
        "ba-vi",
        {"reason": "restored", "before": "memory", "seq": 1},
    )
    assert unit.lost_numbers.rows == {}
    assert issue(unit).number == "A002"


def test_lost_numbers_are_told_and_never_given_again(unit: MemoryUnit) -> None:
    epoch = begin_epoch(unit, "restored", LOST)
    assert unit.events[-1][2]["lost"] == {
        "business_date": TODAY,
        "numbers": [{"letter": "A", "first": 2, "last": 57}, {"letter": "C", "first": 1, "last": 3}],
        "seq": 90,
    }
    assert [notice.lost for notice in unit.lost_numbers.of_day(TODAY)] == [LOST]
    assert (unit.lost_numbers.rows[epoch].reason, unit.lost_numbers.rows[epoch].started_at) == ("restored", MONDAY)
    assert issue(unit).number == "A058"


def test_lost_numbers_were_given_before_the_epoch_in_their_order(unit: MemoryUnit) -> None:
    begin_epoch(unit, "restored", LOST)
    times = [lost_issue_time(unit, "A", ordinal) for ordinal in (56, 57)]
    assert times == [MONDAY - 2, MONDAY - 1]
    assert (lost_issue_time(unit, "C", 1), lost_issue_time(unit, "C", 3)) == (MONDAY - 3, MONDAY - 1)
    assert [lost_issue_time(unit, letter, n) for letter, n in (("A", 1), ("A", 58), ("R", 1))] == [None] * 3


def test_who_holds_a_lost_number_is_entered_by_hand_without_a_time(unit: MemoryUnit) -> None:
    begin_epoch(unit, "restored", LOST)
    unit.passes(MINUTE)
    later, earlier = (enter_paper_ticket(unit, number, None, "pc-1") for number in ("A057", "A003"))
    assert MONDAY > (later.issued_at or 0) > (earlier.issued_at or 0)
    with pytest.raises(BadRequest, match="only lost numbers go without"):
        enter_paper_ticket(unit, "A099", None, "pc-1")


def test_a_notice_of_lost_numbers_is_dismissed_once(unit: MemoryUnit) -> None:
    epoch = begin_epoch(unit, "restored", LOST)
    unit.passes(MINUTE)
    dismiss_lost_numbers(unit, epoch)
    assert unit.lost_numbers.dismissed == {epoch: MONDAY + MINUTE}
    for gone in (epoch, "memory"):
        with pytest.raises(UnknownTicket, match=f'no numbers were lost at the beginning of epoch "{gone}"'):
            dismiss_lost_numbers(unit, gone)


@pytest.mark.parametrize(
    "words",
    [
        [],
        [ReceiverPosition("memory", 0)],
        [ReceiverPosition("memory", 1, TODAY, {"A": 1})],
        [ReceiverPosition("an epoch of before", 900)],
    ],
    ids=["nobody", "behind", "level", "another epoch"],
)
def test_a_receiver_that_has_no_more_than_the_journal_changes_nothing(
    unit: MemoryUnit, words: list[ReceiverPosition]
) -> None:
    assert heed_receivers(unit, words) is None
    assert (unit.state.head, unit.starts) == (("memory", 1), [])


def test_a_receiver_that_has_more_proves_that_the_end_is_lost(unit: MemoryUnit) -> None:
    words = [ReceiverPosition("memory", 0), ReceiverPosition("memory", 8, TODAY, {"A": 4, "C": 1})]
    assert heed_receivers(unit, words) == "epoch 1"
    assert unit.starts == [("receiver_ahead", MONDAY)]
    (notice,) = unit.lost_numbers.of_day(TODAY)
    assert (notice.epoch, notice.lost.seq) == ("epoch 1", 8)
    ranges = {one.letter: (one.first, one.last) for one in notice.lost.ranges}
    assert ranges == {"A": (2, 200), "C": (1, 200), "R": (1, 200)}, "far behind, for a receiver gets events late"
    assert issue(unit).number == "A201"


def test_a_word_is_believed_once_a_day(unit: MemoryUnit) -> None:
    def claims() -> str | None:
        return heed_receivers(unit, [ReceiverPosition(unit.state.head.epoch, 1_000, TODAY, {"A": 4})])

    assert claims() == "epoch 1"
    unit.passes(DAY - 1)
    assert claims() is None
    unit.passes(1)
    assert claims() == "epoch 2"


def test_over_night_the_numbers_of_the_new_day_are_skipped(unit: MemoryUnit) -> None:
    unit.passes(DAY)
    heed_receivers(unit, [ReceiverPosition("memory", 8)])
    (notice,) = unit.lost_numbers.of_day("2024-04-16")
    assert {one.letter: one.first for one in notice.lost.ranges} == {"A": 1, "C": 1, "R": 1}
