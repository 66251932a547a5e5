"""A slip to be printed: what the spool keeps of it."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.domain.ticket import PrintState

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
