"""Who may sign in with a password: persons come, get another role or password, are disabled, and go.

Whatever takes something away from a person ends every session of theirs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.domain.accounts import SecondFactor
from kiosk.domain.errors import BadRequest, Forbidden, PersonExists, UnknownPerson, WeakSecret
from kiosk.domain.persons import DECIDES, Person, PersonRole, require_administrator_left
from kiosk.domain.totp import matching_step
from kiosk.domain.weak_secrets import password_weakness

if TYPE_CHECKING:
    from kiosk.actions.account_ports import Accounts


def require_good_password(password: str, name: str) -> None:
    """Raises WeakSecret for a password that anybody would guess."""
    if weakness := password_weakness(password, name):
        raise WeakSecret(weakness)


def add_person(accounts: Accounts, name: str, role: PersonRole, password_hash: str) -> None:
    """Raises PersonExists."""
    if accounts.persons.get(name) is not None:
        raise PersonExists(f'"{name}" exists already')
    accounts.persons.add(name, password_hash, role)


def change_role(accounts: Accounts, name: str, role: PersonRole, disabled: bool) -> Person:
    """Raises UnknownPerson, LastAdministrator."""
    before = known_person(accounts, name)
    if role != "admin" or disabled:
        require_administrator_left(accounts.persons.all(), name)
    accounts.persons.set_role(name, role, disabled)
    if (before.role, before.disabled) != (role, disabled):
        accounts.person_sessions.end_of(name)
    return before._replace(role=role, disabled=disabled)


def give_password(accounts: Accounts, name: str, password_hash: str) -> None:
    """Another password for somebody who forgot it. Raises UnknownPerson."""
    known_person(accounts, name)
    accounts.persons.set_password(name, password_hash)
    accounts.person_sessions.end_of(name)


def remove_person(accounts: Accounts, name: str) -> None:
    """Raises UnknownPerson, LastAdministrator."""
    known_person(accounts, name)
    require_administrator_left(accounts.persons.all(), name)
    accounts.persons.remove(name)
    accounts.person_sessions.end_of(name)


def new_second_factor(secret: str, code: str, now: int) -> SecondFactor:
    """Of a telephone that shows a right code of it: nobody locks himself out. Raises BadRequest."""
    step = matching_step(secret, code, now, 0)
    if step is None:
        raise BadRequest("this is not the code that the telephone shows now")
    return SecondFactor(secret, step)


def set_second_factor(accounts: Accounts, name: str, factor: SecondFactor, kept: str) -> None:
    """From now on a telephone's code is asked for; of the person's sessions only `kept`, by its hash, goes on.

    Raises UnknownPerson.
    """
    known_person(accounts, name)
    accounts.persons.set_second_factor(name, factor)
    accounts.person_sessions.end_of(name, kept)


def require_another(who: str | None, name: str) -> None:
    """Of oneself what one signs in with is changed by proving it. Raises Forbidden."""
    if who == name:
        raise Forbidden("change your own password by the present one; your own telephone another person takes away")


def give_second_factor(accounts: Accounts, name: str, secret: str) -> None:
    """At the machine itself, without a code of it; every session ends. Raises UnknownPerson."""
    known_person(accounts, name)
    accounts.persons.set_second_factor(name, SecondFactor(secret, 0))
    accounts.person_sessions.end_of(name)


def drop_second_factor(accounts: Accounts, name: str) -> None:
    """The password alone is enough again; every session ends. Raises UnknownPerson."""
    known_person(accounts, name)
    accounts.persons.set_second_factor(name, None)
    accounts.person_sessions.end_of(name)


def require_decider(accounts: Accounts, name: str) -> Person:
    """Raises Forbidden unless the person may say that an event, or the close of a day, was wrong."""
    person = accounts.persons.get(name)
    if person is None or person.disabled or person.role not in DECIDES:
        raise Forbidden(f'"{name}" is neither an administrator nor the head of this office')
    return person


def known_person(accounts: Accounts, name: str) -> Person:
    """Raises UnknownPerson."""
    person = accounts.persons.get(name)
    if person is None:
        raise UnknownPerson(f'there is nobody called "{name}"')
    return person
