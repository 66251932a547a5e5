"""Calls of a technician: backups, and what the doctor finds. Both are done by a process of their own."""

from __future__ import annotations

from typing import Literal, cast

from typing_extensions import TypedDict

from contract.times import to_rfc3339
from kiosk.jobs.job import Job
from kiosk.web.api.equipment_models import CheckOutcomeAnswer, outcome_answer
from kiosk.web.api.made_apart import made_apart
from kiosk.web.http.calls import Context, call
from kiosk.web.http.models import EmptyBody, ProblemDetails, Timestamp

TECHNICIANS = "admin technician"
KEEP = 3  # of those that were asked for; the nightly ones lie apart
BACKUP_S, EXAMINATION_S = 300, 300
BUSY = {400: ProblemDetails, 429: ProblemDetails}


class BackupAnswer(TypedDict):
    """`size` in bytes; `whole`: checksum and signature lie beside it."""

    name: str
    made_at: Timestamp
    size: int
    whole: bool


class BackupsAnswer(TypedDict):
    """`backups`: the newest first; `last`: what the last one came to; `verified`: the last check of all data."""

    backups: list[BackupAnswer]
    last: CheckOutcomeAnswer | None
    verified: CheckOutcomeAnswer | None


class MadeBackupAnswer(TypedDict):
    name: str


class FindingAnswer(TypedDict):
    """`todo`: what to do about it, empty when it is well."""

    mark: Literal["well", "look", "broken"]
    part: str
    text: str
    todo: str


class FindingsAnswer(TypedDict):
    findings: list[FindingAnswer]


@call("GET", "/api/v1/admin/backups", TECHNICIANS, None, {200: BackupsAnswer})
def get_backups(context: Context) -> tuple[int, BackupsAnswer]:
    """The backups on this machine. None is given out: it holds the whole office."""
    given = context.dependencies
    checks, now = given.storage_checks(), context.now
    files = sorted(given.backups(), key=lambda one: one.made_at, reverse=True)
    return 200, {
        "backups": [
            {"name": one.name, "made_at": to_rfc3339(one.made_at), "size": one.size, "whole": one.whole}
            for one in files
        ],
        "last": outcome_answer(checks.backup, now),
        "verified": outcome_answer(checks.verified, now),
    }


@call("POST", "/api/v1/admin/backups", TECHNICIANS, EmptyBody, {201: MadeBackupAnswer, **BUSY}, journaled=False)
def post_backup(context: Context[EmptyBody]) -> tuple[int, MadeBackupAnswer]:
    """Make one now; it is read back before it counts. Three of those stay, and none of the nightly ones goes."""
    answer = made_apart(context, Job("backup", {"keep": KEEP}, seconds=BACKUP_S))
    name = str(answer.values["name"])
    context.about(name)
    return 201, {"name": name}


@call(
    "GET",
    "/api/v1/admin/findings",
    TECHNICIANS,
    None,
    {200: FindingsAnswer, **BUSY},
    query={"language": {"type": "string", "enum": ["vi", "en"]}},
)
def get_findings(context: Context) -> tuple[int, FindingsAnswer]:
    """What the doctor finds now, in Vietnamese or English; it reads the whole journal."""
    job = Job("examination", {"language": context.query.get("language", "vi")}, seconds=EXAMINATION_S)
    return 200, cast(FindingsAnswer, dict(made_apart(context, job).values))
