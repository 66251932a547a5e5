"""Criteria of Thông tư 01/2018/TT-VPCP that citizens answer, and the nine together with their sum and band.

A question of the survey's second page names its criterion and has the three steps of the circular, best first. What is
asked otherwise has no points: a question of two choices cannot say the step between.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from contract.records import dataclass
from kiosk.domain.survey import FurtherQuestion
from kiosk.reports.dated_rules import CriteriaRules
from kiosk.reports.measures.arithmetic import average_tenths
from kiosk.reports.measures.ratings import RatingFact
from kiosk.reports.measures.registry import measure

NUMBERS = range(1, 10)
STEPS = 3


@dataclass(frozen=True, slots=True)
class AskedScore:
    """Of a criterion: how many answered it, and the sum of their points."""

    answers: int
    points: int

    @property
    def tenths(self) -> int | None:
        return average_tenths(self.points, self.answers)


@dataclass(frozen=True, slots=True)
class CriterionPoints:
    """Points in tenths: `computed` from the office's data, of `counted` dossiers or answers (None where a criterion is
    given once a period); `written` by the office itself. None where there are none.
    """

    number: int
    computed: int | None
    counted: int | None
    written: int | None

    @property
    def points(self) -> int | None:
        """What counts: the office's own word, else what was computed."""
        return self.computed if self.written is None else self.written


@dataclass(frozen=True, slots=True)
class Evaluation:
    """`total` in tenths and its band; None as long as a criterion has no points."""

    criteria: Sequence[CriterionPoints]
    total: int | None
    band: str | None


@measure("criterion-3")
def contacts_score(
    ratings: Iterable[RatingFact], questions: Sequence[FurtherQuestion], rules: CriteriaRules
) -> AskedScore:
    """Criterion 3, how often one had to come to complete a dossier: 2 points for none, 1 for once, 0 for more, averaged
    over the citizens who answered. How often a dossier asked for papers (status 5) does not say it: a table brings a
    dossier as it stands that day, and whose fault it was is not known.

    Source: rating.submitted: further, of a question of three choices with this criterion.
    Unit: points, averaged to a tenth, half up.
    Period: business date of the rating.
    Rules: Thông tư 01/2018/TT-VPCP, criterion 3.
    """
    return _asked(3, ratings, questions, rules)


@measure("criterion-4")
def offices_score(
    ratings: Iterable[RatingFact], questions: Sequence[FurtherQuestion], rules: CriteriaRules
) -> AskedScore:
    """Criterion 4, how many bodies one had to go to: 2 points for none, 1 for one (the one-stop office), 0 for more,
    averaged over the citizens who answered.

    Source: rating.submitted: further, of a question of three choices with this criterion.
    Unit: points, averaged to a tenth, half up.
    Period: business date of the rating.
    Rules: Thông tư 01/2018/TT-VPCP, criterion 4.
    """
    return _asked(4, ratings, questions, rules)


@measure("criterion-6")
def publicity_score(
    ratings: Iterable[RatingFact], questions: Sequence[FurtherQuestion], rules: CriteriaRules
) -> AskedScore:
    """Criterion 6, publicity of procedures: 2 points for posted and electronic, 1 for one of the two, 0 for wrong,
    incomplete or late, averaged over the citizens who answered. What hangs on the wall no data of the office says.

    Source: rating.submitted: further, of a question of three choices with this criterion.
    Unit: points, averaged to a tenth, half up.
    Period: business date of the rating.
    Rules: Thông tư 01/2018/TT-VPCP, criterion 6.
    """
    return _asked(6, ratings, questions, rules)


@measure("criterion-7")
def attitude_score(
    ratings: Iterable[RatingFact], questions: Sequence[FurtherQuestion], rules: CriteriaRules
) -> AskedScore:
    """Criterion 7, attitude of officers: 2 points for early and no complaint, 1 for on time and no complaint, 0 for a
    justified complaint, averaged over the citizens who answered. The tablet's faces ask something else, and whether a
    complaint is justified no rating says.

    Source: rating.submitted: further, of a question of three choices with this criterion.
    Unit: points, averaged to a tenth, half up.
    Period: business date of the rating.
    Rules: Thông tư 01/2018/TT-VPCP, criterion 7.
    """
    return _asked(7, ratings, questions, rules)


ASKED = {3: contacts_score, 4: offices_score, 6: publicity_score, 7: attitude_score}


@measure("criteria")
def evaluation(
    computed: Mapping[int, tuple[int | None, int | None]], written: Mapping[int, int], rules: CriteriaRules
) -> Evaluation:
    """The nine criteria together, their sum and its band; no sum as long as one has no points. Where the office wrote
    points of its own for the period they count, and what was computed stands beside them. Criteria 2 (time of each
    body), 5 (procedures received, appraised and approved at the one-stop office) and 8 (answers to complaints) are
    never computed: a dossier does not hold the time of each body, nor who appraised it, and complaints are not kept.

    Source: measures criterion-1, 3, 4, 6, 7 and 9; points that the office wrote for just these days.
    Unit: points in tenths.
    Period: that of its sources.
    Rules: Thông tư 01/2018/TT-VPCP (`criteria` of the dated rules): the band of the sum of points as they are printed.
    """
    nothing = (None, None)
    criteria = [CriterionPoints(number, *computed.get(number, nothing), written.get(number)) for number in NUMBERS]
    known = [one.points for one in criteria if one.points is not None]
    total = sum(known) if len(known) == len(criteria) else None
    return Evaluation(criteria, total, None if total is None else rules.band_of(total))


def points_of_answers(
    criterion: int, questions: Sequence[FurtherQuestion], rules: CriteriaRules
) -> Mapping[tuple[str, str], int]:
    """What each (question, choice) is worth that answers a criterion."""
    of_steps = (rules.most_points, 1, 0)
    asked = [one for one in questions if one.criterion == criterion and len(one.choices) == STEPS]
    return {(one.code, choice): step for one in asked for choice, step in zip(one.choices, of_steps, strict=True)}


def _asked(
    criterion: int, ratings: Iterable[RatingFact], questions: Sequence[FurtherQuestion], rules: CriteriaRules
) -> AskedScore:
    points = points_of_answers(criterion, questions, rules)
    given = [points[answer] for fact in ratings for answer in fact.further if answer in points]
    return AskedScore(len(given), sum(given))
