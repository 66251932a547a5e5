"""What became of slips and printers lately: read for the technician, never on the way of a ticket."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, fields

from sqlalchemy import ColumnElement, bindparam, func, literal_column, select

from kiosk.domain.printing import PrintJob
from kiosk.domain.ticket import PrintState
from kiosk.store.sql import Row, Statement, Transaction
from kiosk.store.tables import journal, print_jobs, tickets

QUARTER_MS = 15 * 60_000  # every time zone begins its days at a multiple of it
LOOK_BACK = 50_000  # events; more than a fortnight of a busy office
_j = print_jobs.c
_COLUMNS = [_j[field.name] for field in fields(PrintJob)]
_QUARTER: ColumnElement[int] = literal_column(f"created_at / {QUARTER_MS}")
_mine = _j.office == bindparam("office")
_LATEST = Statement(
    select(*_COLUMNS)
    .where(_mine, _j.printer == bindparam("printer"))
    .order_by(_j.id.desc())
    .limit(bindparam("limit", type_=_j.ahead.type))
)
_ONE = Statement(select(*_COLUMNS).where(_mine, _j.printer == bindparam("printer"), _j.id == bindparam("job")))
_QUARTERS = Statement(
    select(_QUARTER, _j.state, func.count())
    .where(
        _mine, _j.printer == bindparam("printer"), _j.id >= bindparam("first"), _j.created_at >= bindparam("since"),
    )
    .group_by(_QUARTER, _j.state)
)  # fmt: skip
_DOUBTFUL = Statement(
    select(tickets.c.id, tickets.c.number, tickets.c.state, tickets.c.print_reason, tickets.c.issued_at)
    .where(
        tickets.c.office == bindparam("office"), tickets.c.business_date == bindparam("day"),
        tickets.c.print_state == PrintState.UNKNOWN.value,
    )
    .order_by(tickets.c.issued_at)
)  # fmt: skip
_DEVICE = Statement(
    select(journal.c.body)
    .where(
        journal.c.office == bindparam("office"), journal.c.epoch == bindparam("epoch"),
        journal.c.seq > bindparam("after"), journal.c.body.like(bindparam("pattern")),
    )
    .order_by(journal.c.seq)
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Change:
    """A printer's change in the journal: `kind` fault, offline or recovered; `time` RFC 3339."""

    kind: str
    time: str
    reason: str | None


@dataclass(frozen=True, slots=True)
class Doubt:
    """A ticket of the day of which nobody knows whether its slip came out; `issued_at` in ms."""

    ticket: str
    number: str
    state: str
    reason: str | None
    issued_at: int


def latest(transaction: Transaction, office: str, printer: str, limit: int) -> list[PrintJob]:
    """The last slips of a printer, newest first."""
    rows = _LATEST.rows(transaction, office=office, printer=printer, limit=limit)
    return [_job(row) for row in rows]


def one(transaction: Transaction, office: str, printer: str, job: str) -> PrintJob | None:
    row = _ONE.row(transaction, office=office, printer=printer, job=job)
    return None if row is None else _job(row)


def quarters(transaction: Transaction, office: str, printer: str, since: int) -> list[tuple[int, PrintState, int]]:
    """(ms at which a quarter of an hour begins, state, slips) of the slips spooled since then."""
    rows = _QUARTERS.rows(transaction, office=office, printer=printer, since=since, first=_first_id(since))
    return [(int(row[0]) * QUARTER_MS, PrintState(row[1]), row[2]) for row in rows]


def doubtful(transaction: Transaction, office: str, day: str) -> list[Doubt]:
    return [Doubt(*row) for row in _DOUBTFUL.rows(transaction, office=office, day=day)]


def changes(transaction: Transaction, office: str, epoch: str, last_seq: int, printer: str) -> Iterator[Change]:
    """What the journal's last events tell of a printer, oldest first; the canonical form has its keys in order."""
    pattern = f'%"subject":"{printer}","time":"%","type":"device.%"}}'
    after = max(0, last_seq - LOOK_BACK)
    for (body,) in _DEVICE.rows(transaction, office=office, epoch=epoch, after=after, pattern=pattern):
        event = json.loads(body)
        if event["subject"] == printer and event["data"].get("kind") == "printer":
            yield Change(event["type"].removeprefix("device."), event["time"], event["data"].get("reason"))


def _job(row: Row) -> PrintJob:
    values = dict(zip((field.name for field in fields(PrintJob)), row, strict=True))
    return PrintJob(**{**values, "state": PrintState(values["state"]), "marked": bool(values["marked"])})


def _first_id(ms: int) -> str:
    """Identifiers are UUIDv7: they begin with the time at which they were made, so a time finds its place."""
    text = f"{ms:012x}"
    return f"{text[:8]}-{text[8:]}"
