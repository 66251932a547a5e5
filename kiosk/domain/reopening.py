"""What the close of a day ended, read from the journal, so that it can be taken back. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from contract.events import EventType
from contract.tickets import TicketState

ENDS = frozenset({EventType.TICKET_ABANDONED, EventType.TICKET_NO_SHOW, EventType.TICKET_COMPLETED})
CLOSED_WITH_DAY = "day closed"


class DayEnding(NamedTuple):
    """A ticket that the close ended: the event that did, and the state in which the ticket was before."""

    ticket: str
    event: str
    before: TicketState


def endings_of(events: Sequence[Mapping[str, Any]], day: str) -> list[DayEnding]:
    """Of the last close of a business date, what still stands; `events` in order, from the day's opening at least."""
    closes = [place for place, event in enumerate(events) if _closes(event, day)]
    if not closes:
        return []
    ended = _ended_by(events, closes[-1])
    last, states = _last_events(events), _states_before(events, {event["id"] for event in ended})
    return [
        DayEnding(event["subject"], event["id"], states[event["id"]])
        for event in ended
        if event["id"] in states and last[event["subject"]] == event["id"]
    ]


def _closes(event: Mapping[str, Any], day: str) -> bool:
    return bool(event["type"] == EventType.DAY_CLOSED and event["data"]["business_date"] == day)


def _ended_by(events: Sequence[Mapping[str, Any]], close: int) -> list[Mapping[str, Any]]:
    """The tickets' events of one close, oldest first. A close of before counted them not: they bear its moment."""
    most = events[close]["data"].get("ended", len(events))
    found: list[Mapping[str, Any]] = []
    for event in reversed(events[:close]):
        if event["time"] != events[close]["time"] or len(found) == most:
            break
        if event["type"] in ENDS:
            found.append(event)
        elif event["data"].get("reason") != CLOSED_WITH_DAY:
            break
    return found[::-1]


def _last_events(events: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """The last step of each ticket."""
    return {event["subject"]: event["id"] for event in events if event["type"].startswith("ticket.")}


def _states_before(events: Sequence[Mapping[str, Any]], ended: set[str]) -> dict[str, TicketState]:
    """By closing event: the state that the ticket's event before it told."""
    states: dict[str, TicketState] = {}
    before: dict[str, TicketState] = {}
    for event in events:
        if not event["type"].startswith("ticket."):
            continue
        if event["id"] in ended and event["subject"] in states:
            before[event["id"]] = states[event["subject"]]
        states[event["subject"]] = TicketState(event["data"]["state"])
    return before
