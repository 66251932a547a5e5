"""Every measure of the registry equals a plain count that shares no code with it, whatever the facts are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import astuple
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from importlib import import_module
from typing import Any

import pytest

from kiosk.domain.survey import FurtherQuestion
from kiosk.reports.dated_rules import criteria_on
from kiosk.reports.measures.dossiers import DossierFact, ResolutionFigures
from kiosk.reports.measures.evaluation import OnlineShare
from kiosk.reports.measures.registry import MEASURES
from kiosk.reports.periods import Period
from scripts import measures as page  # loads every module that has measures
from tests.kiosk.reports.measures.random_facts import Facts, random_facts

FIRST, LAST = date(2024, 4, 1), date(2024, 4, 30)
PERIOD = Period(FIRST, LAST)
SEEDS = 60
PROMISE_MS = 60_000
Count = Callable[[Callable[..., Any], Facts], tuple[object, object]]


def share(part: int, whole: int) -> int | None:
    """Hundredths of a percent by decimal arithmetic."""
    return int((Decimal(10_000 * part) / whole).quantize(Decimal(1), ROUND_HALF_UP)) if whole else None


def times(values: list[int | None]) -> tuple[int | None, ...]:
    known = [one for one in values if one is not None]

    def rank(percent: int) -> int | None:
        return min((v for v in known if 100 * sum(o <= v for o in known) >= percent * len(known)), default=None)

    longest = rank(100)
    return len(known), rank(50), rank(90), longest, share(len([v for v in known if v <= PROMISE_MS]), len(known))


def tickets(measure: Callable[..., Any], facts: Facts) -> tuple[object, object]:
    states = [one.state for one in facts.tickets]
    ends = [states.count(name) for name in ("COMPLETED", "NO_SHOW", "ABANDONED", "CANCELLED")]
    moved = len([one for one in facts.tickets if one.transfers])
    return astuple(measure(facts.tickets)), (len(states), *ends, len(states) - sum(ends), moved)


def waiting(measure: Callable[..., Any], facts: Facts) -> tuple[object, object]:
    return astuple(measure(facts.tickets, PROMISE_MS)), times([one.waited_ms for one in facts.tickets])


def service(measure: Callable[..., Any], facts: Facts) -> tuple[object, object]:
    return astuple(measure(facts.tickets, PROMISE_MS)), times([one.served_ms for one in facts.tickets])


def load(measure: Callable[..., Any], facts: Facts) -> tuple[object, object]:
    issued = [(one.weekday, one.hour) for one in facts.tickets]
    cells = [(*at, issued.count(at)) for day in range(7) for hour in range(24) if (at := (day, hour)) in issued]
    return [astuple(cell) for cell in measure(facts.tickets)], cells


def ratings(measure: Callable[..., Any], facts: Facts) -> tuple[object, object]:
    given = [one.level for one in facts.ratings]
    names = ["a", "b", "c"] + (["z"] if "z" in given else [])
    rows = tuple((name, given.count(name), share(given.count(name), len(given))) for name in names)
    best = share(given.count("a") + given.count("b"), len(given))
    return astuple(measure(facts.ratings, "abc")), (len(given), rows, best)


def further(measure: Callable[..., Any], facts: Facts) -> tuple[object, object]:
    given = [answer for one in facts.ratings for answer in one.further]
    rows = []
    for question in "pqz":
        of = [choice for name, choice in given if name == question]
        asked = "" if question == "z" else "xy"
        rows += [(question, one, of.count(one), share(of.count(one), len(of))) for one in asked]
        rows += [
            (question, one, of.count(one), share(of.count(one), len(of))) for one in "gxy" if one in {*of} - {*asked}
        ]
    return [astuple(row) for row in measure(facts.ratings, {"p": "xy", "q": "xy"})], rows


def responses(measure: Callable[..., Any], facts: Facts) -> tuple[object, object]:
    rated, served = len(facts.ratings), len(facts.tickets)
    return measure(rated, served), share(rated, served)


def occupancy(measure: Callable[..., Any], facts: Facts) -> tuple[object, object]:
    rows = []
    for name in "1234":
        stood = [one.open_ms for one in facts.counters if one.counter == name]
        busy = [one.served_ms for one in facts.tickets if one.counter == name and one.served_ms is not None]
        if stood or busy:
            rows.append((name, sum(stood), sum(busy), share(sum(busy), sum(stood))))
    return [astuple(row) for row in measure(facts.counters, facts.tickets)], rows


def devices(measure: Callable[..., Any], facts: Facts) -> tuple[object, object]:
    rows = []
    for name, kind in (("kiosk-1", "kiosk"), ("p1", "printer"), ("tv", "board")):
        own = [one for one in facts.devices if one.device == name]
        changes = [one.change for one in own]
        down = [one.ended_at - one.began_at for one in own if one.ended_at is not None and one.ended_at > one.began_at]
        still = len([one for one in own if one.ended_at is None])
        if own:
            rows.append((name, kind, changes.count("fault"), changes.count("offline"), sum(down), still))
    return [astuple(row) for row in measure(facts.devices)], rows


def delays(measure: Callable[..., Any], facts: Facts) -> tuple[object, object]:
    late = {None: 0, 900: 100, 1_000: 0, 1_100: 0}  # before an event of 1,000
    expected = [(one.follower, one.behind, late[one.at_ms]) for one in facts.followers]
    return [astuple(row) for row in measure(facts.followers, 1_000)], expected


def left(one: DossierFact) -> bool:
    """It ended, by being withdrawn (7), decided (9) or returned (10)."""
    return one.status in (7, 9, 10) and one.ended is not None


def inside(facts: Facts) -> list[DossierFact]:
    """Taken (neither 1 nor 3) by the period's end, and not ended before it began."""
    taken = [one for one in facts.dossiers if one.status not in (1, 3) and one.received <= LAST]
    return [one for one in taken if one.received >= FIRST or not (left(one) and one.ended and one.ended < FIRST)]


def columns(facts: Facts) -> dict[str, int]:
    known = inside(facts)
    new = [one for one in known if one.received >= FIRST]
    done = [one for one in known if left(one) and one.ended is not None and one.ended <= LAST]
    decided = [one for one in done if one.status != 7 and one.due is not None and one.ended is not None]
    early = len([one for one in decided if one.due and one.ended and one.ended < one.due])
    late = len([one for one in decided if one.due and one.ended and one.ended > one.due])
    rest = [one for one in known if one not in done]
    overdue = len([one for one in rest if one.due and one.due < LAST and one.status in (2, 4, 7, 9, 10)])
    online = len([one for one in new if one.channel in (2, 4)])
    return {
        "received": len(known),
        "online": online,
        "in_person": len(new) - online,
        "carried_over": len(known) - len(new),
        "resolved": len(done),
        "early": early,
        "on_time": len(done) - early - late,
        "late": late,
        "open": len(rest),
        "open_in_time": len(rest) - overdue,
        "open_overdue": overdue,
        "withdrawn": len([one for one in done if one.status == 7]),
    }


def resolution(measure: Callable[..., Any], facts: Facts) -> tuple[object, object]:
    return measure(facts.dossiers, PERIOD), ResolutionFigures(**columns(facts))


def on_time(measure: Callable[..., Any], facts: Facts) -> tuple[object, object]:
    row = columns(facts)
    kept = row["resolved"] - row["late"]
    of_all = share(row["received"] - row["late"] - row["open_overdue"], row["received"])
    return astuple(measure(ResolutionFigures(**row))), (share(kept, row["resolved"]), of_all)


def digitisation(measure: Callable[..., Any], facts: Facts) -> tuple[object, object]:
    known, figures = inside(facts), measure(facts.dossiers, PERIOD)
    missing = tuple(one for one in known if one.digitised is False)
    expected = (len(known), missing, share(len(known) - len(missing), len(known)))
    return (figures.counted, figures.missing, figures.rate_bp), expected


def points(measure: Callable[..., Any], facts: Facts) -> tuple[object, object]:
    scores = []
    for one in facts.dossiers:
        if one.status in (9, 10) and one.ended is not None and FIRST <= one.ended <= LAST:
            ahead = 0 if one.due is None else (one.due - one.ended).days
            scores.append((one.code, one.field, 2 if ahead > 0 else 0 if ahead < 0 else 1))
    return [astuple(row) for row in measure(facts.dossiers, PERIOD)], scores


def shares(facts: Facts) -> tuple[Any, ...]:
    new = [one for one in inside(facts) if one.received >= FIRST]
    online = [one for one in new if one.channel in (2, 4)]
    kinds, reached = len({one.procedure for one in new}), len({one.procedure for one in online})
    return len(new), len(online), share(len(online), len(new)), kinds, reached, share(reached, kinds)


def online(measure: Callable[..., Any], facts: Facts) -> tuple[object, object]:
    return astuple(measure(facts.dossiers, PERIOD)), shares(facts)


def online_points(measure: Callable[..., Any], facts: Facts) -> tuple[object, object]:
    new, far, _, kinds, reached, _ = row = shares(facts)
    late = len(facts.devices) % 2
    full = 2 if share(far, new or 1) >= 3000 and share(reached, kinds or 1) >= 2000 else 1  # type: ignore[operator]
    expected = None if not new else 0 if late or 10_000 * far < 1500 * new else full
    return measure(OnlineShare(*row), late, criteria_on(date(2024, 4, 14))), expected


def asked(criterion: int) -> Count:
    """Four questions: the criterion's own with three choices, one with two, one of another criterion, one of none."""
    questions = (
        FurtherQuestion("p", "?", {"x": "x", "y": "y", "g": "g"}, criterion),
        FurtherQuestion("q", "?", {"x": "x", "y": "y"}, criterion),
        FurtherQuestion("z", "?", {"x": "x", "y": "y", "g": "g"}, 3 if criterion == 4 else 4),
        FurtherQuestion("o", "?", {"x": "x", "y": "y", "g": "g"}),
    )

    def count(measure: Callable[..., Any], facts: Facts) -> tuple[object, object]:
        words = [choice for one in facts.ratings for question, choice in one.further if question == "p"]
        points = 2 * words.count("x") + words.count("y")
        average = int((Decimal(10 * points) / len(words)).quantize(Decimal(1), ROUND_HALF_UP)) if words else None
        score = measure(facts.ratings, questions, criteria_on(date(2024, 4, 14)))
        return (score.answers, score.points, score.tenths), (len(words), points, average)

    return count


def answered(measure: Callable[..., Any], facts: Facts) -> tuple[object, object]:
    """Two questions of criterion 3, one of 7, one with two choices alone; of several answers the worst."""
    questions = (
        FurtherQuestion("p", "?", {"x": "x", "y": "y", "g": "g"}, 3),
        FurtherQuestion("z", "?", {"g": "g", "y": "y", "x": "x"}, 3),
        FurtherQuestion("q", "?", {"x": "x", "y": "y"}, 7),
    )
    worth = {("p", "x"): 2, ("p", "y"): 1, ("p", "g"): 0, ("z", "g"): 2, ("z", "y"): 1, ("z", "x"): 0}
    expected = []
    for one in facts.dossiers:
        if one.status in (9, 10) and one.ended is not None and FIRST <= one.ended <= LAST:
            known = sorted(worth[answer] for answer in one.answers if answer in worth)
            expected.append((one.code, ((3, known[0]),) if known else ()))
    made = measure(facts.dossiers, questions, criteria_on(date(2024, 4, 14)), PERIOD)
    return [astuple(row) for row in made], expected


def nine(measure: Callable[..., Any], facts: Facts) -> tuple[object, object]:
    """Points that the lengths of the lists give: for some facts all nine are known, for some not."""
    lengths = [len(facts.tickets), len(facts.dossiers), len(facts.ratings), len(facts.counters)]
    known = {number: lengths[number % 4] % 21 for number in range(1, 10)}
    computed = {number: (points, 1) for number, points in known.items() if number in {1, 3, 4, 6, 7, 9}}
    written = {number: points for number, points in known.items() if number in {2, 5, 8} or points == 7}
    if len(facts.devices) % 3 == 0:
        written.pop(5)
    made = measure(computed, written, criteria_on(date(2024, 4, 14)))
    total = None if len(facts.devices) % 3 == 0 else sum(known.values())
    names = [(151, "xuất sắc"), (120, "tốt"), (90, "khá"), (60, "trung bình"), (0, "yếu")]
    band = None if total is None else next(name for least, name in names if total >= least)
    points = [known[number] if number in written or number in computed else None for number in range(1, 10)]
    return (made.total, made.band, [one.points for one in made.criteria]), (total, band, points)


def index(measure: Callable[..., Any], facts: Facts) -> tuple[object, object]:
    row, known = columns(facts), inside(facts)
    electronic = len([one for one in known if one.digitised])
    kept = row["received"] - row["late"] - row["open_overdue"]
    expected = [
        ("publicity", 18, None, None),
        ("progress", 20, kept, row["received"]),
        ("online", 12, row["online"], row["online"] + row["in_person"]),
        ("payment", 10, None, None),
        ("satisfaction", 18, 3, 4),
        ("digitisation", 22, electronic, len(known)),
    ]
    return [astuple(group) for group in measure(facts.dossiers, (3, 4), PERIOD)], expected


COUNTS: dict[str, Count] = {
    "tickets": tickets,
    "waiting-time": waiting,
    "service-time": service,
    "load": load,
    "ratings": ratings,
    "further-answers": further,
    "response-rate": responses,
    "occupancy": occupancy,
    "devices": devices,
    "sync-delay": delays,
    "resolution": resolution,
    "on-time": on_time,
    "digitisation": digitisation,
    "criterion-1": points,
    **{f"criterion-{number}": asked(number) for number in (3, 4, 6, 7)},
    "criteria": nine,
    "dossier-answers": answered,
    "online-share": online,
    "criterion-9": online_points,
    "index-766": index,
}


def test_every_measure_has_a_plain_count() -> None:
    assert page.PAGE.exists() and set(COUNTS) == set(MEASURES)


@pytest.mark.parametrize("name", COUNTS)
def test_a_measure_equals_its_plain_count_on_any_facts(name: str) -> None:
    module, _, function = MEASURES[name].function.rpartition(".")
    for seed in range(SEEDS):
        measured, counted = COUNTS[name](getattr(import_module(module), function), random_facts(seed))
        assert measured == counted, f"seed {seed}"
