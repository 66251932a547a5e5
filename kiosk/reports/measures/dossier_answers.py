"""What citizens said of the very dossiers that were decided, where their visits were linked to them: for Mẫu 1."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from contract.records import dataclass
from kiosk.domain.survey import FurtherQuestion
from kiosk.reports.dated_rules import CriteriaRules
from kiosk.reports.measures.criteria import ASKED, points_of_answers
from kiosk.reports.measures.dossiers import DossierFact, has_result_in
from kiosk.reports.measures.registry import measure
from kiosk.reports.periods import Period


@dataclass(frozen=True, slots=True)
class AnsweredDossier:
    """`points`: (criterion, points) by criterion, of those that somebody answered."""

    code: str
    points: tuple[tuple[int, int], ...]


@measure("dossier-answers")
def answered_dossiers(
    facts: Iterable[DossierFact], questions: Sequence[FurtherQuestion], rules: CriteriaRules, period: Period
) -> tuple[AnsweredDossier, ...]:
    """Criteria 3, 4, 6 and 7 of each dossier decided in the period: what citizens answered whose visit was linked to
    it. Of several answers the one with the fewest points counts: a second way that was needed, or a complaint, is not
    undone by a good visit after it. A visit that was linked to several dossiers counts for each.

    Source: rating.submitted: further, of a question of three choices with this criterion; ticket.dossier_linked and
    ticket.dossier_unlinked; dossier.updated.
    Unit: points, whole.
    Period: the dossier's end lies in it; visits from the day of its code or receipt up to the period's end.
    Rules: Thông tư 01/2018/TT-VPCP, criteria 3, 4, 6 and 7.
    """
    worth = {number: points_of_answers(number, questions, rules) for number in ASKED}
    return tuple(AnsweredDossier(fact.code, _least(fact, worth)) for fact in facts if has_result_in(fact, period))


def _least(fact: DossierFact, worth: Mapping[int, Mapping[tuple[str, str], int]]) -> tuple[tuple[int, int], ...]:
    given = {number: [points[one] for one in fact.answers if one in points] for number, points in worth.items()}
    return tuple((number, min(points)) for number, points in given.items() if points)
