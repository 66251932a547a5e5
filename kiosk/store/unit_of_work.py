"""One transaction per action: state, events, print job and remembered answer are committed together or not at all."""

from __future__ import annotations

from collections.abc import Callable
from types import TracebackType
from typing import TYPE_CHECKING

from contract.records import dataclass
from kiosk.domain.events.office import EpochStarted
from kiosk.domain.events.tickets import TicketIssued
from kiosk.domain.numbering import ticket_number
from kiosk.domain.queue import ARRIVAL_STEP
from kiosk.store.journal import GENESIS, JournalEntry, JournalHead, chain
from kiosk.store.tables import OfficeTables

if TYPE_CHECKING:
    from kiosk.domain.events.event import Event
    from kiosk.domain.service import Office
    from kiosk.store.office_state import OfficeState
    from kiosk.store.sql import Transaction


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: `kind` is a role, "clerk" or "system"; `person` a clerk's code, an administrator's or a login name.

    `counter`: whoever is signed in there acts, unless a person is named.
    """

    kind: str
    id: str | None
    person: str | None = None
    counter: str | None = None


class UnitOfWork(OfficeTables):
    """Use as a context manager; leaving it without an exception commits.

    `now` is ms since 1970 UTC; a clock is asked once all earlier transactions of the office have ended.
    """

    def __init__(
        self,
        transaction: Transaction,
        office: Office,
        actor: Actor,
        now: int | Callable[[], int],
        new_id: Callable[[], str],
        committed: Callable[[JournalHead], None] = lambda head: None,
        failed: Callable[[BaseException], None] = lambda error: None,
        issued: Callable[[str, str], None] = lambda business_date, number: None,
        ended: Callable[[list[str], bool], None] = lambda lines, is_committed: None,
    ) -> None:
        super().__init__(transaction, office.code)
        self.office = office
        self.actor = actor
        self.now: int
        self._clock = now
        self.person = actor.person
        self.new_id = new_id
        self.state: OfficeState
        self._committed = committed
        self._failed = failed
        self._issued = issued
        self._ended = ended
        self._entries: list[JournalEntry] = []

    def acts_as(self, kind: str, name: str, person: str) -> None:
        """Who acts is known only now: somebody signed in."""
        self.actor, self.person = Actor(kind, name, person), person

    def __enter__(self) -> UnitOfWork:
        try:
            self.state = self.office_state.lock()
            if self.person is None and self.actor.counter is not None:
                self.person = self.clerks.signed_in_at(self.actor.counter)
            self.now = self._clock if isinstance(self._clock, int) else self._clock()
        except BaseException as error:
            self.transaction.close(error)
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            try:
                if error is None:
                    self._write()
                    self._ended(self.transaction.ended, False)
                    self.transaction.commit(self._tell if self._entries else None)
            except BaseException as failure:
                self.transaction.close(failure)
                raise
            self.transaction.close(error)
        except BaseException as failure:
            self._failed(failure)
            raise
        if error is not None:
            self._failed(error)
        else:
            self._ended(self.transaction.ended, True)

    @property
    def business_date(self) -> str:
        return self.state.business_date

    def next_arrival(self) -> int:
        """A place in the order of arrivals, which never restarts."""
        self.state.next_arrival += ARRIVAL_STEP
        return self.state.next_arrival

    def record(self, event: Event) -> str:
        """Append a fact to the journal; returns its id."""
        event_id = self.new_id()
        state = self.state
        state.head, entry = chain(
            state.head,
            self.office.code,
            event_id,
            event.type,
            event.subject,
            self.now,
            state.business_date,
            {"kind": self.actor.kind, "id": self.actor.id, "person": self.person},
            event.data(),
        )
        state.last_time = max(state.last_time, self.now)
        self._entries.append(entry)
        if isinstance(event, TicketIssued):
            self._issued(event.ticket.business_date, event.ticket.number)
        elif isinstance(event, EpochStarted) and event.lost is not None:
            for one in event.lost.ranges:
                self._issued(event.lost.business_date, ticket_number(one.letter, one.last))
        return event_id

    def begin_epoch(self, reason: str) -> tuple[str, int]:
        """An empty journal from here on, before anything was recorded; returns the epoch before and its last seq."""
        if self._entries:
            raise RuntimeError("events were recorded in this transaction")
        before = self.state.head
        self.epochs.end(before)
        self.state.head = JournalHead(self.new_id(), 0, GENESIS)
        self.epochs.start(self.state.head.epoch, len(self.epochs.all()) + 1, self.now, reason)
        return before.epoch, before.seq

    def epoch_starts(self) -> list[tuple[str, int]]:
        """(reason, ms since 1970) of every epoch, oldest first."""
        return [(row.reason, row.started_at) for row in self.epochs.all()]

    def _tell(self) -> None:
        self._committed(self.state.head)

    def _write(self) -> None:
        if self._entries:
            self.journal.append(self.state.head.epoch, self._entries)
            self.office_state.save(self.state)
