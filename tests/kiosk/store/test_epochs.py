"""Epochs: each has a beginning, a reason and, once it is over, an end."""

from __future__ import annotations

from kiosk.store.epochs import Epoch
from kiosk.store.journal import GENESIS, JournalHead
from kiosk.store.tables import OfficeTables
from tests.kiosk.store.conftest import NOW

DIGEST = "ab" * 32


def test_epochs_are_listed_oldest_first_with_their_ends(tables: OfficeTables, other: OfficeTables) -> None:
    assert tables.epochs.all() == []
    tables.epochs.start("b", 2, NOW + 1, "restored")
    tables.epochs.start("a", 1, NOW, "new")
    other.epochs.start("a", 1, NOW, "new")
    tables.epochs.end(JournalHead("a", 19, DIGEST))
    assert tables.epochs.all() == [
        Epoch("a", 19, DIGEST, NOW, "new"),
        Epoch("b", 0, GENESIS, NOW + 1, "restored"),
    ]
    assert other.epochs.all() == [Epoch("a", 0, GENESIS, NOW, "new")]
