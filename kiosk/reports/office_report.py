"""The narrative report of an office: sentences of a dated form, filled with figures, and the office's own remarks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from contract.catalogues import grouped
from contract.records import dataclass
from kiosk.domain.office_facts import OfficeFacts
from kiosk.reports.daily import DailyReport
from kiosk.reports.dated_rules import no_form, rule_on, written
from kiosk.reports.document import Block, Document, DocumentSection, Paragraph, charts_of
from kiosk.reports.dossier_reports import resolution_report
from kiosk.reports.measures.dossiers import DossierFact, digitisation, on_time_rates, resolution
from kiosk.reports.narrative_texts import narrative_texts, remark_headings
from kiosk.reports.office_forms import forms_of_office
from kiosk.reports.office_tables import staff_report
from kiosk.reports.periods import Period
from kiosk.reports.wording import minutes
from kiosk.reports.writers.text_cells import percent

LETTERS = "abcdđeghiklm"  # of headings, as the decree counts points


def office_report(
    facts: Sequence[DossierFact],
    days: DailyReport,
    office: OfficeFacts,
    fields: Sequence[str],
    period: Period,
    digitised: Period,
) -> Document:
    """`fields`: in the order of the table; `digitised`: the range of its own that digitisation is counted in.

    Raises NoForm.
    """
    sentences = _sentences_of(period.last)
    texts = _Texts(sentences, {**_common(sentences), "office": office.office, "authority": office.authority})
    table = resolution_report(facts, office.office, fields, period)
    return Document(
        name="office-report",
        title=texts("title"),
        office=office.office,
        period=texts("period", **_range(period)),
        sections=(
            DocumentSection("", (Paragraph(texts("opening")),)),
            DocumentSection(texts("results"), _results(texts, facts, period)),
            DocumentSection(texts("digitised"), _digitised(texts, facts, digitised)),
            DocumentSection(texts("organisation"), _organisation(texts, days, office)),
            *_remarks(texts, office.remarks),
            DocumentSection("", (Paragraph(texts("closing")),)),
            DocumentSection(texts("by_field"), _by_field(texts, table), annex=True),
            *_people(texts, office, period),
        ),
        source=sentences["source"],
    )


def _by_field(texts: _Texts, figures: Document) -> tuple[Block, ...]:
    """The tables of form II.06a, and how many dossiers each field had."""
    tables = [table for _, table in figures.tables()]
    charts = [chart for table in tables for chart in charts_of(table, (texts("chart_by_field"), "field", "received"))]
    return (*tables, *charts)


@dataclass(frozen=True, slots=True)
class _Texts:
    """Sentences by name, with what every one may name."""

    sentences: Mapping[str, str]
    common: Mapping[str, str]

    def __call__(self, name: str, **values: object) -> str:
        shown = {key: grouped(value) if isinstance(value, int) else value for key, value in values.items()}
        return self.sentences[name].format(**self.common, **shown)


def _results(texts: _Texts, facts: Sequence[DossierFact], period: Period) -> tuple[Paragraph, ...]:
    row = resolution(facts, period)
    rates = on_time_rates(row)
    lines = [
        texts(
            "received",
            **_range(period),
            received=row.received,
            in_person=row.in_person,
            online=row.online,
            carried_over=row.carried_over,
        ),
        texts("in_time", kept=row.early + row.on_time - row.withdrawn),
        *([texts("late", late=row.late)] if row.late else []),
        texts("open", open_in_time=row.open_in_time, open_overdue=row.open_overdue),
        texts("withdrawn", withdrawn=row.withdrawn),
        texts("rate", of_resolved=percent(rates.of_resolved), of_received=percent(rates.of_received)),
        texts("channels"),
    ]
    return tuple(map(Paragraph, lines))


def _digitised(texts: _Texts, facts: Sequence[DossierFact], period: Period) -> tuple[Paragraph, ...]:
    figures = digitisation(facts, period)
    missing = Counter((fact.field, fact.not_digitised_reason or "") for fact in figures.missing)
    first = texts(
        "digitised_rate",
        digitised_first=written(period.first),
        digitised_last=written(period.last),
        rate=percent(figures.rate_bp),
        digitised=figures.counted - len(figures.missing),
        counted=figures.counted,
    )
    reasons = [
        texts("missing", missing=count, field=field, reason=reason or texts("unnamed_reason"))
        for (field, reason), count in sorted(missing.items())
    ]
    return tuple(map(Paragraph, [first, *reasons]))


def _organisation(texts: _Texts, days: DailyReport, office: OfficeFacts) -> tuple[Paragraph, ...]:
    places = Counter(f"{position} ({field})" for position, field in office.officers)
    listed = "; ".join(f"{count:02d} {place}" for place, count in places.items())
    tickets, ratings = days.tickets, days.ratings
    lines = [
        *([texts("officers", count=f"{len(office.officers):02d}", list=listed)] if office.officers else []),
        texts("places", counters=office.counters, seats=office.seats),
        texts("no_tickets")
        if not tickets.issued
        else texts(
            "tickets",
            issued=tickets.issued,
            served=tickets.served,
            median=minutes(tickets.waiting_ms.median),
            p90=minutes(tickets.waiting_ms.p90),
        ),
        texts("no_ratings")
        if not ratings.count
        else texts("ratings", count=ratings.count, satisfied=percent(ratings.satisfied_rate_bp)),
    ]
    return tuple(map(Paragraph, lines))


def _remarks(texts: _Texts, remarks: Mapping[str, Sequence[str]]) -> tuple[DocumentSection, ...]:
    """What the office wrote, under headings in the order of the alphabet; one without a line is left out."""
    written_about = [(heading, remarks[key]) for key, heading in remark_headings().items() if remarks.get(key)]
    blocks = [
        paragraph
        for letter, (heading, lines) in zip(LETTERS, written_about, strict=False)
        for paragraph in (Paragraph(f"{letter}) {heading}", strong=True), *(Paragraph(f"- {line}") for line in lines))
    ]
    return (DocumentSection(texts("remarks"), tuple(blocks)),) if blocks else ()


def _people(texts: _Texts, office: OfficeFacts, period: Period) -> tuple[DocumentSection, ...]:
    """The annex of the people at the office, where the configuration names them."""
    if not office.officers:
        return ()
    tables = tuple(table for _, table in staff_report(office, period).tables())
    return (DocumentSection(texts("people"), tables, annex=True),)


def _common(sentences: Mapping[str, str]) -> dict[str, str]:
    """What every sentence may name."""
    names = ("body", "grounds", "premises")
    return {**{name: sentences[name] for name in names}, "channels": sentences["ways"]}


def _range(period: Period) -> dict[str, str]:
    return {"first": written(period.first), "last": written(period.last)}


def _sentences_of(day: date) -> dict[str, str]:
    data = narrative_texts()
    for form in (*forms_of_office().forms.get("office-report", ()), *data["form"]):
        if form["from"] <= day and ("to" not in form or day < form["to"]):
            return {**data["texts"], **form.get("texts", {}), **_law_on(day), "source": form["source"]}
    raise no_form("office-report", day)


def _law_on(day: date) -> dict[str, str]:
    """What the rules of the day call things; a time without guidance names the decree alone."""
    values = {key: rule_on(key, day).value for key in ("body", "mechanism", "guidance", "premises", "channels")}
    grounds = "; ".join(text for text in (values["mechanism"], values["guidance"]) if text)
    return {"body": values["body"], "premises": values["premises"], "ways": values["channels"], "grounds": grounds}
