"""The report of ratings by officer: nine columns on a scale of three, more on one of five."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from kiosk.domain.name_order import name_key
from kiosk.domain.survey import FurtherQuestion
from kiosk.reports.document import Cell, Column, Document, DocumentSection, HeadCell, Rate, TableRow
from kiosk.reports.forms import Form, form_of
from kiosk.reports.measures.arithmetic import rate_bp
from kiosk.reports.measures.ratings import RatingFact, further_answers
from kiosk.reports.periods import Period


def satisfaction_report(
    ratings: Sequence[tuple[str, str | None]], levels: Mapping[str, str], office: str, period: Period, late: int = 0
) -> Document:
    """`ratings`: (level, clerk) of each; `levels`: names by code, best first. A level that is no longer configured
    stands behind the others. `late`: how many of them lay on a device for more than a day. Raises NoForm.
    """
    names = {**levels, **{level: level for level in sorted({level for level, _ in ratings} - set(levels))}}
    form = _with_levels(form_of("satisfaction", period.last), names)
    if late:
        form = replace(form, notes=(*form.notes, form.words["late"].format(count=late)))
    given: dict[str, list[str]] = {}
    for level, clerk in ratings:
        given.setdefault(clerk or form.words["nobody"], []).append(level)
    rows = [TableRow(_cells(office, clerk, given[clerk], names)) for clerk in _in_order(given, form.words["nobody"])]
    rows.append(TableRow(_cells(form.total, "", [level for level, _ in ratings], names), strong=True))
    return form.document(office, period, form.table(rows))


def _in_order(clerks: Iterable[str], nobody: str) -> list[str]:
    """As names are listed; ratings of a counter at which nobody had signed in stand last."""
    return sorted(clerks, key=lambda clerk: (clerk == nobody, name_key(clerk)))


def with_further(
    report: Document, ratings: Iterable[RatingFact], questions: Sequence[FurtherQuestion], period: Period
) -> Document:
    """The report with a table of the survey's second page, a row for each choice; unchanged where it has none."""
    form = form_of("satisfaction", period.last)
    by_code = {question.code: question for question in questions}
    rows: list[dict[str, Cell]] = []
    for one in further_answers(ratings, {code: list(question.choices) for code, question in by_code.items()}):
        question = by_code.get(one.question)
        rows.append(
            {
                "question": one.question if question is None else _numbered(question, form.words["criterion"]),
                "choice": one.choice if question is None else question.choices.get(one.choice, one.choice),
                "count": one.count,
                "share": Rate(one.share_bp),
            }
        )
    if not rows:
        return report
    section = DocumentSection(form.words["further"], (form.table_of("further", rows),))
    return replace(report, sections=(*report.sections, section))


def _numbered(question: FurtherQuestion, words: str) -> str:
    """With the number of its criterion, so that whoever fills in Mẫu 2 finds it."""
    if question.criterion is None:
        return question.name
    return f"{question.name} ({words.format(number=question.criterion)})"


def _cells(office: str, clerk: str, given: Sequence[str], names: Mapping[str, str]) -> list[Cell]:
    counts = {level: given.count(level) for level in names}
    pairs = [(counts[level], Rate(rate_bp(counts[level], len(given)))) for level in names]
    return [office, clerk, len(given), *(cell for pair in pairs for cell in pair)]


def _with_levels(form: Form, names: Mapping[str, str]) -> Form:
    """Two columns a level: how many and their share, and a chart of the best level's share."""
    columns = [column for level in names for column in (Column(f"{level}_count", 18), Column(f"{level}_bp", 20))]
    top = [*form.head[0], *(HeadCell(name, 2) for name in names.values())]
    below = [HeadCell(form.words[word]) for _ in names for word in ("counted", "rate")]
    charts = [(form.words["chart"].format(level=names[best]), "clerk", f"{best}_bp") for best in list(names)[:1]]
    return replace(form, columns=(*form.columns, *columns), head=(tuple(top), tuple(below)), charts=tuple(charts))
