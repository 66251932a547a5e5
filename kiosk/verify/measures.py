"""Every measure of one business date counted plainly: replayed tickets, ratings, spells of counters and devices."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from kiosk.verify.figures import Figures, ranked, share
from kiosk.verify.replay import CORRECTED, TicketEvents, TicketReplay, ms, replay

Event = dict[str, Any]
STATES = {"COMPLETED": "served", "NO_SHOW": "no_show", "ABANDONED": "abandoned", "CANCELLED": "cancelled"}
DOWN = ("device.fault", "device.offline")


def count_measures(
    tickets: Iterable[TicketEvents],
    others: list[Event],
    levels: tuple[str, ...],
    local: Callable[[int], datetime],
) -> Figures:
    """`others`: events of counters, devices, the clock and the day's close on that date, in order."""
    figures: Figures = {}
    whole = [(one, replay(one.events)) for one in tickets]
    places: dict[str, list[tuple[TicketEvents, TicketReplay]]] = {"total": whole}
    for one, ticket in whole:
        issued = local(ticket.issued_at)
        figures[f"load/{issued.weekday()}/{issued.hour:02d}"] = (
            figures.get(f"load/{issued.weekday()}/{issued.hour:02d}") or 0
        ) + 1
        values = {
            "service": ticket.issued_service,
            "counter": ticket.counter,
            "clerk": ticket.clerk,
            "hour": f"{issued.hour:02d}",
            "weekday": str(issued.weekday()),
            "priority": ticket.priority,
            "language": one.events[0]["data"]["language"],
        }
        for dimension, value in values.items():
            if value is not None:
                places.setdefault(f"{dimension}/{value}", []).append((one, ticket))
    for place, group in places.items():
        _tickets(figures, place, group)
    rated = [data for one, _ in whole for data in one.ratings]
    _ratings(figures, rated, levels)
    served = sum(ticket.state == "COMPLETED" for _, ticket in whole)
    figures["response-rate"] = share(len(rated), served)
    _occupancy(figures, _opened(others), [ticket for _, ticket in whole])
    _devices(figures, others)
    return figures


def _tickets(figures: Figures, place: str, group: list[tuple[TicketEvents, TicketReplay]]) -> None:
    for name in (*STATES.values(), "open", "transferred"):
        figures[f"tickets/{place}/{name}"] = 0
    figures[f"tickets/{place}/issued"] = len(group)
    waits, works = [], []
    for one, ticket in group:
        figures[f"tickets/{place}/{STATES.get(ticket.state, 'open')}"] += 1  # type: ignore[operator]
        moved = any(event["type"] == "ticket.transferred" for event in one.events)
        figures[f"tickets/{place}/transferred"] += moved  # type: ignore[operator]
        if ticket.first_called_at is not None:
            waits.append(max(0, ticket.first_called_at - ticket.issued_at))
        if (taken := _served(ticket)) is not None:
            works.append(taken)
    for measure, values in (("waiting-time", sorted(waits)), ("service-time", sorted(works))):
        path = f"{measure}/{place}"
        figures[f"{path}/count"] = len(values)
        figures[f"{path}/median"], figures[f"{path}/p90"] = ranked(values, 5), ranked(values, 9)
        figures[f"{path}/most"] = values[-1] if values else None
        figures[f"{path}/within_bp"] = None


def _served(ticket: TicketReplay) -> int | None:
    if ticket.state != "COMPLETED" or ticket.serving_at is None or ticket.ended_at is None:
        return None
    return max(0, ticket.ended_at - ticket.serving_at)


def _ratings(figures: Figures, rated: list[dict[str, Any]], levels: tuple[str, ...]) -> None:
    places: dict[str, list[str]] = {"total": []}
    for data in rated:
        level = next(iter(data["answers"].values()))
        places["total"].append(level)
        for dimension in ("service", "counter", "clerk"):
            if data[dimension] is not None:
                places.setdefault(f"{dimension}/{data[dimension]}", []).append(level)
    for place, given in places.items():
        path = f"ratings/{place}"
        figures[f"{path}/count"] = len(given)
        figures[f"{path}/satisfied_bp"] = share(sum(level in levels[:2] for level in given), len(given))
        for level in {*levels, *given}:
            count = sum(one == level for one in given)
            figures[f"{path}/{level}"], figures[f"{path}/{level}_bp"] = count, share(count, len(given))


def _opened(others: list[Event]) -> dict[str, int]:
    """For how long each counter stood open, in ms; one that is open still does not count yet."""
    stood: dict[str, int] = {}
    since: dict[str, int] = {}
    for event in others:
        if event["type"] == CORRECTED:
            data = event["data"]
            since = {name: at + data["by_ms"] if at >= data["since_ms"] else at for name, at in since.items()}
            continue
        ending = list(since) if event["type"] == "office.day_closed" else []
        if event["type"].startswith("counter."):
            ending = [event["subject"]] if event["subject"] in since else []
        for counter in ending:
            stood[counter] = stood.get(counter, 0) + max(0, ms(event["time"]) - since.pop(counter))
        if event["type"] == "counter.opened":
            since[event["subject"]] = ms(event["time"])
    return stood


def _occupancy(figures: Figures, stood: dict[str, int], tickets: list[TicketReplay]) -> None:
    served = dict.fromkeys(stood, 0)
    for ticket in tickets:
        if ticket.counter is not None and (taken := _served(ticket)) is not None:
            served[ticket.counter] = served.get(ticket.counter, 0) + taken
    for counter, busy in served.items():
        path = f"occupancy/{counter}"
        figures[f"{path}/open_ms"], figures[f"{path}/serving_ms"] = stood.get(counter, 0), busy
        figures[f"{path}/busy_bp"] = share(busy, stood.get(counter, 0))


def _devices(figures: Figures, others: list[Event]) -> None:
    down: dict[str, tuple[str, int]] = {}
    for event in others:
        if not event["type"].startswith("device."):
            continue
        device, at = event["subject"], ms(event["time"])
        if device in down:
            path, began = down.pop(device)
            _add(figures, f"{path}/down_ms", max(0, at - began))
            _add(figures, f"{path}/open", -1)
        if event["type"] in DOWN:
            path = f"devices/{event['data']['kind']}/{device}"
            for name in ("faults", "silences", "down_ms", "open"):
                figures.setdefault(f"{path}/{name}", 0)
            _add(figures, f"{path}/{'faults' if event['type'] == DOWN[0] else 'silences'}", 1)
            _add(figures, f"{path}/open", 1)
            down[device] = (path, at)


def _add(figures: Figures, path: str, by: int) -> None:
    figures[path] = (figures[path] or 0) + by
