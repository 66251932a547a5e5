"""The report of the nine criteria: Mẫu 2 of the office with what its points stand on, behind it Mẫu 1."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from contract.catalogues import grouped
from kiosk.domain.office_facts import OfficePoints
from kiosk.domain.survey import FurtherQuestion
from kiosk.reports.dated_rules import CriteriaRules, criteria_on, written
from kiosk.reports.document import Cell, Document, DocumentSection, Paragraph, Table
from kiosk.reports.evaluation_sheet import decimal, points_text, scored_dossiers, sheet_of_dossiers
from kiosk.reports.fact_sources import PeriodFacts
from kiosk.reports.forms import Form, form_of
from kiosk.reports.measures.arithmetic import average_tenths
from kiosk.reports.measures.criteria import ASKED, Evaluation, evaluation
from kiosk.reports.measures.dossiers import resolution
from kiosk.reports.measures.evaluation import online_score, online_share, time_scores
from kiosk.reports.measures.ratings import rating_counts
from kiosk.reports.office_points import points_for
from kiosk.reports.periods import Period
from kiosk.reports.writers.text_cells import percent

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
    wrote = points_for(own, period)
    computed = computed_points(facts, period, questions, rules)
    given = {number: one.tenths for number, one in wrote.items() if one.tenths is not None}
    made = evaluation(computed, given, rules)
    rated = rating_counts(facts.ratings, levels)
    satisfied = form.words["satisfied"].format(count=grouped(rated.count), rate=percent(rated.satisfied_bp))
    texts = [form.words["open"], form.words["bands"].format(bands=rules.bands_in_words), satisfied]
    if made.total is not None:
        texts.insert(0, form.words["graded"].format(total=decimal(made.total), band=made.band))
    annex = sheet_of_dossiers(form, scored_dossiers(facts.decided, period, questions, given, rules), rules)
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
            "own": points_text(one.points, one.counted if one.written is None else None),
            "checked": "",
        }
        for one, name in zip(made.criteria, form.words["criteria"], strict=True)
    ]
    total: dict[str, Cell] = {
        "number": "",
        "criterion": form.total,
        "most": rules.most_points * len(rows),
        "own": "" if made.total is None else decimal(made.total),
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
                "computed": points_text(one.computed, one.counted),
                "counted": "" if one.counted is None else one.counted,
                "office": points_text(one.written, None),
            }
        )
    return form.table_of("basis", rows)
