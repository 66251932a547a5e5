"""One transaction per action: state, events, print job and remembered answer are committed together or not at all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any

from sqlalchemy import bindparam, insert, select, update

from kiosk.domain.events import Event
from kiosk.domain.service import Office
from kiosk.store import journal
from kiosk.store.counters import Counters
from kiosk.store.print_spool import PrintSpool
from kiosk.store.records import Records
from kiosk.store.sql import Statement, Transaction
from kiosk.store.tables import epochs, offices
from kiosk.store.tickets import Tickets

_o = offices.c
_LOCK = Statement(
    select(
        _o.epoch, _o.last_seq, _o.last_hash, _o.business_date, _o.day_open, _o.next_arrival, _o.last_time, _o.configured
    )
    .where(_o.office == bindparam("office"))
    .with_for_update()
)
_SAVE = Statement(
    update(offices)
    .where(_o.office == bindparam("of_office"))
    .values(
        epoch=bindparam("epoch"), last_seq=bindparam("last_seq"), last_hash=bindparam("last_hash"),
        business_date=bindparam("business_date"), day_open=bindparam("day_open"),
        next_arrival=bindparam("next_arrival"), last_time=bindparam("last_time"), configured=bindparam("configured"),
    )
)  # fmt: skip
_FOUND = Statement(insert(offices))
_EPOCH_ADD = Statement(insert(epochs))
_EPOCH_END = Statement(
    update(epochs)
    .where(epochs.c.office == bindparam("of_office"), epochs.c.epoch == bindparam("of_epoch"))
    .values(last_seq=bindparam("last_seq"), last_hash=bindparam("last_hash"))
)


class NotInitialised(Exception):
    """The database does not know this office yet."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: kind is a role, "clerk" or "system"."""

    kind: str
    id: str | None


@dataclass
class OfficeState:
    """The one row that every transaction of an office locks first."""

    head: journal.Head
    business_date: str
    day_open: bool
    next_arrival: int
    last_time: int
    configured: str


@dataclass
class UnitOfWork:
    """Use as a context manager; leaving it without an exception commits.

    `now` is ms since 1970 UTC, given by the caller's clock.
    """

    transaction: Transaction
    office: Office
    actor: Actor
    now: int
    new_id: Callable[[], str]
    committed: Callable[[int], None] = lambda seq: None
    failed: Callable[[BaseException], None] = lambda error: None
    _entries: list[journal.Entry] = field(default_factory=list)
    _prints: bool = False

    def __post_init__(self) -> None:
        code = self.office.code
        self.tickets = Tickets(self.transaction, code)
        self.counters = Counters(self.transaction, code)
        self.spool = PrintSpool(self.transaction, code)
        self.records = Records(self.transaction, code)

    def __enter__(self) -> UnitOfWork:
        try:
            row = _LOCK.row(self.transaction, office=self.office.code)
            if row is None:
                raise NotInitialised(f'the database does not hold the office "{self.office.code}"; run motcua init')
        except BaseException:
            self.transaction.close()
            raise
        epoch, seq, digest, day, day_open, arrival, last_time, configured = row
        self.state = OfficeState(
            journal.Head(epoch, seq, digest), day, bool(day_open), arrival, last_time, configured
        )  # fmt: skip
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                self._write()
                self.transaction.commit()
        except BaseException as failure:
            self.failed(failure)
            raise
        finally:
            self.transaction.close()
        if error is not None:
            self.failed(error)
        elif self._entries:
            self.committed(self.state.head.seq)

    @property
    def business_date(self) -> str:
        return self.state.business_date

    def next_arrival(self) -> int:
        """A place in the order of arrivals, which never restarts."""
        self.state.next_arrival += 1
        return self.state.next_arrival

    def record(self, event: Event) -> str:
        """Append a fact to the journal; returns its id."""
        event_id = self.new_id()
        state = self.state
        state.head, entry = journal.chain(
            state.head, self.office.code, event_id, event.type, event.subject, self.now, state.business_date,
            {"kind": self.actor.kind, "id": self.actor.id}, event.data(),
        )  # fmt: skip
        state.last_time = self.now
        self._entries.append(entry)
        return event_id

    def _write(self) -> None:
        state = self.state
        if self._entries:
            journal.append(self.transaction, self.office.code, state.head.epoch, self._entries)
            _SAVE.run(
                self.transaction, of_office=self.office.code, epoch=state.head.epoch, last_seq=state.head.seq,
                last_hash=state.head.hash, business_date=state.business_date, day_open=int(state.day_open),
                next_arrival=state.next_arrival, last_time=state.last_time, configured=state.configured,
            )  # fmt: skip


def found_office(transaction: Transaction, office: str, epoch: str, now: int, business_date: str) -> None:
    """The first life of an office's database: an empty journal."""
    _FOUND.run(
        transaction, office=office, epoch=epoch, last_seq=0, last_hash=journal.GENESIS, business_date=business_date,
        day_open=0, next_arrival=0, last_time=now, configured="",
    )  # fmt: skip
    start_epoch(transaction, office, epoch, 1, now, "new")


def start_epoch(transaction: Transaction, office: str, epoch: str, ordinal: int, now: int, reason: str) -> None:
    """Note a new life of the database; `reason` is "new" or "restored"."""
    _EPOCH_ADD.run(
        transaction, office=office, epoch=epoch, ordinal=ordinal, started_at=now, reason=reason, last_seq=0,
        last_hash=journal.GENESIS,
    )  # fmt: skip


def end_epoch(transaction: Transaction, office: str, head: journal.Head) -> None:
    """Note where an epoch ended, so that followers can still read it whole."""
    _EPOCH_END.run(
        transaction, of_office=office, of_epoch=head.epoch, last_seq=head.seq, last_hash=head.hash
    )  # fmt: skip


def state_row(transaction: Transaction, office: str) -> tuple[Any, ...] | None:
    """(epoch, last_seq, last_hash, business_date, day_open, next_arrival, last_time, configured) without a lock."""
    return _STATE.row(transaction, office=office)


_STATE = Statement(
    select(
        _o.epoch, _o.last_seq, _o.last_hash, _o.business_date, _o.day_open, _o.next_arrival, _o.last_time, _o.configured
    ).where(_o.office == bindparam("office"))
)
