"""The nine criteria of days that the office gave points for, counted plainly: dossiers, answers, sum and band."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from kiosk.domain.survey import FurtherQuestion
from kiosk.verify.dossiers import DossierLine, count_dossiers, points_of_time
from kiosk.verify.law import CriteriaRule, Range
from kiosk.verify.replay import TicketEvents

Found = dict[str, int | str | None]
NUMBERS, GOOD_LEVELS = range(1, 10), 2


class Answers:
    """What citizens answered on each business date."""

    def __init__(self, levels: Sequence[str]) -> None:
        self._good = levels[:GOOD_LEVELS]
        self._of_days: dict[str, Counter[tuple[str, str]]] = {}
        self._rated: dict[str, tuple[int, int]] = {}

    def take(self, day: str, tickets: Iterable[TicketEvents]) -> None:
        """The ratings of the tickets of a date."""
        given = [data for ticket in tickets for data in ticket.ratings]
        if not given:
            return
        good, count = self._rated.get(day, (0, 0))
        good += len([data for data in given if next(iter(data["answers"].values())) in self._good])
        self._rated[day] = good, count + len(given)
        pairs = Counter(pair for data in given for pair in data.get("further", {}).items())
        self._of_days[day] = self._of_days.get(day, Counter()) + pairs

    def between(self, days: Range) -> Counter[tuple[str, str]]:
        """How often each choice of a question was given."""
        whole: Counter[tuple[str, str]] = Counter()
        for day, pairs in self._of_days.items():
            if days[0] <= day <= days[1]:
                whole += pairs
        return whole

    def satisfied(self, days: Range) -> tuple[int, int]:
        """How many chose one of the two best levels, of how many."""
        inside = [pair for day, pair in self._rated.items() if days[0] <= day <= days[1]]
        return sum(good for good, _ in inside), sum(count for _, count in inside)


def count_criteria(
    lines: Sequence[DossierLine],
    answers: Counter[tuple[str, str]],
    questions: Sequence[FurtherQuestion],
    days: Range,
    rule: CriteriaRule,
    given: Mapping[int, int],
) -> Found:
    """`given`: tenths that the office wrote, by criterion. Paths such as "5/written"; "total" and "band"."""
    ninth = count_dossiers(lines, [days], lambda _: rule)[f"{days[1]}/criterion_9"]
    computed = {1: _average(*points_of_time(lines, *days, rule.best)), 9: (ninth and 10 * ninth, None)}
    for number in (3, 4, 6, 7):
        computed[number] = _average(*_asked(number, answers, questions, rule.best))
    found: Found = {}
    points: list[int | None] = []
    for number in NUMBERS:
        own, (tenths, count) = given.get(number), computed.get(number, (None, None))
        found |= {f"{number}/computed": tenths, f"{number}/counted": count, f"{number}/written": own}
        points.append(tenths if own is None else own)
        found[f"{number}/points"] = points[-1]
    known = [one for one in points if one is not None]
    found["total"], found["band"] = None, None
    if len(known) == len(points):
        found["total"], found["band"] = sum(known), rule.band(sum(known))
    return found


def _asked(
    number: int, answers: Counter[tuple[str, str]], questions: Sequence[FurtherQuestion], best: int
) -> tuple[int, int]:
    """Points and answers of the questions of three choices that say they belong to a criterion."""
    points = count = 0
    for question in questions:
        choices = list(question.choices)
        if question.criterion == number and len(choices) == 3:
            first, second, third = (answers[question.code, choice] for choice in choices)
            points, count = points + best * first + second, count + first + second + third
    return points, count


def _average(points: int, count: int) -> tuple[int | None, int | None]:
    """In tenths, half up, and of how many."""
    if not count:
        return None, 0
    tenths, rest = divmod(10 * points, count)
    return tenths + (2 * rest >= count), count
