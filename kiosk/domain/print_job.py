"""A slip to be printed: what the spool keeps of it."""

from __future__ import annotations

from contract.records import dataclass
from contract.tickets import PrintState

WAS_SENT = frozenset({PrintState.PRINTED, PrintState.UNKNOWN})
SEEN = "seen_by_clerk"  # the reason in the journal: a person's word, not the printer's
EXPIRES_MS = 30_000  # a slip nobody could print within this time is not printed; nothing stale comes out later


@dataclass(frozen=True, slots=True)
class PrintJob:
    """One slip. `ahead`: people waiting before it at issue. `marked`: "In lại" stands on the paper."""

    id: str
    ticket: str
    number: str
    printer: str
    ahead: int
    marked: bool
    created_at: int
    state: PrintState = PrintState.QUEUED
    reason: str | None = None
    updated_at: int = 0

    def has_expired(self, now: int) -> bool:
        """Whether it waited too long to be printed still."""
        return now - self.created_at > EXPIRES_MS

    @property
    def was_sent(self) -> bool:
        """Whether paper of it may be about: also when a clerk said that none came out."""
        return self.state in WAS_SENT or self.reason == SEEN


@dataclass(frozen=True, slots=True)
class DoubtfulSlip:
    """A ticket of the day of which nobody knows whether its slip came out; `issued_at` in ms."""

    ticket: str
    number: str
    state: str
    reason: str | None
    issued_at: int
