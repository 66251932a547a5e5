"""Figures of one business date, counted plainly from told tickets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

from kiosk.recount.fold import Told

ENDS = {"COMPLETED": "served", "NO_SHOW": "no_show", "ABANDONED": "abandoned", "CANCELLED": "cancelled"}
Figures = dict[str, int | None]


def count(
    tickets: list[Told], ratings: list[dict[str, Any]], levels: tuple[str, ...], hour_of: Callable[[int], int]
) -> Figures:
    """Every figure of a day under a path such as "by_service/HT/waiting_ms/median"; see flatten."""
    places: dict[str, list[Told]] = {"total": tickets}
    for told in tickets:
        places.setdefault(f"by_service/{told.issued_service}", []).append(told)
        places.setdefault(f"by_hour/{hour_of(told.issued_at):02d}", []).append(told)
        if told.counter is not None:
            places.setdefault(f"by_counter/{told.counter}", []).append(told)
        if told.clerk is not None:
            places.setdefault(f"by_clerk/{told.clerk}", []).append(told)
    found: Figures = {}
    for place, some in places.items():
        _count_tickets(found, place, some)
    opinions: dict[str, list[str]] = {"ratings/total": []}
    for data in ratings:
        level = next(iter(data["answers"].values()))
        opinions["ratings/total"].append(level)
        for dimension in ("service", "counter", "clerk"):
            if data[dimension] is not None:
                opinions.setdefault(f"ratings/by_{dimension}/{data[dimension]}", []).append(level)
    for place, given in opinions.items():
        _count_ratings(found, place, given, levels)
    return found


def flatten(report: dict[str, Any]) -> Figures:
    """The same paths from a report's JSON."""
    found: Figures = {}
    for name, value in report.items():
        if name in ("total", "ratings") or name.startswith("by_"):
            _flatten(found, name, value)
    return found


def _flatten(found: Figures, path: str, value: Any) -> None:
    if isinstance(value, dict):
        for name, inner in value.items():
            if name not in ("key", "name"):
                _flatten(found, f"{path}/{name}", inner)
    elif isinstance(value, list):
        for group in value:
            _flatten(found, f"{path}/{group['key']}", group)
    else:
        found[path] = value


def _count_tickets(found: Figures, place: str, some: list[Told]) -> None:
    found[f"{place}/issued"] = len(some)
    states = Counter(ENDS.get(told.state, "open") for told in some)
    for name in (*ENDS.values(), "open"):
        found[f"{place}/{name}"] = states[name]
    waits = [max(0, t.first_called_at - t.issued_at) for t in some if t.first_called_at is not None]
    works = [
        max(0, t.ended_at - t.serving_at)
        for t in some
        if t.state == "COMPLETED" and t.ended_at is not None and t.serving_at is not None
    ]
    for name, values in (("waiting_ms", sorted(waits)), ("service_ms", sorted(works))):
        found[f"{place}/{name}/count"] = len(values)
        found[f"{place}/{name}/median"] = _ranked(values, 5)
        found[f"{place}/{name}/p90"] = _ranked(values, 9)
    met = states["served"] + states["no_show"]
    found[f"{place}/no_show_rate_bp"] = _share(states["no_show"], met)


def _count_ratings(found: Figures, place: str, given: list[str], levels: tuple[str, ...]) -> None:
    found[f"{place}/count"] = len(given)
    for level in {*levels, *given}:
        found[f"{place}/levels/{level}"] = given.count(level)
    good = [level for level in given if level in levels[:2]]
    found[f"{place}/satisfied_rate_bp"] = _share(len(good), len(given))


def _ranked(ordered: list[int], tenths: int) -> int | None:
    """The first value with at least `tenths` tenths of the values at or before it."""
    for place, value in enumerate(ordered, start=1):
        if 10 * place >= tenths * len(ordered):
            return value
    return None


def _share(part: int, whole: int) -> int | None:
    """Hundredths of a percent, half up."""
    if not whole:
        return None
    down, rest = divmod(part * 10_000, whole)
    return down + (1 if 2 * rest >= whole else 0)
