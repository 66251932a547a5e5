"""Calls by which the head of the office sees to its clerks."""

from __future__ import annotations

from kiosk.actions.clerks import add_clerk, change_clerk, require_good_pin
from kiosk.queries.persons import read_staff
from kiosk.web.api.person_models import ClerkBody, NewClerkBody, StaffAnswer, staff_answer
from kiosk.web.http.calls import Context, call
from kiosk.web.http.models import MISSING, REFUSED, CreatedAnswer

CHIEFS = "admin head"


@call("GET", "/api/v1/staff", CHIEFS, None, {200: StaffAnswer})
def get_staff(context: Context) -> tuple[int, StaffAnswer]:
    """Every clerk, those who left as well."""
    with context.reading() as reading:
        return 200, staff_answer(read_staff(reading))


@call("POST", "/api/v1/staff", CHIEFS, NewClerkBody, {201: CreatedAnswer, **REFUSED}, journaled=False)
def post_clerk(context: Context[NewClerkBody]) -> tuple[int, CreatedAnswer]:
    """One more clerk, with a first PIN."""
    body = context.body
    pin_hash = _hashed(context, body.pin)
    with context.acting() as unit:
        clerk_id = add_clerk(unit, body.name, pin_hash)
        context.about(clerk_id)
        context.leave_trace(unit)
    return 201, {"id": clerk_id}


@call("PUT", "/api/v1/staff/<clerk>", CHIEFS, ClerkBody, {204: None, **MISSING}, journaled=False)
def put_clerk(context: Context[ClerkBody], clerk: str) -> tuple[int, None]:
    """Another PIN, a clerk who left or who came back; whoever is signed in has to do so again."""
    body = context.body
    pin_hash = None if body.pin is None else _hashed(context, body.pin)
    with context.acting() as unit:
        change_clerk(unit, clerk, body.disabled, pin_hash)
        context.about(clerk, "disabled" if body.disabled else "pin" if pin_hash is not None else "")
        context.leave_trace(unit)
    return 204, None


def _hashed(context: Context[NewClerkBody] | Context[ClerkBody], pin: str) -> str:
    """Raises WeakSecret, TooMany."""
    require_good_pin(pin)
    given = context.dependencies
    with given.verifications.of_devices.turn(context.caller.name):
        return given.hash_secret(pin)
