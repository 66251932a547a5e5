"""What is known of the dossiers followed at the portal: in memory, made again from the service at each start."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any

from config.portal_schema import PortalSection
from sync.dossiers.rows import CODE, Dossier
from sync.portal import policy


class Ledger:
    """Times are seconds since 1970; days are those of the office."""

    def __init__(self, section: PortalSection, known: Iterable[Dossier] = ()) -> None:
        self._section = section
        self._known = {dossier["code"]: dossier for dossier in known}
        self._asked: dict[str, float] = {}
        self._missed: dict[str, tuple[float, int]] = {}
        self._linked: set[str] = set()

    def heed(self, event: dict[str, Any]) -> None:
        """A dossier that changed here in another way, or one that a clerk linked to a ticket."""
        if event["type"] == "dossier.updated":
            self._known[event["subject"]] = dict(event["data"])
        elif event["type"] == "ticket.dossier_linked":
            code = str(event["data"].get("dossier", ""))
            if CODE.fullmatch(code) and code not in self._known:
                self._linked.add(code)

    def heard(self, dossier: Dossier, now: float) -> Dossier | None:
        """The portal told it: what is to be put, or None when nothing changed. What it has no word for stays."""
        code = dossier["code"]
        before = self._known.get(code, {})
        after = {**before, **dossier}
        self._asked[code] = now
        self._known[code] = after
        self._linked.discard(code)
        self._missed.pop(code, None)
        return after if after != before else None

    def unheard(self, code: str, now: float) -> None:
        """The portal does not know it, or what it told cannot be read."""
        self._asked[code] = now
        self._missed[code] = (now, self._missed.get(code, (0.0, 0))[1] + 1)

    def following(self, now: float) -> int:
        """How many dossiers may still change."""
        return sum(policy.interval(one, now) is not None for one in self._watched())

    def questions(self, now: float, today: date) -> Iterator[str]:
        """What to ask now, and again after each answer: known dossiers and unknown numbers in turn."""
        due = policy.to_ask(self._watched(), now, self._section.calls_per_minute)
        done: set[str] = set()
        while True:
            step = [code for code in [next(iter(due), None), self._number(now, today, done)] if code is not None]
            if not step:
                return
            due = due[1:]
            done.update(step)
            yield from step

    def _number(self, now: float, today: date, done: set[str]) -> str | None:
        if not self._section.discover:
            return None
        highest = self._highest()
        first = policy.first_day(self._section.follow_since, today, max(highest, default=None))
        codes = policy.numbers_to_try(self._section.unit, first, today, highest, self._missed, now)
        return next((code for code in codes if code not in done), None)

    def _highest(self) -> dict[date, int]:
        """The last known running number of each day of this unit."""
        found: dict[date, int] = {}
        for code in self._known:
            unit, day, number = code.rsplit("-", 2)
            when = _day(day)
            if unit == self._section.unit and when is not None:
                found[when] = max(found.get(when, 0), int(number))
        return found

    def _watched(self) -> Iterator[policy.Watched]:
        for code, one in self._known.items():
            due = _seconds(one["due_at"]) if one.get("due_at") else None
            asked, misses = self._asked.get(code), self._missed.get(code, (0.0, 0))[1]
            status = int(one["status"]) if misses == 0 else None
            yield policy.Watched(code, status, _seconds(one["received_at"]), due, asked, misses)
        for code in self._linked:
            yield policy.Watched(code, asked_at=self._asked.get(code), misses=self._missed.get(code, (0.0, 0))[1])


def _day(text: str) -> date | None:
    """yyMMdd; None when the calendar has no such day."""
    try:
        return date(2000 + int(text[:2]), int(text[2:4]), int(text[4:]))
    except ValueError:
        return None


def _seconds(text: str) -> float:
    return datetime.fromisoformat(text).timestamp()
