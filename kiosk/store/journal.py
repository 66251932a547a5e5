"""The journal: an append-only log per office and epoch, each event chained to the one before by its hash."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any

from sqlalchemy import BigInteger, Column, ColumnElement, bindparam, insert, or_, select

from contract.records import dataclass
from contract.times import to_rfc3339
from kiosk.store.columns import OFFICE, key, table, text_column
from kiosk.store.failures import StoredWrongly
from kiosk.store.sql import OfficeTable, Statement

GENESIS = "0" * 64
_LIKE = re.compile(r"[/%_]")
_HASH = ',"hash":"'  # behind it in the canonical form: 64 digits, a quotation mark, the keys that follow
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True, allow_nan=False).encode

journal = table(
    "journal",
    key("epoch"),
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    text_column("body"),
)
_INSERT = Statement(insert(journal))
_READ = Statement(
    select(journal.c.seq, journal.c.body)
    .where(journal.c.office == OFFICE, journal.c.epoch == bindparam("epoch"))
    .where(journal.c.seq > bindparam("after"))
    .order_by(journal.c.seq)
    .limit(bindparam("limit", type_=journal.c.seq.type))
)
MOST_PARTS, MOST_WAYS = 6, 5  # of a search: each part in one of some ways


def _as_written(text: str) -> str:
    """In a pattern: no sign of it stands for another."""
    return _LIKE.sub(r"/\g<0>", text)


def _holds(part: int, way: int) -> ColumnElement[bool]:
    return journal.c.body.like(bindparam(f"part{part}_{way}"), escape="/")


_SEARCH = Statement(
    select(journal.c.seq, journal.c.body)
    .where(journal.c.office == OFFICE, journal.c.epoch == bindparam("epoch"))
    .where(journal.c.seq > bindparam("after"), journal.c.seq < bindparam("before"))
    .where(*(or_(*(_holds(part, way) for way in range(MOST_WAYS))) for part in range(MOST_PARTS)))
    .order_by(journal.c.seq.desc())
    .limit(bindparam("limit", type_=journal.c.seq.type))
)


@dataclass(frozen=True, slots=True)
class JournalHead:
    """Where the journal ends: the last event's position and hash."""

    epoch: str
    seq: int
    hash: str


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """An event as stored: `body` is its RFC 8785 canonical JSON with the hash."""

    seq: int
    body: str


def canonical(value: Any) -> str:
    """RFC 8785 canonical JSON of strings, integers, booleans, null, lists and objects with ASCII keys."""
    return _encode(value)


def chain(
    head: JournalHead,
    office: str,
    event_id: str,
    kind: str,
    subject: str,
    now: int,
    business_date: str,
    actor: dict[str, str | None],
    data: Mapping[str, object],
) -> tuple[JournalHead, JournalEntry]:
    """The next entry after `head`. The hash covers the canonical event without `hash`, whose place is after `epoch`."""
    seq = head.seq + 1
    before = _encode({"actor": actor, "business_date": business_date, "data": data, "epoch": head.epoch})[:-1]
    rest = {"id": event_id, "office": office, "prev_hash": head.hash, "seq": seq, "subject": subject}
    after = _encode({**rest, "time": to_rfc3339(now), "type": kind})[1:]
    digest = sha256(f"{before},{after}".encode()).hexdigest()
    return JournalHead(head.epoch, seq, digest), JournalEntry(seq, f'{before},"hash":"{digest}",{after}')


def check_chain(entries: Sequence[JournalEntry], after: int) -> None:
    """Raises StoredWrongly at the first of `entries` that does not follow `after` and the entry before it.

    About 3 µs an entry: the hash is taken out of the text, which is canonical already, and computed again.
    """
    seq, digest = after, None
    for entry in entries:
        seq += 1
        if type(entry.body) is not str:  # a damaged page gives any value, or none
            raise StoredWrongly(f"the journal is damaged at seq {seq}")
        before, _, rest = entry.body.rpartition(_HASH)
        stored, after_hash = rest[:65], rest[65:]
        if entry.seq != seq or f'{sha256(f"{before}{after_hash}".encode()).hexdigest()}"' != stored:
            raise StoredWrongly(f"the journal is damaged at seq {seq}")
        if digest is not None and f'"prev_hash":"{digest}' not in after_hash:
            raise StoredWrongly(f"the journal is damaged at seq {seq}: it does not follow the event before")
        digest = stored


def check_reach(entries: Sequence[JournalEntry], after: int, limit: int, last_seq: int) -> None:
    """Raises StoredWrongly when `entries` end before `limit` of them or `last_seq`, where the epoch ends."""
    expected = min(limit, last_seq - after)
    if len(entries) < expected:
        raise StoredWrongly(f"the journal has no event at seq {after + len(entries) + 1}")


class JournalTable(OfficeTable):
    """The journal of one office."""

    __slots__ = ()

    def append(self, epoch: str, entries: Sequence[JournalEntry]) -> None:
        office = self._office
        _INSERT.many(
            self._transaction, ({"office": office, "epoch": epoch, "seq": e.seq, "body": e.body} for e in entries)
        )

    def read(self, epoch: str, after: int, limit: int) -> list[JournalEntry]:
        """Up to `limit` entries of an epoch behind position `after`, in order, each as it was chained.

        Raises StoredWrongly: what is damaged does not leave the journal.
        """
        entries = self.read_unchecked(epoch, after, limit)
        check_chain(entries, after)
        return entries

    def read_whole(self, head: JournalHead, after: int, count: int) -> list[JournalEntry]:
        """`count` entries behind `after`, no fewer; the last of the journal is the one that the head names.

        Raises StoredWrongly.
        """
        entries = self.read(head.epoch, after, count)
        check_reach(entries, after, count, head.seq)
        if entries and entries[-1].seq == head.seq and f'"hash":"{head.hash}"' not in entries[-1].body:
            raise StoredWrongly(f"the journal does not end as the office knows it, at seq {head.seq}")
        return entries

    def read_unchecked(self, epoch: str, after: int, limit: int) -> list[JournalEntry]:
        """The same as it is stored, for those who look for damage."""
        return [JournalEntry(*row) for row in self.rows_unchecked(epoch, after, limit)]

    def rows_unchecked(self, epoch: str, after: int, limit: int) -> Sequence[tuple[int, str]]:
        """Positions and texts of the same, for those who go through years of them."""
        rows: Sequence[tuple[Any, ...]] = self._rows(_READ, epoch=epoch, after=after, limit=limit)
        return rows

    def search(
        self, epoch: str, after: int, before: int, parts: Sequence[Sequence[str]], limit: int
    ) -> list[JournalEntry]:
        """Entries between two positions, the newest first: of each part the text holds one of the fragments of
        canonical JSON.
        """
        named = {
            f"part{n}_{way}": "%" if n >= len(parts) else "" for n in range(MOST_PARTS) for way in range(MOST_WAYS)
        }
        for n, ways in enumerate(parts):
            named |= {f"part{n}_{way}": f"%{_as_written(one)}%" for way, one in enumerate(ways)}
        found = self._rows(_SEARCH, epoch=epoch, after=after, before=before, limit=limit, **named)
        return [JournalEntry(*row) for row in found]
