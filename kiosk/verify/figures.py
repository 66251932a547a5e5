"""Figures of one business date, counted plainly from replayed tickets."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from operator import attrgetter
from typing import Any

from kiosk.verify.replay import TicketReplay

ENDS = {"COMPLETED": "served", "NO_SHOW": "no_show", "ABANDONED": "abandoned", "CANCELLED": "cancelled"}
Figures = dict[str, int | None]


def count(
    tickets: list[TicketReplay], ratings: list[dict[str, Any]], levels: tuple[str, ...], hour_of: Callable[[int], int]
) -> Figures:
    """Every figure of a day under a path such as "by_service/HT/waiting_ms/median"; see flatten."""
    places: dict[str, list[TicketReplay]] = {"total": tickets}
    for dimension, value_of in (
        ("by_service", attrgetter("issued_service")),
        ("by_hour", lambda ticket: f"{hour_of(ticket.issued_at):02d}"),
        ("by_counter", attrgetter("counter")),
        ("by_clerk", attrgetter("clerk")),
    ):
        groups: dict[str | None, list[TicketReplay]] = defaultdict(list)
        for ticket in tickets:
            groups[value_of(ticket)].append(ticket)
        places |= {f"{dimension}/{value}": group for value, group in groups.items() if value is not None}
    figures: Figures = {}
    for place, group in places.items():
        _count_tickets(figures, place, group)
    levels_of: dict[str, list[str]] = {"ratings/total": []}
    for data in ratings:
        level = next(iter(data["answers"].values()))
        levels_of["ratings/total"].append(level)
        for dimension in ("service", "counter", "clerk"):
            if data[dimension] is not None:
                levels_of.setdefault(f"ratings/by_{dimension}/{data[dimension]}", []).append(level)
    for place, given in levels_of.items():
        _count_ratings(figures, place, given, levels)
    return figures


def flatten(report: dict[str, Any]) -> Figures:
    """The same paths from a report's JSON."""
    figures: Figures = {}
    for name, value in report.items():
        if name in ("total", "ratings", "measures") or name.startswith("by_"):
            _flatten(figures, name, value)
    return figures


def _flatten(figures: Figures, path: str, value: Any) -> None:
    if isinstance(value, dict):
        for name, inner in value.items():
            if name not in ("key", "name"):
                _flatten(figures, f"{path}/{name}", inner)
    elif isinstance(value, list):
        for group in value:
            _flatten(figures, f"{path}/{group['key']}", group)
    else:
        figures[path] = value


def differing(where: str, reported: Mapping[str, object], recounted: Mapping[str, object]) -> list[str]:
    """A sentence for each figure that the reports and the recount have otherwise."""
    if reported == recounted:
        return []
    paths = sorted(reported.keys() | recounted.keys())
    pairs = [(path, reported.get(path, "missing"), recounted.get(path, "missing")) for path in paths]
    wrong = [one for one in pairs if one[1] != one[2]]
    return [f"{where}{path}: the report says {left}, the journal {right}" for path, left, right in wrong]


def _count_tickets(figures: Figures, place: str, group: list[TicketReplay]) -> None:
    figures[f"{place}/issued"] = len(group)
    states = Counter([ENDS.get(ticket.state, "open") for ticket in group])
    for name in (*ENDS.values(), "open"):
        figures[f"{place}/{name}"] = states[name]
    waits = [t.first_called_at - t.issued_at for t in group if t.first_called_at is not None]
    waits = [0 if wait < 0 else wait for wait in waits]
    works = [
        0 if t.ended_at < t.serving_at else t.ended_at - t.serving_at
        for t in group
        if t.state == "COMPLETED" and t.ended_at is not None and t.serving_at is not None
    ]
    for name, values in (("waiting_ms", sorted(waits)), ("service_ms", sorted(works))):
        figures[f"{place}/{name}/count"] = len(values)
        figures[f"{place}/{name}/median"] = ranked(values, 5)
        figures[f"{place}/{name}/p90"] = ranked(values, 9)
    met = states["served"] + states["no_show"]
    figures[f"{place}/no_show_rate_bp"] = share(states["no_show"], met)


def _count_ratings(figures: Figures, place: str, given: list[str], levels: tuple[str, ...]) -> None:
    figures[f"{place}/count"] = len(given)
    for level in {*levels, *given}:
        figures[f"{place}/levels/{level}"] = given.count(level)
    good = [level for level in given if level in levels[:2]]
    figures[f"{place}/satisfied_rate_bp"] = share(len(good), len(given))


def ranked(ordered: list[int], tenths: int) -> int | None:
    """The first value with at least `tenths` tenths of the values at or before it."""
    least = -(-tenths * len(ordered) // 10)  # values, rounded up
    return ordered[max(1, least) - 1] if ordered else None


def share(part: int, whole: int) -> int | None:
    """Hundredths of a percent, half up."""
    if not whole:
        return None
    down, rest = divmod(part * 10_000, whole)
    return down + (1 if 2 * rest >= whole else 0)
