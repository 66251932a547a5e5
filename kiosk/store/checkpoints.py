"""Moving SQLite's write-ahead log into the database file, asked for explicitly: SQLite hides errors of its own
checkpoints, and a log that is nearly empty is a log that can hardly be damaged.

SQLite syncs the first page of an empty log by itself before it syncs the commit, so that whoever taps first after a
pause would wait for the disk twice. An emptied log is therefore begun at once with a page that changes nothing.

See docs/decisions/0029-where-the-journal-ended.md and 0066-an-emptied-log-is-begun.md.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kiosk.store.failures import StorageBusy

if TYPE_CHECKING:
    from kiosk.store.store import Store

IDLE_S = 1.0  # nothing was written for so long: the log is emptied
AT_LEAST_EVERY_S = 10.0
BUSY_BYTES = 16 * 1024 * 1024  # of the log: it is moved although people are waiting
MOST_BYTES = 64 * 1024 * 1024
LONGEST_S = 600.0
BEGUN_BYTES = 32 + 24 + 4096  # of an emptied log: its header and one page with its own
log = logging.getLogger("kiosk.store.checkpoints")


class Checkpoints:
    """Of one database file. `fault`: why the log is not moved as it should be, in English; None when it is."""

    def __init__(self, store: Store, database: Path, monotonic: Callable[[], float]) -> None:
        self._store = store
        self._log = database.with_name(database.name + "-wal")
        self._monotonic = monotonic
        self._seen = (0, 0)  # size and time of change of the log, as last looked at
        self._begun = (0, 0)  # the same, when nothing was in it but the page that it was begun with
        self._begins_at = 0.0  # not before, where the disk did not take that page
        self._changed_at = self._moved_at = monotonic()
        self.fault: str | None = None

    def start(self) -> None:
        """From now on this process moves the log by `run_once` alone. Raises StorageBusy, StorageFailed."""
        with self._store.exclusive() as connection:
            connection.execute("PRAGMA wal_autocheckpoint = 0").fetchall()

    def run_once(self) -> None:
        """Move the log when it is time to. Raises StorageFailed when the disk does not take it."""
        size, now = self._look(), self._monotonic()
        if size == 0:
            self._begin()
        elif self._seen == self._begun:
            self._moved_at = now
        elif now - self._changed_at >= IDLE_S:
            self.move("TRUNCATE")
            if self._look() == 0:
                self._begin()
        elif size > BUSY_BYTES or now - self._moved_at >= AT_LEAST_EVERY_S:
            self.move("RESTART")  # the file keeps its length: overwriting is faster than growing
        self.fault = self._judge(self._look(), now)

    def move(self, mode: str) -> bool:
        """Whether all of the log is in the database file; readers may hold up a part. Raises StorageFailed."""
        try:
            with self._store.exclusive() as connection:
                pages, moved = _checkpoint(connection, mode)
        except StorageBusy as error:
            log.warning("the write-ahead log cannot be moved: %s", error)
            return False
        if moved == pages:
            self._moved_at = self._monotonic()
        return moved == pages

    def _begin(self) -> None:
        """A log of one page, which the file holds already: whoever writes next waits for one sync instead of two.

        Where it cannot, it tries again some seconds later. Raises StorageFailed.
        """
        self._moved_at = self._monotonic()
        if self._moved_at < self._begins_at:
            return
        self._begins_at = self._moved_at + AT_LEAST_EVERY_S
        try:
            with self._store.exclusive() as connection:
                if self._look() == 0:
                    _write_unchanged_page(connection)
                    self._look()
                    self._begun = self._seen
        except StorageBusy as error:
            log.warning("the write-ahead log is not begun: %s", error)
        else:
            self._begins_at = 0.0

    def _look(self) -> int:
        try:
            found = self._log.stat()
        except FileNotFoundError:
            return 0
        seen = (found.st_size, found.st_mtime_ns)
        if seen != self._seen:
            self._seen, self._changed_at = seen, self._monotonic()
        return found.st_size

    def _judge(self, size: int, now: float) -> str | None:
        if size > MOST_BYTES:
            return f"the write-ahead log has {size} bytes, more than {MOST_BYTES}"
        if size and now - self._moved_at > LONGEST_S:
            return f"the write-ahead log was not moved into the database for {round(now - self._moved_at)} s"
        return None


def _checkpoint(connection: Any, mode: str) -> tuple[int, int]:
    """(pages in the log, pages moved). Readers are not waited for: nobody could write meanwhile."""
    execute = connection.execute
    waits = execute("PRAGMA busy_timeout").fetchone()[0]
    execute("PRAGMA busy_timeout = 0").fetchall()
    try:
        _, pages, moved = execute(f"PRAGMA wal_checkpoint({mode})").fetchone()
    finally:
        execute(f"PRAGMA busy_timeout = {waits}").fetchall()
    return pages, moved


def _write_unchanged_page(connection: Any) -> None:
    """The first page of the file, as it is; setting a number that SQLite keeps for programs writes it in any case."""
    (number,) = connection.execute("PRAGMA user_version").fetchone()
    connection.execute("BEGIN IMMEDIATE")
    connection.execute(f"PRAGMA user_version = {number}")
    connection.execute("COMMIT")
