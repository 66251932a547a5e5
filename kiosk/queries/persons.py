"""Who works in the office: persons with their sessions, clerks with the counters where they sit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from contract.records import dataclass
from kiosk.domain.name_order import name_key

if TYPE_CHECKING:
    from kiosk.domain.persons import Person, PersonSession
    from kiosk.store.store import Reading


@dataclass(frozen=True, slots=True)
class PersonView:
    """`sessions`: those that have not ended, the oldest first."""

    person: Person
    sessions: tuple[PersonSession, ...]


@dataclass(frozen=True, slots=True)
class StaffView:
    """A clerk; `counter`: where the clerk sits now."""

    id: str
    name: str
    disabled: bool
    counter: str | None


def read_persons(reading: Reading, now: int) -> list[PersonView]:
    """As names are listed; `now` in ms since 1970."""
    valid = [one for one in reading.person_sessions.all() if not one.has_ended(now)]
    persons = sorted(reading.persons.all(), key=lambda person: name_key(person.name))
    return [PersonView(person, tuple(one for one in valid if one.person == person.name)) for person in persons]


def sessions_of(reading: Reading, name: str | None, now: int) -> list[PersonSession]:
    """Where a person is signed in, the oldest first; `now` in ms since 1970."""
    return [one for one in reading.person_sessions.all() if one.person == name and not one.has_ended(now)]


def has_second_factor(reading: Reading, name: str | None) -> bool:
    person = None if name is None else reading.persons.get(name)
    return person is not None and person.has_second_factor


def read_staff(reading: Reading) -> list[StaffView]:
    """As names are listed, disabled ones as well."""
    clerks = sorted(reading.clerks.all(), key=lambda clerk: name_key(clerk.name))
    seats = {counter.clerk: counter.code for counter in reading.counters.all() if counter.clerk}
    return [StaffView(one.id, one.name, one.disabled, seats.get(one.name)) for one in clerks]
