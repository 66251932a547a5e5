"""What citizens answered of dossiers, counted plainly from replayed visits: for Mẫu 1, in years of reports."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from kiosk.domain.survey import FurtherQuestion
from kiosk.verify.dossiers import FINAL, DossierLine, Range
from kiosk.verify.figures import Figures
from kiosk.verify.replay import TicketEvents, replay

FIRST_RULES = "2018-11-23"  # Thông tư 01/2018/TT-VPCP
DAY_OF_CODE = slice(-6, None)  # yymmdd at the end of all but the running number


class AnswerOfVisit(NamedTuple):
    """Points by criterion that a citizen gave to a dossier; `day`: business date of the visit."""

    dossier: str
    day: str
    points: dict[int, int]


def answers_of(day: str, tickets: Iterable[TicketEvents], asked: Sequence[FurtherQuestion]) -> list[AnswerOfVisit]:
    """Of a business date: two points for the best of three answers, one for the second, none for the third."""
    steps = {one.code: (one.criterion, list(one.choices)) for one in asked if one.criterion and len(one.choices) == 3}
    given = []
    for ticket in tickets:
        for data in ticket.ratings:
            points = _points(data.get("further", {}), steps)
            given += [AnswerOfVisit(code, day, points) for code in replay(ticket.events).dossiers] if points else []
    return given


def count_answers(
    lines: Mapping[str, DossierLine], answers: Iterable[AnswerOfVisit], ranges: Iterable[Range]
) -> Figures:
    """Paths such as "2024-12-14/criterion_7_points"; of several answers to a dossier that with the fewest points."""
    of_dossier: dict[str, list[AnswerOfVisit]] = {}
    for answer in answers:
        of_dossier.setdefault(answer.dossier, []).append(answer)
    figures: Figures = {}
    for first, last in ranges:
        if last < FIRST_RULES:
            continue
        for code in of_dossier.keys() & lines.keys():
            line = lines[code]
            if line.status in FINAL and first <= line.ended <= last:
                begun = min(line.received, _day_of(code) or line.received)
                for number, points in _least(of_dossier[code], begun, last).items():
                    for name, more in ((f"criterion_{number}_dossiers", 1), (f"criterion_{number}_points", points)):
                        path = f"{last}/{name}"
                        figures[path] = (figures.get(path) or 0) + more
    return figures


def _points(further: dict[str, Any], steps: Mapping[str, tuple[int | None, list[str]]]) -> dict[int, int]:
    points: dict[int, int] = {}
    for question, choice in further.items():
        number, choices = steps.get(question, (None, []))
        if number in {3, 4, 6, 7} and choice in choices:
            value = 2 - choices.index(choice)
            points[number] = min(value, points.get(number, value))
    return points


def _least(answers: Iterable[AnswerOfVisit], first: str, last: str) -> dict[int, int]:
    least: dict[int, int] = {}
    for answer in answers:
        if first <= answer.day <= last:
            for number, points in answer.points.items():
                least[number] = min(points, least.get(number, points))
    return least


def _day_of(code: str) -> str | None:
    """ISO date in a code; None for six digits that are no day."""
    digits = code.rpartition("-")[0][DAY_OF_CODE]
    try:
        return date(2000 + int(digits[:2]), int(digits[2:4]), int(digits[4:])).isoformat()
    except ValueError:
        return None
