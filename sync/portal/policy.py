"""Which dossier to ask the national portal about next, and how often: arithmetic only.

Times are seconds since 1970, days are dates of the office. The portal serves the whole country: a dossier is asked
about as seldom as its citizen would, a finished one never again, and nobody is asked about at night.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta

from contract.dossiers import FINAL, DossierStatus, compose_code
from contract.records import dataclass

HOUR, DAY = 3600.0, 86_400.0
WAITING_FOR_PEOPLE = frozenset({DossierStatus.DECIDED, DossierStatus.STOPPED})
FORGOTTEN = 60 * DAY  # a result that nobody fetches, a dossier that was stopped
MISSED = (10 * 60.0, HOUR, 6 * HOUR, DAY)  # after so many questions without an answer
LOOK_BACK = 14  # days before the newest known dossier in which numbers may still turn up
LOOK_AHEAD = 2  # running numbers tried beyond the last known one: one of them may have been left out
FIRST_HOUR, LAST_HOUR = 6, 20


@dataclass(frozen=True, slots=True)
class TrackedDossier:
    """A dossier as it was last known. `status` None: unknown to the portal, asked for in vain `misses` times."""

    code: str
    status: int | None = None
    received_at: float = 0.0
    due_at: float | None = None
    asked_at: float | None = None
    misses: int = 0


@dataclass(frozen=True, slots=True)
class Misses:
    """When a code was last asked for in vain, and how often."""

    at: float
    count: int


NEVER = Misses(0.0, 0)


def may_ask(hour: int) -> bool:
    """By the local hour of the day."""
    return FIRST_HOUR <= hour < LAST_HOUR


def interval(dossier: TrackedDossier, now: float) -> float | None:
    """Seconds between two questions about a dossier; None when there is nothing more to learn."""
    if dossier.status is None:
        return None if dossier.misses > len(MISSED) else MISSED[dossier.misses - 1] if dossier.misses else 0.0
    if dossier.status in FINAL:
        return None
    age = now - dossier.received_at
    if dossier.status in WAITING_FOR_PEOPLE:
        return 12 * HOUR if age < FORGOTTEN else None
    if dossier.due_at is not None and dossier.due_at - now < DAY:
        return HOUR if now - dossier.due_at < 30 * DAY else 12 * HOUR
    return HOUR / 2 if age < DAY else 4 * HOUR


def overdue(dossier: TrackedDossier, now: float) -> float | None:
    """For how many seconds a question has been due; None when none is."""
    every = interval(dossier, now)
    if every is None:
        return None
    late = now - dossier.asked_at - every if dossier.asked_at is not None else max(0.0, now - dossier.received_at)
    return late if late >= 0 else None


def to_ask(dossiers: Iterable[TrackedDossier], now: float, most: int) -> list[str]:
    """Codes to ask about, those of waiting citizens (not known to the portal yet) first, then by how late they are."""
    late = [(one.status is not None, -wait, one.code) for one in dossiers if (wait := overdue(one, now)) is not None]
    return [code for _, _, code in sorted(late)[:most]]


def first_day(follow_since: date | None, today: date, newest: date | None) -> date:
    """The first day of receipt in which unknown dossiers are looked for."""
    since = follow_since or today - timedelta(days=LOOK_BACK)
    return since if newest is None else max(since, newest - timedelta(days=LOOK_BACK))


def numbers_to_try(
    unit: str,
    first: date,
    today: date,
    highest: Mapping[date, int],
    missed: Mapping[str, Misses],
    now: float,
) -> Iterator[str]:
    """Codes that the unit may have given out, oldest day first: running numbers restart every day (MaHoSo).

    `highest` is the last known number of a day, `missed` the codes asked for in vain.
    """
    for back in range((today - first).days, -1, -1):
        day = today - timedelta(days=back)
        last = highest.get(day, 0)
        for number in range(last + 1, last + 1 + LOOK_AHEAD):
            code = compose_code(unit, day, number)
            misses = missed.get(code, NEVER)
            wait = _wait_before_retry(back, misses.count)
            if wait is not None and now - misses.at >= wait:
                yield code


def _wait_before_retry(days_back: int, count: int) -> float | None:
    """A number of today may come any hour; one of past days only by a late transfer; after a week none will."""
    if count == 0:
        return 0.0
    if days_back == 0:
        return HOUR
    return 12 * HOUR if days_back <= 7 and count < 24 else None
