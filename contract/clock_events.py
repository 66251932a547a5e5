"""What the events of the office's clock hold: all times and spans in ms. Their types stand in `contract.events`."""

from __future__ import annotations

from typing import TypedDict


class DayConfirmedData(TypedDict):
    """A person said that the business date of before a boot is still today's."""

    business_date: str


class DayReopenedData(TypedDict):
    """`business_date` is worked on again; `instead_of`: the one that a wrong clock had begun.

    `confirmed_by`: the accounts of two persons.
    """

    business_date: str
    instead_of: str
    confirmed_by: list[str]


class ClockJumpedData(TypedDict):
    """How far the machine's clock is ahead of the office's time. `provisional`: the date waits for a confirmation."""

    by_ms: int
    provisional: bool


class ClockCorrectedData(TypedDict):
    """The office's time is `by_ms` later from here on, and so are this boot's times: read every time of a ticket of
    `business_date` that is `since_ms` or later as `by_ms` later.

    `why`: "step", "held" (long enough), "confirmed" or "given" by a person.
    """

    by_ms: int
    since_ms: int
    business_date: str
    why: str
