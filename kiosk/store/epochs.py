"""The epochs of an office's database: each begins an empty journal, after initialisation or a restore."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import bindparam, insert, select, update

from kiosk.store.columns import OFFICE, big_integer, integer, key, table, text_column
from kiosk.store.journal import GENESIS, JournalHead
from kiosk.store.sql import OfficeTable, Statement

epochs = table(
    "epochs",
    key("epoch"),
    integer("ordinal"),
    big_integer("started_at"),
    text_column("reason"),
    big_integer("last_seq"),
    text_column("last_hash"),
)
_e = epochs.c
_ALL = Statement(
    select(_e.epoch, _e.last_seq, _e.last_hash, _e.started_at, _e.reason)
    .where(_e.office == OFFICE)
    .order_by(_e.ordinal)
)
_INSERT = Statement(insert(epochs))
_END = Statement(
    update(epochs)
    .where(_e.office == OFFICE, _e.epoch == bindparam("of_epoch"))
    .values(last_seq=bindparam("last_seq"), last_hash=bindparam("last_hash"))
)


class Epoch(NamedTuple):
    """`last_seq` and `last_hash` of the current epoch are those of its start; `started_at` in ms since 1970."""

    epoch: str
    last_seq: int
    last_hash: str
    started_at: int
    reason: str


class EpochTable(OfficeTable):
    """The epochs of one office."""

    __slots__ = ()

    def all(self) -> list[Epoch]:
        """Oldest first."""
        return [Epoch._make(row) for row in self._rows(_ALL)]

    def start(self, epoch: str, ordinal: int, at: int, reason: str) -> None:
        """`reason` as in the first event; `ordinal` counts from 1."""
        self._run(_INSERT, epoch=epoch, ordinal=ordinal, started_at=at, reason=reason, last_seq=0, last_hash=GENESIS)

    def end(self, head: JournalHead) -> None:
        """Keep where an epoch ended, so that followers can still read it whole."""
        self._run(_END, of_epoch=head.epoch, last_seq=head.seq, last_hash=head.hash)
