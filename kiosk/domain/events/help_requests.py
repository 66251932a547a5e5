"""Calls for a clerk from a kiosk or a tablet."""

from __future__ import annotations

from typing import ClassVar

from contract.events import EventType, HelpAnsweredData, HelpRequestedData
from contract.records import dataclass


@dataclass(frozen=True, slots=True)
class HelpRequested:
    """`where` the citizen stands, as the device says; `device` is its name."""

    type: ClassVar[EventType] = EventType.HELP_REQUESTED
    request: str
    where: str
    device: str

    @property
    def subject(self) -> str:
        return self.request

    def data(self) -> HelpRequestedData:
        return {"counter": None, "where": self.where, "device": self.device}


@dataclass(frozen=True, slots=True)
class HelpAnswered:
    """`counter`: the one whose clerk answered; None when the device belongs to no counter."""

    type: ClassVar[EventType] = EventType.HELP_ANSWERED
    request: str
    counter: str | None

    @property
    def subject(self) -> str:
        return self.request

    def data(self) -> HelpAnsweredData:
        return {"counter": self.counter}
