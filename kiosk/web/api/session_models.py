"""Bodies and answers of signing in."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field
from typing_extensions import TypedDict

from contract.times import to_rfc3339
from kiosk.actions.sign_in import OpenedPersonSession
from kiosk.domain.persons import PersonRole
from kiosk.web.http.models import Body, Timestamp


class SessionBody(Body):
    clerk: Annotated[str, Field(min_length=1, max_length=120)]
    pin: Annotated[str, Field(min_length=4, max_length=12)]


class AdminSessionBody(Body):
    name: Annotated[str, Field(min_length=1, max_length=120)]
    password: Annotated[str, Field(min_length=1, max_length=200)]
    code: Annotated[str, Field(max_length=10)] = ""
    browser: Annotated[str, Field(max_length=8, pattern=r"^([a-z0-9]{8})?$")] = ""


class PasswordBody(Body):
    """`password`: the present one."""

    password: Annotated[str, Field(min_length=1, max_length=200)]
    new_password: Annotated[str, Field(min_length=1, max_length=200)]


class SessionAnswer(TypedDict):
    clerk: str
    counter: str


class AdminSessionAnswer(TypedDict):
    token: str
    expires_at: Timestamp
    name: str
    role: PersonRole


class ClerkAnswer(TypedDict):
    id: str
    name: str


class ClerksAnswer(TypedDict):
    clerks: list[ClerkAnswer]


def admin_session_answer(session: OpenedPersonSession) -> AdminSessionAnswer:
    expires_at = to_rfc3339(session.expires_at)
    return {"token": session.token, "expires_at": expires_at, "name": session.person, "role": session.role}
