"""The first hour of an office's database: tables, first epoch, administrator, tokens of its own followers."""

from __future__ import annotations

import os

from config import places
from kiosk.bootstrap import House, new_id
from kiosk.domain.events import Fact
from kiosk.store import schema
from kiosk.store.credentials import hash_secret, hash_token, new_token
from kiosk.store.devices import Access
from kiosk.store.journal import GENESIS, Head
from kiosk.store.unit_of_work import Actor, end_epoch, found_office, start_epoch, state_row

FOLLOWERS = ("board", "sync")


def found_database(house: House) -> None:
    """Create or upgrade the tables, and begin the office's journal when it has none."""
    schema.upgrade(house.store.writer)
    now = house.clock.now_ms()
    with house.store.raw_transaction() as transaction:
        if state_row(transaction, house.office.code) is not None:
            return
        day = house.office.hours.civil_date(now)
        found_office(transaction, house.office.code, new_id(), now, day)
    with house.store.unit(Actor("system", "init"), now) as unit:
        unit.record(Fact("office.epoch_started", house.office.code, {"reason": "new"}))


def begin_epoch(house: House, reason: str = "restored") -> str:
    """A new life of the database, after a restore or on a machine that began as a copy of another; returns its name.

    Whoever received events of the life before knows both: what was lost or doubled there stays apart from what comes.
    """
    now = house.clock.now_ms()
    with house.store.reading() as reading:
        ordinal = len(reading.epochs()) + 1
    with house.store.unit(Actor("system", "restore"), now) as unit:
        before, code = unit.state.head, house.office.code
        end_epoch(unit.transaction, code, before)
        unit.state.head = Head(new_id(), 0, GENESIS)
        start_epoch(unit.transaction, code, unit.state.head.epoch, ordinal, now, reason)
        unit.record(Fact("office.epoch_started", code, {"reason": reason, "before": before.epoch, "seq": before.seq}))
        return unit.state.head.epoch


def follower_tokens(house: House) -> None:
    """Leave a token in the state folder for each follower on this machine that has none."""
    for role in FOLLOWERS:
        path = places.token_file(role)
        if path.exists():
            continue
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        token = create_token(house, role, f"{role}-local", None)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="ascii") as file:
            file.write(token + "\n")


def create_token(house: House, role: str, name: str, counter: str | None) -> str:
    """A device's token, known only now. Raises UnknownCounter."""
    if counter is not None:
        house.office.counter(counter)
    token = new_token()
    with house.store.raw_transaction() as transaction:
        access = Access(transaction, house.office.code)
        access.add_device(name, role, counter, hash_token(token), house.clock.now_ms())
    return token


def has_administrator(house: House) -> bool:
    with house.store.reading() as reading:
        return bool(Access(reading.transaction, reading.office).administrators())


def add_administrator(house: House, name: str, password: str) -> None:
    with house.store.raw_transaction() as transaction:
        Access(transaction, house.office.code).add_administrator(name, hash_secret(password))
