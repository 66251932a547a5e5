"""What a receiver keeps: events keyed by (office, epoch, seq), and dossiers."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterable, Set
from pathlib import Path
from typing import Any, TypedDict

from pysqlite3 import dbapi2 as sqlite3

from contract.dossiers import DossierInput
from contract.envelope import GENESIS, canonical_json
from contract.events import JournalEvent
from contract.receipts import NumbersBody, ReceiptBody, RefusedEventBody
from sync.receiver.incoming import events_of
from sync.receiver.numbers import highest_numbers

TABLES = """
CREATE TABLE IF NOT EXISTS events (office TEXT, epoch TEXT, seq INTEGER, hash TEXT, type TEXT, body TEXT,
    refused TEXT, PRIMARY KEY (office, epoch, seq)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS refusals ON events (office, epoch, seq) WHERE refused IS NOT NULL;
CREATE TABLE IF NOT EXISTS dossiers (office TEXT, code TEXT, version INTEGER, body TEXT, PRIMARY KEY (office, code));
"""
AGAIN = "UPDATE events SET refused=NULL WHERE office=? AND epoch=? AND seq=? AND hash=? AND refused IS NOT NULL"


class StoredEvent(TypedDict):
    """What tells whether an event arrived, and once."""

    epoch: str
    seq: int
    hash: str
    type: str


class DossierPageBody(TypedDict):
    """Dossiers changed after a version; `version` is where to go on."""

    version: int
    dossiers: list[DossierInput]


class ReceiverStore:
    """One connection behind one lock; in memory without a folder."""

    def __init__(self, folder: Path | None) -> None:
        if folder is not None:
            folder.mkdir(parents=True, exist_ok=True)
        self._db = sqlite3.connect(":memory:" if folder is None else folder / "onestop.db", check_same_thread=False)
        self._db.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;" + TABLES)
        self._lock = threading.RLock()

    def take(self, batch: object, most: int | None = None, refuse: Set[int] = frozenset()) -> tuple[str, str]:
        """Store a contiguous, correctly chained continuation, each event once; returns (office, epoch).

        At most `most` new events; those in `refuse` are chained but not taken. One that was refused before and is sent
        again is taken. Raises ContractViolation before storing anything.
        """
        events = events_of(batch)
        office, epoch = events[0]["office"], events[0]["epoch"]
        with self._lock, self._db:
            seq, digest = self.head(office, epoch)
            for event in events[: len(events) if most is None else most]:
                if event["seq"] <= seq and event["seq"] not in refuse:
                    self._db.execute(AGAIN, (office, epoch, event["seq"], event["hash"]))
                if event["seq"] != seq + 1 or event["prev_hash"] != digest:
                    continue
                seq, digest = event["seq"], event["hash"]
                refused = "refused" if seq in refuse else None
                row = (office, epoch, seq, digest, event["type"], canonical_json(event), refused)
                self._db.execute("INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?)", row)
        return office, epoch

    def head(self, office: str, epoch: str) -> tuple[int, str]:
        query = "SELECT seq, hash FROM events WHERE office=? AND epoch=? ORDER BY seq DESC LIMIT 1"
        rows = self._rows(query, office, epoch)
        return (rows[0][0], rows[0][1]) if rows else (0, GENESIS)

    def hash_at(self, office: str, epoch: str, seq: int) -> str | None:
        rows = self._rows("SELECT hash FROM events WHERE office=? AND epoch=? AND seq=?", office, epoch, seq)
        return rows[0][0] if rows else None if seq else GENESIS

    def epochs_of(self, office: str) -> list[str]:
        rows = self._rows("SELECT DISTINCT epoch FROM events WHERE office=? ORDER BY 1", office)
        return [epoch for (epoch,) in rows]

    def receipt(self, office: str, epoch: str) -> ReceiptBody:
        seq, digest = self.head(office, epoch)
        query = (
            "SELECT seq, refused FROM events INDEXED BY refusals"
            " WHERE office=? AND epoch=? AND refused IS NOT NULL ORDER BY seq LIMIT 1000"
        )
        refused: list[RefusedEventBody] = [
            {"seq": n, "code": code, "reason": "refused"} for n, code in self._rows(query, office, epoch)
        ]
        return {"epoch": epoch if seq else None, "accepted_through": seq, "hash": digest, "refused": refused}

    def numbers(self, office: str) -> NumbersBody | None:
        """The highest number of each letter on the latest business date of an office; None before its first event."""
        query = "SELECT body FROM events WHERE office=? AND epoch=? ORDER BY seq DESC"
        with self._lock:
            newest_first = (self._db.execute(query, (office, epoch)) for epoch in self.epochs_of(office))
            return highest_numbers([(json.loads(body) for (body,) in rows) for rows in newest_first])

    def stored(self, office: str, epoch: str) -> list[StoredEvent]:
        query = "SELECT epoch, seq, hash, type FROM events WHERE office=? AND epoch=? AND refused IS NULL ORDER BY seq"
        rows = self._rows(query, office, epoch)
        return [{"epoch": name, "seq": seq, "hash": digest, "type": kind} for name, seq, digest, kind in rows]

    def counts_by_type(self) -> list[tuple[str, str, int]]:
        """(office, type, count), without refused events."""
        query = "SELECT office, type, count(*) FROM events WHERE refused IS NULL GROUP BY 1, 2 ORDER BY 1, 2"
        return [(office, kind, count) for office, kind, count in self._rows(query)]

    def latest(self, count: int) -> list[JournalEvent]:
        rows = self._rows("SELECT body FROM events ORDER BY epoch DESC, seq DESC LIMIT ?", count)
        return [json.loads(body) for (body,) in rows]

    def lose(self, after: int = 0) -> None:
        """Forget what came after that seq of each epoch, as a restored backup does."""
        with self._lock, self._db:
            self._db.execute("DELETE FROM events WHERE seq > ?", (after,))

    def put_dossiers(self, office: str, dossiers: Iterable[DossierInput]) -> int:
        """Each gets a version of its own; returns the last."""
        with self._lock, self._db:
            ((version,),) = self._rows("SELECT coalesce(max(version), 0) FROM dossiers")
            for dossier in dossiers:
                version += 1
                row = (office, dossier["code"], version, json.dumps(dossier))
                self._db.execute("INSERT OR REPLACE INTO dossiers VALUES (?, ?, ?, ?)", row)
        return int(version)

    def dossiers(self, office: str, after: int) -> DossierPageBody:
        """Up to 500 dossiers of the office changed after a version."""
        query = "SELECT version, body FROM dossiers WHERE office=? AND version>? ORDER BY version LIMIT 500"
        rows = self._rows(query, office, after)
        return {"version": rows[-1][0] if rows else after, "dossiers": [json.loads(row[1]) for row in rows]}

    def close(self) -> None:
        with self._lock:
            self._db.close()

    def _rows(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        with self._lock:
            return list(self._db.execute(query, values))
