"""Tables of dossiers, handed in by an administrator in the browser."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kiosk.actions.dossier_tables import NotTaken, take_table
from kiosk.domain.dossier_change import Change, changes
from kiosk.domain.errors import BadRequest
from kiosk.store.unit_of_work import Actor
from kiosk.web.calls import Context, call
from kiosk.web.models import Refusal, TableShown

MOST_BYTES = 2 * 1024 * 1024  # larger tables: motcua dossiers import
MOST_SHOWN = 200


@call("POST", "/api/v1/dossiers/table", "admin", bytes, {200: TableShown, 400: Refusal}, journaled=False,
      query={"trial": {"type": "string", "enum": ["yes", "no"]}}, max_bytes=MOST_BYTES)  # fmt: skip
def table(context: Context) -> tuple[int, Any]:
    """Take a CSV or XLSX table of dossiers (the body), whole or not at all; `trial=yes` only tells what would change.

    400 when the body is no such table. `problems`: [{"row", "column", "header", "message"}], the first 200 of
    `problem_count`; when there are any, nothing was taken. `changes`: [{"code", "kind", "goes_back", "happens",
    "told"}] of what is new or differs, the first 200.
    """
    desk, trial = context.services.desk, context.query.get("trial") == "yes"
    try:
        found = desk.read(context.body)
    except ValueError as error:
        raise BadRequest(str(error)) from error
    if found.problems:
        return 200, _answer(False, problems=found.problems)
    try:
        made = _planned(context, found.dossiers) if trial else _taken(context, found.dossiers)
    except NotTaken as error:
        raise BadRequest(str(error)[:500]) from error
    telling = [_shown(context, change) for change in made if change.kind != "unchanged"]
    return 200, _answer(not trial, desk.counted(made), telling)


def _answer(
    taken: bool, counted: Sequence[str] = (), changes: Sequence[dict[str, Any]] = (), problems: Sequence[Any] = ()
) -> dict[str, Any]:
    return {
        "taken": taken, "counted": list(counted), "changes": list(changes[:MOST_SHOWN]),
        "problem_count": len(problems), "problems": [_problem(problem) for problem in problems[:MOST_SHOWN]],
    }  # fmt: skip


def _planned(context: Context, told: Any) -> list[Change]:
    with context.services.store.reading() as reading:
        return changes(told, reading.records.dossiers())


def _taken(context: Context, told: Any) -> list[Change]:
    found, caller = context.services, context.caller
    with found.store.unit(Actor(caller.role, caller.name), found.clock.now_ms()) as unit:
        return take_table(unit, told, unit.records.dossiers())


def _shown(context: Context, change: Change) -> dict[str, Any]:
    desk = context.services.desk
    return {
        "code": change.after.code, "kind": change.kind, "goes_back": change.goes_back,
        "happens": desk.happens(change), "told": desk.told(change),
    }  # fmt: skip


def _problem(problem: Any) -> dict[str, Any]:
    return {name: getattr(problem, name) for name in ("row", "column", "header", "message")}
