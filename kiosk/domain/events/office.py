"""The office's days, epochs, clock and configuration."""

from __future__ import annotations

from typing import ClassVar

from contract.clock_events import ClockCorrectedData, ClockJumpedData, DayConfirmedData, DayReopenedData
from contract.events import (
    ConfiguredData,
    DayClosedData,
    DayOpenedData,
    EpochStartedData,
    EventType,
    LostData,
    NoticesData,
)
from contract.records import dataclass
from kiosk.domain.lost_numbers import LostNumbers


@dataclass(frozen=True, slots=True)
class OfficeEvent:
    type: ClassVar[EventType]
    office: str

    @property
    def subject(self) -> str:
        return self.office


@dataclass(frozen=True, slots=True)
class DayOpened(OfficeEvent):
    """`business_date`: ISO 8601."""

    type = EventType.DAY_OPENED
    business_date: str

    def data(self) -> DayOpenedData:
        return {"business_date": self.business_date}


@dataclass(frozen=True, slots=True)
class DayClosed(OfficeEvent):
    """`abandoned`: tickets that were still waiting or held. `ended`: events of tickets that this close recorded."""

    type = EventType.DAY_CLOSED
    business_date: str
    abandoned: int
    ended: int

    def data(self) -> DayClosedData:
        return {"business_date": self.business_date, "abandoned": self.abandoned, "ended": self.ended}


@dataclass(frozen=True, slots=True)
class DayConfirmed(OfficeEvent):
    """After a boot without the time: it is still the business date of before."""

    type = EventType.DAY_CONFIRMED
    business_date: str

    def data(self) -> DayConfirmedData:
        return {"business_date": self.business_date}


@dataclass(frozen=True, slots=True)
class DayReopened(OfficeEvent):
    """`confirmed_by`: the accounts of two persons. `instead_of`: the business date that is left."""

    type = EventType.DAY_REOPENED
    business_date: str
    instead_of: str
    confirmed_by: tuple[str, str]

    def data(self) -> DayReopenedData:
        by = list(self.confirmed_by)
        return {"business_date": self.business_date, "instead_of": self.instead_of, "confirmed_by": by}


@dataclass(frozen=True, slots=True)
class ClockJumped(OfficeEvent):
    """The machine's clock left the office's time (`provisional`), or came back to it.

    `by_ms`: how far it is ahead; negative when it is behind.
    """

    type = EventType.CLOCK_JUMPED
    by_ms: int
    provisional: bool

    def data(self) -> ClockJumpedData:
        return {"by_ms": self.by_ms, "provisional": self.provisional}


@dataclass(frozen=True, slots=True)
class ClockCorrected(OfficeEvent):
    """The office's time was moved, and with it the times of `business_date` that are `since` (ms) or later."""

    type = EventType.CLOCK_CORRECTED
    by_ms: int
    since: int
    business_date: str
    why: str

    def data(self) -> ClockCorrectedData:
        moved = self.business_date
        return {"by_ms": self.by_ms, "since_ms": self.since, "business_date": moved, "why": self.why}


@dataclass(frozen=True, slots=True)
class EpochStarted(OfficeEvent):
    """`before`: the epoch before and its last seq; None for the first epoch of an office. `lost`: behind it."""

    type = EventType.EPOCH_STARTED
    reason: str
    before: tuple[str, int] | None = None
    lost: LostNumbers | None = None

    def data(self) -> EpochStartedData:
        if self.before is None:
            return {"reason": self.reason}
        epoch, seq = self.before
        data: EpochStartedData = {"reason": self.reason, "before": epoch, "seq": seq}
        if self.lost is not None:
            data["lost"] = lost_data(self.lost)
        return data


@dataclass(frozen=True, slots=True)
class OfficeConfigured(OfficeEvent):
    """`changed`: sections of the configuration."""

    type = EventType.OFFICE_CONFIGURED
    changed: tuple[str, ...]

    def data(self) -> ConfiguredData:
        return {"changed": list(self.changed)}


@dataclass(frozen=True, slots=True)
class NoticesChanged(OfficeEvent):
    """`notices`: (id, text, language) of each."""

    type = EventType.NOTICE_CHANGED
    notices: tuple[tuple[str, str, str], ...]

    def data(self) -> NoticesData:
        return {"notices": [{"id": id_, "text": text, "language": language} for id_, text, language in self.notices]}


def lost_data(lost: LostNumbers) -> LostData:
    return {
        "business_date": lost.business_date,
        "seq": lost.seq,
        "numbers": [{"letter": one.letter, "first": one.first, "last": one.last} for one in lost.ranges],
    }
