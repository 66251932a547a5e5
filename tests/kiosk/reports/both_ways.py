"""The daily report by the tables and by the events alone: figures by hand must come out of both."""

from __future__ import annotations

from datetime import date

from kiosk.maintenance.verification import verify_store
from kiosk.reports.building import Making
from kiosk.reports.daily import DailyReport
from kiosk.reports.periods import Period
from kiosk.reports.request import AsOf, ReportRequest
from tests.office import OfficeStory


def daily_of(story: OfficeStory, first: str, last: str | None = None) -> DailyReport:
    """Of business dates; asserts that events say the same as the tables, and that the recount finds no difference."""
    period = Period(date.fromisoformat(first), date.fromisoformat(last or first))
    with story.app.store.reading() as reading:
        head, office = reading.state.head, story.app.office
        tables, events = (
            Making(reading, office, ReportRequest("daily", "json", period, {}, as_of=place))
            for place in (None, AsOf(head.epoch, head.seq))
        )
        report = tables.daily()
        assert events.daily() == report
        assert list(events.facts().counter_spells) == list(tables.facts().counter_spells)
        assert list(events.facts().device_spells) == list(tables.facts().device_spells)
    assert verify_store(story.app.store).listed == []
    return report


def counts(report: DailyReport) -> dict[str, int]:
    """What is not zero."""
    names = ("issued", "served", "no_show", "abandoned", "cancelled", "open")
    return {name: report.tickets.count(name) for name in names if report.tickets.count(name)}
