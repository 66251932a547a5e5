"""What a way to the one-stop system must be able to do.

A connector delivers events, or tells the progress of dossiers, or both: the two contracts are apart, because a
catalogue service has no use for events and a file has no answer to give. A new kind implements one of them and is
named in `sync.program`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

Event = dict[str, Any]
GENESIS = "0" * 64
# what every way to a receiver may find out
WRONG_HASH = "the receiver's event {seq} is not ours: the journal was changed or a copy of this machine sends too"
UNKNOWN_HERE = "the receiver has events that this journal lacks: old data was put back, or a copy of us sends too"


class SyncError(Exception):
    """A failure that moved nothing.

    `reason` is a sentence of the catalogue, with places filled by `facts`. `retryable`: whether it may pass by itself;
    otherwise somebody must mend something (it is tried again all the same). `status` is the HTTP status, if any.
    """

    def __init__(
        self, reason: str, *, retryable: bool, retry_after_s: float | None = None, status: int | None = None,
        facts: dict[str, Any] | None = None,
    ) -> None:  # fmt: skip
        super().__init__(reason.format(**(facts or {})))
        self.reason = reason
        self.retryable = retryable
        self.retry_after_s = retry_after_s
        self.status = status
        self.facts = facts or {}


@dataclass(frozen=True, slots=True)
class Refusal:
    """An event that the receiver will never take."""

    seq: int
    code: str
    reason: str


@dataclass(frozen=True, slots=True)
class Receipt:
    """How far a receiver is within an epoch, with that event's hash; an unknown source has None, 0, zeros.

    `twin`: the receiver hears a second machine speak with this office's name.
    """

    epoch: str | None
    accepted_through: int
    hash: str
    refused: tuple[Refusal, ...] = ()
    twin: bool = False


@dataclass(frozen=True, slots=True)
class DossierPage:
    """Dossiers changed after a version, in the words of the contract; `version` is where to go on."""

    version: int
    dossiers: list[dict[str, Any]]


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

    def deliver(self, epoch: str, events: Sequence[Event]) -> Receipt:
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
