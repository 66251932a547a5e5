"""What became of one ticket: its events in order, replayed; an undone event no longer counts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import field
from datetime import datetime
from functools import lru_cache
from typing import Any

from contract.records import dataclass

AT_COUNTER = ("CALLED", "SERVING")
# No changes of a state: an undo goes behind them.
SIDE_NOTES = frozenset(("ticket.noted", "ticket.dossier_linked", "ticket.redated"))
CORRECTED = "office.clock_corrected"
TIMES = ("issued_at", "first_called_at", "called_at", "serving_at", "ended_at")
RESTORED = (
    "state",
    "service",
    "counter",
    "clerk",
    "calls",
    "first_called_at",
    "called_at",
    "serving_at",
    "ended_at",
)


def ms(text: str) -> int:
    """Milliseconds since 1970 of a time such as 2024-04-14T01:05:10.123Z, in integers only."""
    return _minute(text[:16]) + int(text[17:19] + text[20:23])


@lru_cache(4096)
def _minute(text: str) -> int:
    """In ms; a minute has many events, and a day of an office fewer than a thousand minutes."""
    return int(datetime.fromisoformat(text + ":00+00:00").timestamp()) * 1000


@dataclass(slots=True)
class TicketReplay:
    """A ticket after some of its events. Times are ms since 1970."""

    number: str = ""
    issued_service: str = ""
    service: str = ""
    state: str = ""
    issued_at: int = 0
    counter: str | None = None
    clerk: str | None = None
    priority: str | None = None
    first_called_at: int | None = None
    called_at: int | None = None
    serving_at: int | None = None
    ended_at: int | None = None
    calls: int = 0
    moved: bool = False
    dossiers: list[str] = field(default_factory=list)


@dataclass(slots=True)
class TicketEvents:
    """The events of a ticket that count, corrections of the clock among them, and the rating that was given."""

    events: list[dict[str, Any]] = field(default_factory=list)
    ratings: list[dict[str, Any]] = field(default_factory=list)

    def add(self, event: dict[str, Any]) -> str | None:
        """Take the next event; says what is wrong with it."""
        if event["type"] != "ticket.undone":
            self.events.append(event)
            return None
        steps = [earlier for earlier in self.events if earlier["type"] not in (*SIDE_NOTES, CORRECTED)]
        if not steps or steps[-1]["id"] != event["data"]["undoes"]:
            return f"{event['data']['number']}: seq {event['seq']} undoes an event that is not the ticket's last"
        if steps[-1]["type"] == "ticket.issued":
            return f"{event['data']['number']}: seq {event['seq']} undoes the issue itself"
        self.events.remove(steps[-1])
        return self._check_restored(event)

    @property
    def is_redated(self) -> bool:
        """Issued under another business date, while nobody knew the date."""
        return "ticket.redated" in [event["type"] for event in self.events]

    def _check_restored(self, event: dict[str, Any]) -> str | None:
        ticket, data = replay(self.events), event["data"]
        wrong = [name for name in RESTORED if getattr(ticket, name) != data[name]]
        return f"{data['number']}: seq {event['seq']} does not restore {', '.join(wrong)}" if wrong else None


def replay(events: list[dict[str, Any]]) -> TicketReplay:
    """The ticket after all of these events."""
    ticket, last = TicketReplay(), None
    for event in events:
        data, kind = event["data"], event["type"]
        if kind == CORRECTED:
            _correct(ticket, data)
            continue
        if (step := STEPS.get(kind)) is not None:
            step(ticket, data, event["time"])
        if kind not in SIDE_NOTES:  # one says how the ticket stood, which an undo may have changed since
            last = data
    if last is not None:
        ticket.number, ticket.service, ticket.state = last["number"], last["service"], last["state"]
        ticket.counter, ticket.clerk, ticket.priority = last["counter"], last["clerk"], last["priority"]
    return ticket


def _correct(ticket: TicketReplay, data: dict[str, Any]) -> None:
    """The times that the office took since the boot began lie otherwise."""
    for name in TIMES:
        value = getattr(ticket, name)
        if value is not None and value >= data["since_ms"]:
            setattr(ticket, name, value + data["by_ms"])


def _issued(ticket: TicketReplay, data: dict[str, Any], time: str) -> None:
    ticket.issued_at, ticket.issued_service = data["issued_at"], data["service"]


def _called(ticket: TicketReplay, data: dict[str, Any], time: str) -> None:
    _recalled(ticket, data, time)
    ticket.first_called_at = ticket.called_at if ticket.first_called_at is None else ticket.first_called_at
    ticket.serving_at = ticket.ended_at = None


def _recalled(ticket: TicketReplay, data: dict[str, Any], time: str) -> None:
    ticket.called_at = ms(time)
    ticket.calls += 1


def _started(ticket: TicketReplay, data: dict[str, Any], time: str) -> None:
    ticket.serving_at = ms(time)


def _completed(ticket: TicketReplay, data: dict[str, Any], time: str) -> None:
    if ticket.serving_at is None:
        ticket.serving_at = ticket.called_at
    ticket.ended_at = ms(time)


def _ended(ticket: TicketReplay, data: dict[str, Any], time: str) -> None:
    ticket.ended_at = ms(time)


def _held(ticket: TicketReplay, data: dict[str, Any], time: str) -> None:
    ticket.serving_at = None


def _transferred(ticket: TicketReplay, data: dict[str, Any], time: str) -> None:
    ticket.serving_at, ticket.moved = None, True


def _returned(ticket: TicketReplay, data: dict[str, Any], time: str) -> None:
    ticket.ended_at = None


def _linked(ticket: TicketReplay, data: dict[str, Any], time: str) -> None:
    if data["dossier"] not in ticket.dossiers:
        ticket.dossiers.append(data["dossier"])


def _unlinked(ticket: TicketReplay, data: dict[str, Any], time: str) -> None:
    ticket.dossiers.remove(data["dossier"])


STEPS: dict[str, Callable[[TicketReplay, dict[str, Any], str], None]] = {
    "ticket.issued": _issued,
    "ticket.called": _called,
    "ticket.recalled": _recalled,
    "ticket.serving_started": _started,
    "ticket.completed": _completed,
    "ticket.no_show": _ended,
    "ticket.cancelled": _ended,
    "ticket.abandoned": _ended,
    "ticket.held": _held,
    "ticket.transferred": _transferred,
    "ticket.returned": _returned,
    "ticket.dossier_linked": _linked,
    "ticket.dossier_unlinked": _unlinked,
}
