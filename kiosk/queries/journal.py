"""The journal in batches, for those who follow it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from contract.records import dataclass
from kiosk.domain.errors import BadRequest
from kiosk.store.journal import JournalEntry, check_reach

if TYPE_CHECKING:
    from kiosk.store.epochs import Epoch
    from kiosk.store.store import Reading


@dataclass(frozen=True, slots=True)
class JournalSlice:
    """Consecutive events of an epoch, where that epoch ends, and all epochs, oldest first."""

    epoch: str
    entries: tuple[JournalEntry, ...]
    last_seq: int
    epochs: tuple[Epoch, ...]


def read_journal(reading: Reading, epoch: str | None, after: int, limit: int) -> JournalSlice:
    """At most `limit` events behind `after`; without an epoch of the current one.

    Raises BadRequest, StoredWrongly.
    """
    head = reading.state.head
    epochs = tuple(row._replace(last_seq=head.seq) if row.epoch == head.epoch else row for row in reading.epochs.all())
    of_epoch = next((row for row in epochs if row.epoch == (epoch or head.epoch)), None)
    if of_epoch is None:
        raise BadRequest("epoch is not one of this office's; see epochs of a request without it")
    entries = reading.journal.read(of_epoch.epoch, after, limit)
    check_reach(entries, after, limit, of_epoch.last_seq)
    return JournalSlice(of_epoch.epoch, tuple(entries), of_epoch.last_seq, epochs)
