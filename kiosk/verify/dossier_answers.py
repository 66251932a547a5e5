"""What citizens answered of dossiers, counted plainly from replayed visits: for Mẫu 1, in years of reports."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from kiosk.domain.survey import FurtherQuestion
from kiosk.verify.dossiers import FINAL, DossierLine
from kiosk.verify.figures import Figures
from kiosk.verify.law import CriteriaRule, Range
from kiosk.verify.replay import TicketEvents, replay

DAY_OF_CODE = slice(-6, None)  # yymmdd at the end of all but the running number


class AnswerOfVisit(NamedTuple):
    """What a citizen answered of a dossier: by criterion 0 for the best of three answers, 1, 2 for the worst; `day`:
    business date of the visit.
    """

    dossier: str
    day: str
    steps: dict[int, int]


def answers_of(day: str, tickets: Iterable[TicketEvents], asked: Sequence[FurtherQuestion]) -> list[AnswerOfVisit]:
    """Of a business date, from the questions of three choices that say which criterion they belong to."""
    known = {one.code: (one.criterion, list(one.choices)) for one in asked if one.criterion and len(one.choices) == 3}
    given = []
    for ticket in tickets if known else ():
        for data in ticket.ratings:
            steps = _steps(data.get("further", {}), known)
            given += [AnswerOfVisit(code, day, steps) for code in replay(ticket.events).dossiers] if steps else []
    return given


def count_answers(
    lines: Mapping[str, DossierLine],
    answers: Iterable[AnswerOfVisit],
    ranges: Iterable[Range],
    rule_on: Callable[[str], CriteriaRule | None],
) -> Figures:
    """Paths such as "2024-12-14/criterion_7_points": all points for the best answer, one for the second, none for the
    third; of several answers to a dossier the worst.
    """
    of_dossier: dict[str, list[AnswerOfVisit]] = {}
    for answer in answers:
        of_dossier.setdefault(answer.dossier, []).append(answer)
    figures: Figures = {}
    for first, last in ranges:
        if (rule := rule_on(last)) is None:
            continue
        for code in of_dossier.keys() & lines.keys():
            line = lines[code]
            if line.status in FINAL and first <= line.ended <= last:
                begun = min(line.received, _day_of(code) or line.received)
                for number, step in _worst(of_dossier[code], begun, last).items():
                    points = (rule.best, 1, 0)[step]
                    for name, more in ((f"criterion_{number}_dossiers", 1), (f"criterion_{number}_points", points)):
                        path = f"{last}/{name}"
                        figures[path] = (figures.get(path) or 0) + more
    return figures


def _steps(further: dict[str, Any], known: Mapping[str, tuple[int | None, list[str]]]) -> dict[int, int]:
    steps: dict[int, int] = {}
    for question, choice in further.items():
        number, choices = known.get(question, (None, []))
        if number in {3, 4, 6, 7} and choice in choices:
            steps[number] = max(choices.index(choice), steps.get(number, 0))
    return steps


def _worst(answers: Iterable[AnswerOfVisit], first: str, last: str) -> dict[int, int]:
    worst: dict[int, int] = {}
    for answer in answers:
        if first <= answer.day <= last:
            for number, step in answer.steps.items():
                worst[number] = max(step, worst.get(number, 0))
    return worst


def _day_of(code: str) -> str | None:
    """ISO date in a code; None for six digits that are no day."""
    digits = code.rpartition("-")[0][DAY_OF_CODE]
    try:
        return date(2000 + int(digits[:2]), int(digits[2:4]), int(digits[4:])).isoformat()
    except ValueError:
        return None
