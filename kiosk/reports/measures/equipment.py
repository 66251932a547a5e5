"""Figures of counters and devices: how long open, how busy, how long out of order."""

from __future__ import annotations

from collections.abc import Iterable

from contract.records import dataclass
from kiosk.reports.measures.arithmetic import rate_bp
from kiosk.reports.measures.registry import measure
from kiosk.reports.measures.tickets import TicketFact


@dataclass(frozen=True, slots=True)
class CounterSpell:
    """A counter stood open, neither paused nor closed, for so many ms on a business date."""

    counter: str
    business_date: str
    open_ms: int


@dataclass(frozen=True, slots=True)
class DeviceSpell:
    """A device was out of order or silent; `ended_at` None: it still is. Times in ms since 1970.

    `kind`: the role of the device, or "printer"; `change`: "fault" or "offline".
    """

    device: str
    kind: str
    change: str
    reason: str | None
    business_date: str
    began_at: int
    ended_at: int | None


@dataclass(frozen=True, slots=True)
class Occupancy:
    """Of a counter; `busy_bp` in hundredths of a percent, None when it never stood open."""

    counter: str
    open_ms: int
    serving_ms: int
    busy_bp: int | None


@dataclass(frozen=True, slots=True)
class DeviceFigures:
    """`down_ms`: of the spells that ended in the period; `open`: spells that lasted when it ended."""

    device: str
    kind: str
    faults: int
    silences: int
    down_ms: int
    open: int


@dataclass(frozen=True, slots=True)
class FollowerPlace:
    """How far a follower of the journal is; `at_ms`: time of the oldest event that it lacks, None when it has all."""

    follower: str
    behind: int
    at_ms: int | None


@dataclass(frozen=True, slots=True)
class Delay:
    follower: str
    behind: int
    oldest_ms: int


@measure("occupancy")
def occupancy(spells: Iterable[CounterSpell], tickets: Iterable[TicketFact]) -> tuple[Occupancy, ...]:
    """How much of the time that a counter stood open it served somebody: service time of the completed tickets that it
    was the last to call, of the time between opening and pause, close or the day's end.

    Source: counter.opened, counter.paused, counter.closed, office.day_closed; service time of tickets.
    Unit: whole milliseconds; the share in hundredths of a percent, half up.
    Period: business date of the opening and of the ticket's issue.
    Rules: own.
    """
    stood: dict[str, int] = {}
    for spell in spells:
        stood[spell.counter] = stood.get(spell.counter, 0) + spell.open_ms
    served = dict.fromkeys(stood, 0)
    for ticket in tickets:
        if ticket.counter is not None and ticket.served_ms is not None:
            served[ticket.counter] = served.get(ticket.counter, 0) + ticket.served_ms
    return tuple(
        Occupancy(counter, stood.get(counter, 0), served[counter], rate_bp(served[counter], stood.get(counter, 0)))
        for counter in sorted(served)
    )


@measure("devices")
def device_figures(spells: Iterable[DeviceSpell]) -> tuple[DeviceFigures, ...]:
    """How often each device had a fault or fell silent, and for how long until it was well again; what lasts when the
    period ends is counted apart, without its time.

    Source: device.fault, device.offline, device.recovered, device.online.
    Unit: spells; whole milliseconds.
    Period: business date on which the spell began.
    Rules: own.
    """
    groups: dict[tuple[str, str], list[DeviceSpell]] = {}
    for spell in spells:
        groups.setdefault((spell.device, spell.kind), []).append(spell)
    return tuple(
        DeviceFigures(
            device,
            kind,
            sum(spell.change == "fault" for spell in group),
            sum(spell.change == "offline" for spell in group),
            sum(max(0, spell.ended_at - spell.began_at) for spell in group if spell.ended_at is not None),
            sum(spell.ended_at is None for spell in group),
        )
        for (device, kind), group in sorted(groups.items())
    )


@measure("sync-delay")
def sync_delay(places: Iterable[FollowerPlace], last_ms: int) -> tuple[Delay, ...]:
    """How many events each follower of the journal still lacks, and how long the oldest of them lies before the
    journal's last event (`last_ms`).

    Source: cursors of followers and the journal.
    Unit: events; whole milliseconds, never below 0.
    Period: the moment of the report, as far as the journal reached.
    Rules: own.
    """
    return tuple(
        Delay(place.follower, place.behind, 0 if place.at_ms is None else max(0, last_ms - place.at_ms))
        for place in places
    )
