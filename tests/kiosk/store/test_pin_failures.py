"""Failed sign-ins are counted by device and person."""

from __future__ import annotations

from kiosk.domain.accounts import PinFailures
from kiosk.store.tables import OfficeTables
from tests.kiosk.store.conftest import NOW


def test_nobody_failed_at_first(tables: OfficeTables) -> None:
    assert tables.pin_failures.get("quay-1", "lan") == PinFailures(0, 0)


def test_the_last_count_replaces_the_one_before(tables: OfficeTables) -> None:
    tables.pin_failures.set("quay-1", "lan", 4, 0)
    tables.pin_failures.set("quay-1", "lan", 5, NOW + 60_000)
    assert tables.pin_failures.get("quay-1", "lan") == PinFailures(5, NOW + 60_000)


def test_a_right_pin_forgets_the_failures(tables: OfficeTables) -> None:
    tables.pin_failures.set("quay-1", "lan", 4, NOW)
    tables.pin_failures.set("quay-1", "lan", 0, 0)
    assert tables.pin_failures.get("quay-1", "lan") == PinFailures(0, 0)
    tables.transaction.cursor.execute("SELECT count(*) FROM pin_failures")
    assert tables.transaction.cursor.fetchone() == (0,)


def test_another_device_another_clerk_and_another_office_are_counted_apart(
    tables: OfficeTables, other: OfficeTables
) -> None:
    tables.pin_failures.set("quay-1", "lan", 1, 11)
    tables.pin_failures.set("quay-2", "lan", 2, 12)
    tables.pin_failures.set("quay-1", "cuc", 3, 13)
    other.pin_failures.set("quay-1", "lan", 4, 14)
    tables.pin_failures.set("quay-1", "lan", 0, 0)
    assert tables.pin_failures.get("quay-1", "lan") == (0, 0)
    assert tables.pin_failures.get("quay-2", "lan") == (2, 12)
    assert tables.pin_failures.get("quay-1", "cuc") == (3, 13)
    assert other.pin_failures.get("quay-1", "lan") == (4, 14)
