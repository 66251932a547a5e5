"""Calls about the catalogue of procedures: the public list, and tables of it that an administrator hands in."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, cast

from pydantic import Field
from typing_extensions import TypedDict

from contract.times import to_rfc3339
from kiosk.actions.days import ensure_today
from kiosk.actions.office_events import record_configuration
from kiosk.domain.errors import BadRequest, TooMany, UnknownDossier
from kiosk.i18n.catalogues import translate
from kiosk.jobs.job import Job, JobFailed, JobRefused, JobsBusy, no_progress
from kiosk.queries.procedure_search import search_procedures, valid_on
from kiosk.queries.public_configuration import PublicProcedure, fingerprint_of
from kiosk.web.api.dossier_models import CellProblemAnswer
from kiosk.web.http.calls import Context, call
from kiosk.web.http.models import MISSING, Body, ProblemDetails

MOST_BYTES = 20 * 1024 * 1024
MOST_PORTAL_LETTERS = 4 * 1024 * 1024
MOST_SECONDS = 120
QUERY = {"type": "string", "maxLength": 100}
YES_NO = {"type": "string", "enum": ["yes", "no"]}


class ProceduresAnswer(TypedDict):
    procedures: list[PublicProcedure]


class ProcedureChangeAnswer(TypedDict):
    """`happens`: the kind in words; `told`: which facts change."""

    code: str
    kind: str
    happens: str
    name: str
    service: str
    told: str


class ProcedureTableAnswer(TypedDict):
    """`taken`: the office shows what the table holds. `changes` and `problems`: the first 200 of each."""

    taken: bool
    counted: list[str]
    changes: list[ProcedureChangeAnswer]
    problem_count: int
    problems: list[CellProblemAnswer]


@call("GET", "/api/v1/procedures", "kiosk", None, {200: ProceduresAnswer}, query={"query": QUERY})
def procedures(context: Context) -> tuple[int, ProceduresAnswer]:
    """What holds today, or of that what a question of a citizen means, the likeliest first; marks do not matter."""
    given = context.dependencies
    today = given.office.hours.local(context.now).date()
    catalogue = valid_on(given.configuration["procedures"], today)
    return 200, {
        "procedures": search_procedures(catalogue, context.query.get("query", ""), given.configuration["texts"])
    }


class PortalTableBody(Body):
    """`table`: the national portal's catalogue as CSV, as `motcua sync` makes it."""

    table: Annotated[str, Field(min_length=1, max_length=MOST_PORTAL_LETTERS)]


class PortalTableAnswer(TypedDict):
    """`table` as it came; `received_at`: when it last differed from the one before. Both null where none came."""

    table: str | None
    received_at: str | None


@call(
    "PUT",
    "/api/v1/procedures/portal",
    "sync",
    PortalTableBody,
    {204: None},
    journaled=False,
    max_bytes=2 * MOST_PORTAL_LETTERS,
)
def put_portal_procedures(context: Context[PortalTableBody]) -> tuple[int, None]:
    """Keep what the national portal tells, for an administrator to look at; nothing that citizens see is changed."""
    file = context.dependencies.portal_procedures
    if _text_of(file) != context.body.table:
        beside = file.with_suffix(".new")
        beside.write_text(context.body.table, encoding="utf-8")
        beside.replace(file)
    return 204, None


@call("GET", "/api/v1/procedures/portal", "admin", None, {200: PortalTableAnswer})
def get_portal_procedures(context: Context) -> tuple[int, PortalTableAnswer]:
    """The catalogue that the national portal told last, to be handed in as a whole table."""
    file = context.dependencies.portal_procedures
    table = _text_of(file)
    at = None if table is None else to_rfc3339(round(file.stat().st_mtime * 1000))
    return 200, {"table": table, "received_at": at}


def _text_of(file: Path) -> str | None:
    try:
        return file.read_text(encoding="utf-8")
    except (FileNotFoundError, ValueError):
        return None


@call("GET", "/api/v1/procedures/<code>", "kiosk", None, {200: PublicProcedure, **MISSING})
def procedure(context: Context, code: str) -> tuple[int, PublicProcedure]:
    """One of the catalogue, also when it no longer holds: its days say so."""
    for one in context.dependencies.configuration["procedures"]:
        if one["code"] == code:
            return 200, one
    raise UnknownDossier("there is no such procedure in this office's catalogue")


@call(
    "POST",
    "/api/v1/procedures/table",
    "admin",
    bytes,
    {200: ProcedureTableAnswer, 400: ProblemDetails, 429: ProblemDetails},
    journaled=False,
    query={"trial": YES_NO, "confirmed": YES_NO, "whole": YES_NO},
    max_bytes=MOST_BYTES,
)
def table(context: Context[bytes]) -> tuple[int, ProcedureTableAnswer]:
    """Take a table of procedures (the body: XLSX, XLS, ODS, CSV, HTML), whole or not at all; pages show it at once.

    `trial=yes` only tells what would change. `confirmed=yes`: the office has checked every row. 400 when the body is
    no such table. When there are any problems, nothing was taken. `whole=yes`: it is a whole catalogue as of today;
    what it does not have, and has a national code, ended yesterday.
    """
    wanted: dict[str, object] = {name: context.query.get(name) == "yes" for name in ("trial", "confirmed")}
    today = context.dependencies.office.hours.local(context.now).date()
    wanted["whole_on"] = today.isoformat() if context.query.get("whole") == "yes" else ""
    try:
        job = Job("procedure-table", wanted, context.body, MOST_SECONDS)
        answer: dict[str, Any] = dict(context.dependencies.jobs.run(job, no_progress).values)
    except JobRefused as error:
        raise BadRequest(str(error)[:500]) from error
    except JobFailed as error:
        raise BadRequest(translate(str(error))) from error
    except JobsBusy as error:
        raise TooMany(translate(str(error))) from error
    rows = cast(list[PublicProcedure], answer.pop("rows"))
    if answer["taken"]:
        _show(context, rows)
    return 200, cast(ProcedureTableAnswer, answer)


def _show(context: Context[bytes], rows: list[PublicProcedure]) -> None:
    """From now on, on every page; those that are open learn of it by the event."""
    given = context.dependencies
    services = set(given.office.services)
    given.configuration["procedures"] = [row for row in rows if row["service"] in services]
    given.page_documents.clear()
    with context.acting() as unit:
        ensure_today(unit)
        record_configuration(unit, fingerprint_of(given.configuration), ("procedures",))
        context.leave_trace(unit)
