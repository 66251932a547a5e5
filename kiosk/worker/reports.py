"""The job that makes a report: its name, format, period and the moment of asking in, a file out."""

from __future__ import annotations

from kiosk.app import App
from kiosk.bootstrap import letterhead, office_facts, office_forms
from kiosk.jobs.job import Job, JobAnswer, JobRefused, Progress
from kiosk.maintenance.printed_settings import report_files
from kiosk.reports import catalogue
from kiosk.reports.office_forms import FormsBroken
from kiosk.reports.periods import InvalidPeriod, range_of
from kiosk.reports.remarks import RemarksUnreadable
from kiosk.reports.request import TemplateBroken
from kiosk.reports.word_template import template_in


def make_report(app: App, job: Job, progress: Progress) -> JobAnswer:
    """Arguments: `name`, `format`, `first`, `last` (ISO dates), `now_ms`, `masked`. Raises JobRefused.

    The answer has a `warning` where the report cannot be made again as it is.
    """
    given = job.arguments
    levels = {level.code: level.name for level in app.configuration.survey.levels}
    today = app.office.hours.local(given["now_ms"]).date()
    progress("counting")
    try:
        period = range_of(given["first"], given["last"])
        kept = report_files(app)
        files = kept.read(given["name"])
        letter, about = letterhead(app.configuration, today), office_facts(app.configuration, given["name"], files)
        request = catalogue.ReportRequest(
            given["name"],
            given["format"],
            period,
            levels,
            letter,
            about,
            template=template_in(files.template) if given["format"] == "docx" else None,
            masked=bool(given.get("masked")),
            forms=office_forms(files),
        )
        with app.store.reading() as reading:
            request, files = catalogue.settled(reading, request, files)
            data, head = catalogue.make_report(reading, app.office, request), reading.state.head
    except (catalogue.NoSuchReport, InvalidPeriod, RemarksUnreadable, TemplateBroken, FormsBroken) as error:
        raise JobRefused(str(error)) from error
    days = (given["first"], given["last"])
    warning = kept.keep_printed(given["name"], days, today, (head.epoch, head.seq), files)
    return JobAnswer({"warning": warning} if warning else {}, data)
