"""Counters that open, pause and close, and the clerks at them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from contract.events import ClerkData, CounterData, EventType


@dataclass(frozen=True, slots=True)
class CounterEvent:
    type: ClassVar[EventType]
    counter: str
    clerk: str | None
    services: tuple[str, ...]
    reason: str | None = None

    @property
    def subject(self) -> str:
        return self.counter

    def data(self) -> CounterData:
        return {"clerk": self.clerk, "services": list(self.services), "reason": self.reason}


@dataclass(frozen=True, slots=True)
class CounterOpened(CounterEvent):
    type = EventType.COUNTER_OPENED


@dataclass(frozen=True, slots=True)
class CounterPaused(CounterEvent):
    type = EventType.COUNTER_PAUSED


@dataclass(frozen=True, slots=True)
class CounterClosed(CounterEvent):
    type = EventType.COUNTER_CLOSED


@dataclass(frozen=True, slots=True)
class ClerkEvent:
    type: ClassVar[EventType]
    clerk: str
    counter: str

    @property
    def subject(self) -> str:
        return self.clerk

    def data(self) -> ClerkData:
        return {"counter": self.counter}


@dataclass(frozen=True, slots=True)
class ClerkSignedIn(ClerkEvent):
    type = EventType.CLERK_SIGNED_IN


@dataclass(frozen=True, slots=True)
class ClerkSignedOut(ClerkEvent):
    type = EventType.CLERK_SIGNED_OUT
