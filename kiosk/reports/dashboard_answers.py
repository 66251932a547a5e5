"""The dashboard's answers to the survey's second page, with the points of the criterion that a question stands for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from contract.records import dataclass
from kiosk.domain.survey import FurtherQuestion
from kiosk.reports.dated_rules import NoForm, criteria_on
from kiosk.reports.measures.criteria import ASKED
from kiosk.reports.measures.ratings import RatingFact, further_answers
from kiosk.reports.periods import Period
from kiosk.store.statistics import FurtherRow


@dataclass(frozen=True, slots=True)
class AnswerFigures:
    """How often a choice of a question was given, and its share in hundredths of a percent of those who answered.

    `criterion`: of Thông tư 01/2018/TT-VPCP, with its points in tenths where the question can give them.
    """

    question: str
    title: str
    criterion: int | None
    points_tenths: int | None
    choice: str
    name: str
    count: int
    share_bp: int | None


def answer_figures(
    rows: Iterable[FurtherRow], questions: Sequence[FurtherQuestion], period: Period
) -> tuple[AnswerFigures, ...]:
    """Those of questions that somebody answered."""
    facts = [RatingFact("", "", None, None, "", further=((row.question, row.choice),)) for row in rows]
    by_code = {one.code: one for one in questions}
    answered = {question for fact in facts for question, _ in fact.further}
    counts = further_answers(facts, {code: list(one.choices) for code, one in by_code.items()})
    points = {code: _points(facts, one, period) for code, one in by_code.items()}
    figures = []
    for one in counts:
        question = by_code.get(one.question)
        if one.question in answered:
            figures.append(
                AnswerFigures(
                    one.question,
                    one.question if question is None else question.name,
                    None if question is None else question.criterion,
                    points.get(one.question),
                    one.choice,
                    one.choice if question is None else question.choices.get(one.choice, one.choice),
                    one.count,
                    one.share_bp,
                )
            )
    return tuple(figures)


def _points(facts: Sequence[RatingFact], question: FurtherQuestion, period: Period) -> int | None:
    if question.criterion is None:
        return None
    try:
        rules = criteria_on(period.last)
    except NoForm:
        return None
    return ASKED[question.criterion](facts, [question], rules).tenths
