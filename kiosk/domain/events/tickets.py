"""Steps of a ticket, each with the ticket as it stands after the step."""

from __future__ import annotations

from typing import ClassVar

from contract.events import (
    CalledData,
    DossierLinkedData,
    EventType,
    IssuedData,
    MovedData,
    NotedData,
    RecalledData,
    RedatedData,
    TicketData,
    TransferredData,
    UndoneData,
)
from contract.records import dataclass
from kiosk.domain.ticket import Ticket


@dataclass(frozen=True, slots=True)
class TicketEvent:
    type: ClassVar[EventType]
    ticket: Ticket

    @property
    def subject(self) -> str:
        return self.ticket.id

    def data(self) -> TicketData:
        ticket = self.ticket
        return {
            "number": ticket.number,
            "service": ticket.service,
            "state": ticket.state.value,
            "counter": ticket.counter,
            "clerk": ticket.clerk,
            "priority": ticket.priority,
            "language": ticket.language,
        }


@dataclass(frozen=True, slots=True)
class TicketIssued(TicketEvent):
    """`position` in the queue counts from 1; `on_paper`: written by hand and entered afterwards."""

    type = EventType.TICKET_ISSUED
    position: int
    on_paper: bool = False

    def data(self) -> IssuedData:
        issued_at = self.ticket.issued_at
        common = TicketEvent.data(self)
        return {**common, "position": self.position, "issued_at": issued_at, "on_paper": self.on_paper}


@dataclass(frozen=True, slots=True)
class TicketCalled(TicketEvent):
    """`why`: "priority", "turn" or "arrival" by the rule, "chosen" by number, "back" after absence or hold."""

    type = EventType.TICKET_CALLED
    why: str = "arrival"

    def data(self) -> CalledData:
        return {**TicketEvent.data(self), "calls": self.ticket.calls, "why": self.why}


@dataclass(frozen=True, slots=True)
class TicketRecalled(TicketEvent):
    type = EventType.TICKET_RECALLED

    def data(self) -> RecalledData:
        return {**TicketEvent.data(self), "calls": self.ticket.calls}


@dataclass(frozen=True, slots=True)
class ServingStarted(TicketEvent):
    type = EventType.SERVING_STARTED


@dataclass(frozen=True, slots=True)
class TicketCompleted(TicketEvent):
    type = EventType.TICKET_COMPLETED


@dataclass(frozen=True, slots=True)
class TicketNoShow(TicketEvent):
    type = EventType.TICKET_NO_SHOW


@dataclass(frozen=True, slots=True)
class TicketAbandoned(TicketEvent):
    type = EventType.TICKET_ABANDONED


@dataclass(frozen=True, slots=True)
class MovedEvent(TicketEvent):
    """`origin`: the state that the ticket leaves."""

    origin: str
    reason: str | None = None

    def data(self) -> MovedData:
        return {**TicketEvent.data(self), "reason": self.reason, "from": self.origin}


@dataclass(frozen=True, slots=True)
class TicketHeld(MovedEvent):
    type = EventType.TICKET_HELD


@dataclass(frozen=True, slots=True)
class TicketReturned(MovedEvent):
    type = EventType.TICKET_RETURNED


@dataclass(frozen=True, slots=True)
class TicketCancelled(MovedEvent):
    type = EventType.TICKET_CANCELLED


@dataclass(frozen=True, slots=True)
class TicketTransferred(TicketEvent):
    """`origin`: the counter the ticket was at, else the service it waited for."""

    type = EventType.TICKET_TRANSFERRED
    origin: str
    reason: str | None = None
    to_counter: str | None = None

    def data(self) -> TransferredData:
        common = TicketEvent.data(self)
        return {**common, "reason": self.reason, "from": self.origin, "to_counter": self.to_counter}


@dataclass(frozen=True, slots=True)
class TicketUndone(TicketEvent):
    """The whole restored state; `undoes`: the id of the event that no longer counts."""

    type = EventType.TICKET_UNDONE
    undoes: str

    def data(self) -> UndoneData:
        ticket = self.ticket
        return {
            **TicketEvent.data(self),
            "undoes": self.undoes,
            "calls": ticket.calls,
            "first_called_at": ticket.first_called_at,
            "called_at": ticket.called_at,
            "serving_at": ticket.serving_at,
            "ended_at": ticket.ended_at,
        }


@dataclass(frozen=True, slots=True)
class TicketRedated(TicketEvent):
    """`origin`: the business date under which it was issued while nobody knew the date."""

    type = EventType.TICKET_REDATED
    origin: str

    def data(self) -> RedatedData:
        return {**TicketEvent.data(self), "from": self.origin}


@dataclass(frozen=True, slots=True)
class DossierLinked(TicketEvent):
    type = EventType.DOSSIER_LINKED
    dossier: str

    def data(self) -> DossierLinkedData:
        return {**TicketEvent.data(self), "dossier": self.dossier}


@dataclass(frozen=True, slots=True)
class DossierUnlinked(DossierLinked):
    type = EventType.DOSSIER_UNLINKED


@dataclass(frozen=True, slots=True)
class NoteAdded(TicketEvent):
    """A clerk wrote a note; `note` is its id, the text lies in a table that can be purged."""

    type = EventType.TICKET_NOTED
    note: str

    def data(self) -> NotedData:
        return {**TicketEvent.data(self), "note": self.note}
