"""Rules and the office's own points, read from their files once more: what the recount of criteria stands on.

The files are those that the reports read (`forms/law.toml`, the office's `forms/law.toml` and `criteria.toml`); whether
they can be used the reports have said before.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any, NamedTuple

Range = tuple[str, str]  # ISO dates, both included
Table = dict[str, Any]


class CriteriaRule(NamedTuple):
    """Points of a criterion at its best, bands by their least sum in tenths of a point, and shares of the ninth in
    hundredths of a percent: of dossiers for all points and for one, of procedures for all.
    """

    best: int
    bands: dict[int, str]
    full: int
    half: int
    wide: int

    def band(self, tenths: int) -> str:
        """The name of the highest band that is reached; the lowest when none is."""
        reached = [least for least in self.bands if least <= tenths]
        return self.bands[max(reached) if reached else min(self.bands)]


class Law:
    """`own`: rules that the office added; `points`: what it gave itself. None where there are none."""

    def __init__(self, shipped: Path, own: Path | None = None, points: Path | None = None) -> None:
        self._shipped, self._own = _tables(shipped, "rule"), _tables(own, "rule")
        self._points = _tables(points, "points")

    def criteria(self, day: str) -> CriteriaRule | None:
        """None when none were in force."""
        one = self._on("criteria", day)
        if one is None:
            return None
        bands = {_tenths(least): str(name) for least, name in one["bands"]}
        shares = (one["online_full_bp"], one["online_half_bp"], one["procedures_full_bp"])
        return CriteriaRule(one["most_points"], bands, *shares)

    def index_groups(self, day: str) -> dict[str, int]:
        """Greatest points by group; nothing when no index was in force."""
        one = self._on("index", day)
        return {} if one is None else dict(one["groups"])

    def given(self) -> dict[Range, dict[int, int]]:
        """Tenths of a point by criterion, for each range of days that has any: what was written last counts."""
        last: dict[tuple[Range, int], Table] = {}
        for one in self._points:
            place = ((str(one["from"]), str(one["to"])), one["criterion"])
            if place not in last or last[place]["written_on"] <= one["written_on"]:
                last[place] = one
        given: dict[Range, dict[int, int]] = {days: {} for days, _ in last}
        for (days, criterion), one in last.items():
            if not one.get("taken_back"):
                given[days][criterion] = _tenths(one["points"])
        return given

    def _on(self, key: str, day: str) -> Table | None:
        own = [one for one in self._own if one["key"] == key]
        from_own = [one for one in own if _is_in_force(one, day)]
        if from_own:
            return max(from_own, key=lambda one: str(one["from"]))
        if own and day >= min(str(one["from"]) for one in own):
            return None  # the office's own end the shipped ones for good
        return next((one for one in self._shipped if one["key"] == key and _is_in_force(one, day)), None)


def _is_in_force(one: Table, day: str) -> bool:
    return str(one["from"]) <= day and ("to" not in one or day < str(one["to"]))


def _tenths(points: float) -> int:
    return round(points * 10)


def _tables(path: Path | None, kind: str) -> list[Table]:
    if path is None or not path.exists():
        return []
    tables: list[Table] = tomllib.loads(path.read_text(encoding="utf-8")).get(kind, [])
    return tables
