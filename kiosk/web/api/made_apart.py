"""Figures of many days are counted by a process of its own: beside a count in the service nobody gets a number."""

from __future__ import annotations

from typing import Any

from kiosk.domain.errors import BadRequest, TooMany
from kiosk.i18n.catalogues import translate
from kiosk.jobs.job import Job, JobAnswer, JobFailed, JobRefused, JobsBusy, no_progress
from kiosk.web.http.calls import Context

QUICK_DAYS = 7  # a tenth of a second in a busy office


def made_apart(context: Context[Any], job: Job) -> JobAnswer:
    """Raises BadRequest, TooMany."""
    try:
        return context.dependencies.jobs.run(job, no_progress)
    except (JobRefused, JobFailed) as error:
        raise BadRequest(translate(str(error))[:500]) from error
    except JobsBusy as error:
        raise TooMany(translate(str(error))) from error
