"""The job that reads a table of procedures and says what it would change, or takes it."""

from __future__ import annotations

from datetime import date

from kiosk.app import App
from kiosk.dossiers.procedure_importer import ProcedureImporter, kind_text
from kiosk.dossiers.table_importer import UnreadableTable
from kiosk.jobs.job import Job, JobAnswer, JobRefused, Progress

MOST_SHOWN = 200


def take_procedure_table(app: App, job: Job, progress: Progress) -> JobAnswer:
    """Arguments: `trial`, `confirmed`, `whole_on` (the day of a whole catalogue, or "").
    Answers what `POST /procedures/table` says, and `rows`, the whole catalogue.

    Raises JobRefused when the data is no table of procedures.
    """
    importer = ProcedureImporter(app.configuration)
    progress("reading the table")
    try:
        whole_on = date.fromisoformat(str(job.arguments["whole_on"])) if job.arguments["whole_on"] else None
        table = importer.read(job.data, bool(job.arguments["confirmed"]), whole_on)
        taken = not job.arguments["trial"] and not table.problems
        if taken:
            importer.take(table)
        rows = [one.model_dump(mode="json") for one in importer.current()]
    except UnreadableTable as error:
        raise JobRefused(str(error)) from error
    return JobAnswer(
        {
            "taken": taken,
            "counted": [] if table.problems else importer.sentences(table),
            "changes": [
                {
                    "code": one.after.code,
                    "kind": one.kind,
                    "happens": kind_text(one),
                    "name": one.after.name,
                    "service": one.after.service,
                    "told": one.told,
                }
                for one in table.differing()[:MOST_SHOWN]
            ],
            "problem_count": len(table.problems),
            "problems": [
                {"sheet": one.sheet, "row": one.row, "column": one.column, "header": one.header, "message": one.message}
                for one in table.problems[:MOST_SHOWN]
            ],
            "rows": rows if taken else [],
        }
    )
