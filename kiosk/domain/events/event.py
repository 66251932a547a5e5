"""The shape of an event."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Protocol

from contract.events import EventType


class Event(Protocol):
    """A fact, in the past tense. What no event says did not happen."""

    type: ClassVar[EventType]

    @property
    def subject(self) -> str:
        """The id that the contract names for the type."""

    def data(self) -> Mapping[str, object]:
        """What the journal keeps, in the words of `contract.events`."""
