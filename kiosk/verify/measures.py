"""Every measure of one business date counted plainly: replayed tickets, ratings, spells of counters and devices."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from kiosk.domain.service import Promises
from kiosk.domain.survey import FurtherQuestion
from kiosk.verify.figures import Figures, ranked, share
from kiosk.verify.replay import CORRECTED, TicketEvents, TicketReplay, ms

Event = dict[str, Any]
STATES = {"COMPLETED": "served", "NO_SHOW": "no_show", "ABANDONED": "abandoned", "CANCELLED": "cancelled"}
DIMENSIONS = ("service", "counter", "clerk", "hour", "weekday", "priority", "language")
WEEKDAYS, HOURS = tuple("0123456"), tuple(f"{hour:02d}" for hour in range(24))
DOWN = ("device.fault", "device.offline")


class Line(NamedTuple):
    """What counts of one ticket: how it ended, 1 when it was moved, waiting and service time in ms."""

    state: str
    moved: int
    waited: int | None
    served: int | None


def count_measures(
    whole: Sequence[tuple[TicketEvents, TicketReplay]],
    others: list[Event],
    levels: tuple[str, ...],
    local: Callable[[int], datetime],
    promises: Promises,
    asked: Sequence[FurtherQuestion] = (),
    best: int | None = None,
) -> Figures:
    """`whole`: the tickets of a business date, each with what its replay gave. `others`: events of counters, devices,
    the clock and the day's close on that date, in order. `asked`: the survey's second page; `best`: points for the
    best answer to a criterion, None when no criteria are in force.
    """
    places: dict[str, list[Line]] = {"total": []}
    figures: Figures = _places(whole, local, places)
    for place, lines in places.items():
        _tickets(figures, place, lines, promises)
    rated = [data for one, _ in whole for data in one.ratings]
    _ratings(figures, rated, levels)
    if best is not None:
        _criteria(figures, rated, asked, best)
    served = sum(ticket.state == "COMPLETED" for _, ticket in whole)
    figures["response-rate"] = share(len(rated), served)
    _occupancy(figures, _opened(others), [ticket for _, ticket in whole])
    _devices(figures, others)
    return figures


def _places(
    whole: Sequence[tuple[TicketEvents, TicketReplay]], local: Callable[[int], datetime], places: dict[str, list[Line]]
) -> Figures:
    """Puts the line of each ticket into every place where it counts; gives how many were issued when."""
    lines = [_line(ticket) for _, ticket in whole]
    times = [local(ticket.issued_at) for _, ticket in whole]
    weekdays, hours = [WEEKDAYS[time.weekday()] for time in times], [HOURS[time.hour] for time in times]
    columns: tuple[list[str | None], ...] = (
        [ticket.issued_service for _, ticket in whole],
        [ticket.counter for _, ticket in whole],
        [ticket.clerk for _, ticket in whole],
        [*hours],
        [*weekdays],
        [ticket.priority for _, ticket in whole],
        [one.events[0]["data"]["language"] for one, _ in whole],
    )
    places["total"] += lines
    for dimension, values in zip(DIMENSIONS, columns, strict=True):
        groups: dict[str | None, list[Line]] = defaultdict(list)
        for value, line in zip(values, lines, strict=True):
            groups[value].append(line)
        places |= {f"{dimension}/{value}": group for value, group in groups.items() if value is not None}
    cells = Counter(zip(weekdays, hours, strict=True))
    return {f"load/{weekday}/{hour}": count for (weekday, hour), count in cells.items()}


def _line(ticket: TicketReplay) -> Line:
    called = ticket.first_called_at
    waited = None if called is None else max(0, called - ticket.issued_at)
    return Line(STATES.get(ticket.state, "open"), int(ticket.moved), waited, _served(ticket))


def _tickets(figures: Figures, place: str, lines: list[Line], promises: Promises) -> None:
    states = Counter([line.state for line in lines])
    for name in (*STATES.values(), "open"):
        figures[f"tickets/{place}/{name}"] = states[name]
    figures[f"tickets/{place}/transferred"] = sum([line.moved for line in lines])
    figures[f"tickets/{place}/issued"] = len(lines)
    waits = sorted([line.waited for line in lines if line.waited is not None])
    works = sorted([line.served for line in lines if line.served is not None])
    promised = {"waiting-time": promises.waiting_ms, "service-time": promises.service_ms}
    for measure, values in (("waiting-time", waits), ("service-time", works)):
        path = f"{measure}/{place}"
        figures[f"{path}/count"] = len(values)
        figures[f"{path}/median"], figures[f"{path}/p90"] = ranked(values, 5), ranked(values, 9)
        figures[f"{path}/most"] = values[-1] if values else None
        most = promised[measure]
        kept = [value for value in values if most is not None and value <= most]
        figures[f"{path}/within_bp"] = None if most is None else share(len(kept), len(values))


def _served(ticket: TicketReplay) -> int | None:
    if ticket.state != "COMPLETED" or ticket.serving_at is None or ticket.ended_at is None:
        return None
    return max(0, ticket.ended_at - ticket.serving_at)


def _ratings(figures: Figures, rated: list[dict[str, Any]], levels: tuple[str, ...]) -> None:
    _further(figures, rated)
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


def _further(figures: Figures, rated: list[dict[str, Any]]) -> None:
    """Answers of the survey's second page: each choice, and its share of those who answered that question."""
    answers = [pair for data in rated for pair in data.get("further", {}).items()]
    for question, choice in set(answers):
        answered, chose = sum(one == question for one, _ in answers), answers.count((question, choice))
        path = f"further-answers/{question}/{choice}"
        figures[f"{path}/count"], figures[f"{path}/share_bp"] = chose, share(chose, answered)


def _criteria(figures: Figures, rated: list[dict[str, Any]], asked: Sequence[FurtherQuestion], best: int) -> None:
    """All points for the best of three answers, one for the second, none for the third."""
    for question in asked:
        choices = list(question.choices)
        if question.criterion is None or len(choices) != 3:
            continue
        given = [data["further"][question.code] for data in rated if question.code in data.get("further", {})]
        first, second, third = (given.count(choice) for choice in choices)
        if first + second + third:
            path = f"criterion-{question.criterion}"
            figures[f"{path}/answers"] = (figures.get(f"{path}/answers") or 0) + first + second + third
            figures[f"{path}/points"] = (figures.get(f"{path}/points") or 0) + best * first + second


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
