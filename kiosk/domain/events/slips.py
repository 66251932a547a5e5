"""What became of a slip."""

from __future__ import annotations

from typing import ClassVar

from contract.events import EventType, SlipData
from contract.records import dataclass


@dataclass(frozen=True, slots=True)
class SlipEvent:
    """`reason`: why a slip was not printed or is unknown; "marked" when "In lại" stands on a reprint."""

    type: ClassVar[EventType]
    ticket: str
    number: str
    printer: str | None
    reason: str | None = None

    @property
    def subject(self) -> str:
        return self.ticket

    def data(self) -> SlipData:
        return {"number": self.number, "printer": self.printer, "reason": self.reason}


@dataclass(frozen=True, slots=True)
class SlipPrinted(SlipEvent):
    type = EventType.SLIP_PRINTED


@dataclass(frozen=True, slots=True)
class SlipNotPrinted(SlipEvent):
    type = EventType.SLIP_NOT_PRINTED


@dataclass(frozen=True, slots=True)
class SlipUnknown(SlipEvent):
    type = EventType.SLIP_UNKNOWN


@dataclass(frozen=True, slots=True)
class SlipReprinted(SlipEvent):
    type = EventType.SLIP_REPRINTED
