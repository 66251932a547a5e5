"""Which jobs there are."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.app import App
from kiosk.jobs.job import Job, JobAnswer, JobFailed, Progress
from kiosk.worker.dossier_tables import take_dossier_table
from kiosk.worker.procedure_tables import take_procedure_table
from kiosk.worker.reports import make_report
from kiosk.worker.statistics import count_dashboard, list_counted
from kiosk.worker.upkeep import back_up, look_into_all

JOBS: dict[str, Callable[[App, Job, Progress], JobAnswer]] = {
    "report": make_report,
    "dossier-table": take_dossier_table,
    "dashboard": count_dashboard,
    "dashboard-list": list_counted,
    "procedure-table": take_procedure_table,
    "backup": back_up,
    "examination": look_into_all,
}


def perform(app: App, job: Job, progress: Progress) -> JobAnswer:
    """Raises JobRefused; JobFailed when there is no such job."""
    if job.kind not in JOBS:
        raise JobFailed(f'there is no job "{job.kind}"')
    return JOBS[job.kind](app, job, progress)
