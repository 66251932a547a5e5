"""What became of slips and printers lately: read for the technician, never on the way of a ticket."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import ColumnElement, bindparam, func, literal_column, select

from contract.records import dataclass
from contract.tickets import PrintState
from kiosk.domain.print_job import DoubtfulSlip, PrintJob
from kiosk.store.columns import OFFICE, equals
from kiosk.store.failures import stored_json
from kiosk.store.journal import journal
from kiosk.store.print_spool import JOB_COLUMNS, job_from_row, print_jobs
from kiosk.store.sql import OfficeTable, Statement
from kiosk.store.tickets import tickets

QUARTER_MS = 15 * 60_000  # every time zone begins its days at a multiple of it
LOOK_BACK = 50_000  # events; more than a fortnight of a busy office
_j = print_jobs.c
_QUARTER: ColumnElement[int] = literal_column(f"created_at / {QUARTER_MS}")
_mine = _j.office == OFFICE
_LATEST = Statement(
    select(*JOB_COLUMNS)
    .where(_mine, _j.printer == bindparam("printer"))
    .order_by(_j.id.desc())
    .limit(bindparam("limit", type_=_j.ahead.type))
)
_ONE = Statement(select(*JOB_COLUMNS).where(_mine, _j.printer == bindparam("printer"), _j.id == bindparam("job")))
_QUARTERS = Statement(
    select(_QUARTER, _j.state, func.count())
    .where(
        _mine,
        _j.printer == bindparam("printer"),
        _j.id >= bindparam("first"),
        _j.created_at >= bindparam("since"),
    )
    .group_by(_QUARTER, _j.state)
)
_DOUBTFUL = Statement(
    select(tickets.c.id, tickets.c.number, tickets.c.state, tickets.c.print_reason, tickets.c.issued_at)
    .where(
        tickets.c.office == OFFICE,
        equals(tickets.c.business_date, "day"),
        tickets.c.print_state == PrintState.UNKNOWN.value,
    )
    .order_by(tickets.c.issued_at)
)
_DEVICE = Statement(
    select(journal.c.body)
    .where(
        journal.c.office == OFFICE,
        journal.c.epoch == bindparam("epoch"),
        journal.c.seq > bindparam("after"),
        journal.c.body.like(bindparam("pattern")),
    )
    .order_by(journal.c.seq)
)


@dataclass(frozen=True, slots=True)
class PrinterChange:
    """A printer's change in the journal: `kind` fault, offline or recovered; `time` RFC 3339."""

    kind: str
    time: str
    reason: str | None


class SlipHistory(OfficeTable):
    """The slips of one office and what its journal says of printers."""

    __slots__ = ()

    def latest(self, printer: str, limit: int) -> list[PrintJob]:
        """The last slips of a printer, newest first."""
        return [job_from_row(row) for row in self._rows(_LATEST, printer=printer, limit=limit)]

    def get(self, printer: str, job: str) -> PrintJob | None:
        row = self._row(_ONE, printer=printer, job=job)
        return None if row is None else job_from_row(row)

    def quarters(self, printer: str, since: int) -> list[tuple[int, PrintState, int]]:
        """(ms at which a quarter of an hour begins, state, slips) of the slips spooled since then."""
        rows = self._rows(_QUARTERS, printer=printer, since=since, first=_first_id(since))
        return [(int(row[0]) * QUARTER_MS, PrintState(row[1]), row[2]) for row in rows]

    def doubtful(self, day: str) -> list[DoubtfulSlip]:
        """By time of issue."""
        return [DoubtfulSlip(*row) for row in self._rows(_DOUBTFUL, day=day)]

    def changes(self, epoch: str, last_seq: int, printer: str) -> Iterator[PrinterChange]:
        """What the journal's last events say of a printer, oldest first; the canonical form has its keys in order."""
        pattern = f'%"subject":"{printer}","time":"%","type":"device.%"}}'
        after = max(0, last_seq - LOOK_BACK)
        for (body,) in self._rows(_DEVICE, epoch=epoch, after=after, pattern=pattern):
            event = stored_json(body)
            if event["subject"] == printer and event["data"].get("kind") == "printer":
                yield PrinterChange(event["type"].removeprefix("device."), event["time"], event["data"].get("reason"))


def _first_id(ms: int) -> str:
    """Identifiers are UUIDv7: they begin with the time at which they were made, so a time finds its place."""
    text = f"{ms:012x}"
    return f"{text[:8]}-{text[8:]}"
