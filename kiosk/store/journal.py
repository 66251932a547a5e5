"""The journal: an append-only log per office and epoch, each event chained to the one before by its hash."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from sqlalchemy import bindparam, insert, select

from kiosk.domain.calendar import utc_text
from kiosk.store.sql import Statement, Transaction
from kiosk.store.tables import epochs, journal

GENESIS = "0" * 64
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True, allow_nan=False).encode

_INSERT = Statement(insert(journal))
_READ = Statement(
    select(journal.c.seq, journal.c.body)
    .where(journal.c.office == bindparam("office"), journal.c.epoch == bindparam("epoch"))
    .where(journal.c.seq > bindparam("after"))
    .order_by(journal.c.seq)
    .limit(bindparam("limit", type_=journal.c.seq.type))
)
_EPOCHS = Statement(
    select(epochs.c.epoch, epochs.c.last_seq, epochs.c.last_hash, epochs.c.started_at, epochs.c.reason)
    .where(epochs.c.office == bindparam("office"))
    .order_by(epochs.c.ordinal)
)


@dataclass(frozen=True, slots=True)
class Head:
    """Where the journal ends: the last event's position and hash."""

    epoch: str
    seq: int
    hash: str


@dataclass(frozen=True, slots=True)
class Entry:
    """An event as stored: `body` is its RFC 8785 canonical JSON with the hash."""

    seq: int
    body: str


def canonical(value: Any) -> str:
    """RFC 8785 canonical JSON of strings, integers, booleans, null, lists and objects with ASCII keys."""
    return _encode(value)


def chain(
    head: Head, office: str, event_id: str, kind: str, subject: str, now: int, business_date: str,
    actor: dict[str, str | None], data: dict[str, Any],
) -> tuple[Head, Entry]:  # fmt: skip
    """The next entry after `head`. The hash covers the canonical event without `hash`, whose place is after `epoch`."""
    seq = head.seq + 1
    before = _encode({"actor": actor, "business_date": business_date, "data": data, "epoch": head.epoch})[:-1]
    rest = {"id": event_id, "office": office, "prev_hash": head.hash, "seq": seq, "subject": subject}
    after = _encode({**rest, "time": utc_text(now), "type": kind})[1:]
    digest = sha256(f"{before},{after}".encode()).hexdigest()
    return Head(head.epoch, seq, digest), Entry(seq, f'{before},"hash":"{digest}",{after}')


def append(transaction: Transaction, office: str, epoch: str, entries: Sequence[Entry]) -> None:
    _INSERT.many(transaction, ({"office": office, "epoch": epoch, "seq": e.seq, "body": e.body} for e in entries))


def read(transaction: Transaction, office: str, epoch: str, after: int, limit: int) -> list[Entry]:
    """Up to `limit` entries behind position `after`, in order."""
    return [Entry(*row) for row in _READ.rows(transaction, office=office, epoch=epoch, after=after, limit=limit)]


def known_epochs(transaction: Transaction, office: str) -> list[dict[str, Any]]:
    """Every life of this office's database, oldest first; `last_seq` of the current one is its start."""
    return [
        {"epoch": row[0], "last_seq": row[1], "started_at": utc_text(row[3]), "reason": row[4]}
        for row in _EPOCHS.rows(transaction, office=office)
    ]
