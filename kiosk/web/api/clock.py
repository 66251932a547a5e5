"""Calls about the office's time, and a person's word when the machine's clock is not believed."""

from __future__ import annotations

from kiosk.actions.clock import confirm_date, confirm_machine, give_time, parse_local_time
from kiosk.queries.clock import read_clock
from kiosk.web.api.clock_models import ClockAnswer, ClockBody, clock_answer
from kiosk.web.http.calls import Context, call
from kiosk.web.http.demands import CLERK
from kiosk.web.http.models import ProblemDetails


@call("GET", "/api/v1/clock", "counter admin head technician reader", None, {200: ClockAnswer})
def get_clock(context: Context) -> tuple[int, ClockAnswer]:
    """The office's time beside the machine's, and whether somebody has to decide."""
    given = context.dependencies
    with context.reading() as reading:
        return 200, clock_answer(read_clock(reading, given.office, given.clock))


@call(
    "POST",
    "/api/v1/clock",
    "counter admin head technician",
    ClockBody,
    {200: ClockAnswer, 409: ProblemDetails},
    demands=(CLERK,),
)
def confirm_clock(context: Context[ClockBody]) -> tuple[int, ClockAnswer]:
    """A person says what the time is, or that the business date is still today's."""
    given, unit, body = context.dependencies, context.unit, context.body
    machine, built = given.clock.machine.look(), given.clock.machine.built_ms()
    if body.right == "machine":
        confirm_machine(unit, machine, built)
    elif body.right == "date":
        confirm_date(unit)
    else:
        give_time(unit, machine, built, parse_local_time(body.local_time or ""))
    given.clock.follow(unit.state.clock)
    return 200, clock_answer(read_clock(unit, given.office, given.clock))
