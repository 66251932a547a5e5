"""The quick look at a database before it is served; what it has no time for is looked through in the background."""

from __future__ import annotations

from kiosk.app import App
from kiosk.maintenance.check_outcomes import note_verification, was_checked
from kiosk.maintenance.verification import collecting_seldom, verify_store
from kiosk.store.failures import StorageDamaged, StorageFault, failure_of
from kiosk.store.soundness import check_pages
from kiosk.store.store import Reading, Store
from kiosk.verify.today import compare_today

PAGES_S = 0.5  # for the pages of the file
FEW_EVENTS = 2_000  # so many are recounted with every figure in about a quarter of a second
MOST_TODAY = 4_000  # events of a date that are compared with the tables; more are left to the whole check


class DatabaseDamaged(Exception):
    """The database must not be served; the message says what was found and what to do."""


def check_at_start(app: App) -> bool:
    """Whether all of the database was looked through; about a second at most, however large it is.

    Pages and the end of the journal must be right. A row that differs from its events is told as a fault: the office
    works on, is not ready, and says so. Raises DatabaseDamaged.
    """
    store, deadline = app.store, app.clock.monotonic() + PAGES_S
    try:
        whole = check_pages(store.reader, lambda: app.clock.monotonic() > deadline)
        wrong, events = _recounted(store)
    except Exception as error:
        failure = error if isinstance(error, StorageDamaged) else failure_of(error)
        if isinstance(failure, StorageDamaged):
            raise DatabaseDamaged(f"{failure}; take the newest backup back: motcua restore FILE") from error
        raise
    if wrong:
        store.health.set(StorageFault.DAMAGED, f"{len(wrong)} differences; the first: {wrong[0]}")
    return whole and events <= FEW_EVENTS


def check_for_figures(app: App) -> None:
    """Before figures of the whole database are made without a service; a recount where none was made lately.

    Raises DatabaseDamaged.
    """
    is_whole, health = check_at_start(app), app.store.health
    with app.store.reading() as reading:
        epoch = reading.state.head.epoch
    if not is_whole and not health.faults and not was_checked(app, epoch):
        with collecting_seldom():
            result = verify_store(app.store)
        note_verification(app, result)
        if result.differences:
            health.set(StorageFault.DAMAGED, f"{result.differences} differences; the first: {result.listed[0]}")
    if (detail := health.faults.get(StorageFault.DAMAGED)) is not None:
        raise DatabaseDamaged(
            f"the figures may be wrong: {detail}; motcua verify lists what differs; take a backup back "
            "(motcua restore FILE), or make the report all the same with --accept-damage"
        )


def _recounted(store: Store) -> tuple[list[str], int]:
    """What differs, and how many events the journal has."""
    with store.reading() as reading:
        head = reading.state.head
        reading.journal.read_whole(head, max(0, head.seq - FEW_EVENTS), min(head.seq, FEW_EVENTS))
        if head.seq > FEW_EVENTS:
            return _differences(reading), head.seq
        epochs = reading.epochs.all()
    events = head.seq + sum(row.last_seq for row in epochs if row.epoch != head.epoch)
    return (verify_store(store).listed, events) if events <= FEW_EVENTS else ([], events)


def _differences(reading: Reading) -> list[str]:
    """Of today's tables from today's events; a row that no rule can read is one."""
    try:
        return compare_today(reading, MOST_TODAY) or []
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        return [f"a row of today cannot be read ({error!r})"]
