"""The nine criteria and the groups of the index 766 from all facts of a period, for their reports and the recount."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from kiosk.domain.office_facts import OfficePoints
from kiosk.domain.survey import FurtherQuestion
from kiosk.reports.dated_rules import CriteriaRules, criteria_on
from kiosk.reports.fact_sources import PeriodFacts
from kiosk.reports.measures.arithmetic import average_tenths
from kiosk.reports.measures.criteria import ASKED, Evaluation, evaluation
from kiosk.reports.measures.dossiers import DossierFact, resolution
from kiosk.reports.measures.evaluation import IndexGroup, index_groups, online_score, online_share, time_scores
from kiosk.reports.measures.ratings import BEST_LEVELS, WithLevel, rating_counts
from kiosk.reports.periods import Period

Computed = Mapping[int, tuple[int | None, int | None]]  # points in tenths, and of how many, by criterion


def evaluated(
    facts: PeriodFacts, period: Period, questions: Sequence[FurtherQuestion], wrote: Mapping[int, OfficePoints]
) -> Evaluation:
    """`wrote`: what the office gave itself for just this period, by criterion. Raises NoForm."""
    rules = criteria_on(period.last)
    given = {number: one.tenths for number, one in wrote.items() if one.tenths is not None}
    return evaluation(computed_points(facts, period, questions, rules), given, rules)


def computed_points(
    facts: PeriodFacts, period: Period, questions: Sequence[FurtherQuestion], rules: CriteriaRules
) -> Computed:
    """What the office's data say, where they do."""
    scores = time_scores(facts.dossiers, period)
    points: dict[int, tuple[int | None, int | None]] = {
        1: (average_tenths(sum(score.points for score in scores), len(scores)), len(scores))
    }
    for number, score_of in ASKED.items():
        score = score_of(facts.ratings, questions, rules)
        points[number] = (score.tenths, score.answers)
    ninth = online_score(online_share(facts.dossiers, period), resolution(facts.dossiers, period).late, rules)
    points[9] = (None if ninth is None else 10 * ninth, None)
    return points


def groups_of_index(
    dossiers: Sequence[DossierFact], ratings: Iterable[WithLevel], levels: Sequence[str], period: Period
) -> tuple[IndexGroup, ...]:
    """Of all dossiers, and the ratings of the period. Raises NoForm."""
    rated = rating_counts(ratings, levels)
    best = {one.level for one in rated.levels if one.level in levels[:BEST_LEVELS]}
    satisfied = (sum(one.count for one in rated.levels if one.level in best), rated.count)
    return index_groups(dossiers, satisfied, period)
