"""The civil calendar of the office: business date, opening sessions, reporting periods."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from contract.records import dataclass

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
QUARTER_MS = 15 * 60_000


@dataclass(frozen=True, slots=True)
class Session:
    """An opening session on one weekday, local times, `closes` exclusive."""

    weekday: int
    opens: time
    closes: time


@dataclass(frozen=True, slots=True)
class OpeningHours:
    """When numbers are given. `always` overrides the table (a demonstration, a night of registration)."""

    timezone: ZoneInfo
    sessions: tuple[Session, ...] = ()
    holidays: frozenset[date] = frozenset()
    always: bool = False

    def local(self, now_ms: int) -> datetime:
        """Local time of a UTC instant in milliseconds since 1970."""
        return datetime.fromtimestamp(now_ms / 1000, self.timezone)

    def quarter(self, now_ms: int) -> datetime:
        """Local time when the quarter of an hour began, which many tickets share: zones differ by whole quarters."""
        return _quarter(self.timezone, now_ms // QUARTER_MS)

    def civil_date(self, now_ms: int) -> str:
        """The local date, ISO 8601: what a business date is made from."""
        return _civil_date(self.timezone, now_ms // 60_000)

    def sessions_on(self, day: date) -> list[Session]:
        """The sessions of one date in order; empty on a holiday or a day off."""
        if day in self.holidays:
            return []
        return sorted((s for s in self.sessions if s.weekday == day.weekday()), key=lambda s: s.opens)

    def is_open(self, now_ms: int) -> bool:
        moment = self.local(now_ms)
        return self.always or any(s.opens <= moment.time() < s.closes for s in self.sessions_on(moment.date()))

    def next_opening(self, now_ms: int) -> datetime | None:
        """Local time at which numbers are given next; None when the table holds no session within a month."""
        moment = self.local(now_ms)
        for offset in range(31):
            day = moment.date() + timedelta(days=offset)
            for session in self.sessions_on(day):
                opening = datetime.combine(day, session.opens, self.timezone)
                if opening > moment:
                    return opening
        return None

    def closes_at(self, now_ms: int) -> int | None:
        """When the last session of this local day ends, in ms since 1970; None on a day off and with `always`."""
        moment = self.local(now_ms)
        sessions = [] if self.always else self.sessions_on(moment.date())
        if not sessions:
            return None
        last = max(session.closes for session in sessions)
        return round(datetime.combine(moment.date(), last, self.timezone).timestamp() * 1000)

    def half_day(self, now_ms: int) -> str:
        """ "morning" or "afternoon", for the slip."""
        return "morning" if self.local(now_ms).hour < 12 else "afternoon"


@lru_cache(maxsize=256)
def _quarter(timezone: ZoneInfo, quarter: int) -> datetime:
    return datetime.fromtimestamp(quarter * QUARTER_MS / 1000, timezone)


@lru_cache(maxsize=16)
def _civil_date(timezone: ZoneInfo, minute: int) -> str:
    """Asked by every action; a date changes on a full minute."""
    return datetime.fromtimestamp(minute * 60, timezone).date().isoformat()
