"""How calls sound in an office, as the service tells its boards: languages, volume by hour, quiet. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from contract.records import dataclass
from display_board.voices.phrases import VIETNAMESE, Manner

QUIET_PERCENT = 40


@dataclass(frozen=True, slots=True)
class Settings:
    """`languages`: what every call is said in, in order. `volumes`: ("HH:MM", percent) from that time of day on."""

    languages: tuple[str, ...] = (VIETNAMESE,)
    ticket_language: bool = True
    volume: int = 100
    volumes: tuple[tuple[str, int], ...] = ()
    quiet: bool = False
    timezone: str = "Asia/Ho_Chi_Minh"
    manner: Manner = field(default_factory=Manner)

    def volume_at(self, now_ms: int) -> int:
        """Percent at a moment (ms since 1970) by the office's wall clock; a quiet office hears the chime softly."""
        now = f"{datetime.fromtimestamp(now_ms / 1000, ZoneInfo(self.timezone)):%H:%M}"
        begun = [percent for since, percent in sorted(self.volumes) if since <= now]
        volume = begun[-1] if begun else self.volume
        return volume * QUIET_PERCENT // 100 if self.quiet else volume

    def order(self, ticket_language: str) -> tuple[str, ...]:
        """The languages of one call; the ticket's own comes behind those of the office."""
        own = (ticket_language,) if self.ticket_language and ticket_language else ()
        return tuple(dict.fromkeys((*self.languages, *own))) or (VIETNAMESE,)


def to_plain(settings: Settings) -> dict[str, Any]:
    manner = settings.manner
    return {
        "languages": list(settings.languages),
        "ticket_language": settings.ticket_language,
        "volume": settings.volume,
        "volumes": [list(row) for row in settings.volumes],
        "quiet": settings.quiet,
        "timezone": settings.timezone,
        "folk": manner.folk,
        "whole": manner.whole,
        "odd": manner.odd,
        "letters": list(manner.letters),
        "counters": list(manner.counters),
    }


def from_plain(plain: Mapping[str, Any]) -> Settings:
    """Raises KeyError, TypeError or ValueError when the service says something else."""
    manner = Manner(
        str(plain["folk"]), bool(plain["whole"]), str(plain["odd"]), tuple(plain["letters"]), tuple(plain["counters"])
    )
    return Settings(
        tuple(plain["languages"]),
        bool(plain["ticket_language"]),
        int(plain["volume"]),
        tuple((str(since), int(percent)) for since, percent in plain["volumes"]),
        bool(plain["quiet"]),
        str(ZoneInfo(plain["timezone"])),
        manner,
    )
