"""Jobs of the dashboard: its figures and charts, and what lies behind one of them, of many days."""

from __future__ import annotations

from dataclasses import asdict

from kiosk.app import App
from kiosk.bootstrap import office_forms
from kiosk.jobs.job import Job, JobAnswer, JobRefused, Progress
from kiosk.reports.dashboard import dashboard
from kiosk.reports.drill_down import CHOICES, rows_behind
from kiosk.reports.office_forms import FormsBroken, using
from kiosk.reports.periods import Period, range_of


def count_dashboard(app: App, job: Job, progress: Progress) -> JobAnswer:
    """Arguments: `days` and `compared` (two ISO dates each, or null), `now_ms`, `masked`. Answers the fields of a
    Dashboard. Raises JobRefused.
    """
    given = job.arguments
    names = [level.name for level in app.configuration.survey.levels]
    compared = None if given["compared"] is None else range_of(*given["compared"])
    progress("counting")
    try:
        forms = office_forms()
    except FormsBroken as error:
        raise JobRefused(str(error)) from error
    with using(forms), app.store.reading() as reading:
        made = dashboard(reading, app.office, names, _days(job), compared, given["now_ms"], given["masked"])
    return JobAnswer(asdict(made))


def list_counted(app: App, job: Job, progress: Progress) -> JobAnswer:
    """Arguments: `days`, `list` and `choice` (one of CHOICES and its fields), `masked`. Answers the fields of a
    ListPage, its rows by their fields.
    """
    given = job.arguments
    choice = CHOICES[given["list"]](**given["choice"])
    progress("counting")
    with app.store.reading() as reading:
        page = rows_behind(reading, app.office, _days(job), choice, given["masked"])
    return JobAnswer({"count": page.count, "offset": page.offset, "rows": [asdict(one) for one in page.rows]})


def _days(job: Job) -> Period:
    return range_of(*job.arguments["days"])
