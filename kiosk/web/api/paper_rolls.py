"""The call by which a technician says that a new roll was put in."""

from __future__ import annotations

from kiosk.actions.paper_rolls import put_in_new_roll
from kiosk.web.api.printer_models import RollAnswer
from kiosk.web.http.calls import Context, call
from kiosk.web.http.demands import CLERK
from kiosk.web.http.models import MISSING, EmptyBody


@call(
    "POST",
    "/api/v1/printers/<printer>/roll",
    "counter admin technician",
    EmptyBody,
    {200: RollAnswer, **MISSING},
    demands=(CLERK,),
)
def new_roll(context: Context[EmptyBody], printer: str) -> tuple[int, RollAnswer]:
    """A new roll was put in; the count of its slips starts. A roll that ended is noticed by itself."""
    left = put_in_new_roll(context.unit, printer)
    context.dependencies.printer_health.set_slips_left(printer, left)
    return 200, {"slips_left": left}
