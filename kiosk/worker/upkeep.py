"""Jobs of a technician: a backup, and what the doctor finds."""

from __future__ import annotations

from config import places
from kiosk.app import App
from kiosk.bootstrap import build_app, database_file, database_url
from kiosk.jobs.job import Job, JobAnswer, JobRefused, Progress
from kiosk.maintenance.backup_making import NoBackup, make_backup
from kiosk.maintenance.doctor.examination import examine

POSTGRESQL = "this office runs on PostgreSQL; whoever runs that database makes its backups"


def back_up(app: App, job: Job, progress: Progress) -> JobAnswer:
    """Arguments: `keep`, how many sound ones stay. Answers `name`. Raises JobRefused."""
    database, folder = database_file(app.configuration), places.asked_backups_folder()
    if database is None:
        raise JobRefused(POSTGRESQL)
    progress("copying")
    try:
        for one in (places.backups_folder(), folder):
            one.mkdir(parents=True, exist_ok=True, mode=0o700)
        made = make_backup(database, folder, app.configuration.office.code, app.clock.now_ms, job.arguments["keep"])
    except (NoBackup, OSError) as error:
        raise JobRefused(f"no backup was made: {error}") from error
    return JobAnswer({"name": made.name})


def look_into_all(app: App, job: Job, progress: Progress) -> JobAnswer:
    """Argument: `language`. Answers `findings`: mark (well, look, broken), part, text and what to do."""
    configuration = app.configuration
    progress("examining")
    results = examine(
        configuration, job.arguments["language"], database_url(configuration), lambda: build_app(configuration)
    )
    findings = [
        {"mark": one.mark.name.lower(), "part": one.part, "text": one.text, "todo": one.todo} for one in results
    ]
    return JobAnswer({"findings": findings})
