"""Every measure of a period under a path such as "waiting-time/service/HT/median", for whoever counts it again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields, is_dataclass

from kiosk.domain.service import Promises
from kiosk.domain.survey import Survey
from kiosk.reports.dated_rules import CriteriaRules
from kiosk.reports.fact_sources import PeriodFacts
from kiosk.reports.measures.criteria import ASKED, Evaluation
from kiosk.reports.measures.dossier_answers import AnsweredDossier, answered_dossiers
from kiosk.reports.measures.dossiers import DossierFact, digitisation, on_time_rates, resolution, resolution_by_field
from kiosk.reports.measures.equipment import device_figures, occupancy
from kiosk.reports.measures.evaluation import IndexGroup, online_score, online_share, time_scores
from kiosk.reports.measures.ratings import RatingFact, further_answers, rating_counts, response_rate
from kiosk.reports.measures.tickets import (
    DIMENSIONS,
    TicketFact,
    by_dimension,
    load,
    service_time,
    ticket_counts,
    waiting_time,
)
from kiosk.reports.periods import Period

Figures = dict[str, int | None]
RATED_BY = ("service", "counter", "clerk")


def figures(facts: PeriodFacts, survey: Survey, promises: Promises, rules: CriteriaRules | None) -> Figures:
    """`rules` of the criteria, None when none are in force. Dossiers have figures of their own, for periods."""
    counted: Figures = {}
    for place, tickets in _places(facts.tickets):
        counted |= _flat(f"tickets/{place}", ticket_counts(tickets))
        counted |= _flat(f"waiting-time/{place}", waiting_time(tickets, promises.waiting_ms))
        counted |= _flat(f"service-time/{place}", service_time(tickets, promises.service_ms))
    for cell in load(facts.tickets):
        counted[f"load/{cell.weekday}/{cell.hour:02d}"] = cell.issued
    for place, ratings in _rated(facts.ratings):
        counts = rating_counts(ratings, survey.levels)
        counted[f"ratings/{place}/count"], counted[f"ratings/{place}/satisfied_bp"] = counts.count, counts.satisfied_bp
        for one in counts.levels:
            counted |= {f"ratings/{place}/{one.level}": one.count, f"ratings/{place}/{one.level}_bp": one.share_bp}
    for answer in further_answers(facts.ratings, {}):
        path = f"further-answers/{answer.question}/{answer.choice}"
        counted |= {f"{path}/count": answer.count, f"{path}/share_bp": answer.share_bp}
    counted |= _asked(facts.ratings, survey, rules)
    counted["response-rate"] = response_rate(len(facts.ratings), ticket_counts(facts.tickets).served)
    for counter in occupancy(facts.counter_spells, facts.tickets):
        counted |= _flat(f"occupancy/{counter.counter}", counter)
    for device in device_figures(facts.device_spells):
        counted |= _flat(f"devices/{device.kind}/{device.device}", device)
    return counted


def figures_of_dossiers(
    facts: Sequence[DossierFact],
    decided: Sequence[DossierFact],
    survey: Survey,
    period: Period,
    rules: CriteriaRules | None,
) -> Figures:
    """`decided`: those decided in the period, with answers. `rules` of the criteria at its end, None when none were in
    force.
    """
    row, results, online = resolution(facts, period), digitisation(facts, period), online_share(facts, period)
    scores = () if rules is None else time_scores(facts, period)
    return {
        **{field.name: getattr(row, field.name) for field in fields(row)},
        "of_resolved": on_time_rates(row).of_resolved,
        "of_received": on_time_rates(row).of_received,
        "digitised": results.counted - len(results.missing),
        "online_bp": online.share_bp,
        "procedures_bp": online.procedures_bp,
        "criterion_1_points": sum(score.points for score in scores),
        "criterion_9": None if rules is None else online_score(online, row.late, rules),
        **({} if rules is None else _answered(answered_dossiers(decided, survey.further, rules, period))),
        **_fields(facts, period),
    }


def _fields(facts: Sequence[DossierFact], period: Period) -> Figures:
    return {
        f"field/{name}/{column.name}": getattr(row, column.name)
        for name, row in resolution_by_field(facts, period).items()
        for column in fields(row)
    }


def figures_of_index(groups: Iterable[IndexGroup]) -> Figures:
    """Of each group: its greatest points, what counts, of how many."""
    counted: Figures = {}
    for group in groups:
        path = f"index-766/{group.name}"
        counted |= {f"{path}/most_points": group.most_points, f"{path}/part": group.part}
        counted[f"{path}/counted"] = group.counted
    return counted


def figures_of_criteria(made: Evaluation) -> dict[str, int | str | None]:
    """Points in tenths, the sum of the nine and its band."""
    counted: dict[str, int | str | None] = {"total": made.total, "band": made.band}
    for one in made.criteria:
        counted |= {f"{one.number}/computed": one.computed, f"{one.number}/counted": one.counted}
        counted |= {f"{one.number}/written": one.written, f"{one.number}/points": one.points}
    return counted


def _answered(dossiers: Iterable[AnsweredDossier]) -> Figures:
    """Of each criterion that somebody answered: of how many dossiers, and the sum of their points."""
    counted: dict[str, int | None] = {}
    for number, points in (pair for dossier in dossiers for pair in dossier.points):
        for name, more in ((f"criterion_{number}_dossiers", 1), (f"criterion_{number}_points", points)):
            counted[name] = (counted.get(name) or 0) + more
    return counted


def _asked(ratings: Sequence[RatingFact], survey: Survey, rules: CriteriaRules | None) -> Figures:
    """Of the criteria that somebody answered."""
    counted: Figures = {}
    if rules is None:
        return counted
    for number, score_of in ASKED.items():
        score = score_of(ratings, survey.further, rules)
        if score.answers:
            counted |= {f"criterion-{number}/answers": score.answers, f"criterion-{number}/points": score.points}
    return counted


def _places(tickets: Sequence[TicketFact]) -> Iterator[tuple[str, Sequence[TicketFact]]]:
    yield "total", tickets
    for dimension in DIMENSIONS:
        for value, group in by_dimension(tickets, dimension).items():
            yield f"{dimension}/{value}", group


def _rated(ratings: Sequence[RatingFact]) -> Iterator[tuple[str, Iterable[RatingFact]]]:
    yield "total", ratings
    for dimension in RATED_BY:
        for value in sorted({getattr(one, dimension) for one in ratings} - {None}):
            yield f"{dimension}/{value}", [one for one in ratings if getattr(one, dimension) == value]


def _flat(path: str, figure: object) -> Figures:
    """The numbers of a dataclass by the names of its fields."""
    assert is_dataclass(figure)
    pairs = ((field.name, getattr(figure, field.name)) for field in fields(figure))
    return {f"{path}/{name}": value for name, value in pairs if value is None or isinstance(value, int)}
