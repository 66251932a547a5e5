"""The spool: slips to be printed, durable, claimed by conditional update."""

from __future__ import annotations

from sqlalchemy import and_, bindparam, insert, select, text, update

from kiosk.domain.printing import PrintJob
from kiosk.domain.ticket import PrintState
from kiosk.store.sql import Row, Statement, Transaction
from kiosk.store.tables import print_jobs

_j = print_jobs.c
_COLUMNS = [
    _j.id, _j.ticket, _j.number, _j.printer, _j.ahead, _j.marked, _j.created_at, _j.state, _j.reason, _j.updated_at
]  # fmt: skip
# Literals, not parameters: a partial index serves a query only when its condition stands in the text.
_LIVE = text("state IN ('QUEUED', 'SENDING')")
_QUEUED = and_(_LIVE, text("state = 'QUEUED'"))
_mine = _j.office == bindparam("office")
_INSERT = Statement(insert(print_jobs))
_NEXT = Statement(
    select(*_COLUMNS).where(_mine, _j.printer == bindparam("printer"), _QUEUED).order_by(_j.created_at, _j.id).limit(1)
)
_QUEUED_FOR = Statement(
    select(*_COLUMNS)
    .where(_mine, _j.printer == bindparam("printer"), _QUEUED)
    .order_by(_j.created_at, _j.id)
    .limit(bindparam("limit", type_=_j.created_at.type))
)
_REROUTE = Statement(
    update(print_jobs)
    .where(_mine, _j.id == bindparam("job"), _j.state == bindparam("was"))
    .values(
        state=bindparam("queued"), printer=bindparam("to_printer"), reason=bindparam("reason"),
        updated_at=bindparam("updated_at"),
    )
)  # fmt: skip
_UNSETTLED = Statement(select(*_COLUMNS).where(_mine, _LIVE).order_by(_j.created_at, _j.id))
_SENDING = Statement(select(*_COLUMNS).where(_mine, text("state = 'SENDING'"), _LIVE))
_MOVE = Statement(
    update(print_jobs)
    .where(_mine, _j.id == bindparam("job"), _j.state == bindparam("was"))
    .values(state=bindparam("state"), reason=bindparam("reason"), updated_at=bindparam("updated_at"))
)
_OF_TICKET = Statement(
    select(*_COLUMNS).where(_mine, _j.ticket == bindparam("ticket")).order_by(_j.created_at.desc(), _j.id.desc())
)


def _from_row(row: Row) -> PrintJob:
    job = PrintJob(*row)
    return PrintJob(
        job.id, job.ticket, job.number, job.printer, job.ahead, bool(job.marked), job.created_at,
        PrintState(job.state), job.reason, job.updated_at,
    )  # fmt: skip


class PrintSpool:
    """The print jobs of one office inside one transaction."""

    def __init__(self, transaction: Transaction, office: str) -> None:
        self._transaction = transaction
        self._office = office

    def add(self, job: PrintJob) -> None:
        _INSERT.run(
            self._transaction, office=self._office, id=job.id, ticket=job.ticket, number=job.number,
            printer=job.printer, ahead=job.ahead, marked=int(job.marked), created_at=job.created_at,
            state=job.state.value, reason=job.reason, updated_at=job.updated_at,
        )  # fmt: skip

    def next_for(self, printer: str) -> PrintJob | None:
        row = _NEXT.row(self._transaction, office=self._office, printer=printer)
        return None if row is None else _from_row(row)

    def queued_for(self, printer: str, limit: int) -> list[PrintJob]:
        """Oldest first."""
        rows = _QUEUED_FOR.rows(self._transaction, office=self._office, printer=printer, limit=limit)
        return [_from_row(row) for row in rows]

    def reroute(self, job: str, was: PrintState, printer: str, at: int) -> bool:
        """Queue a job for another printer; False when it was no longer in `was`."""
        changed = _REROUTE.changed(
            self._transaction, office=self._office, job=job, was=was.value, queued=PrintState.QUEUED.value,
            to_printer=printer, reason=None, updated_at=at,
        )  # fmt: skip
        return changed == 1

    def unsettled(self) -> list[PrintJob]:
        """Queued and being sent, of all printers, oldest first."""
        return [_from_row(row) for row in _UNSETTLED.rows(self._transaction, office=self._office)]

    def sending(self) -> list[PrintJob]:
        return [_from_row(row) for row in _SENDING.rows(self._transaction, office=self._office)]

    def of_ticket(self, ticket: str) -> list[PrintJob]:
        """Newest first."""
        return [_from_row(row) for row in _OF_TICKET.rows(self._transaction, office=self._office, ticket=ticket)]

    def move(self, job: str, was: PrintState, state: PrintState, reason: str | None, at: int) -> bool:
        """Claim or settle a job; False when it was no longer in `was`."""
        changed = _MOVE.changed(
            self._transaction, office=self._office, job=job, was=was.value, state=state.value, reason=reason,
            updated_at=at,
        )  # fmt: skip
        return changed == 1
