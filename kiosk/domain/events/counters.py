"""Counters that open, pause and close, and the clerks at them."""

from __future__ import annotations

from typing import ClassVar

from contract.events import ClerkData, CounterData, EventType
from contract.records import dataclass


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
    """`handed_by`: who sat there until now, None where nobody did."""

    type = EventType.CLERK_SIGNED_IN
    handed_by: str | None = None

    def data(self) -> ClerkData:
        given: ClerkData = {"counter": self.counter}
        return given if self.handed_by is None else {**given, "handed_by": self.handed_by}


@dataclass(frozen=True, slots=True)
class ClerkSignedOut(ClerkEvent):
    """`handed_to`: who sits there from now on."""

    type = EventType.CLERK_SIGNED_OUT
    handed_to: str | None = None

    def data(self) -> ClerkData:
        given: ClerkData = {"counter": self.counter}
        return given if self.handed_to is None else {**given, "handed_to": self.handed_to}
