"""Tables of dossiers, handed in by an administrator in the browser and read by a process of its own."""

from __future__ import annotations

from typing import cast

from kiosk.domain.errors import BadRequest, TooMany
from kiosk.i18n.catalogues import translate
from kiosk.jobs.job import Job, JobFailed, JobRefused, JobsBusy, no_progress
from kiosk.web.api.dossier_models import TableAnswer
from kiosk.web.http.calls import Context, call
from kiosk.web.http.models import ProblemDetails

MOST_BYTES = 20 * 1024 * 1024
MOST_SECONDS = 120


@call(
    "POST",
    "/api/v1/dossiers/table",
    "admin",
    bytes,
    {200: TableAnswer, 400: ProblemDetails, 429: ProblemDetails},
    journaled=False,
    query={"trial": {"type": "string", "enum": ["yes", "no"]}},
    max_bytes=MOST_BYTES,
)
def table(context: Context[bytes]) -> tuple[int, TableAnswer]:
    """Take a table of dossiers (the body: XLSX, XLS, ODS, CSV, HTML), whole or not at all.

    `trial=yes` only tells what would change. 400 when the body is no such table. When there are any problems, nothing
    was taken.
    """
    actor = context.caller.actor
    given = {
        "trial": context.query.get("trial") == "yes",
        "now_ms": context.now,
        "actor": [actor.kind, actor.id, actor.person],
    }
    try:
        job = Job("dossier-table", given, context.body, MOST_SECONDS)
        return 200, cast(TableAnswer, dict(context.dependencies.jobs.run(job, no_progress).values))
    except JobRefused as error:
        raise BadRequest(str(error)[:500]) from error
    except JobFailed as error:
        raise BadRequest(translate(str(error))) from error
    except JobsBusy as error:
        raise TooMany(translate(str(error))) from error
