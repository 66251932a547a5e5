"""What the simulated one-stop system keeps: events keyed by (office, epoch, seq), and dossiers."""

from __future__ import annotations

import json
import re
import threading
from hashlib import sha256
from pathlib import Path
from typing import Any

from pysqlite3 import dbapi2 as sqlite3

from sync.connector import GENESIS

SOURCE = re.compile(r"urn:motcua:([A-Za-z0-9._-]{1,40}):([A-Za-z0-9-]{1,40})")
TABLES = """
CREATE TABLE IF NOT EXISTS events (office TEXT, epoch TEXT, seq INTEGER, hash TEXT, type TEXT, body TEXT,
    refused TEXT, PRIMARY KEY (office, epoch, seq)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS refusals ON events (office, epoch, seq) WHERE refused IS NOT NULL;
CREATE TABLE IF NOT EXISTS dossiers (office TEXT, code TEXT, version INTEGER, body TEXT, PRIMARY KEY (office, code));
"""
AGAIN = "UPDATE events SET refused=NULL WHERE office=? AND epoch=? AND seq=? AND hash=? AND refused IS NOT NULL"
_canonical = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode


class Unfit(Exception):
    """A batch that breaks the contract."""


class ReceiverStore:
    """One connection behind one lock; in memory without a folder."""

    def __init__(self, folder: Path | None) -> None:
        if folder is not None:
            folder.mkdir(parents=True, exist_ok=True)
        self._db = sqlite3.connect(":memory:" if folder is None else folder / "onestop.db", check_same_thread=False)
        self._db.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;" + TABLES)
        self._lock = threading.RLock()

    def take(self, batch: Any, most: int | None, refuse: set[int]) -> tuple[str, str]:
        """Store a contiguous, correctly chained continuation, each event once; returns (office, epoch).

        At most `most` new events; those in `refuse` are chained but not taken. One that was refused before and is sent
        again is taken. Raises Unfit before storing anything.
        """
        events = [_checked(item) for item in batch] if isinstance(batch, list) and batch else []
        places = {(event["office"], event["epoch"]) for event in events}
        if len(places) != 1:
            raise Unfit("a batch holds events of one source")
        office, epoch = next(iter(places))
        with self._lock, self._db:
            seq, digest = self.head(office, epoch)
            for event in events[: len(events) if most is None else most]:
                if event["seq"] <= seq and event["seq"] not in refuse:
                    self._db.execute(AGAIN, (office, epoch, event["seq"], event["hash"]))
                if event["seq"] != seq + 1 or event["prev_hash"] != digest:
                    continue
                seq, digest = event["seq"], event["hash"]
                refused = "refused" if seq in refuse else None
                row = (office, epoch, seq, digest, event["type"], _canonical(event), refused)
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
        return [row[0] for row in self._rows("SELECT DISTINCT epoch FROM events WHERE office=? ORDER BY 1", office)]

    def receipt(self, office: str, epoch: str) -> dict[str, Any]:
        seq, digest = self.head(office, epoch)
        where = "office=? AND epoch=? AND refused IS NOT NULL ORDER BY seq LIMIT 1000"
        query = f"SELECT seq, refused FROM events INDEXED BY refusals WHERE {where}"
        refused = [{"seq": n, "code": code, "reason": "refused"} for n, code in self._rows(query, office, epoch)]
        return {"epoch": epoch if seq else None, "accepted_through": seq, "hash": digest, "refused": refused}

    def stored(self, office: str, epoch: str) -> list[dict[str, Any]]:
        query = "SELECT epoch, seq, hash, type FROM events WHERE office=? AND epoch=? AND refused IS NULL ORDER BY seq"
        names = ("epoch", "seq", "hash", "type")
        return [dict(zip(names, row, strict=True)) for row in self._rows(query, office, epoch)]

    def per_type(self) -> list[tuple[Any, ...]]:
        return self._rows("SELECT office, type, count(*) FROM events WHERE refused IS NULL GROUP BY 1, 2 ORDER BY 1, 2")

    def latest(self, count: int) -> list[dict[str, Any]]:
        rows = self._rows("SELECT body FROM events ORDER BY epoch DESC, seq DESC LIMIT ?", count)
        return [json.loads(row[0]) for row in rows]

    def lose(self, after: int = 0) -> None:
        """Forget what came after that seq of each epoch, as a restored backup does."""
        with self._lock, self._db:
            self._db.execute("DELETE FROM events WHERE seq > ?", (after,))

    def put_dossiers(self, office: str, dossiers: list[dict[str, Any]]) -> int:
        """Each gets a version of its own; returns the last."""
        with self._lock, self._db:
            version = int(self._rows("SELECT coalesce(max(version), 0) FROM dossiers")[0][0])
            for dossier in dossiers:
                version += 1
                row = (office, dossier["code"], version, json.dumps(dossier))
                self._db.execute("INSERT OR REPLACE INTO dossiers VALUES (?, ?, ?, ?)", row)
        return version

    def dossiers(self, office: str, after: int) -> dict[str, Any]:
        query = "SELECT version, body FROM dossiers WHERE office=? AND version>? ORDER BY version LIMIT 500"
        rows = self._rows(query, office, after)
        return {"version": rows[-1][0] if rows else after, "dossiers": [json.loads(row[1]) for row in rows]}

    def close(self) -> None:
        with self._lock:
            self._db.close()

    def _rows(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        with self._lock:
            return list(self._db.execute(query, values))


def place_of(source: str) -> tuple[str, str]:
    """(office, epoch) of a source. Raises Unfit."""
    found = SOURCE.fullmatch(source)
    if found is None:
        raise Unfit("source must be urn:motcua:OFFICE:EPOCH")
    return found[1], found[2]


def _checked(item: Any) -> dict[str, Any]:
    """The journal event of a CloudEvent that keeps the contract. Raises Unfit."""
    try:
        event: dict[str, Any] = item["data"]
        bare = {key: value for key, value in event.items() if key != "hash"}
        kept = (
            item["specversion"] == "1.0"
            and place_of(item["source"]) == (event["office"], event["epoch"])
            and item["type"] == f"vn.motcua.{event['type']}.v1"
            and item["id"] == event["id"]
            and item["sequence"] == f"{event['seq']:012d}"
            and item["hash"] == event["hash"] == sha256(_canonical(bare).encode()).hexdigest()
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise Unfit("not a CloudEvent of a journal event") from error
    if not kept:
        raise Unfit(f"event {event['seq']} contradicts itself")
    return event
