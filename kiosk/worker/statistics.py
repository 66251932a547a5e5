"""Jobs of the dashboard: its figures and charts, and the tickets behind one of them, of many days."""

from __future__ import annotations

from dataclasses import asdict

from kiosk.app import App
from kiosk.jobs.job import Job, JobAnswer, Progress
from kiosk.reports.dashboard import dashboard
from kiosk.reports.drill_down import TicketChoice, ticket_values, tickets_behind
from kiosk.reports.periods import Period, range_of


def count_dashboard(app: App, job: Job, progress: Progress) -> JobAnswer:
    """Arguments: `days` and `compared` (two ISO dates each, or null), `now_ms`. Answers the fields of a Dashboard."""
    given = job.arguments
    names = [level.name for level in app.configuration.survey.levels]
    compared = None if given["compared"] is None else range_of(*given["compared"])
    progress("counting")
    with app.store.reading() as reading:
        made = dashboard(reading, app.office, names, _days(job), compared, given["now_ms"])
    return JobAnswer(asdict(made))


def list_tickets(app: App, job: Job, progress: Progress) -> JobAnswer:
    """Arguments: `days`, `choice` (the fields of a TicketChoice), `most`. Answers how many tickets there are (`count`)
    and the first `most` of them, by `ticket_values`.
    """
    progress("counting")
    with app.store.reading() as reading:
        counted = tickets_behind(reading, app.office, _days(job), TicketChoice(**job.arguments["choice"]))
    listed = counted[: job.arguments["most"]]
    return JobAnswer({"count": len(counted), "tickets": [ticket_values(one) for one in listed]})


def _days(job: Job) -> Period:
    return range_of(*job.arguments["days"])
