"""Reports about dossiers: form II.06a, on time by both bases, digitisation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

from kiosk.reports.document import Cell, Document, Rate, TableRow
from kiosk.reports.forms import Form, form_of
from kiosk.reports.measures.arithmetic import rate_bp
from kiosk.reports.measures.dossiers import (
    DossierFact,
    ResolutionFigures,
    digitisation,
    is_in,
    on_time_rates,
    resolution,
    resolution_by_field,
)
from kiosk.reports.periods import Period

Cells = Mapping[str, Cell]


def resolution_report(facts: Sequence[DossierFact], office: str, fields: Sequence[str], period: Period) -> Document:
    """Form II.06a: a row a field, in the order of `fields`, then of the alphabet; the sum last. Raises NoForm."""
    return _by_field(form_of("II.06a", period.last), facts, office, fields, period, _resolution_cells)


def on_time_report(facts: Sequence[DossierFact], office: str, fields: Sequence[str], period: Period) -> Document:
    """Raises NoForm."""
    return _by_field(form_of("on-time", period.last), facts, office, fields, period, _on_time_cells)


def digitisation_report(facts: Sequence[DossierFact], office: str, fields: Sequence[str], period: Period) -> Document:
    """Each field with what is missing and why. Raises NoForm."""
    form = form_of("digitisation", period.last)
    counted = [fact for fact in facts if is_in(fact, period)]
    names = _ordered({fact.field for fact in counted}, fields)
    rows = [
        _row(form, number, name, _digitisation_cells([fact for fact in counted if fact.field == name], period))
        for number, name in enumerate(names, start=1)
    ]
    rows.append(_total(form, _digitisation_cells(counted, period)))
    return form.document(office, period, form.table(rows))


def _by_field(
    form: Form,
    facts: Sequence[DossierFact],
    office: str,
    fields: Sequence[str],
    period: Period,
    cells_of: Callable[[ResolutionFigures], Cells],
) -> Document:
    figures = resolution_by_field(facts, period)
    names = _ordered(figures, fields)
    rows = [_row(form, number, name, cells_of(figures[name])) for number, name in enumerate(names, start=1)]
    rows.append(_total(form, cells_of(resolution(facts, period))))
    return form.document(office, period, form.table(rows))


def _resolution_cells(figures: ResolutionFigures) -> Cells:
    return {
        "received": figures.received,
        "online": figures.online,
        "in_person": figures.in_person,
        "carried_over": figures.carried_over,
        "resolved": figures.resolved,
        "early": figures.early,
        "on_time": figures.on_time,
        "late": figures.late,
        "open": figures.open,
        "open_in_time": figures.open_in_time,
        "open_overdue": figures.open_overdue,
    }


def _on_time_cells(figures: ResolutionFigures) -> Cells:
    kept, rates = figures.early + figures.on_time, on_time_rates(figures)
    return {
        "resolved": figures.resolved,
        "kept": kept,
        "of_resolved_bp": Rate(rates.of_resolved),
        "received": figures.received,
        "in_time": kept + figures.open_in_time,
        "of_received_bp": Rate(rates.of_received),
    }


def _digitisation_cells(facts: Iterable[DossierFact], period: Period) -> Cells:
    figures = digitisation(facts, period)
    missing = len(figures.missing)
    reasons = Counter(fact.not_digitised_reason or "" for fact in figures.missing)
    reason_lines = [f"{reason} ({count})" if reason else str(count) for reason, count in sorted(reasons.items())]
    return {
        "counted": figures.counted,
        "digitised": figures.counted - missing,
        "missing": missing,
        "rate_bp": Rate(rate_bp(figures.counted - missing, figures.counted)),
        "reasons": "; ".join(reason_lines),
    }


def _row(form: Form, number: int, field: str, cells: Cells) -> TableRow:
    values: Cells = {"number": number, "field": field, **cells}
    return TableRow([values[column.key] for column in form.columns])


def _total(form: Form, cells: Cells) -> TableRow:
    values: Cells = {"number": "", "field": form.total, **cells}
    return TableRow([values[column.key] for column in form.columns], strong=True)


def _ordered(names: Iterable[str], fields: Sequence[str]) -> list[str]:
    """Those of the configuration in its order, then the others by the alphabet."""
    present = set(names)
    return [*(name for name in fields if name in present), *sorted(present - set(fields))]
