"""What a sample's reports must say of tickets and ratings, written down while the days are played.

Nothing here is read from a table, the journal or `kiosk.reports`: what was done to each ticket is noted as it is done,
and counted from these notes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import field
from datetime import datetime

from contract.records import dataclass

ENDS_AT_CLOSE = {"waiting": "abandoned", "called": "no_show", "serving": "served"}


@dataclass(slots=True)
class PlayedTicket:
    """`state`: waiting, called, serving, served, no_show, abandoned or cancelled. Moments in ms since 1970."""

    service: str
    day: str
    hour: int
    weekday: int
    priority: str | None
    language: str
    issued_at: int
    state: str = "waiting"
    called_at: int | None = None
    serving_at: int | None = None
    ended_at: int | None = None
    first_called_at: int | None = None
    moved: bool = False


@dataclass(frozen=True, slots=True)
class KnownCounts:
    issued: int
    served: int
    no_show: int
    abandoned: int
    cancelled: int
    transferred: int


@dataclass(frozen=True, slots=True)
class KnownTimes:
    """Whole ms; a percentile is the smallest value that so many do not exceed."""

    count: int
    median: int | None
    p90: int | None
    longest: int | None


@dataclass(frozen=True, slots=True)
class KnownTickets:
    """`by`: counts by service, day, hour, weekday (Monday is 0), priority and language; `ratings` by level."""

    counts: KnownCounts
    by: dict[str, dict[str, KnownCounts]]
    waiting_ms: KnownTimes
    service_ms: KnownTimes
    ratings: dict[str, int]


@dataclass
class TicketNotes:
    """Notes of what is done to tickets, by their ids. `local`: local time of ms since 1970."""

    local: Callable[[int], datetime]
    tickets: dict[str, PlayedTicket] = field(default_factory=dict)
    ratings: dict[str, int] = field(default_factory=dict)
    _today: list[PlayedTicket] = field(default_factory=list)

    def issued(self, ticket: str, service: str, priority: str | None, language: str, now: int) -> None:
        at = self.local(now)
        one = PlayedTicket(service, at.date().isoformat(), at.hour, at.weekday(), priority, language, now)
        self.tickets[ticket] = one
        self._today.append(one)

    def called(self, ticket: str, now: int) -> None:
        one = self.tickets[ticket]
        one.state, one.called_at, one.serving_at = "called", now, None
        one.first_called_at = now if one.first_called_at is None else one.first_called_at

    def recalled(self, ticket: str, now: int) -> None:
        self.tickets[ticket].called_at = now

    def serving(self, ticket: str, now: int) -> None:
        self.tickets[ticket].state, self.tickets[ticket].serving_at = "serving", now

    def ended(self, ticket: str, state: str, now: int) -> None:
        self.tickets[ticket].state, self.tickets[ticket].ended_at = state, now

    def end_undone(self, ticket: str) -> None:
        self.tickets[ticket].state, self.tickets[ticket].ended_at = "serving", None

    def moved(self, ticket: str) -> None:
        one = self.tickets[ticket]
        one.state, one.serving_at, one.moved = "waiting", None, True

    def rated(self, level: str) -> None:
        self.ratings[level] = self.ratings.get(level, 0) + 1

    def day_closed(self, now: int) -> None:
        for one in self._today:
            if one.state in ENDS_AT_CLOSE:
                one.state, one.ended_at = ENDS_AT_CLOSE[one.state], now
        self._today.clear()

    def known(self) -> KnownTickets:
        whole = list(self.tickets.values())
        groups: dict[str, Callable[[PlayedTicket], object]] = {
            "service": lambda one: one.service,
            "day": lambda one: one.day,
            "hour": lambda one: one.hour,
            "weekday": lambda one: one.weekday,
            "priority": lambda one: one.priority,
            "language": lambda one: one.language,
        }
        served = [(one.serving_at, one.ended_at) for one in whole if one.state == "served"]
        return KnownTickets(
            _counts(whole),
            {name: _grouped(whole, key) for name, key in groups.items()},
            _times((one.issued_at, one.first_called_at) for one in whole),
            _times(served),
            dict(sorted(self.ratings.items())),
        )


def _counts(tickets: list[PlayedTicket]) -> KnownCounts:
    ended = {state: sum(one.state == state for one in tickets) for state in ("served", "no_show", "abandoned")}
    cancelled = sum(one.state == "cancelled" for one in tickets)
    return KnownCounts(len(tickets), **ended, cancelled=cancelled, transferred=sum(one.moved for one in tickets))


def _grouped(tickets: list[PlayedTicket], key: Callable[[PlayedTicket], object]) -> dict[str, KnownCounts]:
    names = sorted({str(key(one)) for one in tickets if key(one) is not None})
    return {name: _counts([one for one in tickets if str(key(one)) == name]) for name in names}


def _times(spans: Iterable[tuple[int | None, int | None]]) -> KnownTimes:
    """A clock of the sample steps back by seconds between two minutes: no time is below nothing."""
    spent = sorted(max(0, end - start) for start, end in spans if start is not None and end is not None)
    if not spent:
        return KnownTimes(0, None, None, None)
    return KnownTimes(len(spent), _reached(spent, 50), _reached(spent, 90), spent[-1])


def _reached(ordered: list[int], percent: int) -> int:
    return next(value for place, value in enumerate(ordered, start=1) if place * 100 >= percent * len(ordered))
