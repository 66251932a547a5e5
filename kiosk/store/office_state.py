"""The one row of an office that every action locks: where its journal ends, its business date, its last time."""

from __future__ import annotations

import json
from dataclasses import asdict, field
from functools import lru_cache

from sqlalchemy import bindparam, insert, select, update

from contract.records import dataclass
from contract.told_error import ToldError
from kiosk.domain.office_clock import ClockDoubt, OfficeTime
from kiosk.store.columns import OFFICE, big_integer, integer, optional_text, table, text_column
from kiosk.store.journal import GENESIS, JournalHead
from kiosk.store.sql import OfficeTable, Row, Statement

_COLUMNS = (
    text_column("epoch"),
    big_integer("last_seq"),
    text_column("last_hash"),
    text_column("business_date"),
    integer("day_open"),
    big_integer("next_arrival"),
    big_integer("last_time"),
    text_column("configured"),
    optional_text("clock"),
)
offices = table("offices", *_COLUMNS)
_own = select(*_COLUMNS).where(offices.c.office == OFFICE)
_READ = Statement(_own)
_LOCK = Statement(_own.with_for_update())
_INSERT = Statement(insert(offices))
_UPDATE = Statement(
    update(offices)
    .where(offices.c.office == bindparam("of_office"))
    .values({column.name: bindparam(column.name) for column in _COLUMNS})
)

NO_DATABASE = "there is no database at {file}; run motcua init with the same configuration"


class NotInitialised(ToldError):
    """The database does not know this office yet."""


@dataclass(slots=True)
class OfficeState:
    """Where an office stands. `last_time` is the highest time seen, in ms; `configured` a fingerprint.

    `clock`: what the office takes for the time.
    """

    head: JournalHead
    business_date: str
    day_open: bool
    next_arrival: int
    last_time: int
    configured: str
    clock: OfficeTime = field(default_factory=OfficeTime)


class OfficeStateTable(OfficeTable):
    """The state of one office."""

    __slots__ = ()

    def exists(self) -> bool:
        return self._row(_READ) is not None

    def read(self) -> OfficeState:
        """Without a lock. Raises NotInitialised."""
        return self._from_row(self._row(_READ))

    def lock(self) -> OfficeState:
        """Wait for other transactions of this office first. Raises NotInitialised."""
        return self._from_row(self._row(_LOCK))

    def create(self, epoch: str, business_date: str, now: int) -> None:
        """The row of a new office, whose journal is empty."""
        state = OfficeState(JournalHead(epoch, 0, GENESIS), business_date, False, 0, now, "")
        self._run(_INSERT, **_values(state))

    def save(self, state: OfficeState) -> None:
        _UPDATE.run(self._transaction, of_office=self._office, **_values(state))

    def _from_row(self, row: Row | None) -> OfficeState:
        if row is None:
            raise NotInitialised(
                'the database does not hold the office "{office}"; run motcua init', office=self._office
            )
        epoch, seq, digest, day, day_open, arrival, last_time, configured, clock = row
        head = JournalHead(epoch, seq, digest)
        return OfficeState(head, day, bool(day_open), arrival, last_time, configured, _clock(clock))


@lru_cache(maxsize=64)
def _clock(text: str | None) -> OfficeTime:
    """Every action reads it, and it changes a few times a day at most."""
    values = json.loads(text or "{}")
    doubt, reopened = ClockDoubt(values.get("doubt", "")), tuple(values.get("reopened", ()))
    return OfficeTime(**{**values, "doubt": doubt, "reopened": reopened})


@lru_cache(maxsize=64)
def _clock_text(clock: OfficeTime) -> str:
    return json.dumps(asdict(clock))


def _values(state: OfficeState) -> dict[str, str | int]:
    head = state.head
    return {
        "epoch": head.epoch,
        "last_seq": head.seq,
        "last_hash": head.hash,
        "business_date": state.business_date,
        "day_open": int(state.day_open),
        "next_arrival": state.next_arrival,
        "last_time": state.last_time,
        "configured": state.configured,
        "clock": _clock_text(state.clock),
    }
