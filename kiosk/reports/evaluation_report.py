"""The report of the nine criteria: Mẫu 2 of the office with what its points stand on, behind it Mẫu 1."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from contract.catalogues import grouped
from kiosk.domain.office_facts import OfficePoints
from kiosk.domain.survey import FurtherQuestion
from kiosk.reports.dated_rules import CriteriaRules, criteria_on, source_with, written
from kiosk.reports.document import Cell, Document, DocumentSection, Paragraph, Table
from kiosk.reports.evaluated import evaluated
from kiosk.reports.evaluation_sheet import decimal, points_text, scored_dossiers, sheet_of_dossiers
from kiosk.reports.fact_sources import PeriodFacts
from kiosk.reports.forms import Form, form_of
from kiosk.reports.measures.criteria import Evaluation
from kiosk.reports.measures.ratings import rating_counts
from kiosk.reports.office_points import points_for
from kiosk.reports.periods import Period
from kiosk.reports.writers.text_cells import percent


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
    made = evaluated(facts, period, questions, wrote)
    given = {one.number: one.written for one in made.criteria if one.written is not None}
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
    made_of = source_with(form.source, "criteria", period.last)
    return replace(form.document(office, period, sections=sections), source=made_of)


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
