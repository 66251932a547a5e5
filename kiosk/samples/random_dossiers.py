"""Plausible dossiers of the same days, each with a fate that is drawn first, so that the figures are known beforehand.

Counted by the rules of form II.06a as an officer would read them off a list; nothing of `kiosk.reports` is used.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import date, datetime, time, timedelta
from enum import Enum
from random import Random
from zoneinfo import ZoneInfo

from contract.dossiers import STEPS, Channel, DossierStatus
from contract.receipt_rules import broken_rule
from contract.records import dataclass
from kiosk.domain.dossier import Dossier
from kiosk.samples.ba_vi_2024 import (
    DAYS,
    ETHNIC_FIELD,
    OTHER_DAYS,
    OTHER_WEIGHT,
    REASON,
    UNIT_CODE,
    WEIGHTS,
    SampleProcedure,
)
from kiosk.samples.working_year import WorkingYear, hour_share, working_year

CARRIED_SHARE, CARRIED_LIMIT = 0.04, 25
NOT_DIGITISED_SHARE = 0.03
OTHER_REASON = "Thiết bị quét hỏng"
MOST_LATE = 5  # working days
CHANNELS = {Channel.ONLINE: 70, Channel.IN_PERSON: 20, Channel.VNEID: 7, Channel.POST: 3}
ONLINE = {Channel.ONLINE, Channel.VNEID}
ENDS = {DossierStatus.RETURNED, DossierStatus.DECIDED, DossierStatus.WITHDRAWN, DossierStatus.REFUSED}
MORNING, EVENING, DUE = 7, 17, time(17)
ENDED = time(16, 30)


class Fate(Enum):
    """What becomes of a dossier."""

    EARLY = "early"
    ON_THE_DAY = "on the day"
    LATE = "late"
    WITHDRAWN = "withdrawn"
    IN_WORK = "in work"
    WAITING_FOR_PAPERS = "waiting for papers"
    STOPPED = "stopped"
    REGISTERED_ONLY = "registered only"
    REFUSED = "refused"


# How often among a hundred.
OFTEN = {
    Fate.EARLY: 52,
    Fate.ON_THE_DAY: 25,
    Fate.LATE: 5,
    Fate.WITHDRAWN: 2,
    Fate.IN_WORK: 9,
    Fate.WAITING_FOR_PAPERS: 3,
    Fate.STOPPED: 1,
    Fate.REGISTERED_ONLY: 2,
    Fate.REFUSED: 1,
}
STATUSES = {
    Fate.EARLY: (DossierStatus.RETURNED, DossierStatus.DECIDED),
    Fate.ON_THE_DAY: (DossierStatus.RETURNED,),
    Fate.LATE: (DossierStatus.RETURNED,),
    Fate.WITHDRAWN: (DossierStatus.WITHDRAWN,),
    Fate.IN_WORK: (DossierStatus.RECEIVED, DossierStatus.PROCESSING),
    Fate.WAITING_FOR_PAPERS: (DossierStatus.PAPERS_ASKED, DossierStatus.PAYMENT_ASKED),
    Fate.STOPPED: (DossierStatus.STOPPED,),
    Fate.REGISTERED_ONLY: (DossierStatus.REGISTERED,),
    Fate.REFUSED: (DossierStatus.REFUSED,),
}


@dataclass(slots=True)
class KnownDossiers:
    """Columns 3 to 13 of the form, counts of dossiers; `withdrawn` is part of `on_time`; `not_digitised` of received.

    `not_counted`: only registered, or refused at once.
    """

    received: int = 0
    online: int = 0
    in_person: int = 0
    carried_over: int = 0
    resolved: int = 0
    early: int = 0
    on_time: int = 0
    late: int = 0
    open: int = 0
    open_in_time: int = 0
    open_overdue: int = 0
    withdrawn: int = 0
    not_digitised: int = 0
    not_counted: int = 0

    def note(self, *names: str) -> None:
        for name in names:
            setattr(self, name, getattr(self, name) + 1)


@dataclass(frozen=True, slots=True)
class RandomDossiers:
    """`fields`: the known figures by field; `total`: their sum. The period is from the first day to the last."""

    made: list[Dossier]
    total: KnownDossiers
    fields: dict[str, KnownDossiers]


def random_dossiers(
    procedures: Sequence[SampleProcedure], zone: ZoneInfo, days: Sequence[date], count: int, seed: int
) -> RandomDossiers:
    """`count` dossiers received on `days`, which are in order; some were received in the weeks before.

    The same arguments give the same dossiers. Raises ValueError without a procedure or a day.
    """
    if not procedures or not days:
        raise ValueError("dossiers need [[procedure]]s in the configuration and days on which they are received")
    draw = _Draw(Random(seed), working_year(), list(procedures), zone, list(days))  # nosec B311 # the same each time
    carried = round(count * CARRIED_SHARE)
    made = [draw.carried_over() for _ in range(carried)] + [draw.received() for _ in range(count - carried)]
    made.sort(key=lambda one: one.received_at)
    total = KnownDossiers()
    for row in draw.known.values():
        for column in fields(KnownDossiers):
            setattr(total, column.name, getattr(total, column.name) + getattr(row, column.name))
    return RandomDossiers(_with_codes(made, zone), total, dict(sorted(draw.known.items())))


class _Draw:
    def __init__(
        self, dice: Random, year: WorkingYear, kinds: Sequence[SampleProcedure], zone: ZoneInfo, days: list[date]
    ) -> None:
        self._dice, self._year, self._kinds, self._zone, self._days = dice, year, kinds, zone, days
        self._often = [WEIGHTS.get(kind.field, OTHER_WEIGHT) for kind in kinds]
        self._rush = [year.rush(day) for day in days]
        self.known: dict[str, KnownDossiers] = {}

    def carried_over(self) -> Dossier:
        """Received in the three weeks before the first day, ended early on one of the days."""
        (kind,) = self._dice.choices(self._kinds, self._often)
        known = self.known.setdefault(kind.field, KnownDossiers())
        day = self._days[0] - timedelta(days=self._dice.randrange(1, 15))
        ended = self._dice.choice([one for one in self._days if (one - self._days[0]).days < 10])
        known.note("received", "carried_over", "resolved", "early")
        return self._dossier(kind, day, CARRIED_LIMIT, ended, DossierStatus.RETURNED, known)

    def received(self) -> Dossier:
        (kind,) = self._dice.choices(self._kinds, self._often)
        (day,) = self._dice.choices(self._days, self._rush)
        (fate,) = self._dice.choices(list(OFTEN), list(OFTEN.values()))
        known = self.known.setdefault(kind.field, KnownDossiers())
        limit = DAYS.get(kind.field, OTHER_DAYS)
        if fate is Fate.EARLY and limit < 2:
            fate = Fate.ON_THE_DAY
        ended = self._end(fate, day, limit)
        if ended is not None and ended > self._days[-1]:
            fate, ended = Fate.IN_WORK, None
        status = self._dice.choice(STATUSES[fate])
        if fate in {Fate.REGISTERED_ONLY, Fate.REFUSED}:
            known.note("not_counted")
            return self._dossier(kind, day, limit, ended, status, None)
        is_overdue = self._year.after(day, limit) < self._days[-1]
        dossier = self._dossier(kind, day, limit, ended, status, known)
        known.note("received", "online" if dossier.channel in ONLINE else "in_person", *_standing(fate, is_overdue))
        return dossier

    def _end(self, fate: Fate, day: date, limit: int) -> date | None:
        """The day on which a dossier of this fate ends, None when it does not."""
        taken = {
            Fate.EARLY: self._dice.randrange(1, max(2, limit)),
            Fate.ON_THE_DAY: limit,
            Fate.LATE: limit + self._dice.randrange(1, MOST_LATE + 1),
            Fate.WITHDRAWN: 1,
            Fate.REFUSED: 1,
        }.get(fate)
        return None if taken is None else self._year.after(day, taken)

    def _dossier(
        self,
        kind: SampleProcedure,
        day: date,
        limit: int,
        ended: date | None,
        status: DossierStatus,
        known: KnownDossiers | None,
    ) -> Dossier:
        """`known`: where it is noted when its result is not digitised; None of a dossier that never counts."""
        hours = range(MORNING, EVENING)
        (hour,) = self._dice.choices(hours, [hour_share(one) for one in hours])
        (channel,) = self._dice.choices(list(CHANNELS), list(CHANNELS.values()))
        is_digitised = self._dice.random() >= NOT_DIGITISED_SHARE
        if known is not None and not is_digitised:
            known.note("not_digitised")
        return Dossier(
            code="",
            procedure=kind.procedure,
            field=kind.field,
            channel=int(_of_the_day(channel, day)),
            status=int(status),
            received_at=self._ms(day, time(hour, self._dice.randrange(60))),
            due_at=self._ms(self._year.after(day, limit), DUE),
            finished_at=self._ms(ended, ENDED) if ended is not None and status in ENDS else None,
            carried_over=day < self._days[0],
            digitised=is_digitised,
            not_digitised_reason=None if is_digitised else (REASON if kind.field == ETHNIC_FIELD else OTHER_REASON),
            step=STEPS[status],
        )

    def _ms(self, day: date, at: time) -> int:
        return int(datetime.combine(day, at, self._zone).timestamp()) * 1000


def _of_the_day(channel: Channel, day: date) -> Channel:
    """What a channel that there was not yet would have brought came by the portal."""
    return channel if broken_rule({"channel": int(channel)}, day) is None else Channel.ONLINE


def _standing(fate: Fate, is_overdue: bool) -> tuple[str, ...]:
    """The columns under "resolved" and "open" that a dossier counts in."""
    resolved = {Fate.EARLY: "early", Fate.ON_THE_DAY: "on_time", Fate.LATE: "late"}
    if fate in resolved:
        return "resolved", resolved[fate]
    if fate is Fate.WITHDRAWN:
        return "resolved", "on_time", "withdrawn"
    return "open", "open_overdue" if fate is Fate.IN_WORK and is_overdue else "open_in_time"


def _with_codes(made: Sequence[Dossier], zone: ZoneInfo) -> list[Dossier]:
    """Running numbers of each day, in the order of receipt."""
    running: dict[str, int] = {}
    coded = []
    for one in made:
        day = f"{datetime.fromtimestamp(one.received_at / 1000, zone):%y%m%d}"
        running[day] = running.get(day, 0) + 1
        coded.append(replace(one, code=f"{UNIT_CODE}-{day}-{running[day]:04d}"))
    return coded
