"""The first hour of an office's database: tables, first epoch, administrator, tokens of its own followers."""

from __future__ import annotations

import os

from config import places
from kiosk.actions.epochs import begin_epoch
from kiosk.app import App, new_id
from kiosk.domain.events.office import EpochStarted
from kiosk.domain.lost_numbers import LostNumbers
from kiosk.domain.tokens import hash_token, new_token
from kiosk.store import schema
from kiosk.store.credentials import hash_secret
from kiosk.store.unit_of_work import Actor

FOLLOWERS = ("board", "sync")


def create_office(app: App, person: str | None = None) -> None:
    """Create or upgrade the tables, and begin the office's journal when it has none; `person` began it."""
    schema.upgrade(app.store.writer)
    now = app.clock.now_ms()
    with app.store.writing() as tables:
        if tables.office_state.exists():
            return
        day = app.office.hours.civil_date(now)
        epoch = new_id()
        tables.office_state.create(epoch, day, now)
        tables.epochs.start(epoch, 1, now, "new")
    with app.store.unit(Actor("system", "init", person), now) as unit:
        unit.record(EpochStarted(app.office.code, "new"))


def start_new_epoch(
    app: App, reason: str = "restored", lost: LostNumbers | None = None, person: str | None = None
) -> str:
    """After a restore, on a copy of another machine, or when the database lost its end; returns the epoch's name."""
    with app.store.unit(Actor("system", "restore", person), app.clock.now_ms()) as unit:
        return begin_epoch(unit, reason, lost)


def follower_tokens(app: App) -> list[str]:
    """Leave a token in the state folder for each follower on this machine that has none; the devices it made."""
    made = []
    for role in FOLLOWERS:
        path = places.token_file(role)
        if path.exists():
            continue
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        token = create_token(app, role, f"{role}-local", None)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="ascii") as file:
            file.write(token + "\n")
        made.append(f"{role}-local ({role})")
    return made


def create_token(app: App, role: str, name: str, counter: str | None) -> str:
    """A device's token, known only now. Raises UnknownCounter."""
    if counter is not None:
        app.office.counter(counter)
    token = new_token()
    with app.store.writing() as tables:
        tables.devices.add(name, role, counter, hash_token(token), app.clock.now_ms())
    return token


def has_administrator(app: App) -> bool:
    with app.store.reading() as reading:
        return bool(reading.persons.all())


def add_administrator(app: App, name: str, password: str) -> None:
    with app.store.writing() as tables:
        tables.persons.add(name, hash_secret(password))
