"""From a request to a document: the facts that a report needs, and the function that makes it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import field, replace
from datetime import date

from contract.records import dataclass
from kiosk.domain.office_facts import OfficeFacts
from kiosk.domain.service import Office
from kiosk.reports import dossier_reports, queue_reports
from kiosk.reports.daily import DailyReport, Frame, Rated, Visit, daily, visit_of
from kiosk.reports.delays import delays
from kiosk.reports.document import Document
from kiosk.reports.events_of_period import all_events, event_at
from kiosk.reports.fact_sources import PeriodFacts, TableFacts, facts_of_events
from kiosk.reports.masked import MaskedFacts
from kiosk.reports.measures.equipment import Delay
from kiosk.reports.periods import Period
from kiosk.reports.request import NoSuchReport, ReportRequest
from kiosk.reports.satisfaction import satisfaction_report, with_further
from kiosk.reports.wording import translate
from kiosk.store.statistics import Statistics, VisitRow
from kiosk.store.store import Reading


@dataclass
class Making:
    """One report in the making, from one consistent view."""

    reading: Reading
    office: Office
    request: ReportRequest
    _events: list[dict[str, object]] | None = field(default=None)

    @property
    def period(self) -> Period:
        return self.request.period

    @property
    def levels(self) -> Sequence[str]:
        return tuple(self.request.level_names) or self.office.survey.levels

    @property
    def office_name(self) -> str:
        return self.office.name_on(self.period.last)

    @property
    def names(self) -> queue_reports.Names:
        services = {code: service.name for code, service in self.office.services.items()}
        counters = {code: counter.name for code, counter in self.office.counters.items()}
        priorities = self.office.priority_names
        return queue_reports.Names(self.office_name, services, counters, self.levels, priorities, self.office.promises)

    @property
    def fields(self) -> list[str]:
        return list(dict.fromkeys(name for service in self.office.services.values() for name in service.fields))

    @property
    def about(self) -> OfficeFacts:
        if self.request.about is None:
            raise ValueError(f"{self.request.name} needs what is to be said of the office")
        called = self.office.called_on(self.period.last)
        if called is None:
            return self.request.about
        return replace(self.request.about, office=called.name, authority=called.authority)

    def facts(self, period: Period | None = None) -> PeriodFacts:
        """Of the request's period, or another; from the tables, or from the events up to a position.

        Raises NoSuchReport for a position that the journal does not have.
        """
        facts = self._facts(period or self.period)
        return MaskedFacts(facts) if self.request.masked else facts

    def _facts(self, period: Period) -> PeriodFacts:
        if self.request.as_of is None:
            return TableFacts(self.reading, self.office, period)
        return facts_of_events(self._known(), self.office, period)

    def _known(self) -> list[dict[str, object]]:
        place = self.request.as_of
        if place is not None and event_at(self.reading, place.epoch, place.seq) is None:
            sentence = "the journal has no event {seq} in epoch {epoch}; the foot of the report names both"
            raise NoSuchReport(translate(sentence, seq=place.seq, epoch=place.epoch))
        if self._events is None and place is not None:
            self._events = list(all_events(self.reading, place.epoch, place.seq))
        return self._events or []

    def daily(self) -> DailyReport:
        """The figures of tickets and ratings as the daily report has them."""
        first, last = self.period.first.isoformat(), self.period.last.isoformat()
        if self.request.as_of is None and not self.request.masked:
            return daily_report(self.reading.statistics, self.office, first, last)
        facts, frame = self.facts(), frame_of(self.office, day=self.period.last)
        visits = [
            Visit(one.service, one.state, one.counter, one.clerk, one.hour, one.waited_ms, one.served_ms)
            for one in facts.tickets
        ]
        rated = [Rated(one.level, one.service, one.counter, one.clerk) for one in facts.ratings]
        return daily(frame, first, last, visits, rated)

    def delays(self) -> tuple[Delay, ...]:
        """Of followers; the journal does not say where they were at an earlier position."""
        if self.request.delays is not None:
            return self.request.delays
        return () if self.request.as_of is not None else delays(self.reading)


def daily_report(
    statistics: Statistics,
    office: Office,
    first: str,
    last: str,
    levels: tuple[str, ...] | None = None,
    rows: Sequence[VisitRow] | None = None,
) -> DailyReport:
    """The daily report of the office from one consistent view of the database; `rows`: its visits, when at hand."""
    frame = frame_of(office, levels, date.fromisoformat(last))
    hour_of = _hour_of(office)
    visits = [visit_of(row, hour_of) for row in rows or statistics.visits(first, last)]
    ratings = [Rated(row.level, row.service, row.counter, row.clerk) for row in statistics.ratings(first, last)]
    return daily(frame, first, last, visits, ratings)


def _hour_of(office: Office) -> Callable[[int], int]:
    return lambda ms: office.hours.quarter(ms).hour


def frame_of(office: Office, levels: tuple[str, ...] | None = None, day: date | None = None) -> Frame:
    """What the daily report says of the office; `day`: on which it is called so."""
    return Frame(
        office.code,
        office.name if day is None else office.name_on(day),
        levels or office.survey.levels,
        {code: service.name for code, service in office.services.items()},
        {code: counter.name for code, counter in office.counters.items()},
    )


def _satisfaction(making: Making) -> Document:
    ratings = making.facts().ratings
    rated, late = [(one.level, one.clerk) for one in ratings], sum(one.is_late for one in ratings)
    report = satisfaction_report(rated, making.request.level_names, making.office_name, making.period, late)
    return with_further(report, ratings, making.office.survey.further, making.period)


def _narrative(making: Making) -> Document:
    from kiosk.reports.office_report import office_report

    facts, digitised = making.facts(), making.request.digitised or making.period
    return office_report(facts.dossiers, making.daily(), making.about, making.fields, making.period, digitised)


def _weekly(making: Making) -> Document:
    before = making.facts(queue_reports.range_before(making.period))
    return queue_reports.weekly_report(making.facts(), before, making.names, making.period)


def _office_table(making: Making) -> Document:
    from kiosk.reports import office_tables

    name, office, period = making.request.name, making.office_name, making.period
    if name == "staff":
        return office_tables.staff_report(making.about, period)
    facts = making.facts()
    if name == "devices":
        return office_tables.devices_report(facts, making.delays(), office, period)
    return office_tables.index_report(facts, making.levels, office, period)


def _evaluation(making: Making) -> Document:
    from kiosk.reports.evaluation_report import evaluation_report

    own = () if making.request.about is None else making.request.about.points
    questions = making.office.survey.further
    return evaluation_report(making.facts(), making.levels, making.office_name, making.period, questions, own)


def _legal_basis(making: Making) -> Document:
    from kiosk.reports.law import legal_basis

    return legal_basis(making.office_name, making.period, making.office.names)


def _of_dossiers(make: Callable[..., Document]) -> Callable[[Making], Document]:
    return lambda making: make(making.facts().dossiers, making.office_name, making.fields, making.period)


def _daily(making: Making) -> Document:
    from kiosk.reports.daily_document import daily_document

    return daily_document(making.daily(), making.request.level_names, making.period)


BUILDERS: dict[str, Callable[[Making], Document]] = {
    "daily": _daily,
    "II.06a": _of_dossiers(dossier_reports.resolution_report),
    "on-time": _of_dossiers(dossier_reports.on_time_report),
    "digitisation": _of_dossiers(dossier_reports.digitisation_report),
    "satisfaction": _satisfaction,
    "office-report": _narrative,
    "weekly": _weekly,
    "queue": lambda made: queue_reports.queue_report(made.facts(), made.names, made.period),
    **dict.fromkeys(("index-766", "devices", "staff"), _office_table),
    "evaluation": _evaluation,
    "legal-basis": _legal_basis,
}


def source_head(reading: Reading, request: ReportRequest) -> tuple[str, int, str]:
    """Epoch, position and hash of the last event that a report was made from."""
    if request.as_of is None:
        head = reading.state.head
        return head.epoch, head.seq, head.hash
    event = event_at(reading, request.as_of.epoch, request.as_of.seq)
    return request.as_of.epoch, request.as_of.seq, "" if event is None else str(event["hash"])
