"""The store of one office: transactions through one writer, reads through connections that cannot write."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from kiosk.domain.service import Office
from kiosk.store import journal
from kiosk.store.counters import Counters
from kiosk.store.engine import open_reader, open_writer
from kiosk.store.print_spool import PrintSpool
from kiosk.store.records import Records
from kiosk.store.sql import Transaction
from kiosk.store.tickets import Tickets
from kiosk.store.unit_of_work import Actor, NotInitialised, UnitOfWork, state_row


class StorageFailed(Exception):
    """The disk or the database file failed under a transaction: nothing more may be promised, restart."""


class StorageBusy(Exception):
    """Another process holds the database or the disk is full; nothing was changed, try again."""


TURN_S = 30.0


class KeptOpen:
    """A connection that its user may close without closing it."""

    def __init__(self, connection: Any) -> None:
        self.cursor = connection.cursor
        self.rollback = connection.rollback
        self.commit = connection.commit

    def close(self) -> None:
        pass


@dataclass(frozen=True, slots=True)
class Glance:
    """Where the office stands, read without a lock."""

    head: journal.Head
    business_date: str
    day_open: bool
    last_time: int
    configured: str


class Reading:
    """One consistent view of the database."""

    def __init__(self, transaction: Transaction, office: str) -> None:
        self.transaction = transaction
        self.office = office
        self.tickets = Tickets(transaction, office)
        self.counters = Counters(transaction, office)
        self.spool = PrintSpool(transaction, office)
        self.records = Records(transaction, office)

    def glance(self) -> Glance:
        """Raises NotInitialised."""
        row = state_row(self.transaction, self.office)
        if row is None:
            raise NotInitialised(f'the database does not hold the office "{self.office}"; run motcua init')
        epoch, seq, digest, day, day_open, _, last_time, configured = row
        return Glance(journal.Head(epoch, seq, digest), day, bool(day_open), last_time, configured)

    def journal(self, epoch: str, after: int, limit: int) -> list[journal.Entry]:
        return journal.read(self.transaction, self.office, epoch, after, limit)

    def epochs(self) -> list[dict[str, Any]]:
        return journal.known_epochs(self.transaction, self.office)


class Store:
    """`committed` is called with the last seq after each commit that recorded events, in the acting thread;
    `fatal` when the storage under a transaction failed.
    """

    def __init__(self, url: str, office: Office, new_id: Callable[[], str]) -> None:
        self.office = office
        self.writer = open_writer(url)
        self.reader = open_reader(url)
        self.new_id = new_id
        self._turn = threading.Lock()
        self._kept: Any = None
        self._closed = False
        self.committed: list[Callable[[int], None]] = []
        self.fatal: Callable[[BaseException], None] = lambda error: None

    def unit(self, actor: Actor, now: int) -> UnitOfWork:
        """A transaction that may write; `now` is ms since 1970 UTC. Raises StorageBusy."""
        transaction = self._begin()
        return UnitOfWork(transaction, self.office, actor, now, self.new_id, self._committed, self._failed)

    @contextmanager
    def reading(self) -> Iterator[Reading]:
        connection = self.reader.raw_connection()
        transaction = Transaction(connection, self.reader.dialect, write=False)
        try:
            yield Reading(transaction, self.office.code)
        finally:
            transaction.close()

    @contextmanager
    def raw_transaction(self) -> Iterator[Transaction]:
        """A writing transaction without the journal: accounts, sessions, followers. Commits unless it raises."""
        transaction = self._begin()
        try:
            yield transaction
            transaction.commit()
        except BaseException as error:
            self._failed(error)
            raise
        finally:
            transaction.close()

    def scrub(self) -> None:
        """What was deleted leaves SQLite's log as well, as far as no reader holds it. Raises StorageBusy."""
        if self.writer.dialect.name != "sqlite":
            return
        release = self._take_turn()
        try:
            cursor = self._connect().cursor()
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            cursor.close()
        except BaseException as error:
            self._failed(error)
            raise
        finally:
            release()

    def close(self) -> None:
        """After the transaction in flight; whoever wants to write later is told that nothing was changed."""
        with self._turn:
            self._closed = True
            if self._kept is not None:
                self._kept.close()
                self._kept = None
        self.writer.dispose()
        self.reader.dispose()

    def _begin(self) -> Transaction:
        release = self._take_turn()
        try:
            return Transaction(self._connect(), self.writer.dialect, write=True, release=release)
        except BaseException as error:
            release()
            self._failed(error)
            raise

    def _take_turn(self) -> Callable[[], None]:
        """SQLite has one writer: threads of this process wait here instead of spinning at the file's lock."""
        if self.writer.dialect.name != "sqlite":
            return lambda: None
        if not self._turn.acquire(timeout=TURN_S):
            raise StorageBusy("too many are waiting to write")
        if self._closed:
            self._turn.release()
            raise StorageBusy("the service is stopping")
        return self._turn.release

    def _connect(self) -> Any:
        """The one writing connection on SQLite, kept between transactions; a pooled one on PostgreSQL."""
        if self.writer.dialect.name != "sqlite":
            return self.writer.raw_connection()
        if self._kept is None:
            self._kept = self.writer.raw_connection()
        return KeptOpen(self._kept)

    def _committed(self, seq: int) -> None:
        for listener in self.committed:
            listener(seq)

    def _failed(self, error: BaseException) -> None:
        text = str(error)
        if "disk I/O error" in text or "malformed" in text or "not a database" in text:
            self.fatal(error)
            raise StorageFailed(text) from error
        if "database is locked" in text or "disk is full" in text:
            raise StorageBusy(text) from error
