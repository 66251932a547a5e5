"""Reports about the queue: of any period, and a week beside the week before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from datetime import date, timedelta

from contract.catalogues import grouped
from contract.records import dataclass
from kiosk.domain.service import Promises
from kiosk.reports.document import Cell, Document, DocumentSection, Duration, Paragraph, Rate, charts_of
from kiosk.reports.fact_sources import PeriodFacts
from kiosk.reports.forms import Form, form_of, written
from kiosk.reports.group_order import in_order
from kiosk.reports.measures.dossiers import resolution
from kiosk.reports.measures.equipment import occupancy
from kiosk.reports.measures.ratings import rating_counts, response_rate
from kiosk.reports.measures.tickets import (
    Dimension,
    TicketFact,
    by_dimension,
    load,
    service_time,
    ticket_counts,
    waiting_time,
)
from kiosk.reports.periods import Period
from kiosk.reports.wording import minutes, percent

MINUTE_MS = 60_000
NO_SERVICE_MS = 500  # nobody begins and ends a service so fast by hand
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
ONE_SAYS_NOTHING = frozenset({"weekday", "language"})  # a table with one row that is the total
MOST_DAYS = 31  # of a table by day


@dataclass(frozen=True, slots=True)
class Names:
    """Of services, counters and priorities by code, and of the survey's levels, best first."""

    office: str
    services: Mapping[str, str]
    counters: Mapping[str, str]
    levels: Sequence[str]
    priorities: Mapping[str, str] = field(default_factory=dict)
    promises: Promises = field(default_factory=Promises)


def queue_report(facts: PeriodFacts, names: Names, period: Period) -> Document:
    """Raises NoForm."""
    form = form_of("queue", period.last)
    tickets = facts.tickets
    groups: tuple[tuple[str, Dimension, Mapping[str, str]], ...] = (
        ("by_service", "service", names.services),
        ("by_counter", "counter", names.counters),
        ("by_clerk", "clerk", {}),
        ("by_hour", "hour", {}),
        ("by_weekday", "weekday", dict(zip("0123456", form.words["weekdays"], strict=True))),
        ("by_priority", "priority", names.priorities),
        ("by_language", "language", form.words["languages"]),
    )
    sections = [DocumentSection("", (Paragraph(_opening(form, names, tickets)),))]
    for title, dimension, words in groups:
        rows = by_dimension(tickets, dimension)
        if len(rows) > (dimension in ONE_SAYS_NOTHING):
            order = in_order(rows, words, of_people=dimension == "clerk")
            cells = [_group(_name(form, dimension, key, words), rows[key]) for key in order]
            whole = _group(form.total, [one for key in order for one in rows[key]])
            table = form.table_of("groups", cells, [whole])
            charts = [(text, "group", key) for key, text in form.words["charts_by"].get(dimension, {}).items()]
            sections.append(DocumentSection(form.words[title], (table, *charts_of(table, *charts))))
    if tickets:
        sections.append(DocumentSection(form.words["load"], (form.table_of("load", _load_rows(form, tickets)),)))
    busy = occupancy(facts.counter_spells, tickets)
    if busy:
        busy_rows: list[dict[str, Cell]] = [
            {
                "counter": names.counters.get(one.counter, one.counter),
                "open_ms": Duration(one.open_ms),
                "serving_ms": Duration(one.serving_ms),
                "busy_bp": Rate(one.busy_bp),
            }
            for one in busy
        ]
        sections.append(DocumentSection(form.words["occupancy"], (form.table_of("occupancy", busy_rows),)))
    return form.document(names.office, period, sections=sections)


def weekly_report(facts: PeriodFacts, before: PeriodFacts, names: Names, period: Period) -> Document:
    """`before`: of the range of the same length just before (see `range_before`). Raises NoForm."""
    form = form_of("weekly", period.last)
    earlier = range_before(period)
    opening = form.words["opening"].format(before_first=written(earlier.first), before_last=written(earlier.last))
    now, then = _compared(facts, names), _compared(before, names)
    promised = {name: ms // MINUTE_MS for name, ms in _promised(names.promises).items()}
    titles = {key: form.words[key].format(minutes=promised.get(key)) for key in now}
    rows: list[dict[str, Cell]] = [{"measure": titles[key], "now": now[key], "before": then[key]} for key in now]
    sections = [
        DocumentSection("", (Paragraph(opening),)),
        DocumentSection(form.words["compared"], (form.table_of("compared", rows),)),
    ]
    if period.days <= MOST_DAYS:
        days = [period.first + timedelta(days=number) for number in range(period.days)]
        table = form.table_of("days", [_day(form, facts, day) for day in days])
        charts = charts_of(table, (form.words["chart_by_day"], "day", "issued"))
        sections.append(DocumentSection(form.words["by_day"], (table, *charts)))
    row = resolution(facts.dossiers, period)
    values = {name: grouped(getattr(row, name)) for name in DOSSIER_COUNTS}
    text = form.words["dossiers_text"].format(kept=grouped(row.early + row.on_time), **values)
    sections.append(DocumentSection(form.words["dossiers"], (Paragraph(text),)))
    return form.document(names.office, period, sections=sections)


DOSSIER_COUNTS = ("received", "online", "in_person", "carried_over", "resolved", "late", "open", "open_overdue")


def range_before(period: Period) -> Period:
    """As many days just before."""
    return Period(period.first - timedelta(days=period.days), period.first - timedelta(days=1))


def _opening(form: Form, names: Names, tickets: Sequence[TicketFact]) -> str:
    if not tickets:
        return str(form.words["nothing"])
    counts, waited = ticket_counts(tickets), waiting_time(tickets, names.promises.waiting_ms)
    text = form.words["opening"].format(
        office=names.office,
        issued=grouped(counts.issued),
        served=grouped(counts.served),
        no_show=grouped(counts.no_show),
        abandoned=grouped(counts.abandoned),
        median=minutes(waited.median),
        p90=minutes(waited.p90),
        most=minutes(waited.most),
    )
    texts = [text, *_kept(form, names.promises, tickets)]
    without = sum(fact.served_ms is not None and fact.served_ms < NO_SERVICE_MS for fact in tickets)
    return " ".join([*texts, *([form.words["no_time"].format(count=grouped(without))] if without else [])])


def _kept(form: Form, promises: Promises, tickets: Sequence[TicketFact]) -> Iterator[str]:
    """A sentence for each promise that something was measured of."""
    measured = (
        ("waiting_kept", promises.waiting_ms, waiting_time(tickets, promises.waiting_ms)),
        ("service_kept", promises.service_ms, service_time(tickets, promises.service_ms)),
    )
    for name, promise_ms, figures in measured:
        if promise_ms is not None and figures.within_bp is not None:
            yield form.words[name].format(minutes=promise_ms // MINUTE_MS, share=percent(figures.within_bp))


def _name(form: Form, dimension: Dimension, key: str, words: Mapping[str, str]) -> str:
    return str(form.words["hour"].format(hour=int(key))) if dimension == "hour" else words.get(key, key)


def _group(name: str, tickets: Sequence[TicketFact]) -> dict[str, Cell]:
    counts, waited, served = ticket_counts(tickets), waiting_time(tickets), service_time(tickets)
    return {
        "group": name,
        "issued": counts.issued,
        "served": counts.served,
        "no_show": counts.no_show,
        "abandoned": counts.abandoned,
        "transferred": counts.transferred,
        "waiting_median_ms": Duration(waited.median),
        "waiting_p90_ms": Duration(waited.p90),
        "waiting_most_ms": Duration(waited.most),
        "service_median_ms": Duration(served.median),
    }


def _load_rows(form: Form, tickets: Sequence[TicketFact]) -> list[dict[str, Cell]]:
    cells = {(cell.weekday, cell.hour): cell.issued for cell in load(tickets)}
    hours = sorted({hour for _, hour in cells})
    return [
        {
            "hour": form.words["hour"].format(hour=hour),
            **{day: cells.get((number, hour), 0) for number, day in enumerate(DAYS)},
        }
        for hour in range(hours[0], hours[-1] + 1)
    ]


def _promised(promises: Promises) -> dict[str, int]:
    """The promises that were given, by the name of their row."""
    service = {} if promises.service_ms is None else {"service_kept": promises.service_ms}
    return {"waiting_kept": promises.waiting_ms, **service}


def _compared(facts: PeriodFacts, names: Names) -> dict[str, Cell]:
    counts, promises = ticket_counts(facts.tickets), names.promises
    waited, served = waiting_time(facts.tickets, promises.waiting_ms), service_time(facts.tickets, promises.service_ms)
    rated = rating_counts(facts.ratings, names.levels)
    kept: dict[str, Cell] = {"waiting_kept": Rate(waited.within_bp), "service_kept": Rate(served.within_bp)}
    return {
        "issued": counts.issued,
        "served": counts.served,
        "no_show": counts.no_show,
        "abandoned": counts.abandoned,
        "transferred": counts.transferred,
        "waiting_median": Duration(waited.median),
        "waiting_p90": Duration(waited.p90),
        "service_median": Duration(served.median),
        **{name: kept[name] for name in _promised(promises)},
        "ratings": rated.count,
        "satisfied": Rate(rated.satisfied_bp),
        "response": Rate(response_rate(rated.count, counts.served)),
    }


def _day(form: Form, facts: PeriodFacts, day: date) -> dict[str, Cell]:
    tickets = [fact for fact in facts.tickets if fact.business_date == day.isoformat()]
    counts, waited = ticket_counts(tickets), waiting_time(tickets)
    return {
        "day": f"{form.words['weekdays'][day.weekday()]}, {written(day)}",
        "issued": counts.issued,
        "served": counts.served,
        "waiting_median_ms": Duration(waited.median),
        "waiting_p90_ms": Duration(waited.p90),
        "ratings": sum(fact.business_date == day.isoformat() for fact in facts.ratings),
    }
