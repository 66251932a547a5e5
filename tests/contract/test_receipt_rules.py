"""Channels by the day of receipt: both sides of each change, and one date with the law that reports name."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from contract.dossiers import Channel
from contract.receipt_rules import ReceiptRule, broken_rule, receipt_rules
from kiosk.reports.dated_rules import rules

BEGINS = date(2025, 7, 1)
ENDED = ReceiptRule("channel", 3, "bưu chính", date(2018, 6, 21), BEGINS, "Thông tư 99")
AGAIN = ReceiptRule("channel", 3, "bưu chính", date(2030, 1, 1), None, "Thông tư 100")


@pytest.mark.parametrize(
    ("channel", "day", "is_broken"),
    [
        (4, date(2025, 6, 30), True),
        (4, BEGINS, False),
        (4, date(2015, 1, 1), True),
        (4, date(2030, 1, 1), False),
        *((channel, day, False) for channel in (1, 2, 3) for day in (date(2015, 1, 1), date(2025, 6, 30), BEGINS)),
    ],
)
def test_a_channel_may_be_said_from_its_day_on(channel: int, day: date, is_broken: bool) -> None:
    assert (broken_rule({"channel": channel}, day) is not None) is is_broken


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2018, 6, 20), "từ ngày 01/01/2030 (Thông tư 100), mà hồ sơ này tiếp nhận ngày 20/06/2018"),
        (date(2018, 6, 21), ""),
        (date(2025, 6, 30), ""),
        (BEGINS, "từ ngày 01/01/2030 (Thông tư 100)"),
        (date(2029, 12, 31), "từ ngày 01/01/2030"),
        (date(2030, 1, 1), ""),
    ],
)
def test_a_value_that_ended_and_came_again_is_ruled_on_every_side(day: date, words: str) -> None:
    rule = broken_rule({"channel": 3}, day, [ENDED, AGAIN])
    assert rule is None if not words else rule is not None and words in rule.told(day)


def test_what_ended_says_its_last_day() -> None:
    rule = broken_rule({"channel": 3}, BEGINS, [ENDED])
    assert rule is not None and "đến hết ngày 30/06/2025 (Thông tư 99)" in rule.told(BEGINS)
    assert broken_rule({"channel": 3}, BEGINS - timedelta(days=1), [ENDED]) is None


def test_no_rules_at_all_forbid_nothing_and_rules_are_read_once_for_all_that_is_said() -> None:
    assert broken_rule({"channel": 4}, date(2015, 1, 1), []) is None
    only_once = (rule for rule in [ENDED])
    assert broken_rule({"status": 4, "channel": 3}, BEGINS, only_once) == ENDED


def test_what_has_no_rule_may_always_be_said() -> None:
    assert broken_rule({"status": 8, "code": "000.00.53.H48-150101-0001"}, date(2015, 1, 1)) is None


def test_the_day_of_vneid_is_that_of_the_law_that_reports_name() -> None:
    (vneid,) = [rule for rule in receipt_rules() if rule.value == Channel.VNEID]
    named = [rule for rule in rules() if rule.key == "channels" and "VNeID" in rule.value]
    assert [(one.since, one.source) for one in named] == [(vneid.since, vneid.source)]
