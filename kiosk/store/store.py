"""The store of one office: transactions through one writer, reads through connections that cannot write."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from kiosk.store.engine import open_reader, open_writer
from kiosk.store.failures import RowDamaged, StorageBusy, StorageFailed, StorageHealth, failure_of
from kiosk.store.group_commit import GroupCommit, NoTurn, ThreadBatch
from kiosk.store.sql import MemberTransaction, Transaction
from kiosk.store.tables import OfficeTables
from kiosk.store.unit_of_work import Actor, UnitOfWork

if TYPE_CHECKING:
    from kiosk.domain.service import Office
    from kiosk.store.journal import JournalHead
    from kiosk.store.office_state import OfficeState

WRITER_TIMEOUT_S = 30.0


class Reading(OfficeTables):
    """One consistent view of the database.

    Its journal is read in pages of PAGE events. PAGES_KEPT of them are kept: more than a day of a busy office, whose
    events are read by several.
    """

    PAGE: ClassVar[int] = 500
    PAGES_KEPT: ClassVar[int] = 8

    @cached_property
    def state(self) -> OfficeState:
        """Where the office stands, read once. Raises NotInitialised."""
        return self.office_state.read()

    @cached_property
    def _pages(self) -> dict[tuple[str, int], Sequence[tuple[int, str]]]:
        return {}

    def journal_page(self, epoch: str, after: int) -> Sequence[tuple[int, str]]:
        """Up to PAGE positions and texts behind a position, as they are stored."""
        key = epoch, after
        page = self._pages.get(key)
        if page is None:
            page = self._pages[key] = self.journal.rows_unchecked(epoch, after, self.PAGE)
            if len(self._pages) > self.PAGES_KEPT:
                del self._pages[next(iter(self._pages))]
        return page


class Store:
    """`after_commit` is called with the journal's new head after each commit that recorded events, in the order of the
    commits, before anybody is answered: it must be quick. A group of actions committed together makes one call.

    `note_end` is given a line for each credential that a transaction ends, before its commit; `after_end` is called
    after it. `issued` is called with business date and number of each ticket before its commit, in turn. `fatal` is
    called when the storage under a transaction failed, before anybody else may write. `health` knows the faults that
    last.
    """

    def __init__(self, url: str, office: Office, new_id: Callable[[], str]) -> None:
        self.office = office
        self.writer = open_writer(url)
        self.reader = open_reader(url)
        self.new_id = new_id
        self.after_commit: list[Callable[[JournalHead], None]] = []
        self.issued: list[Callable[[str, str], None]] = []
        self.note_end: Callable[[list[str]], None] = lambda lines: None
        self.after_end: list[Callable[[], None]] = []
        self.fatal: Callable[[BaseException], None] = lambda error: None
        self.health = StorageHealth()
        self._told: BaseException | None = None
        self._pooled: Any = None
        self._writers: GroupCommit | None = None
        if self.writer.dialect.name == "sqlite":
            self._writers = GroupCommit(self._connect, self._tell)

    @property
    def file(self) -> Path | None:
        """The database file; None on PostgreSQL."""
        name = self.writer.url.database
        return Path(name) if self.writer.dialect.name == "sqlite" and name else None

    def unit(self, actor: Actor, now: int | Callable[[], int], alone: bool = False) -> UnitOfWork:
        """A transaction that may write; `now` is ms since 1970 UTC, or asks for it when the turn has come.

        `alone`: it is long, and nobody else waits for its end. Raises StorageBusy.
        """
        transaction = self._begin(alone)
        return UnitOfWork(
            transaction,
            self.office,
            actor,
            now,
            self.new_id,
            self._committed,
            self._failed,
            self._issued,
            self._ended,
        )

    @contextmanager
    def reading(self) -> Iterator[Reading]:
        """One consistent view. What it meets of a damaged or silent storage counts like a writer's.

        Raises StorageBusy, StorageFailed.
        """
        try:
            with closing(self._begin_reading()) as transaction:
                yield Reading(transaction, self.office.code)
        except BaseException as error:
            self._failed(error)
            raise

    @contextmanager
    def writing(self) -> Iterator[OfficeTables]:
        """A writing transaction without the journal: accounts, sessions, followers. Commits unless it raises."""
        transaction = self._begin()
        with self._told_apart():
            try:
                yield OfficeTables(transaction, self.office.code)
                self._ended(transaction.ended, False)
                transaction.commit()
            except BaseException as error:
                transaction.close(error)
                raise
            self.health.committed()
            transaction.close()
            self._ended(transaction.ended, True)

    @contextmanager
    def together(self) -> Iterator[ThreadBatch]:
        """What this thread writes inside is committed at the end; nothing of it may be promised before.

        Only on SQLite: PostgreSQL commits each action by itself. A commit that fails is told by the batch.
        """
        if self._writers is None:
            yield ThreadBatch()
            return
        with self._writers.together() as batch:
            yield batch

    @contextmanager
    def exclusive(self) -> Iterator[Any]:
        """SQLite's writing connection in turn, without a transaction: for a checkpoint. Raises StorageBusy."""
        if self._writers is None:
            raise ValueError("only SQLite has one writing connection")
        with self._told_apart(), self._writers.exclusive(WRITER_TIMEOUT_S) as connection:
            yield connection

    def scrub(self) -> None:
        """What was deleted leaves SQLite's log as well, as far as no reader holds it. Raises StorageBusy."""
        if self._writers is not None:
            with self.exclusive() as connection:
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def close(self) -> None:
        """After the transaction in flight; whoever wants to write later is told that nothing was changed."""
        if self._writers is not None:
            with self._told_apart():
                self._writers.close(WRITER_TIMEOUT_S)
            if self._pooled is not None:
                self._pooled.close()
                self._pooled = None
        self.writer.dispose()
        self.reader.dispose()

    def _begin_reading(self) -> Transaction:
        connection = self.reader.raw_connection()
        try:
            return Transaction(connection, self.reader.dialect, write=False)
        except BaseException:
            connection.close()
            raise

    def _begin(self, alone: bool = False) -> Transaction:
        with self._told_apart():
            if self._writers is None:
                return Transaction(self._connect(), self.writer.dialect, write=True)
            writers = self._writers
            member, connection = writers.enter(WRITER_TIMEOUT_S, alone)
        return MemberTransaction(connection, self.writer.dialect, partial(writers.leave, member))

    def _connect(self) -> Any:
        """The one writing connection on SQLite, kept between transactions; a pooled one on PostgreSQL."""
        if self._writers is None:
            return self.writer.raw_connection()
        if self._pooled is None:
            self._pooled = self.writer.raw_connection()
        return self._pooled.driver_connection

    def _committed(self, head: JournalHead) -> None:
        self.health.committed()
        for listener in self.after_commit:
            listener(head)

    def _ended(self, lines: list[str], is_committed: bool) -> None:
        """Credentials end with a transaction: noted before its commit, told after it."""
        if not lines:
            return
        if is_committed:
            for tell in self.after_end:
                tell()
        else:
            self.note_end(lines)

    def _issued(self, business_date: str, number: str) -> None:
        for listener in self.issued:
            listener(business_date, number)

    @contextmanager
    def _told_apart(self) -> Iterator[None]:
        try:
            yield
        except NoTurn as none:
            raise StorageBusy(str(none)) from none
        except BaseException as error:
            self._failed(error)
            raise

    def _failed(self, error: BaseException) -> None:
        """Raises StorageFailed or StorageBusy when the storage is the cause; else nothing happens."""
        self._tell(error)
        failure = failure_of(error)
        if failure is not None:
            raise failure from error

    def _tell(self, error: BaseException) -> bool:
        """Whether nothing may be promised any more; each error is told once to `health`, a fatal one to `fatal`."""
        failure = failure_of(error)
        failed = isinstance(failure, StorageFailed) and not isinstance(failure, RowDamaged)
        if failure is not None and self._told is not error:
            self._told = error
            self.health.note(failure)
            if failed:
                self.fatal(error)
        return failed
