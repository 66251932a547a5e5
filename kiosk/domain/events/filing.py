"""Visits to the PC on which citizens file their dossiers themselves."""

from __future__ import annotations

from typing import ClassVar

from contract.events import EventType, FilingVisitedData
from contract.records import dataclass


@dataclass(frozen=True, slots=True)
class FilingVisited:
    """`opened`: code of a portal or guide; `device` is the name of the PC. Nobody is named."""

    type: ClassVar[EventType] = EventType.FILING_VISITED
    opened: str
    device: str

    @property
    def subject(self) -> str:
        return self.device

    def data(self) -> FilingVisitedData:
        return {"opened": self.opened, "device": self.device}
