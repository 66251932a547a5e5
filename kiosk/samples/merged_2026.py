"""A quarter of a commune that was merged in 2025: 1,517 dossiers from 15/12/2025 to 14/03/2026, all made up.

Known answers, by the counting rules of form II.06a: 1,480 received in the period (212 in person, 16 by post, 1,180 on
the portal, 72 in VNeID) and 37 carried over; 1,420 resolved (1,002 early, 399 on time with 8 withdrawn among them, 19
late); 97 open (83 in time, of which 11 wait for papers and 3 are stopped, and 14 overdue); 26 not digitised. Mornings
are fuller than afternoons, each fifth working day is a market day with twice as many, nobody comes from 14 to 22
February (Tết).
Codes end in four digits before 25/01/2026 and in AAXXXX from then on (Thông tư 04/2025/TT-VPCP).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from itertools import islice
from random import Random
from zoneinfo import ZoneInfo

from contract.dossiers import STEPS, Channel, DossierStatus
from contract.records import dataclass
from kiosk.domain.dossier import Dossier
from kiosk.samples.ba_vi_2024 import ETHNIC_FIELD, OTHER_WEIGHT, REASON, WEIGHTS, SampleProcedure

UNIT_CODE, SYSTEM = "H48.123.45", "01"
FIRST, LAST = date(2025, 12, 15), date(2026, 3, 14)
NEW_CODES = date(2026, 1, 25)
CHANNELS = {Channel.IN_PERSON: 212, Channel.ONLINE: 1180, Channel.POST: 16, Channel.VNEID: 72}
NEW, CARRIED_OVER = 1480, 37
LATE, WITHDRAWN, WAITING, STOPPED, OVERDUE, OPEN, ON_TIME = 19, 8, 11, 3, 14, 69, 391
NOT_DIGITISED = 26
HOLIDAYS = frozenset({date(2026, 1, 1), *(date(2026, 2, 14) + timedelta(days=n) for n in range(9))})
MARKET_DAY, DAYS_LONG, DAYS_SHORT = 5, 25, 4
MORNING_SHARE = 0.7


@dataclass(frozen=True, slots=True)
class _Fate:
    """How a dossier stands at the end: its status; working days it is given, and needs (None: not ended)."""

    status: DossierStatus
    limit: int
    taken: int | None


CARRIED = _Fate(DossierStatus.RETURNED, 8, 4)
EARLY = _Fate(DossierStatus.RETURNED, DAYS_SHORT, 1)
PUNCTUAL = _Fate(DossierStatus.RETURNED, DAYS_SHORT, DAYS_SHORT)
LATER = _Fate(DossierStatus.RETURNED, DAYS_SHORT, DAYS_SHORT + 2)


def merged_dossiers(procedures: Sequence[SampleProcedure], zone: ZoneInfo) -> list[Dossier]:
    """All 1,517, by code. Raises ValueError when the configuration has no procedure."""
    if not procedures:
        raise ValueError("the configuration needs [[procedure]]s")
    dice = Random(2026)  # nosec B311 # a sample that is the same each time
    wheel = [kind for kind in procedures for _ in range(WEIGHTS.get(kind.field, OTHER_WEIGHT))]
    channels = [int(channel) for channel, count in CHANNELS.items() for _ in range(count)]
    dice.shuffle(channels)
    carried = [(day, CARRIED, int(Channel.ONLINE)) for day in _spread(date(2025, 12, 10), FIRST, CARRIED_OVER)]
    received = zip(_spread(FIRST, date(2026, 3, 13), NEW), _fates(), channels, strict=True)
    missing = set(range(0, NEW, NEW // NOT_DIGITISED + 1)[:NOT_DIGITISED])
    running: dict[date, int] = {}
    made = []
    for place, (day, fate, channel) in enumerate([*carried, *received]):
        running[day] = running.get(day, 0) + 1
        kind, at = dice.choice(wheel), _moment(day, dice, zone)
        digitised = place - CARRIED_OVER not in missing
        made.append(_dossier(_code(day, running[day]), kind, channel, at, fate, digitised))
    return sorted(made, key=lambda dossier: dossier.code)


def _fates() -> Iterator[_Fate]:
    """One for each dossier that is received in the period, in the order of receipt."""
    open_from = NEW - OPEN
    special = [
        *[LATER] * LATE,
        *[_Fate(DossierStatus.WITHDRAWN, DAYS_LONG, 2)] * WITHDRAWN,
        *[_Fate(DossierStatus.PAPERS_ASKED, DAYS_SHORT, None)] * WAITING,
        *[_Fate(DossierStatus.STOPPED, DAYS_SHORT, None)] * STOPPED,
        *[_Fate(DossierStatus.PROCESSING, DAYS_SHORT, None)] * OVERDUE,
        *[PUNCTUAL] * ON_TIME,
    ]
    room = 1200  # those with a fate of their own are received early enough to meet it within the period
    chosen = {place * room // len(special): fate for place, fate in enumerate(special)}
    for place in range(NEW):
        if place >= open_from:
            yield _Fate(DossierStatus.PROCESSING, DAYS_LONG, None)
        else:
            yield chosen.get(place, EARLY)


def _spread(first: date, end: date, count: int) -> list[date]:
    """`count` days of receipt from `first` to before `end`, twice as many on market days."""
    days = [day for n, day in enumerate(_working_days(first, end)) for _ in range(2 if n % MARKET_DAY == 2 else 1)]
    return [days[place * len(days) // count] for place in range(count)]


def _code(day: date, number: int) -> str:
    return f"{UNIT_CODE}-{day:%y%m%d}-{SYSTEM if day >= NEW_CODES else ''}{number:04d}"


def _dossier(code: str, kind: SampleProcedure, channel: int, at: datetime, fate: _Fate, digitised: bool) -> Dossier:
    zone, due = at.tzinfo, _after(at.date(), fate.limit)
    ended = None if fate.taken is None else datetime.combine(_after(at.date(), fate.taken), time(16, 30), zone)
    reason = None if digitised else (REASON if kind.field == ETHNIC_FIELD else "Thiết bị quét hỏng")
    return Dossier(
        code=code,
        procedure=kind.procedure,
        field=kind.field,
        channel=channel,
        status=int(fate.status),
        received_at=_ms(at),
        due_at=_ms(datetime.combine(due, time(17), zone)),
        finished_at=None if ended is None else _ms(ended),
        carried_over=at.date() < FIRST,
        digitised=digitised,
        not_digitised_reason=reason,
        step=STEPS[fate.status],
    )


def _working_days(first: date, end: date) -> Iterator[date]:
    day = first
    while day < end:
        if day.weekday() < 5 and day not in HOLIDAYS:
            yield day
        day += timedelta(days=1)


def _after(day: date, working_days: int) -> date:
    return next(islice(_working_days(day + timedelta(days=1), date(2027, 1, 1)), working_days - 1, None))


def _moment(day: date, dice: Random, zone: ZoneInfo) -> datetime:
    """Mostly in the morning, 7:00 to 11:00, else from 13:30 to 16:30."""
    morning = dice.random() < MORNING_SHARE
    minute = dice.randrange(7 * 60, 11 * 60) if morning else dice.randrange(13 * 60 + 30, 16 * 60 + 30)
    return datetime.combine(day, time(minute // 60, minute % 60), zone)


def _ms(moment: datetime) -> int:
    return int(moment.timestamp()) * 1000
