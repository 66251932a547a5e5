"""Times as the one-stop software writes them.

`yyyyMMddHHmmss` is the form of the national portal's protocol; ISO 8601 that of its newer services; dd/mm/yyyy, with
the hour before or after it, that of exported tables. A time without a zone is local.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from math import isfinite
from zoneinfo import ZoneInfo

EARLIEST, LATEST = 1990, 2100
_DIGITS = re.compile(r"(\d{4})(\d\d)(\d\d)(?:(\d\d)(\d\d)(\d\d)?)?")
_CLOCK = r"(\d{1,2})(?::|h|g| giờ )(\d{1,2})?(?:[:m](\d{1,2}))?"
_DAY = r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})"
_DAY_FIRST = re.compile(rf"{_DAY}(?:[ ,]+{_CLOCK})?")
_CLOCK_FIRST = re.compile(rf"{_CLOCK}[ ,]+(?:ngày )?{_DAY}")
_ISO = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,]\d{1,9})?)?)? ?(Z|[+-]\d\d:?\d\d)?", re.IGNORECASE
)
_FIRST_SERIAL = date(1899, 12, 30)  # day 0 of a spreadsheet's count


class NotATime(ValueError):
    """The text is no time in any of the forms."""


def read_moment(value: object, zone: ZoneInfo, whole_day: time) -> datetime | None:
    """The moment in UTC; None for an empty value. `whole_day` is the local time of a date without one.

    A spreadsheet has no dates but midnights: a datetime at 00:00:00 is a date. Raises NotATime.
    """
    if isinstance(value, datetime):
        midnight = value.tzinfo is None and value.time() == time()
        return _utc(datetime.combine(value.date(), whole_day) if midnight else value, zone)
    if isinstance(value, date):
        return _utc(datetime.combine(value, whole_day), zone)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _utc(_of_serial(value, whole_day), zone)
    text = " ".join(str(value or "").split())
    return _utc(_parsed(text, whole_day), zone) if text else None


def rfc3339(moment: datetime) -> str:
    """UTC with milliseconds: `2024-04-14T01:05:10.000Z`."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03d}Z"


def _utc(moment: datetime, zone: ZoneInfo) -> datetime:
    aware = moment if moment.tzinfo else moment.replace(tzinfo=zone)
    if not EARLIEST <= aware.year <= LATEST:
        raise NotATime("the year is not plausible")
    return aware.astimezone(UTC)


def _parsed(text: str, whole_day: time) -> datetime:
    if found := _DIGITS.fullmatch(text):
        year, month, day, *clock = found.groups()
        return _built((year, month, day), clock, whole_day)
    if found := _ISO.fullmatch(text):
        year, month, day, *clock, offset = found.groups()
        moment = _built((year, month, day), clock, whole_day)
        return moment if offset is None else datetime.fromisoformat(f"{moment.isoformat()}{_offset(offset)}")
    if found := _DAY_FIRST.fullmatch(text):
        day, month, year, *clock = found.groups()
        return _built((year, month, day), clock, whole_day)
    if found := _CLOCK_FIRST.fullmatch(text):
        *clock, day, month, year = found.groups()
        return _built((year, month, day), clock, whole_day)
    raise NotATime("not a time")


def _offset(text: str) -> str:
    return "+00:00" if text in "Zz" else f"{text[:3]}:{text[-2:]}"


def _built(parts: tuple[str, str, str], clock: list[str | None], whole_day: time) -> datetime:
    year, month, day = map(int, parts)
    try:
        hour, minute, second = (int(part or 0) for part in clock)
        of_day = whole_day if clock[0] is None else time(hour, minute, second)
        return datetime.combine(date(year, month, day), of_day)
    except ValueError as error:
        raise NotATime("no such day or hour") from error


def _of_serial(value: float, whole_day: time) -> datetime:
    """A spreadsheet's count of days, or the fourteen digits of the protocol kept as a number."""
    if not isfinite(value):
        raise NotATime("not a time")
    if value >= 10**7:
        return _parsed(str(int(value)), whole_day)
    try:
        day = _FIRST_SERIAL + timedelta(days=int(value))
    except OverflowError as error:
        raise NotATime("not a time") from error
    seconds = round((value - int(value)) * 86_400)
    return datetime.combine(day, whole_day if seconds == 0 else time()) + timedelta(seconds=seconds)
