"""Bodies and answers about the office's time."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field
from typing_extensions import TypedDict

from contract.times import to_rfc3339
from kiosk.queries.clock import ClockView
from kiosk.web.http.models import Body, Timestamp

Doubt = Literal["none", "jumped", "started"]


class ClockBody(Body):
    """`right`: "machine" (its clock), "date" (the business date is still today's) or "given" (`local_time`)."""

    right: Literal["machine", "date", "given"]
    local_time: Annotated[str, Field(min_length=16, max_length=19)] | None = None


class ClockAnswer(TypedDict):
    """`time`: the office's; `set_aside`: people who are not called until a person has said which day it is."""

    time: Timestamp
    machine_time: Timestamp
    business_date: str
    doubt: Doubt
    set_aside: int
    given: bool
    machine_possible: bool
    ahead: bool


def clock_answer(view: ClockView) -> ClockAnswer:
    doubt: dict[str, Doubt] = {"": "none", "jumped": "jumped", "started": "started"}
    return {
        "time": to_rfc3339(view.time),
        "machine_time": to_rfc3339(view.machine_time),
        "business_date": view.business_date,
        "doubt": doubt[view.doubt.value],
        "set_aside": view.set_aside,
        "given": view.is_given,
        "machine_possible": view.is_possible,
        "ahead": view.is_ahead,
    }
