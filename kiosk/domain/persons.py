"""People who sign in with a name and a password: what each role is for, and the sessions they open.

Clerks are no such persons: they sign in with a PIN at a paired counter. Times are ms since 1970 UTC.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, NamedTuple, get_args

from kiosk.domain.errors import LastAdministrator

PersonRole = Literal["admin", "head", "technician", "reader"]
PERSON_ROLES: tuple[PersonRole, ...] = get_args(PersonRole)
ADMINISTRATOR: PersonRole = "admin"
WhoseFactor = Literal["nobody", "administrators", "everybody"]  # of whom a telephone's code is demanded
DECIDES: frozenset[PersonRole] = frozenset({"admin", "head"})  # may say that an event or the close of a day was wrong


class Person(NamedTuple):
    """A disabled person cannot sign in. `has_second_factor`: a telephone's code is asked for beside the password."""

    name: str
    role: PersonRole
    disabled: bool = False
    has_second_factor: bool = False


class PersonSession(NamedTuple):
    """A person signed in in a browser. `role` and `has_second_factor` are those of now; `name` is the browser's."""

    person: str
    role: PersonRole
    name: str
    made_at: int
    expires_at: int
    has_second_factor: bool = False

    def has_ended(self, now: int) -> bool:
        return now > self.expires_at


def require_administrator_left(persons: Iterable[Person], without: str) -> None:
    """Raises LastAdministrator when nobody but `without` administers the office."""
    if not any(one.role == ADMINISTRATOR and not one.disabled and one.name != without for one in persons):
        raise LastAdministrator(f'"{without}" is the only administrator; add another one first')


def lacks_second_factor(session: PersonSession, demanded_of: WhoseFactor) -> bool:
    """Whether the person has to add a telephone before anything else."""
    if session.has_second_factor or demanded_of == "nobody":
        return False
    return demanded_of == "everybody" or session.role == ADMINISTRATOR
