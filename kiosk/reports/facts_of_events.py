"""Facts folded from events alone, so that a province, or anybody later, counts what the office counted itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import field, replace
from datetime import datetime
from typing import Any

from contract.records import dataclass
from contract.times import from_rfc3339
from kiosk.reports.measures.arithmetic import duration
from kiosk.reports.measures.equipment import CounterSpell, DeviceSpell
from kiosk.reports.measures.ratings import RatingFact
from kiosk.reports.measures.tickets import TicketFact

ENDS = frozenset({"ticket.completed", "ticket.no_show", "ticket.cancelled", "ticket.abandoned"})
LINKS = ("ticket.dossier_linked", "ticket.dossier_unlinked")
NOTES = frozenset({"ticket.noted", *LINKS, "ticket.redated"})
MOMENTS = ("issued_at", "first_called_at", "called_at", "serving_at", "ended_at")
RESTORED = ("first_called_at", "called_at", "serving_at", "ended_at")
Local = Callable[[int], datetime]
Event = dict[str, Any]
LinkedAnswer = tuple[str, str, str, str]  # business date of the visit, dossier, question, choice


@dataclass(slots=True)
class _Ticket:
    number: str
    service: str
    business_date: str
    issued_at: int
    language: str
    state: str = "WAITING"
    counter: str | None = None
    clerk: str | None = None
    priority: str | None = None
    first_called_at: int | None = None
    called_at: int | None = None
    serving_at: int | None = None
    ended_at: int | None = None
    transfers: list[str] = field(default_factory=list)  # ids of the events that count
    links: list[tuple[str, str, bool]] = field(default_factory=list)  # id of the event, dossier, whether it is linked


@dataclass
class Folded:
    """Events taken in their order; then the facts."""

    local: Local
    tickets: dict[str, _Ticket] = field(default_factory=dict)
    _ratings: list[tuple[str, RatingFact]] = field(default_factory=list)  # with the id of the ticket
    counter_spells: list[CounterSpell] = field(default_factory=list)
    _open_counters: dict[str, tuple[str, int]] = field(default_factory=dict)
    _device_spells: list[DeviceSpell] = field(default_factory=list)
    _down: dict[str, tuple[Event, int]] = field(default_factory=dict)

    def take(self, events: Iterable[Event]) -> Folded:
        for event in events:
            kind = event["type"]
            if kind.startswith("ticket."):
                self._ticket(event)
            elif kind == "rating.submitted":
                self._ratings.append((event["subject"], _rating(event)))
            elif kind.startswith("counter."):
                self._counter(event)
            elif kind.startswith("device."):
                self._device(event)
            elif kind == "office.clock_corrected":
                self._correct(event["data"])
            elif kind == "office.day_closed":
                for counter in list(self._open_counters):
                    self._close(counter, from_rfc3339(event["time"]))
        return self

    def rating_facts(self) -> list[RatingFact]:
        """Each on the day of its ticket, however late it came."""
        days = {ticket: one.business_date for ticket, one in self.tickets.items()}
        return [replace(fact, business_date=days.get(ticket, fact.business_date)) for ticket, fact in self._ratings]

    def linked_answers(self) -> Iterator[LinkedAnswer]:
        """Answers of the survey's second page for each dossier that the visit was linked to."""
        for name, fact in self._ratings:
            ticket = self.tickets.get(name)
            for code in () if ticket is None else _linked(ticket):
                for question, choice in fact.further:
                    yield self.tickets[name].business_date, code, question, choice

    def ticket_facts(self) -> list[TicketFact]:
        return [self._fact(ticket) for ticket in self.tickets.values()]

    def device_spells(self) -> list[DeviceSpell]:
        """Those that have ended, then those that have not."""
        return [*self._device_spells, *(self._spell(event, at, None) for event, at in self._down.values())]

    def _ticket(self, event: Event) -> None:
        kind, data, name = event["type"], event["data"], event["subject"]
        if kind == "ticket.issued":
            issued = _Ticket(
                data["number"], data["service"], event["business_date"], data["issued_at"], data["language"]
            )
            self.tickets[name] = issued
        ticket = self.tickets.get(name)
        if ticket is None:
            return
        if kind == "ticket.redated":
            ticket.business_date = event["business_date"]
        if kind in LINKS:
            ticket.links.append((event["id"], data["dossier"], kind == LINKS[0]))
        if kind in NOTES:
            return
        _step(ticket, event, from_rfc3339(event["time"]))
        ticket.state, ticket.counter = data["state"], data["counter"]
        ticket.clerk, ticket.priority = data["clerk"], data["priority"]

    def _counter(self, event: Event) -> None:
        at, counter = from_rfc3339(event["time"]), event["subject"]
        self._close(counter, at)
        if event["type"] == "counter.opened":
            self._open_counters[counter] = (event["business_date"], at)

    def _close(self, counter: str, at: int) -> None:
        if counter in self._open_counters:
            day, since = self._open_counters.pop(counter)
            self.counter_spells.append(CounterSpell(counter, day, max(0, at - since)))

    def _device(self, event: Event) -> None:
        at, device = from_rfc3339(event["time"]), event["subject"]
        if device in self._down:
            self._device_spells.append(self._spell(*self._down.pop(device), at))
        if event["type"] in {"device.fault", "device.offline"}:
            self._down[device] = (event, at)

    def _spell(self, event: Event, began: int, ended: int | None) -> DeviceSpell:
        data, change = event["data"], event["type"].removeprefix("device.")
        return DeviceSpell(event["subject"], data["kind"], change, data["reason"], event["business_date"], began, ended)

    def _correct(self, data: dict[str, Any]) -> None:
        """The times that the office took since a boot began lie otherwise."""
        since, by = data["since_ms"], data["by_ms"]
        for ticket in self.tickets.values():
            if ticket.business_date != data["business_date"]:
                continue
            for name in MOMENTS:
                value = getattr(ticket, name)
                if value is not None and value >= since:
                    setattr(ticket, name, value + by)
        for counter, (day, at) in self._open_counters.items():
            if at >= since:
                self._open_counters[counter] = (day, at + by)

    def _fact(self, ticket: _Ticket) -> TicketFact:
        local = self.local(ticket.issued_at)
        served = duration(ticket.serving_at, ticket.ended_at) if ticket.state == "COMPLETED" else None
        return TicketFact(
            ticket.number,
            ticket.service,
            ticket.state,
            ticket.business_date,
            local.hour,
            local.weekday(),
            ticket.counter,
            ticket.clerk,
            ticket.priority,
            ticket.language,
            duration(ticket.issued_at, ticket.first_called_at),
            served,
            len(ticket.transfers),
        )


def _step(ticket: _Ticket, event: Event, at: int) -> None:
    kind, data = event["type"], event["data"]
    if kind == "ticket.undone":
        for name in RESTORED:
            setattr(ticket, name, data[name])
        if data["undoes"] in ticket.transfers:
            ticket.transfers.remove(data["undoes"])
        ticket.links = [link for link in ticket.links if link[0] != data["undoes"]]
    elif kind == "ticket.called":
        ticket.first_called_at = at if ticket.first_called_at is None else ticket.first_called_at
        ticket.called_at, ticket.serving_at, ticket.ended_at = at, None, None
    elif kind == "ticket.recalled":
        ticket.called_at = at
    elif kind == "ticket.serving_started":
        ticket.serving_at = at
    elif kind in ENDS:
        if kind == "ticket.completed" and ticket.serving_at is None:
            ticket.serving_at = ticket.called_at
        ticket.ended_at = at
    elif kind in {"ticket.held", "ticket.transferred"}:
        ticket.serving_at = None
        if kind == "ticket.transferred":
            ticket.transfers.append(event["id"])
    elif kind == "ticket.returned":
        ticket.ended_at = None


def _linked(ticket: _Ticket) -> set[str]:
    """Codes of dossiers, after all that was linked and taken off."""
    codes: dict[str, bool] = {code: is_linked for _, code, is_linked in ticket.links}
    return {code for code, is_linked in codes.items() if is_linked}


def _rating(event: Event) -> RatingFact:
    data = event["data"]
    level, late = next(iter(data["answers"].values())), bool(data.get("late"))
    further = tuple(sorted(data.get("further", {}).items()))
    return RatingFact(level, data["service"], data["counter"], data["clerk"], event["business_date"], late, further)
