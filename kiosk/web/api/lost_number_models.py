"""Answers about numbers that may be on paper although the journal lacks them."""

from __future__ import annotations

from typing_extensions import TypedDict

from contract.times import to_rfc3339
from kiosk.domain.lost_numbers import LostNumbersNotice, NumberRange
from kiosk.domain.numbering import ticket_number
from kiosk.web.http.models import Timestamp


class NumberRangeAnswer(TypedDict):
    """`first` and `last` as they stand on slips, both included."""

    letter: str
    first: str
    last: str


class LostNumbersAnswer(TypedDict):
    """What is missing since `since`, when `epoch` began; `reason` as in its first event; `count` of numbers."""

    epoch: str
    reason: str
    since: Timestamp
    business_date: str
    ranges: list[NumberRangeAnswer]
    count: int


def number_range(one: NumberRange) -> NumberRangeAnswer:
    return {
        "letter": one.letter,
        "first": ticket_number(one.letter, one.first),
        "last": ticket_number(one.letter, one.last),
    }


def lost_numbers_answer(notice: LostNumbersNotice) -> LostNumbersAnswer:
    return {
        "epoch": notice.epoch,
        "reason": notice.reason,
        "since": to_rfc3339(notice.started_at),
        "business_date": notice.lost.business_date,
        "ranges": [number_range(one) for one in notice.lost.ranges],
        "count": sum(one.last - one.first + 1 for one in notice.lost.ranges),
    }
