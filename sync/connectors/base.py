"""What a way to the one-stop system must be able to do.

A connector delivers events, or tells the progress of dossiers, or both: the two contracts are apart, because a
catalogue service has no use for events and a file has no answer to give. A new kind implements one of them and is
named in `sync.program`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from contract.events import JournalEvent
from contract.receipts import Receipt, RefusedEvent
from contract.records import dataclass
from sync.wording import translate

# what every way to a receiver may find out
WRONG_HASH = "the receiver's event {seq} is not ours: the journal was changed or a copy of this machine sends too"
UNKNOWN_HERE = "the receiver has events that this journal lacks: old data was put back, or a copy of us sends too"
OTHER_BRANCH = "the receiver keeps another history of that time; ours, as far as it differs, is on this machine alone"


@dataclass(frozen=True, slots=True)
class DossierPage:
    """Dossiers changed after a version, in the words of the contract; `version` is where to go on."""

    version: int
    dossiers: list[dict[str, Any]]


def other_branch(seq: int) -> RefusedEvent:
    """Stands for the events of an epoch that has ended at `seq` and that the receiver has with another content."""
    return RefusedEvent(seq, "other-branch", translate(OTHER_BRANCH))


class Connector(Protocol):
    """Takes events in order. Each call answers with a receipt or raises SyncError; nothing in between."""

    @property
    def name(self) -> str: ...

    @property
    def most_events(self) -> int:
        """The largest batch it takes."""
        ...

    def cursor(self, epoch: str) -> Receipt:
        """How far the receiver is, without sending."""
        ...

    def deliver(self, epoch: str, events: Sequence[JournalEvent]) -> Receipt:
        """Send `events` (consecutive, one epoch) or as many of the first of them as fit.

        Events that were sent before may be sent again: alone, when staff ask for one that was refused.
        """
        ...


class DossierSource(Protocol):
    """Tells the progress of dossiers."""

    @property
    def name(self) -> str: ...

    def dossiers(self, after: int) -> DossierPage:
        """Up to a page of dossiers changed after version `after`. Raises SyncError."""
        ...
