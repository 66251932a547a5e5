"""The rules that figures of a period stand on, as a document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import zip_longest

from kiosk.domain.service import OfficeName
from kiosk.reports.dated_rules import Rule, rules, written
from kiosk.reports.document import Cell, Document, DocumentSection, Paragraph
from kiosk.reports.forms import form_of
from kiosk.reports.periods import Period


def legal_basis(office: str, period: Period, names: Sequence[OfficeName] = ()) -> Document:
    """Every rule in force on a day of the period, and what the office itself was called. Raises NoForm."""
    form = form_of("legal-basis", period.last)
    subjects = form.words["subjects"]
    there = [
        one
        for one in (*_as_rules(names), *rules())
        if one.value and one.since <= period.last and _end(one, period) >= period.first
    ]
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


def _as_rules(names: Sequence[OfficeName]) -> Iterator[Rule]:
    """Each up to the next; before the first the office has no other name than that of the page."""
    ordered = sorted(names, key=lambda one: one.since)
    for one, following in zip_longest(ordered, ordered[1:]):
        if one is not None:
            until = None if following is None else following.since
            yield Rule("office", one.since, until, one.name, one.source, by_receipt=False, figures={})


def _place(subjects: dict[str, str], key: str) -> int:
    """In the order of the form's subjects; what an office added behind them."""
    return [*subjects, key].index(key)


def _end(rule: Rule, period: Period) -> date:
    return period.last if rule.until is None else rule.until - timedelta(days=1)
