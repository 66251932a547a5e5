"""What became of one ticket, told by its events in order; an undone event is taken out of the story."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

AT_COUNTER = ("CALLED", "SERVING")
ENDING = ("ticket.completed", "ticket.no_show", "ticket.cancelled", "ticket.abandoned")
SIDE_NOTES = ("ticket.noted",)
RESTORED = (
    "state", "service", "counter", "clerk", "calls", "first_called_at", "called_at", "serving_at", "ended_at",
)  # fmt: skip


def ms(text: str) -> int:
    """Milliseconds since 1970 of a time such as 2024-04-14T01:05:10.123Z, in integers only."""
    moment = datetime.fromisoformat(text[:19] + "+00:00")
    return int(moment.timestamp()) * 1000 + int(text[20:23])


@dataclass(slots=True)
class Told:
    """A ticket as its story stands. Times are ms since 1970."""

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
    dossiers: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Story:
    """The events of a ticket that count, and the rating that was given."""

    events: list[dict[str, Any]] = field(default_factory=list)
    ratings: list[dict[str, Any]] = field(default_factory=list)

    def add(self, event: dict[str, Any]) -> str | None:
        """Take the next event; says what is wrong with it."""
        if event["type"] != "ticket.undone":
            self.events.append(event)
            return None
        steps = [known for known in self.events if known["type"] not in SIDE_NOTES]
        if not steps or steps[-1]["id"] != event["data"]["undoes"]:
            return f"{event['data']['number']}: seq {event['seq']} undoes an event that is not the ticket's last"
        if steps[-1]["type"] == "ticket.issued":
            return f"{event['data']['number']}: seq {event['seq']} undoes the issue itself"
        self.events.remove(steps[-1])
        return self._check_restored(event)

    def _check_restored(self, event: dict[str, Any]) -> str | None:
        told, said = tell(self.events), event["data"]
        wrong = [name for name in RESTORED if getattr(told, name) != said[name]]
        return f"{said['number']}: seq {event['seq']} does not restore {', '.join(wrong)}" if wrong else None


def tell(events: list[dict[str, Any]]) -> Told:
    """The ticket after all of these events."""
    told = Told()
    for event in events:
        data, at, kind = event["data"], ms(event["time"]), event["type"]
        _step(told, kind, data, at)
        told.number, told.service, told.state = data["number"], data["service"], data["state"]
        told.counter, told.clerk, told.priority = data["counter"], data["clerk"], data["priority"]
    return told


def _step(told: Told, kind: str, data: dict[str, Any], at: int) -> None:
    if kind == "ticket.issued":
        told.issued_at, told.issued_service = data["issued_at"], data["service"]
    elif kind in ("ticket.called", "ticket.recalled"):
        told.calls, told.called_at = told.calls + 1, at
        if kind == "ticket.called":
            told.first_called_at = at if told.first_called_at is None else told.first_called_at
            told.serving_at = told.ended_at = None
    elif kind == "ticket.serving_started":
        told.serving_at = at
    elif kind in ENDING:
        if kind == "ticket.completed" and told.serving_at is None:
            told.serving_at = told.called_at
        told.ended_at = at
    elif kind in ("ticket.held", "ticket.transferred"):
        told.serving_at = None
    elif kind == "ticket.returned":
        told.ended_at = None
    elif kind == "ticket.dossier_linked" and data["dossier"] not in told.dossiers:
        told.dossiers.append(data["dossier"])
