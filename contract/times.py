"""Times between programs: RFC 3339 in UTC with milliseconds."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache


def to_rfc3339(ms: int) -> str:
    """Milliseconds since 1970 as text, for example 2024-04-14T01:05:10.123Z."""
    seconds, rest = divmod(ms, 1000)
    return f"{_second_text(seconds)}.{rest:03d}Z"


def optional_rfc3339(ms: int | None) -> str | None:
    return None if ms is None else to_rfc3339(ms)


@lru_cache(maxsize=1024)
def _second_text(seconds: int) -> str:
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%dT%H:%M:%S}"


def from_rfc3339(text: str) -> int:
    """Milliseconds since 1970 of an RFC 3339 time. Raises ValueError without a zone."""
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(f'"{text}" has no time zone; write 2024-04-14T01:05:10.123Z')
    return round(moment.timestamp() * 1000)
