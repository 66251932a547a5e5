"""Who works in the office: persons with their sessions, clerks with the counters where they sit."""

from __future__ import annotations

from dataclasses import dataclass

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
    """By name; `now` in ms since 1970."""
    valid = [one for one in reading.person_sessions.all() if not one.has_ended(now)]
    return [
        PersonView(person, tuple(one for one in valid if one.person == person.name)) for person in reading.persons.all()
    ]


def has_second_factor(reading: Reading, name: str | None) -> bool:
    person = None if name is None else reading.persons.get(name)
    return person is not None and person.has_second_factor


def read_staff(reading: Reading) -> list[StaffView]:
    """By name, disabled ones as well."""
    seats = {counter.clerk: counter.code for counter in reading.counters.all() if counter.clerk}
    return [StaffView(one.id, one.name, one.disabled, seats.get(one.name)) for one in reading.clerks.all()]
