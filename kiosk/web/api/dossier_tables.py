"""Tables of dossiers, handed in by an administrator in the browser."""

from __future__ import annotations

from collections.abc import Sequence

from kiosk.actions.dossier_tables import TableRefused, take_table
from kiosk.domain.dossier_change import DossierChange, plan_changes
from kiosk.domain.errors import BadRequest
from kiosk.web.api.dossier_models import CellProblemAnswer, TableAnswer, TableChangeAnswer
from kiosk.web.http.calls import Context, call
from kiosk.web.http.dependencies import CellError, TableImporter, TableRead
from kiosk.web.http.models import ProblemDetails

MOST_BYTES = 2 * 1024 * 1024  # larger tables: motcua dossiers import
MOST_SHOWN = 200


@call(
    "POST",
    "/api/v1/dossiers/table",
    "admin",
    bytes,
    {200: TableAnswer, 400: ProblemDetails},
    journaled=False,
    query={"trial": {"type": "string", "enum": ["yes", "no"]}},
    max_bytes=MOST_BYTES,
)
def table(context: Context[bytes]) -> tuple[int, TableAnswer]:
    """Take a CSV or XLSX table of dossiers (the body), whole or not at all; `trial=yes` only tells what would change.

    400 when the body is no such table. When there are any problems, nothing was taken.
    """
    tables, trial = context.dependencies.tables, context.query.get("trial") == "yes"
    try:
        now = context.dependencies.clock.now_ms()
        read = tables.read(context.body, context.dependencies.office.hours.local(now).date())
    except ValueError as error:
        raise BadRequest(str(error)) from error
    if read.errors:
        return 200, _answer(False, problems=read.errors)
    try:
        made = _planned(context, read) if trial else _taken(context, read)
    except TableRefused as error:
        raise BadRequest(str(error)[:500]) from error
    differing = [change for change in made if change.kind != "unchanged"]
    return 200, _answer(
        not trial,
        tables.count_sentences(made),
        [_change(tables, change) for change in differing[:MOST_SHOWN]],
        notes=read.notes,
    )


def _planned(context: Context[bytes], read: TableRead) -> list[DossierChange]:
    with context.reading() as reading:
        return plan_changes(read.dossiers, reading.dossiers.all(), read.default_channel)


def _taken(context: Context[bytes], read: TableRead) -> list[DossierChange]:
    with context.acting() as unit:
        return take_table(unit, read.dossiers, unit.dossiers.all(), read.default_channel)


def _answer(
    taken: bool,
    counted: Sequence[str] = (),
    changes: Sequence[TableChangeAnswer] = (),
    problems: Sequence[CellError] = (),
    notes: Sequence[str] = (),
) -> TableAnswer:
    return {
        "taken": taken,
        "counted": list(counted),
        "notes": list(notes),
        "changes": list(changes),
        "problem_count": len(problems),
        "problems": [_problem(problem) for problem in problems[:MOST_SHOWN]],
    }


def _change(tables: TableImporter, change: DossierChange) -> TableChangeAnswer:
    return {
        "code": change.after.code,
        "kind": change.kind,
        "goes_back": change.goes_back,
        "happens": tables.kind_text(change),
        "told": tables.change_text(change),
    }


def _problem(problem: CellError) -> CellProblemAnswer:
    return {
        "sheet": problem.sheet,
        "row": problem.row,
        "column": problem.column,
        "header": problem.header,
        "message": problem.message,
    }
