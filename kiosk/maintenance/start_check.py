"""The quick look at a database before it is served; what it has no time for is looked through in the background."""

from __future__ import annotations

import json
import os
import select
import threading
from collections.abc import Callable
from dataclasses import asdict
from functools import partial

from contract.records import dataclass
from contract.told_error import ToldError
from kiosk.app import App
from kiosk.maintenance.check_outcomes import note_verification, was_checked
from kiosk.store.failures import (
    UNREADABLE,
    Failure,
    RowDamaged,
    StorageDamaged,
    StorageFailed,
    StorageFault,
    StoredWrongly,
    failure_of,
)
from kiosk.store.soundness import check_pages
from kiosk.store.store import Reading, Store

PAGES_S = 0.5  # for the pages of the file
PAGES_AWAITED_S = 0.1  # for them where all else is ready to serve
PAGES_AGAIN_S = 0.05  # for those of a file that was looked through to its end within a day
FEW_EVENTS = 2_000  # so many are recounted with every figure in about a quarter of a second
MOST_TODAY = 4_000  # events of a date that are compared with the tables; more are left to the whole check

WRONG_FIGURES = (
    "the figures may be wrong: {problem}; motcua verify lists what differs; take a backup back (motcua restore FILE), "
    "or make the report all the same with --accept-damage"
)


class DatabaseDamaged(ToldError):
    """The database must not be served; the message says what was found and what to do."""


@dataclass(frozen=True, slots=True)
class StartCheck:
    """`is_whole`: all of the database was looked through. `differing`: what the tables have wrong, or nothing."""

    is_whole: bool
    differing: str = ""


def check_at_start(app: App) -> bool:
    """Look, publish what differs as a fault, and return whether all was looked through. Raises DatabaseDamaged."""
    return publish(app, look_through(app))


def publish(app: App, check: StartCheck) -> bool:
    """A row that differs from its events is told: the office works on, is not ready, and says so."""
    if check.differing:
        app.store.health.set(StorageFault.DAMAGED, check.differing)
    return check.is_whole


def begin_apart(open_app: Callable[[], App]) -> Callable[[], StartCheck | None]:
    """`look_through` in a process that ends with it: what recounts and reports is never loaded by a resident service.

    It is forked before the database is opened here, for no connection may be carried into another process. `open_app`
    opens one there. What is returned waits for the outcome: meanwhile the caller loads what it needs, and from then on
    pages are looked at no longer than PAGES_AWAITED_S. The outcome is None when it could not be done: then it is to be
    done here, with the error that comes of it.
    """
    if threading.active_count() > 1:  # a copy of a process whose other threads hold locks may wait for ever
        return lambda: None
    read_end, write_end = os.pipe()
    awaited, awaits = os.pipe()  # it is closed here when nothing is left to do but to wait
    child = os.fork()
    if child == 0:
        try:
            os.close(awaits)
            check = look_through(open_app(), is_awaited=lambda: bool(select.select([awaited], [], [], 0)[0]))
            os.write(write_end, json.dumps(asdict(check)).encode())
        finally:
            os._exit(0)  # nothing of the parent is closed or written twice
    os.close(write_end)
    os.close(awaited)
    return partial(_outcome, child, read_end, awaits)


def _outcome(child: int, read_end: int, awaits: int) -> StartCheck | None:
    os.close(awaits)
    with os.fdopen(read_end, "rb") as pipe:
        answer = pipe.read()
    os.waitpid(child, 0)
    return StartCheck(**json.loads(answer)) if answer else None


def look_through(app: App, pages_s: float | None = None, is_awaited: Callable[[], bool] = lambda: False) -> StartCheck:
    """About a second at most, however large the database is. Pages and the end of the journal must be right.

    `pages_s`: seconds for the pages, PAGES_S by default; once it `is_awaited`, PAGES_AWAITED_S. Raises DatabaseDamaged.
    """
    store, most_s = app.store, PAGES_S if pages_s is None else pages_s
    try:
        wrong, events = _recounted(store)
        whole = check_pages(store.reader, _lateness(app, most_s, is_awaited))
    except Exception as error:
        failure = _damage(app, error)
        if isinstance(failure, StorageDamaged):
            raise DatabaseDamaged(
                "{problem}; take the newest backup back: motcua restore FILE", problem=failure
            ) from error
        raise
    differing = f"{len(wrong)} differences; the first: {wrong[0]}" if wrong else ""
    return StartCheck(whole and events <= FEW_EVENTS, differing)


def _damage(app: App, error: Exception) -> Failure | None:
    """What the storage has to do with an error. Where a row could not be read, its page may say why."""
    if not isinstance(error, UNREADABLE):
        return error if isinstance(error, StorageDamaged) else failure_of(error)
    try:
        check_pages(app.store.reader, _lateness(app, PAGES_S))
    except StorageFailed as failure:
        return failure
    except StoredWrongly as found:
        return failure_of(found)
    return RowDamaged(f"a row cannot be read ({error!r})")


def _lateness(app: App, most_s: float, is_awaited: Callable[[], bool] = lambda: False) -> Callable[[], bool]:
    """Whether the pages have had their time, counted from now."""
    began = app.clock.monotonic()

    def is_late() -> bool:
        spent = app.clock.monotonic() - began
        return spent > most_s or (spent > PAGES_AWAITED_S and is_awaited())

    return is_late


def check_for_figures(app: App) -> None:
    """Before figures of the whole database are made without a service; a recount where none was made lately.

    Raises DatabaseDamaged.
    """
    with app.store.reading() as reading:
        epoch = reading.state.head.epoch
    lately, health = was_checked(app, epoch), app.store.health
    is_whole = publish(app, look_through(app, PAGES_AGAIN_S if lately else None))
    if not is_whole and not health.faults and not lately:
        _recount_all(app)
    if (detail := health.faults.get(StorageFault.DAMAGED)) is not None:
        raise DatabaseDamaged(WRONG_FIGURES, problem=detail)


def _recount_all(app: App) -> None:
    from kiosk.maintenance.verification import collecting_seldom, verify_store

    with collecting_seldom():
        result = verify_store(app.store)
    note_verification(app, result)
    if result.differences:
        differing = f"{result.differences} differences; the first: {result.listed[0]}"
        app.store.health.set(StorageFault.DAMAGED, differing)


def _recounted(store: Store) -> tuple[list[str], int]:
    """What differs, and how many events the journal has."""
    with store.reading() as reading:
        head = reading.state.head
        reading.journal.read_whole(head, max(0, head.seq - FEW_EVENTS), min(head.seq, FEW_EVENTS))
        if head.seq > FEW_EVENTS:
            return _differences(reading), head.seq
        epochs = reading.epochs.all()
    events = head.seq + sum(row.last_seq for row in epochs if row.epoch != head.epoch)
    if events > FEW_EVENTS:
        return [], events
    from kiosk.maintenance.verification import verify_store

    return verify_store(store).listed, events


def _differences(reading: Reading) -> list[str]:
    """Of today's tables from today's events; a row that no rule can read is one."""
    from kiosk.verify.today import compare_today

    try:
        return compare_today(reading, MOST_TODAY) or []
    except UNREADABLE as error:
        return [f"a row of today cannot be read ({error!r})"]
