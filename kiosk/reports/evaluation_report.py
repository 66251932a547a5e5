"""The report of the nine criteria: Mẫu 2 of the office with what its points stand on, Mẫu 1 of its dossiers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from contract.catalogues import grouped
from kiosk.domain.office_facts import OfficePoints
from kiosk.domain.survey import FurtherQuestion
from kiosk.reports.dated_rules import CriteriaRules, criteria_on, written
from kiosk.reports.document import Cell, Document, DocumentSection, Paragraph, Table
from kiosk.reports.fact_sources import PeriodFacts
from kiosk.reports.forms import Form, form_of
from kiosk.reports.measures.arithmetic import average_tenths
from kiosk.reports.measures.criteria import ASKED, Evaluation, evaluation
from kiosk.reports.measures.dossiers import resolution
from kiosk.reports.measures.evaluation import DossierScore, online_score, online_share, time_scores
from kiosk.reports.measures.ratings import rating_counts
from kiosk.reports.office_points import points_for
from kiosk.reports.periods import Period
from kiosk.reports.writers.text_cells import percent

OPEN_OF_A_DOSSIER = (2, 3, 4, 6, 7)
Computed = Mapping[int, tuple[int | None, int | None]]  # points in tenths, and of how many, by criterion


def evaluation_report(
    facts: PeriodFacts,
    levels: Sequence[str],
    office: str,
    period: Period,
    questions: Sequence[FurtherQuestion] = (),
    own: Sequence[OfficePoints] = (),
) -> Document:
    """`questions`: the survey's second page; `own`: what the office wrote, for any periods. Raises NoForm."""
    form, rules = form_of("evaluation", period.last), criteria_on(period.last)
    scores = time_scores(facts.dossiers, period)
    wrote = points_for(own, period)
    computed = computed_points(facts, period, questions, rules)
    given = {number: one.tenths for number, one in wrote.items() if one.tenths is not None}
    made = evaluation(computed, given, rules)
    rated = rating_counts(facts.ratings, levels)
    satisfied = form.words["satisfied"].format(count=grouped(rated.count), rate=percent(rated.satisfied_bp))
    texts = [form.words["open"], form.words["bands"].format(bands=rules.bands_in_words), satisfied]
    if made.total is not None:
        texts.insert(0, form.words["graded"].format(total=_decimal(made.total), band=made.band))
    annex = [DocumentSection(form.words["dossiers"], (_of_dossiers(form, scores),), annex=True)] if scores else []
    sections = [
        DocumentSection("", (Paragraph(form.words["unit"], strong=True), _of_unit(form, made, rules))),
        DocumentSection("", tuple(map(Paragraph, texts))),
        DocumentSection("", (Paragraph(form.words["basis"], strong=True), _basis(form, made, wrote))),
        *annex,
    ]
    return form.document(office, period, sections=sections)


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


def _of_unit(form: Form, made: Evaluation, rules: CriteriaRules) -> Table:
    rows: list[dict[str, Cell]] = [
        {
            "number": one.number,
            "criterion": name,
            "most": rules.most_points,
            "own": _text(one.points, one.counted if one.written is None else None),
            "checked": "",
        }
        for one, name in zip(made.criteria, form.words["criteria"], strict=True)
    ]
    total: dict[str, Cell] = {
        "number": "",
        "criterion": form.total,
        "most": rules.most_points * len(rows),
        "own": "" if made.total is None else _decimal(made.total),
        "checked": "",
    }
    return form.table_of("unit", rows, [total])


def _basis(form: Form, made: Evaluation, wrote: Mapping[int, OfficePoints]) -> Table:
    rows: list[dict[str, Cell]] = []
    for one, source in zip(made.criteria, form.words["sources"], strict=True):
        own = wrote.get(one.number)
        word = "" if own is None else form.words["written"].format(day=written(own.written_on))
        rows.append(
            {
                "number": one.number,
                "source": source if own is None else " ".join(filter(None, (source, word, own.why))),
                "computed": _text(one.computed, one.counted),
                "counted": "" if one.counted is None else one.counted,
                "office": _text(one.written, None),
            }
        )
    return form.table_of("basis", rows)


def _of_dossiers(form: Form, scores: Sequence[DossierScore]) -> Table:
    open_cells: dict[str, Cell] = {f"criterion_{number}": "" for number in OPEN_OF_A_DOSSIER}
    rows: list[dict[str, Cell]] = [
        {
            "number": number,
            "dossier": score.code,
            "field": score.field,
            "criterion_1": score.points,
            **open_cells,
            "total": "",
            "band": "",
        }
        for number, score in enumerate(scores, start=1)
    ]
    average = _text(average_tenths(sum(score.points for score in scores), len(scores)), len(scores))
    last: dict[str, Cell] = {**dict.fromkeys(rows[0], ""), "dossier": form.words["average"], "criterion_1": average}
    return form.table_of("dossiers", rows, [last])


def _text(tenths: int | None, counted: int | None) -> str:
    """Of an average to a tenth; what is given once a period without one where it is whole."""
    if tenths is None:
        return ""
    return str(tenths // 10) if counted is None and tenths % 10 == 0 else _decimal(tenths)


def _decimal(tenths: int) -> str:
    return f"{tenths // 10},{tenths % 10}"
