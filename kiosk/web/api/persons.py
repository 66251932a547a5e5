"""Calls about persons who sign in with a password: who they are, what they may do, their second factor."""

from __future__ import annotations

from kiosk.actions.persons import (
    add_person,
    change_role,
    drop_second_factor,
    give_password,
    new_second_factor,
    remove_person,
    require_another,
    require_good_password,
    set_second_factor,
)
from kiosk.domain.totp import new_totp_secret, totp_address
from kiosk.queries.persons import has_second_factor, read_persons, sessions_of
from kiosk.web.api.person_models import (
    GivenPasswordBody,
    MeAnswer,
    NewPersonBody,
    NewSecretAnswer,
    PersonBody,
    PersonsAnswer,
    SecondFactorBody,
    persons_answer,
    signed_in_answer,
)
from kiosk.web.http.auth import OF_THEMSELVES
from kiosk.web.http.auth import PERSON as OF_PERSON
from kiosk.web.http.calls import CALLS, Context, call
from kiosk.web.http.demands import PERSON
from kiosk.web.http.models import MISSING, REFUSED, EmptyBody, ProblemDetails
from kiosk.web.http.proof import proven
from kiosk.web.http.qr_svg import qr_svg

EVERY_PERSON = "admin head technician reader"
ONE = "/api/v1/persons/<name>"


@call("GET", "/api/v1/admin/me", EVERY_PERSON, None, {200: MeAnswer})
def get_me(context: Context) -> tuple[int, MeAnswer]:
    """Who is signed in, and what the role may do: pages show nothing else."""
    caller = context.caller
    with context.reading() as reading:
        factor = has_second_factor(reading, caller.person)
        sessions = sessions_of(reading, caller.person, context.now)
        day = reading.state.business_date
    open_to = [one for one in CALLS if caller.role in one.roles]
    if caller.lacks_factor:
        open_to = [one for one in open_to if one.roles == OF_THEMSELVES]
    may = [f"{one.method} {one.path}" for one in open_to]
    answer: MeAnswer = {
        "name": caller.person,
        "role": caller.role,
        "second_factor": factor,
        "second_factor_needed": caller.lacks_factor,
        "business_date": day,
        "may": may,
        "signed_in": signed_in_answer(sessions),
    }
    return 200, answer


@call("GET", "/api/v1/persons", "admin", None, {200: PersonsAnswer})
def get_persons(context: Context) -> tuple[int, PersonsAnswer]:
    """Everybody with a password, with the browsers where they are signed in."""
    with context.reading() as reading:
        return 200, persons_answer(read_persons(reading, context.now))


@call("POST", "/api/v1/persons", "admin", NewPersonBody, {204: None, **REFUSED}, journaled=False, demands=(PERSON,))
def post_person(context: Context[NewPersonBody]) -> tuple[int, None]:
    """One more person, with a role and a first password."""
    body = context.body
    require_good_password(body.password, body.name)
    password_hash = _hashed(context, body.password)
    context.about(body.name, body.role)
    with context.writing() as tables:
        add_person(tables, body.name, body.role, password_hash)
    return 204, None


@call("PUT", ONE, "admin", PersonBody, {204: None, **REFUSED}, journaled=False, demands=(PERSON,))
def put_person(context: Context[PersonBody], name: str) -> tuple[int, None]:
    """Another role, or none for a while; whoever is signed in has to sign in again."""
    body = context.body
    context.about(name, "disabled" if body.disabled else body.role)
    with context.writing() as tables:
        change_role(tables, name, body.role, body.disabled)
    return 204, None


@call("DELETE", ONE, "admin", None, {204: None, **REFUSED}, journaled=False, demands=(PERSON,))
def delete_person(context: Context, name: str) -> tuple[int, None]:
    """Somebody who left: every session ends. The journal goes on naming them."""
    with context.writing() as tables:
        remove_person(tables, name)
    return 204, None


@call("PUT", f"{ONE}/password", "admin", GivenPasswordBody, {204: None, **MISSING}, journaled=False, demands=(PERSON,))
def put_password(context: Context[GivenPasswordBody], name: str) -> tuple[int, None]:
    """Another password for somebody who forgot it; every session of theirs ends."""
    require_another(context.caller.person, name)
    require_good_password(context.body.password, name)
    password_hash = _hashed(context, context.body.password)
    with context.writing() as tables:
        give_password(tables, name, password_hash)
    return 204, None


@call("DELETE", f"{ONE}/second-factor", "admin", None, {204: None, **MISSING}, journaled=False, demands=(PERSON,))
def delete_second_factor(context: Context, name: str) -> tuple[int, None]:
    """For somebody whose telephone is lost: the password alone is enough again. One's own another person takes away."""
    require_another(context.caller.person, name)
    with context.writing() as tables:
        drop_second_factor(tables, name)
    return 204, None


@call(
    "POST",
    "/api/v1/admin/second-factor",
    EVERY_PERSON,
    EmptyBody,
    {200: NewSecretAnswer},
    journaled=False,
    demands=(PERSON,),
)
def post_own_second_factor(context: Context[EmptyBody]) -> tuple[int, NewSecretAnswer]:
    """A secret for one's own telephone; nothing is kept until PUT shows that the telephone has it."""
    secret = new_totp_secret()
    address = totp_address(secret, context.dependencies.office.name, context.caller.person or "")
    context.act = None
    return 200, {"secret": secret, "address": address, "picture": qr_svg(address)}


@call(
    "PUT",
    "/api/v1/admin/second-factor",
    EVERY_PERSON,
    SecondFactorBody,
    {204: None, 401: ProblemDetails, 429: ProblemDetails},
    journaled=False,
    demands=(PERSON,),
)
def put_own_second_factor(context: Context[SecondFactorBody]) -> tuple[int, None]:
    """From now on one's own sign-in asks for the telephone's code as well; every other session of oneself ends."""
    body, caller = context.body, context.caller
    factor = new_second_factor(body.secret, body.code.replace(" ", ""), context.now)
    with proven(context, body.password, body.present_code) as tables:
        set_second_factor(tables, caller.person or "", factor, caller.credential.removeprefix(OF_PERSON))
    return 204, None


def _hashed(context: Context[NewPersonBody] | Context[GivenPasswordBody], password: str) -> str:
    """One at a time: it takes memory and a processor for a while. Raises TooMany."""
    given = context.dependencies
    with given.verifications.of_devices.turn(context.caller.name):
        return given.hash_secret(password)
