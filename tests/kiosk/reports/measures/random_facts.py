"""Random facts of an office, the same for the same seed, small enough that every edge comes up often."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from kiosk.reports.measures.dossiers import DossierFact
from kiosk.reports.measures.equipment import CounterSpell, DeviceSpell, FollowerPlace
from kiosk.reports.measures.ratings import RatingFact
from kiosk.reports.measures.tickets import TicketFact

STATES = ("WAITING", "CALLED", "SERVING", "ON_HOLD", "COMPLETED", "NO_SHOW", "ABANDONED", "CANCELLED")


@dataclass(frozen=True)
class Facts:
    tickets: list[TicketFact]
    ratings: list[RatingFact]
    dossiers: list[DossierFact]
    counters: list[CounterSpell]
    devices: list[DeviceSpell]
    followers: list[FollowerPlace]


def random_facts(seed: int) -> Facts:
    """Each list has 0 to 30 facts."""
    dice = Random(seed)

    def some() -> range:
        return range(dice.randint(0, 30))

    return Facts(
        [_ticket(dice, n) for n in some()],
        [RatingFact(dice.choice("abcz"), "HT", "1", "lan", "2024-04-02", further=_further(dice)) for _ in some()],
        [_dossier(dice, n) for n in some()],
        [CounterSpell(dice.choice("123"), "2024-04-02", dice.choice((0, 1, 5_000, 90_000))) for _ in some()],
        [_device(dice) for _ in some()],
        [FollowerPlace(str(n), dice.randint(0, 9), dice.choice((None, 900, 1_000, 1_100))) for n in some()],
    )


def _further(dice: Random) -> tuple[tuple[str, str], ...]:
    """Some questions of the second page, one of them no longer asked, and choices of which one is gone."""
    return tuple((question, dice.choice("xyg")) for question in "pqz" if dice.random() < 0.5)


def _ticket(dice: Random, n: int) -> TicketFact:
    return TicketFact(
        number=f"A{n:03d}",
        service=dice.choice(("HT", "DD")),
        state=dice.choice(STATES),
        business_date="2024-04-02",
        hour=dice.randint(7, 9),
        weekday=dice.randint(0, 2),
        counter=dice.choice((None, "1", "2", "4")),
        clerk=dice.choice((None, "lan", "minh")),
        priority=dice.choice((None, "elderly")),
        language=dice.choice(("vi", "en")),
        waited_ms=dice.choice((None, 0, 1, 60_000, dice.randint(0, 90_000))),
        served_ms=dice.choice((None, 0, 60_000, dice.randint(0, 90_000))),
        transfers=dice.randint(0, 2),
    )


def _dossier(dice: Random, n: int) -> DossierFact:
    def day() -> date:
        return date(2024, 3, 25) + timedelta(dice.randint(0, 42))

    return DossierFact(
        f"000-{n}",
        dice.choice(("1.001193", "1.000894", "2.000635")),
        dice.choice(("Hộ tịch", "Đất đai")),
        dice.randint(1, 4),
        dice.randint(1, 10),
        day(),
        dice.choice((None, day(), date(2024, 4, 30))),
        dice.choice((None, day(), day())),
        dice.random() < 0.7,
        answers=_further(dice),
    )


def _device(dice: Random) -> DeviceSpell:
    began = dice.randint(0, 1_000)
    ended = dice.choice((None, began - 5, began, began + dice.randint(1, 500)))
    name, kind = dice.choice((("kiosk-1", "kiosk"), ("tv", "board"), ("p1", "printer")))
    return DeviceSpell(name, kind, dice.choice(("fault", "offline")), None, "2024-04-02", began, ended)
