"""The 681 dossiers of xã Ba Vì from 15/12/2023 to 14/04/2024.

Counts are those of the commune's own report of April 2024: 4 received in person, 669 online, 8 carried over;
678 decided early or on time, 2 in progress in time, 1 withdrawn; 3 of the field Dân tộc not digitised, because the
provincial committee returned their results. Everything else (days, procedures, minutes) is made up, always the same,
and holds nobody's data. Day counts of the procedures are round sample values, not legal time limits.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from itertools import cycle, islice
from zoneinfo import ZoneInfo

from contract.dossiers import STEPS, Channel, DossierStatus
from contract.records import dataclass
from kiosk.domain.dossier import Dossier

UNIT_CODE = "000.00.53.H48"
IN_PERSON, ONLINE, CARRIED_OVER, ON_TIME, IN_PROGRESS, WITHDRAWN, NOT_DIGITISED = 4, 669, 8, 678, 2, 1, 3
FIRST, LAST = date(2023, 12, 15), date(2024, 4, 14)
LAST_DECISION = date(2024, 4, 12)
LAST_RECEIPT = date(2024, 4, 11)
NEW_YEAR_DAYS = frozenset({date(2024, 1, 1), *(date(2024, 2, 8) + timedelta(days=n) for n in range(7))})
ETHNIC_FIELD = "Dân tộc"
REASON = "Ban Dân tộc tỉnh trả kết quả"
# Working days that a field takes in this sample, and how often it comes.
DAYS = {"Hộ tịch": 3, "Chứng thực": 1, "Nuôi con nuôi": 20, "Đất đai": 20, "Dân tộc": 10}
WEIGHTS = {"Hộ tịch": 9, "Chứng thực": 7, "Bảo trợ xã hội": 4, "Giảm nghèo": 2, "Người có công": 2}
OTHER_DAYS, OTHER_WEIGHT = 5, 1


@dataclass(frozen=True, slots=True)
class SampleProcedure:
    """A procedure by its code, and the field it belongs to."""

    procedure: str
    field: str


@dataclass(frozen=True, slots=True)
class SampleReceipt:
    """One dossier before it has a code: procedure, channel, local time, and its status at the end."""

    kind: SampleProcedure
    channel: Channel
    at: datetime
    carried_over: bool = False
    fate: DossierStatus = DossierStatus.RETURNED


def dossiers(procedures: Sequence[SampleProcedure], zone: ZoneInfo) -> list[Dossier]:
    """All 681, by code. Raises ValueError when the configuration lacks a procedure of the field Dân tộc."""
    ethnic = [kind for kind in procedures if kind.field == ETHNIC_FIELD]
    common = [kind for kind in procedures if kind.field != ETHNIC_FIELD]
    if not ethnic or not common:
        raise ValueError(f'the configuration needs [[procedure]]s, one of them of the field "{ETHNIC_FIELD}"')
    receipts = [*_carried(common, zone), *_received(common, ethnic[0], zone)]
    return sorted((_dossier(*pair, zone) for pair in _with_codes(receipts)), key=lambda dossier: dossier.code)


def _carried(kinds: Sequence[SampleProcedure], zone: ZoneInfo) -> Iterator[SampleReceipt]:
    """Received in the week before the period and decided in it."""
    slow = sorted(kinds, key=lambda kind: -DAYS.get(kind.field, OTHER_DAYS))
    for place, day in zip(range(CARRIED_OVER), cycle(_working_days(date(2023, 12, 11), FIRST)), strict=False):
        yield SampleReceipt(slow[place % len(slow)], Channel.ONLINE, _moment(day, place, zone), carried_over=True)


def _received(kinds: Sequence[SampleProcedure], ethnic: SampleProcedure, zone: ZoneInfo) -> Iterator[SampleReceipt]:
    days = list(_working_days(FIRST, LAST_RECEIPT + timedelta(days=1)))
    wheel = [kind for kind in kinds for _ in range(WEIGHTS.get(kind.field, OTHER_WEIGHT))]
    total = IN_PERSON + ONLINE
    in_person = {total * n // IN_PERSON + 20 for n in range(IN_PERSON)}
    ethnic_places = {total * n // (NOT_DIGITISED + 1) for n in range(1, NOT_DIGITISED + 1)}
    for place in range(total):
        kind = ethnic if place in ethnic_places else wheel[place * 37 % len(wheel)]
        channel = Channel.IN_PERSON if place in in_person else Channel.ONLINE
        fate = DossierStatus.WITHDRAWN if place == total // 3 else DossierStatus.RETURNED
        if place >= total - IN_PROGRESS:
            fate, kind = DossierStatus.PROCESSING, max(kinds, key=lambda one: DAYS.get(one.field, OTHER_DAYS))
        yield SampleReceipt(kind, channel, _moment(days[place * len(days) // total], place, zone), fate=fate)


def _with_codes(receipts: Sequence[SampleReceipt]) -> Iterator[tuple[str, SampleReceipt]]:
    """Running numbers of each day, in the order of receipt."""
    running: dict[str, int] = {}
    for receipt in sorted(receipts, key=lambda receipt: receipt.at):
        day = f"{receipt.at:%y%m%d}"
        running[day] = running.get(day, 0) + 1
        yield f"{UNIT_CODE}-{day}-{running[day]:04d}", receipt


def _dossier(code: str, receipt: SampleReceipt, zone: ZoneInfo) -> Dossier:
    limit = max(DAYS.get(receipt.kind.field, OTHER_DAYS), OTHER_DAYS if receipt.carried_over else 1)
    taken = int(code[-4:]) % limit if limit > 1 else 1
    due = _after(receipt.at.date(), limit)
    finished: datetime | None = None
    if receipt.fate is not DossierStatus.PROCESSING:
        earliest = FIRST if receipt.carried_over else receipt.at.date()
        day = max(earliest, min(_after(receipt.at.date(), max(taken, 1)), due, LAST_DECISION))
        finished = datetime.combine(day, time(16, 30), zone)
    digitised = receipt.kind.field != ETHNIC_FIELD
    return Dossier(
        code=code,
        procedure=receipt.kind.procedure,
        field=receipt.kind.field,
        channel=int(receipt.channel),
        status=int(receipt.fate),
        received_at=_ms(receipt.at),
        due_at=_ms(datetime.combine(due, time(17), zone)),
        finished_at=None if finished is None else _ms(finished),
        carried_over=receipt.carried_over,
        digitised=digitised,
        not_digitised_reason=None if digitised else REASON,
        step=STEPS[receipt.fate],
    )


def _working_days(first: date, end: date) -> Iterator[date]:
    day = first
    while day < end:
        if day.weekday() < 5 and day not in NEW_YEAR_DAYS:
            yield day
        day += timedelta(days=1)


def _after(day: date, working_days: int) -> date:
    return next(islice(_working_days(day + timedelta(days=1), date(2025, 1, 1)), working_days - 1, None))


def _moment(day: date, place: int, zone: ZoneInfo) -> datetime:
    """Some minute of the morning, before 11:00."""
    minute = 7 * 60 + 5 + place * 17 % 230
    return datetime.combine(day, time(minute // 60, minute % 60), zone)


def _ms(moment: datetime) -> int:
    return int(moment.timestamp()) * 1000
