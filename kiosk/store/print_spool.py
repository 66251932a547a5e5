"""The spool: slips to be printed, durable, claimed by conditional update."""

from __future__ import annotations

from sqlalchemy import Index, and_, bindparam, insert, select, text, update

from contract.tickets import PrintState
from kiosk.domain.print_job import PrintJob
from kiosk.store.columns import OFFICE, big_integer, equals, integer, key, optional_text, table, text_column
from kiosk.store.sql import OfficeTable, Row, Statement

print_jobs = table(
    "print_jobs",
    key("id"),
    text_column("ticket"),
    text_column("number"),
    text_column("printer"),
    integer("ahead"),
    integer("marked"),
    big_integer("created_at"),
    text_column("state"),
    optional_text("reason"),
    big_integer("updated_at"),
)
Index(
    "ix_print_jobs_waiting",
    print_jobs.c.office,
    print_jobs.c.printer,
    print_jobs.c.created_at,
    sqlite_where=text("state IN ('QUEUED', 'SENDING')"),
)
Index("ix_print_jobs_ticket", print_jobs.c.office, print_jobs.c.ticket)
_j = print_jobs.c
JOB_COLUMNS = [_j[name] for name in PrintJob.__dataclass_fields__]
# Literals, not parameters: a partial index serves a query only when its condition stands in the text.
_LIVE = text("state IN ('QUEUED', 'SENDING')")
_QUEUED = and_(_LIVE, text("state = 'QUEUED'"))
_mine = _j.office == OFFICE
_INSERT = Statement(insert(print_jobs))
_NEXT = Statement(
    select(*JOB_COLUMNS)
    .where(_mine, _j.printer == bindparam("printer"), _QUEUED)
    .order_by(_j.created_at, _j.id)
    .limit(1)
)
_QUEUED_FOR = Statement(
    select(*JOB_COLUMNS)
    .where(_mine, _j.printer == bindparam("printer"), _QUEUED)
    .order_by(_j.created_at, _j.id)
    .limit(bindparam("limit", type_=_j.created_at.type))
)
_REROUTE = Statement(
    update(print_jobs)
    .where(_mine, _j.id == bindparam("job"), _j.state == bindparam("was"))
    .values(
        state=bindparam("queued"),
        printer=bindparam("to_printer"),
        reason=bindparam("reason"),
        updated_at=bindparam("updated_at"),
    )
)
_UNSETTLED = Statement(select(*JOB_COLUMNS).where(_mine, _LIVE, _j.printer > "").order_by(_j.created_at, _j.id))
_SENDING = Statement(select(*JOB_COLUMNS).where(_mine, text("state = 'SENDING'"), _LIVE, _j.printer > ""))
_MOVE = Statement(
    update(print_jobs)
    .where(_mine, _j.id == bindparam("job"), _j.state == bindparam("was"))
    .values(state=bindparam("state"), reason=bindparam("reason"), updated_at=bindparam("updated_at"))
)
_OF_TICKET = Statement(
    select(*JOB_COLUMNS).where(_mine, equals(_j.ticket, "ticket")).order_by(_j.created_at.desc(), _j.id.desc())
)


def job_from_row(row: Row) -> PrintJob:
    """The columns stand in the order of the job's fields."""
    job, ticket, number, printer, ahead, marked, created_at, state, reason, updated_at = row
    return PrintJob(
        job, ticket, number, printer, ahead, bool(marked), created_at, PrintState(state), reason, updated_at
    )


class PrintSpool(OfficeTable):
    """The print jobs of one office inside one transaction."""

    __slots__ = ()

    def add(self, job: PrintJob) -> None:
        _INSERT.run(
            self._transaction,
            office=self._office,
            id=job.id,
            ticket=job.ticket,
            number=job.number,
            printer=job.printer,
            ahead=job.ahead,
            marked=int(job.marked),
            created_at=job.created_at,
            state=job.state.value,
            reason=job.reason,
            updated_at=job.updated_at,
        )

    def next_for(self, printer: str) -> PrintJob | None:
        row = _NEXT.row(self._transaction, office=self._office, printer=printer)
        return None if row is None else job_from_row(row)

    def queued_for(self, printer: str, limit: int) -> list[PrintJob]:
        """Oldest first."""
        rows = _QUEUED_FOR.rows(self._transaction, office=self._office, printer=printer, limit=limit)
        return [job_from_row(row) for row in rows]

    def reroute(self, job: str, was: PrintState, printer: str, at: int) -> bool:
        """Queue a job for another printer; False when it was no longer in `was`."""
        changed = _REROUTE.changed(
            self._transaction,
            office=self._office,
            job=job,
            was=was.value,
            queued=PrintState.QUEUED.value,
            to_printer=printer,
            reason=None,
            updated_at=at,
        )
        return changed == 1

    def unsettled(self) -> list[PrintJob]:
        """Queued and being sent, of all printers, oldest first."""
        return [job_from_row(row) for row in _UNSETTLED.rows(self._transaction, office=self._office)]

    def sending(self) -> list[PrintJob]:
        return [job_from_row(row) for row in _SENDING.rows(self._transaction, office=self._office)]

    def of_ticket(self, ticket: str) -> list[PrintJob]:
        """Newest first."""
        return [job_from_row(row) for row in _OF_TICKET.rows(self._transaction, office=self._office, ticket=ticket)]

    def move(self, job: str, was: PrintState, state: PrintState, reason: str | None, at: int) -> bool:
        """Claim or settle a job; False when it was no longer in `was`."""
        changed = _MOVE.changed(
            self._transaction,
            office=self._office,
            job=job,
            was=was.value,
            state=state.value,
            reason=reason,
            updated_at=at,
        )
        return changed == 1
