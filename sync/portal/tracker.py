"""Tracks the dossiers followed at the portal: in memory, filled from the service at each start."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import cast

from config.portal_schema import PortalSection
from contract.dossiers import CODE, DossierInput, split_code
from contract.events import JournalEvent
from contract.times import from_rfc3339
from sync.portal import policy


class DossierTracker:
    """Knows the last state of each dossier, and when the portal was asked about it.

    Times are seconds since 1970; days are those of the office.
    """

    def __init__(self, section: PortalSection, dossiers: Iterable[DossierInput] = ()) -> None:
        self._section = section
        self._dossiers = {dossier["code"]: dossier for dossier in dossiers}
        self._asked_at: dict[str, float] = {}
        self._misses: dict[str, policy.Misses] = {}
        self._linked: set[str] = set()

    def on_event(self, event: JournalEvent) -> None:
        """Takes in a dossier that changed here in another way, or one that a clerk linked to a ticket."""
        if event["type"] == "dossier.updated":
            self._dossiers[event["subject"]] = cast(DossierInput, dict(event["data"]))
        elif event["type"] == "ticket.dossier_linked":
            code = str(event["data"].get("dossier", ""))
            if CODE.fullmatch(code) and code not in self._dossiers:
                self._linked.add(code)
        elif event["type"] == "ticket.dossier_unlinked":
            self._linked.discard(str(event["data"].get("dossier", "")))

    def record_answer(self, dossier: DossierInput, now: float) -> DossierInput | None:
        """Records what the portal answered; returns what is to be uploaded, None when nothing changed.

        Fields that the portal has no word for stay as they were.
        """
        code = dossier["code"]
        before = self._dossiers.get(code, DossierInput())
        after: DossierInput = {**before, **dossier}
        self._asked_at[code] = now
        self._dossiers[code] = after
        self._linked.discard(code)
        self._misses.pop(code, None)
        return after if after != before else None

    def record_miss(self, code: str, now: float) -> None:
        """Records that the portal does not know a dossier, or that its answer cannot be read."""
        self._asked_at[code] = now
        self._misses[code] = policy.Misses(now, self._misses_of(code) + 1)

    def following(self, now: float) -> int:
        """How many dossiers may still change."""
        return sum(policy.interval(one, now) is not None for one in self._tracked())

    def codes_to_ask(self, now: float, today: date) -> Iterator[str]:
        """What to ask about now, computed anew after each answer: known dossiers and unknown numbers in turn."""
        due = policy.to_ask(self._tracked(), now, self._section.calls_per_minute)
        done: set[str] = set()
        while True:
            step = [code for code in [next(iter(due), None), self._next_number(now, today, done)] if code is not None]
            if not step:
                return
            due = due[1:]
            done.update(step)
            yield from step

    def _next_number(self, now: float, today: date, done: set[str]) -> str | None:
        if not self._section.discover:
            return None
        highest = self._highest_numbers()
        first = policy.first_day(self._section.follow_since, today, max(highest, default=None))
        codes = policy.numbers_to_try(self._section.unit, first, today, highest, self._misses, now)
        return next((code for code in codes if code not in done), None)

    def _highest_numbers(self) -> dict[date, int]:
        """The last known running number of each day of this unit."""
        highest: dict[date, int] = {}
        for code in self._dossiers:
            unit, day_text, number = split_code(code)
            day = _day(day_text)
            if unit == self._section.unit and day is not None:
                highest[day] = max(highest.get(day, 0), int(number))
        return highest

    def _tracked(self) -> Iterator[policy.TrackedDossier]:
        for code, dossier in self._dossiers.items():
            due_at, misses = dossier.get("due_at"), self._misses_of(code)
            yield policy.TrackedDossier(
                code,
                dossier["status"] if misses == 0 else None,
                _seconds(dossier["received_at"]),
                _seconds(due_at) if due_at else None,
                self._asked_at.get(code),
                misses,
            )
        for code in self._linked:
            yield policy.TrackedDossier(code, asked_at=self._asked_at.get(code), misses=self._misses_of(code))

    def _misses_of(self, code: str) -> int:
        return self._misses[code].count if code in self._misses else 0


def _day(text: str) -> date | None:
    """yyMMdd; None when the calendar has no such day."""
    try:
        return date(2000 + int(text[:2]), int(text[2:4]), int(text[4:]))
    except ValueError:
        return None


def _seconds(text: str) -> float:
    return from_rfc3339(text) / 1000
