"""After a restore: what was over before it is over again."""

from __future__ import annotations

from config import places
from kiosk.domain.persons import Person
from kiosk.store.ended_file import EndedFile, secret_line, standing_line, token_line
from kiosk.store.store import Store
from kiosk.store.tables import OfficeTables

FILE = "ended-credentials"


def ended_file() -> EndedFile:
    return EndedFile(places.home() / FILE)


def end_again(store: Store, now: int) -> list[str]:
    """End what the database still holds for valid; whose tokens and secrets ended, for people to read.

    Sessions end in any case: whoever sits at a counter or administers signs in again.
    """
    ended = ended_file().read()
    names = []
    with store.writing() as tables:
        tables.sessions.end_all()
        tables.person_sessions.end_all()
        for name, token_hash in tables.devices.valid_tokens():
            if token_line(token_hash) in ended and tables.devices.revoke(name, now):
                names.append(name)
        for clerk in tables.clerks.all():
            if clerk.pin_hash and secret_line(clerk.pin_hash) in ended:
                tables.clerks.update(clerk.id, "", clerk.disabled)
                names.append(clerk.name)
        names += [person.name for person in tables.persons.all() if _end_person(tables, person, ended)]
    return names


def _end_person(tables: OfficeTables, person: Person, ended: set[str]) -> bool:
    """Whether the password, the role or the telephone was over: none of them opens anything then.

    The role of a disabled person is over until somebody enables them.
    """
    password_hash = tables.persons.password_hash(person.name)
    factor = tables.persons.second_factor(person.name)
    lines = {secret_line(password_hash)} if password_hash else set()
    if password_hash and not person.disabled:
        lines.add(standing_line(person.role, password_hash))
    if factor is not None and secret_line(factor.secret) in ended:
        tables.persons.set_second_factor(person.name, None)
    elif not lines & ended:
        return False
    tables.persons.set_password(person.name, "")
    return True
