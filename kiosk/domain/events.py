"""Facts, in the past tense. What is not said by an event did not happen.

Each class is one type of the journal; `data()` is what the journal keeps of it. All numbers are integers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from kiosk.domain.ticket import Ticket


class Event:
    """Base of all facts; `subject` is the id the contract names for the type."""

    __slots__ = ()
    type: ClassVar[str]

    @property
    def subject(self) -> str:
        raise TypeError("an event names its subject")

    def data(self) -> dict[str, Any]:
        raise TypeError("an event holds data")


@dataclass(frozen=True, slots=True)
class TicketEvent(Event):
    """A step of a ticket, with the ticket as it stands after it."""

    ticket: Ticket

    @property
    def subject(self) -> str:
        return self.ticket.id

    def data(self) -> dict[str, Any]:
        ticket = self.ticket
        return {
            "number": ticket.number,
            "service": ticket.service,
            "state": ticket.state.value,
            "counter": ticket.counter,
            "clerk": ticket.clerk,
            "priority": ticket.priority,
            "language": ticket.language,
            **self.more(),
        }

    def more(self) -> dict[str, Any]:
        return {}


@dataclass(frozen=True, slots=True)
class TicketIssued(TicketEvent):
    type = "ticket.issued"
    position: int
    on_paper: bool = False

    def more(self) -> dict[str, Any]:
        return {"position": self.position, "issued_at": self.ticket.issued_at, "on_paper": self.on_paper}


@dataclass(frozen=True, slots=True)
class TicketCalled(TicketEvent):
    type = "ticket.called"
    why: str = "arrival"

    def more(self) -> dict[str, Any]:
        return {"calls": self.ticket.calls, "why": self.why}


@dataclass(frozen=True, slots=True)
class TicketRecalled(TicketEvent):
    type = "ticket.recalled"

    def more(self) -> dict[str, Any]:
        return {"calls": self.ticket.calls}


@dataclass(frozen=True, slots=True)
class ServingStarted(TicketEvent):
    type = "ticket.serving_started"


@dataclass(frozen=True, slots=True)
class TicketCompleted(TicketEvent):
    type = "ticket.completed"


@dataclass(frozen=True, slots=True)
class TicketNoShow(TicketEvent):
    type = "ticket.no_show"


@dataclass(frozen=True, slots=True)
class MovedEvent(TicketEvent):
    """A step that leaves a state or a service behind; `origin` names it."""

    origin: str
    reason: str | None = None

    def more(self) -> dict[str, Any]:
        return {"reason": self.reason, "from": self.origin}


@dataclass(frozen=True, slots=True)
class TicketHeld(MovedEvent):
    type = "ticket.held"


@dataclass(frozen=True, slots=True)
class TicketReturned(MovedEvent):
    type = "ticket.returned"


@dataclass(frozen=True, slots=True)
class TicketTransferred(MovedEvent):
    type = "ticket.transferred"
    to_counter: str | None = None

    def more(self) -> dict[str, Any]:
        return {"reason": self.reason, "from": self.origin, "to_counter": self.to_counter}


@dataclass(frozen=True, slots=True)
class TicketCancelled(MovedEvent):
    type = "ticket.cancelled"


@dataclass(frozen=True, slots=True)
class TicketAbandoned(TicketEvent):
    type = "ticket.abandoned"


@dataclass(frozen=True, slots=True)
class TicketUndone(TicketEvent):
    """The whole restored state, and the event that no longer counts."""

    type = "ticket.undone"
    undoes: str

    def more(self) -> dict[str, Any]:
        ticket = self.ticket
        return {
            "undoes": self.undoes, "calls": ticket.calls, "first_called_at": ticket.first_called_at,
            "called_at": ticket.called_at, "serving_at": ticket.serving_at, "ended_at": ticket.ended_at,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class DossierLinked(TicketEvent):
    type = "ticket.dossier_linked"
    dossier: str

    def more(self) -> dict[str, Any]:
        return {"dossier": self.dossier}


@dataclass(frozen=True, slots=True)
class NoteAdded(TicketEvent):
    """A clerk wrote a note; its text lies in a table that can be purged."""

    type = "ticket.noted"
    note: str

    def more(self) -> dict[str, Any]:
        return {"note": self.note}


@dataclass(frozen=True, slots=True)
class SlipEvent(Event):
    """What became of a slip. `kind` is printed, not_printed, unknown or reprinted."""

    kind: str
    ticket: str
    number: str
    printer: str | None
    reason: str | None = None

    @property
    def type(self) -> str:  # type: ignore[override]
        return f"slip.{self.kind}"

    @property
    def subject(self) -> str:
        return self.ticket

    def data(self) -> dict[str, Any]:
        return {"number": self.number, "printer": self.printer, "reason": self.reason}


@dataclass(frozen=True, slots=True)
class RatingSubmitted(Event):
    type = "rating.submitted"
    rating: str
    ticket: Ticket
    answers: Mapping[str, str]
    reasons: tuple[str, ...]

    @property
    def subject(self) -> str:
        return self.ticket.id

    def data(self) -> dict[str, Any]:
        ticket = self.ticket
        return {
            "rating": self.rating, "counter": ticket.counter, "clerk": ticket.clerk, "service": ticket.service,
            "number": ticket.number, "answers": dict(self.answers), "reasons": list(self.reasons),
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class ReasonsGiven(RatingSubmitted):
    type = "rating.reasons_given"


@dataclass(frozen=True, slots=True)
class Fact(Event):
    """A fact about the office, a counter, a device, a clerk, a dossier or a call for help."""

    kind: str
    about: str
    facts: Mapping[str, Any]

    @property
    def type(self) -> str:  # type: ignore[override]
        return self.kind

    @property
    def subject(self) -> str:
        return self.about

    def data(self) -> dict[str, Any]:
        return dict(self.facts)
