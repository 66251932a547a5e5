"""The rules that figures of a period stand on, as a document."""

from __future__ import annotations

from datetime import date, timedelta

from kiosk.reports.dated_rules import Rule, rules, written
from kiosk.reports.document import Cell, Document, DocumentSection, Paragraph
from kiosk.reports.forms import form_of
from kiosk.reports.periods import Period


def legal_basis(office: str, period: Period) -> Document:
    """Every rule in force on a day of the period. Raises NoForm."""
    form = form_of("legal-basis", period.last)
    subjects = form.words["subjects"]
    there = [one for one in rules() if one.value and one.since <= period.last and _end(one, period) >= period.first]
    cells: list[dict[str, Cell]] = [
        {
            "subject": subjects.get(one.key, one.key),
            "rule": one.value,
            "from": written(one.since),
            "to": form.words["still"] if one.until is None else written(one.until - timedelta(days=1)),
            "source": one.source,
        }
        for one in sorted(there, key=lambda one: (_place(subjects, one.key), one.since))
    ]
    blocks = (Paragraph(form.words["opening"]), form.table_of("rules", cells))
    return form.document(office, period, sections=[DocumentSection("", blocks)])


def _place(subjects: dict[str, str], key: str) -> int:
    """In the order of the form's subjects; what an office added behind them."""
    return [*subjects, key].index(key)


def _end(rule: Rule, period: Period) -> date:
    return period.last if rule.until is None else rule.until - timedelta(days=1)
