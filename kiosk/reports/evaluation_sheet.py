"""Mẫu 1 of the evaluation: the criteria of each dossier that was decided, and from where each of its points is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from contract.catalogues import grouped
from contract.records import dataclass
from kiosk.domain.survey import FurtherQuestion
from kiosk.reports.dated_rules import CriteriaRules
from kiosk.reports.document import Cell, DocumentSection, Paragraph
from kiosk.reports.forms import Form
from kiosk.reports.measures.arithmetic import average_tenths
from kiosk.reports.measures.dossier_answers import answered_dossiers
from kiosk.reports.measures.dossiers import DossierFact
from kiosk.reports.measures.evaluation import time_scores
from kiosk.reports.periods import Period

OF_A_DOSSIER = (1, 2, 3, 4, 6, 7)


@dataclass(frozen=True, slots=True)
class ScoredDossier:
    """`tenths`: of the criteria that have points; `answered`, `written`: which of them a citizen answered of this very
    dossier, and which have what the office gave itself for the whole period.
    """

    code: str
    field: str
    tenths: Mapping[int, int]
    answered: frozenset[int]
    written: frozenset[int]

    @property
    def total(self) -> int | None:
        """In tenths; None as long as one has no points."""
        return sum(self.tenths.values()) if len(self.tenths) == len(OF_A_DOSSIER) else None


def scored_dossiers(
    decided: Sequence[DossierFact],
    period: Period,
    questions: Sequence[FurtherQuestion],
    own: Mapping[int, int],
    rules: CriteriaRules,
) -> list[ScoredDossier]:
    """`own`: points in tenths that the office wrote, by criterion; a citizen's word on a dossier goes before them."""
    scored = []
    answered = answered_dossiers(decided, questions, rules, period)
    office = {number: tenths for number, tenths in own.items() if number in OF_A_DOSSIER[1:]}
    for score, of in zip(time_scores(decided, period), answered, strict=True):
        given = {number: 10 * points for number, points in of.points}
        tenths = {1: 10 * score.points, **office, **given}
        scored.append(
            ScoredDossier(score.code, score.field, tenths, frozenset(given), frozenset(office.keys() - given))
        )
    return scored


def sheet_of_dossiers(form: Form, scored: Sequence[ScoredDossier], rules: CriteriaRules) -> list[DocumentSection]:
    """Nothing without a dossier."""
    if not scored:
        return []
    rows = [_row(form, number, one) for number, one in enumerate(scored, start=1)]
    table = form.table_of("dossiers", rows, [_averages(form, scored, rows[0])])
    answered = sum(bool(one.answered) for one in scored)
    texts = [form.words["sheet"].format(most=len(OF_A_DOSSIER) * rules.most_points)]
    texts.append(form.words["answered"].format(answered=grouped(answered), count=grouped(len(scored))))
    return [DocumentSection(form.words["dossiers"], (*map(Paragraph, texts), table), annex=True)]


def points_text(tenths: int | None, counted: int | None) -> str:
    """Of an average to a tenth; what is given once a period without one where it is whole."""
    if tenths is None:
        return ""
    return str(tenths // 10) if counted is None and tenths % 10 == 0 else decimal(tenths)


def decimal(tenths: int) -> str:
    return f"{tenths // 10},{tenths % 10}"


def _row(form: Form, number: int, one: ScoredDossier) -> dict[str, Cell]:
    sources = ((form.words["by_citizen"], one.answered), (form.words["by_office"], one.written))
    return {
        "number": number,
        "dossier": one.code,
        "field": one.field,
        **{f"criterion_{of}": _cell(one.tenths.get(of)) for of in OF_A_DOSSIER},
        "total": _cell(one.total),
        "band": "",
        "source": "; ".join(f"{word} {', '.join(map(str, sorted(of)))}" for word, of in sources if of),
    }


def _cell(tenths: int | None) -> Cell:
    """Whole points are a number."""
    if tenths is None:
        return ""
    return tenths // 10 if tenths % 10 == 0 else decimal(tenths)


def _averages(form: Form, scored: Sequence[ScoredDossier], row: Mapping[str, Cell]) -> dict[str, Cell]:
    """Each of the dossiers that have points of it."""
    made: dict[str, Cell] = {**dict.fromkeys(row, ""), "dossier": form.words["average"]}
    columns = {f"criterion_{of}": [one.tenths[of] for one in scored if of in one.tenths] for of in OF_A_DOSSIER}
    columns["total"] = [one.total for one in scored if one.total is not None]
    for name, tenths in columns.items():
        made[name] = points_text(average_tenths(sum(tenths), 10 * len(tenths)), len(tenths))
    return made
