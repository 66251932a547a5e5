"""The journal's end, remembered beside the database and compared with it when the service starts.

See docs/decisions/0029-where-the-journal-ended.md for what this catches and what it cannot.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from functools import partial

from config import places
from config.locks import locked
from kiosk.app import App
from kiosk.domain.lost_numbers import LostNumbers, missing_ranges
from kiosk.domain.numbering import parse_number
from kiosk.maintenance.initialise import start_new_epoch
from kiosk.store.head_file import HeadFile, RecordedHead
from kiosk.store.journal import JournalHead
from kiosk.store.store import Reading

log = logging.getLogger("kiosk.maintenance.journal_head")
DAMAGED = "damaged"


def head_file() -> HeadFile:
    return HeadFile(places.home() / "journal.head")


def recorded_head(office: str) -> RecordedHead | None:
    """What was recorded of the office's journal; None when nothing can be read."""
    try:
        record = head_file().read()
    except OSError as error:
        log.warning("the journal's recorded end cannot be read: %s", error)
        return None
    return record if record is not None and record.office == office else None


def is_in_journal(record: RecordedHead, reading: Reading) -> bool:
    """Whether the recorded event is where it was: the database has all that was acknowledged until then."""
    if record.epoch not in [row.epoch for row in reading.epochs.all()]:
        return False
    if record.seq == 0:
        return True
    entries = reading.journal.read_unchecked(record.epoch, record.seq - 1, 1)
    return bool(entries) and entries[0].seq == record.seq and f',"hash":"{record.hash}"' in entries[0].body


def what_is_lost(record: RecordedHead, reading: Reading) -> LostNumbers | None:
    """What was acknowledged and is not in the database; None when nothing is."""
    if is_in_journal(record, reading):
        return None
    ranges = missing_ranges(reading.tickets.last_ordinals(record.business_date), record.numbers)
    return LostNumbers(record.business_date, ranges, record.seq if record.epoch == reading.state.head.epoch else None)


def current_head(reading: Reading, order: int = 0) -> RecordedHead:
    state, head = reading.state, reading.state.head
    numbers = reading.tickets.last_ordinals(state.business_date)
    return RecordedHead(reading.office_code, head.epoch, head.seq, head.hash, state.business_date, numbers, order)


class JournalHeadKeeper:
    """Compares at start, then records each commit. Of several services on one folder the first one records.

    `fault`: why the end cannot be recorded, in English; None while it can. `compared`: whether an end was recorded when
    this process started, and was compared with the database by it.
    """

    def __init__(self, app: App) -> None:
        self._app = app
        self._file = head_file()
        self._lock: int | None = None
        self._day = ""
        self._numbers: dict[str, int] = {}
        self._unsynced = False
        self.fault: str | None = None
        self.compared = False

    def start(self) -> LostNumbers | None:
        """What the database lost since the last acknowledged action; a new epoch has begun then. Raises OSError."""
        try:
            self._lock = locked(self._file.path.with_name("journal.head.lock"))
        except BlockingIOError:
            return None
        store, record = self._app.store, recorded_head(self._app.office.code)
        lost, self.compared = None, record is not None
        if record is not None:
            with store.reading() as reading:
                lost = what_is_lost(record, reading)
        if lost is not None:
            epoch = start_new_epoch(self._app, DAMAGED, lost)
            log.critical("the database lost acknowledged actions: %s; epoch %s begins", lost, epoch)
        self.record_all()
        store.issued.append(self._issued)
        store.after_commit.append(self._committed)
        return lost

    def record_all(self) -> None:
        """Begin the file anew with what the database holds. Raises OSError."""
        with self._app.store.reading() as reading:
            head = current_head(reading)
        self._day, self._numbers = head.business_date, dict(head.numbers)
        self._file.start(head)

    def sync(self) -> None:
        """What was recorded outlives a power cut from now on, unless that is a `fault`."""
        if self._unsynced:
            self._unsynced = False
            self._try(self._file.sync)

    def close(self) -> None:
        self._file.close()
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def _issued(self, business_date: str, number: str) -> None:
        """Before the commit: a number whose action is undone stays recorded, which only skips it after a loss."""
        letter, ordinal = parse_number(number)
        if business_date != self._day:
            self._day, self._numbers = business_date, {}
        self._numbers[letter] = max(ordinal, self._numbers.get(letter, 0))

    def _committed(self, head: JournalHead) -> None:
        record = RecordedHead(self._app.office.code, head.epoch, head.seq, head.hash, self._day, self._numbers)
        self._try(partial(self._file.write, record))
        self._unsynced = True

    def _try(self, step: Callable[[], None]) -> None:
        """The action is committed whatever becomes of the record: its failure is told and hinders nobody."""
        try:
            step()
        except OSError as error:
            log.error("the end of the journal cannot be recorded: %s", error)
            self.fault = f"the end of the journal cannot be recorded: {error.strerror}"
        else:
            self.fault = None
