"""Bodies and answers about persons and clerks."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Annotated

from pydantic import Field
from typing_extensions import TypedDict

from contract.times import to_rfc3339
from kiosk.domain.persons import PersonRole, PersonSession
from kiosk.queries.persons import PersonView, StaffView
from kiosk.web.http.models import Body, Timestamp

PersonName = Annotated[str, Field(min_length=1, max_length=80, pattern=r"^[^\x00-\x1f\x7f/]*$")]
Password = Annotated[str, Field(min_length=1, max_length=200)]
Pin = Annotated[str, Field(min_length=4, max_length=12)]


class NewPersonBody(Body):
    name: PersonName
    role: PersonRole
    password: Password


class PersonBody(Body):
    role: PersonRole
    disabled: bool = False


class GivenPasswordBody(Body):
    """`password`: the new one, told to the person by whoever gives it."""

    password: Password


class SecondFactorBody(Body):
    """`secret`: as it was made by POST; `code`: what the telephone shows of it.

    `password`, always, and `present_code`, where another telephone is replaced, prove who sits there.
    """

    secret: Annotated[str, Field(pattern=r"^[A-Z2-7]{32}$")]
    code: Annotated[str, Field(min_length=6, max_length=10)]
    password: Annotated[str, Field(max_length=200)] = ""
    present_code: Annotated[str, Field(max_length=10)] = ""


class NewClerkBody(Body):
    name: PersonName
    pin: Pin


class ClerkBody(Body):
    """`pin`: another one; null leaves it. A clerk who comes back gets another."""

    disabled: bool
    pin: Pin | None = None


class SignedInAnswer(TypedDict):
    browser: str
    since: Timestamp


class MeAnswer(TypedDict):
    """`name`: null for a token of no person. `may`: the calls that the role may make, as "GET /api/v1/devices".

    `second_factor_needed`: until a telephone is added, only the calls about oneself. `signed_in`: one's own sessions;
    another password ends them all.
    """

    name: str | None
    role: str
    second_factor: bool
    second_factor_needed: bool
    business_date: str
    may: list[str]
    signed_in: list[SignedInAnswer]


class PersonAnswer(TypedDict):
    name: str
    role: PersonRole
    disabled: bool
    second_factor: bool
    signed_in: list[SignedInAnswer]


class PersonsAnswer(TypedDict):
    persons: list[PersonAnswer]


class StaffMember(TypedDict):
    """`counter`: where the clerk sits now."""

    id: str
    name: str
    disabled: bool
    counter: str | None


class StaffAnswer(TypedDict):
    clerks: list[StaffMember]


class NewSecretAnswer(TypedDict):
    """Nothing is kept of it until a code of it was right. `address` for the telephone's camera, `picture` as SVG."""

    secret: str
    address: str
    picture: str


def signed_in_answer(sessions: Iterable[PersonSession]) -> list[SignedInAnswer]:
    return [{"browser": one.name, "since": to_rfc3339(one.made_at)} for one in sessions]


def persons_answer(views: Collection[PersonView]) -> PersonsAnswer:
    return {
        "persons": [
            {
                "name": view.person.name,
                "role": view.person.role,
                "disabled": view.person.disabled,
                "second_factor": view.person.has_second_factor,
                "signed_in": signed_in_answer(view.sessions),
            }
            for view in views
        ]
    }


def staff_answer(views: Collection[StaffView]) -> StaffAnswer:
    return {"clerks": [{"id": v.id, "name": v.name, "disabled": v.disabled, "counter": v.counter} for v in views]}
