"""Times as the one-stop software writes them.

`yyyyMMddHHmmss` is the form of the national portal's protocol; ISO 8601 that of its newer services, in tables with
strokes too; dd/mm/yyyy, with the hour before or after it, and a month by its name ("ngày 5 tháng 3 năm 2026",
"05-Mar-26") those of exported tables. A time without a zone is local.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from math import isfinite
from unicodedata import normalize
from zoneinfo import ZoneInfo

from contract.times import to_rfc3339
from sync.dossiers.month_names import with_numbers

EARLIEST, LATEST = 1990, 2100
_DIGITS = re.compile(r"(\d{4})(\d\d)(\d\d)(?:(\d\d)(\d\d)(\d\d)?)?")
# SA, CH: morning, afternoon
_CLOCK = (
    r"(\d{1,2})(?: ?: ?|h|g| giờ ?)(?:(\d{1,2})(?:['’p]| ?phút|ph)?)?(?:[:m](\d{1,2})(?:[.,]\d{1,9})?)?"
    r"(?: ?(SA|CH|AM|PM))?"
)
_WEEKDAY = (
    r"(?:(?:thứ (?:hai|ba|tư|năm|sáu|bảy|[2-7])|t[2-7]|chủ nhật|cn"
    r"|(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?)[ ,]+)?"
)
_BETWEEN = r"(?:[ ,]+(?:lúc |vào lúc |at |- )?|[-T])"
_DAY = r"(\d{1,2})(?: ?[/.-] ?| tháng )(\d{1,2})(?: ?[/.-] ?| năm )(\d{4})"
_DAY_FIRST = re.compile(rf"{_WEEKDAY}(?:ngày )?{_DAY}(?:{_BETWEEN}{_CLOCK})?", re.IGNORECASE)
_CLOCK_FIRST = re.compile(rf"(?:lúc )?{_CLOCK}[ ,]+(?:- )?{_WEEKDAY}(?:ngày )?{_DAY}", re.IGNORECASE)
_CLOCK_ALONE = re.compile(_CLOCK, re.IGNORECASE)
_ISO = re.compile(
    r"(\d{4})[-/.](\d\d?)[-/.](\d\d?)(?:[T ](\d\d?):(\d\d)(?::(\d\d)(?:[.,]\d{1,9})?)?)? ?(Z|[+-]\d\d:?\d\d)?",
    re.IGNORECASE,
)
_LETTERS = re.compile("[A-Za-z]{3}")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_FIRST_SERIAL = date(1899, 12, 30)  # day 0 of a spreadsheet's count


class InvalidTime(ValueError):
    """The text is no time in any of the forms."""


class MonthFirst(InvalidTime):
    """The text is a day in the American order: 04/15/2024."""


def parse_time(value: object, zone: ZoneInfo, whole_day: time) -> datetime | None:
    """The moment in UTC; None for an empty value. `whole_day` is the local time of a date without one.

    A spreadsheet has no dates but midnights: a datetime at 00:00:00 is a date. Raises InvalidTime.
    """
    if isinstance(value, datetime):
        midnight = value.tzinfo is None and value.time() == time()
        return _utc(datetime.combine(value.date(), whole_day) if midnight else value, zone)
    if isinstance(value, date):
        return _utc(datetime.combine(value, whole_day), zone)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _utc(_of_serial(value, whole_day), zone)
    text = " ".join(normalize("NFC", str(value or "")).split()).rstrip(" .,;")
    return _utc(_parsed(text, whole_day), zone) if text else None


def parse_clock(value: object) -> time | None:
    """The hour of a cell of its own: a time, a part of a day or a text; None for anything else."""
    if isinstance(value, datetime):
        return value.time()
    if isinstance(value, time):
        return value
    if isinstance(value, float) and 0 <= value < 1:
        return (datetime.combine(_FIRST_SERIAL, time()) + timedelta(seconds=round(value * 86_400))).time()
    match = _CLOCK_ALONE.fullmatch(" ".join(value.split())) if isinstance(value, str) else None
    if match is None:
        return None
    try:
        return _clock_of(match.groups())
    except ValueError:
        return None


def rfc3339(moment: datetime) -> str:
    """UTC with milliseconds: `2024-04-14T01:05:10.000Z`."""
    return to_rfc3339((moment - _EPOCH) // timedelta(milliseconds=1))


def _utc(moment: datetime, zone: ZoneInfo) -> datetime:
    aware = moment if moment.tzinfo else moment.replace(tzinfo=zone)
    if not EARLIEST <= aware.year <= LATEST:
        raise InvalidTime("the year is not plausible")
    return aware.astimezone(UTC)


def _parsed(text: str, whole_day: time) -> datetime:
    if match := _DIGITS.fullmatch(text):
        year, month, day, *clock = match.groups()
        return _built((year, month, day), clock, whole_day)
    if match := _ISO.fullmatch(text):
        year, month, day, *clock, offset = match.groups()
        moment = _built((year, month, day), clock, whole_day)
        return moment if offset is None else datetime.fromisoformat(f"{moment.isoformat()}{_offset(offset)}")
    text = text if text.isascii() and not _LETTERS.search(text) else with_numbers(text)
    if match := _DAY_FIRST.fullmatch(text):
        day, month, year, *clock = match.groups()
        return _built((year, month, day), clock, whole_day)
    if match := _CLOCK_FIRST.fullmatch(text):
        *clock, day, month, year = match.groups()
        return _built((year, month, day), clock, whole_day)
    raise InvalidTime("not a time")


def _offset(text: str) -> str:
    return "+00:00" if text in "Zz" else f"{text[:3]}:{text[-2:]}"


def _built(parts: tuple[str, str, str], clock: Sequence[str | None], whole_day: time) -> datetime:
    year, month, day = map(int, parts)
    if month > 12 >= day:
        raise MonthFirst("day and month are swapped")
    try:
        of_day = whole_day if clock[0] is None else _clock_of(clock)
        return datetime.combine(date(year, month, day), of_day)
    except ValueError as error:
        raise InvalidTime("no such day or hour") from error


def _clock_of(parts: Sequence[str | None]) -> time:
    """From hour, minute, second and SA, CH, AM or PM. Raises ValueError."""
    hour, minute, second = (int(part or 0) for part in parts[:3])
    half = (parts[3] or "").upper() if len(parts) > 3 else ""
    if half and not 1 <= hour <= 12 and not (half == "CH" and 12 < hour < 24):
        raise ValueError("no such hour of half a day")
    if half in {"SA", "AM"}:
        hour %= 12
    elif half in {"CH", "PM"} and hour < 12:
        hour += 12
    return time(hour, minute, second)


def _of_serial(value: float, whole_day: time) -> datetime:
    """A spreadsheet's count of days, or the fourteen digits of the protocol kept as a number."""
    if not isfinite(value):
        raise InvalidTime("not a time")
    if value >= 10**7:
        return _parsed(str(int(value)), whole_day)
    try:
        day = _FIRST_SERIAL + timedelta(days=int(value))
    except OverflowError as error:
        raise InvalidTime("not a time") from error
    seconds = round((value - int(value)) * 86_400)
    return datetime.combine(day, whole_day if seconds == 0 else time()) + timedelta(seconds=seconds)
