"""Ratings of a served ticket; free text is never part of an event."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import ClassVar

from contract.events import EventType, RatingData
from contract.records import dataclass
from kiosk.domain.ticket import Ticket


@dataclass(frozen=True, slots=True)
class RatingEvent:
    """`rating` is the rating's id; `answers` maps the question to its level, `further` those of the second page to
    their choices. `is_late`: it lay on a device for over a day.
    """

    type: ClassVar[EventType]
    rating: str
    ticket: Ticket
    answers: Mapping[str, str]
    reasons: tuple[str, ...]
    is_late: bool = False
    further: Mapping[str, str] = field(default_factory=dict)

    @property
    def subject(self) -> str:
        return self.ticket.id

    def data(self) -> RatingData:
        ticket = self.ticket
        data: RatingData = {
            "rating": self.rating,
            "counter": ticket.counter,
            "clerk": ticket.clerk,
            "service": ticket.service,
            "number": ticket.number,
            "answers": dict(self.answers),
            "reasons": list(self.reasons),
        }
        if self.is_late:
            data["late"] = True
        if self.further:
            data["further"] = dict(self.further)
        return data


@dataclass(frozen=True, slots=True)
class RatingSubmitted(RatingEvent):
    type = EventType.RATING_SUBMITTED


@dataclass(frozen=True, slots=True)
class ReasonsGiven(RatingEvent):
    type = EventType.RATING_REASONS_GIVEN
