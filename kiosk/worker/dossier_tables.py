"""The job that reads a table of dossiers and says what it would change, or takes it."""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from contract.dossiers import DossierInput
from contract.records import dataclass
from kiosk.actions.days import ensure_today
from kiosk.actions.dossier_tables import TableRefused, applicants_in, differing, refuse_wrong, take_changes, take_table
from kiosk.actions.dossiers import is_received_on
from kiosk.app import App
from kiosk.domain.dossier_change import DossierChange, plan_changes
from kiosk.dossiers.table_importer import DossierTableImporter, UnreadableTable
from kiosk.jobs.job import Job, JobAnswer, JobRefused, Progress
from kiosk.store.unit_of_work import Actor

if TYPE_CHECKING:
    from sync.dossiers.tables import TableContents

MOST_SHOWN = 200
WHOLE_ROWS = 1000  # a table up to this size is taken in one transaction
BATCH_ROWS = 200  # of a larger one; between two of them citizens get numbers
PAUSE_S = 0.02


@dataclass(frozen=True, slots=True)
class TableTaker:
    """Who takes a table, and when: `now_ms` in ms since 1970."""

    app: App
    actor: Actor
    now_ms: int

    def knows(self, code: str, day: date) -> bool:
        """Whether the office has that dossier, received on that local day."""
        with self.app.store.reading() as reading:
            return is_received_on(reading.dossiers.get(code), day, self.app.office)

    def planned(self, contents: TableContents) -> list[DossierChange]:
        """Raises TableRefused when the rules would refuse any of it."""
        with self.app.store.reading() as reading:
            changes = plan_changes(contents.dossiers, reading.dossiers.all(), contents.default_channel)
        refuse_wrong(changes, contents.dossiers, self.app.office)
        return changes

    def take(self, contents: TableContents) -> list[DossierChange]:
        """Raises TableRefused: then nothing was changed.

        A large table is checked whole and then taken in batches, so that the counters go on. When the machine stops
        between two of them, taking the same table again completes it.
        """
        rows = contents.dossiers
        if len(rows) <= WHOLE_ROWS:
            with self.app.store.unit(self.actor, self.now_ms) as unit:
                return take_table(unit, rows, unit.dossiers.all(), contents.default_channel)
        changes = self.planned(contents)
        self._take_in_batches(changes, rows)
        return changes

    def _take_in_batches(self, changes: Sequence[DossierChange], rows: Sequence[DossierInput]) -> None:
        names = applicants_in(rows, self.app.office)
        put = differing(changes, names)
        for start in range(0, len(put), BATCH_ROWS):
            with self.app.store.unit(self.actor, self.now_ms) as unit:
                ensure_today(unit)
                take_changes(unit, put[start : start + BATCH_ROWS], names)
            time.sleep(PAUSE_S)


def take_dossier_table(app: App, job: Job, progress: Progress) -> JobAnswer:
    """Arguments: `trial`, `now_ms`, `actor` (kind, id, person). Answers what `POST /dossiers/table` says.

    Raises JobRefused when the data is no table of dossiers, or its dossiers are refused.
    """
    now: int = job.arguments["now_ms"]
    kind, device, person = job.arguments["actor"]
    importer = DossierTableImporter(app.configuration)
    taker = TableTaker(app, Actor(kind, device, person), now)
    progress("reading the table")
    try:
        contents = importer.read(job.data, app.office.hours.local(now).date(), taker.knows)
        if contents.errors:
            return JobAnswer(_answer(importer, contents, [], False))
        progress("comparing")
        trial = bool(job.arguments["trial"])
        made = taker.planned(contents) if trial else taker.take(contents)
    except UnreadableTable as error:
        raise JobRefused(str(error)) from error
    except TableRefused as error:
        raise JobRefused("; ".join(importer.refusal_text(error.refused))) from error
    return JobAnswer(_answer(importer, contents, made, not trial))


def _answer(
    importer: DossierTableImporter, contents: TableContents, made: Sequence[DossierChange], taken: bool
) -> dict[str, Any]:
    changed = [change for change in made if change.kind != "unchanged"]
    return {
        "taken": taken,
        "counted": [] if contents.errors else importer.count_sentences(made),
        "notes": [] if contents.errors else list(contents.notes),
        "changes": [_change(importer, change) for change in changed[:MOST_SHOWN]],
        "problem_count": len(contents.errors),
        "problems": [
            {"sheet": one.sheet, "row": one.row, "column": one.column, "header": one.header, "message": one.message}
            for one in contents.errors[:MOST_SHOWN]
        ],
    }


def _change(importer: DossierTableImporter, change: DossierChange) -> dict[str, Any]:
    return {
        "code": change.after.code,
        "kind": change.kind,
        "goes_back": change.goes_back,
        "happens": importer.kind_text(change),
        "told": importer.change_text(change),
        **importer.standing(change.after),
    }
