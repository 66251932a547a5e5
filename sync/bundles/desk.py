"""The one-stop side of the stick: reads the bundles of registered offices and writes its answers.

Rests on the same store as the receiver over the line, so that both ways together deliver each event once.
"""

from __future__ import annotations

import os
import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

from pysqlite3 import dbapi2 as sqlite3

from sync.bundles.check import Contents, contents_of, judge
from sync.bundles.files import Draft, file_name
from sync.bundles.keys import KEY_BYTES, KeyUnfit, Signer, fingerprint, from_text, kept_signer
from sync.bundles.layout import DOSSIERS, EVENTS, RECEIPTS, TAMPERED, BundleError, frames
from sync.envelope import cloud_event
from sync.simulator.store import ReceiverStore, Unfit
from sync.wording import number, say

NOT_EVENTS = "this is an answer of the one-stop side, not a bundle of an office; take it back to the office"
FOREIGN = 'the office "{office}" is not registered here; register its key, or take the bundle where it belongs'
UNKNOWN_KEY = (
    'this bundle of "{office}" is signed by a key that is not registered (fingerprint {fingerprint}); compare it with '
    "the office by telephone, then register it"
)
CUT_AT = "the bundle is cut off; events up to {seq} were taken, take our answer back: the office then sends the rest"
ALL_TAKEN = "events {first} to {last} were taken"
TABLES = """
CREATE TABLE IF NOT EXISTS keys (office TEXT, key TEXT, PRIMARY KEY (office, key));
CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value TEXT);
CREATE TABLE IF NOT EXISTS reads (n INTEGER PRIMARY KEY, office TEXT, bundle TEXT, epoch TEXT, after INTEGER,
    through INTEGER, whole INTEGER, code TEXT, reason TEXT);
CREATE TABLE IF NOT EXISTS wishes (office TEXT PRIMARY KEY, life TEXT, version INTEGER);
"""
OFFICE = re.compile(r"[A-Za-z0-9._-]{1,40}")
MOST_READ = 50  # bundles whose fate an answer tells


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a bundle: `code` is `taken` or why it was refused; `reason` says it to people."""

    code: str
    reason: str
    office: str | None = None
    bundle: str = ""
    through: int = 0

    @property
    def taken(self) -> bool:
        return self.code == "taken"


class BundleDesk:
    """Registered keys, what was read, and the key that signs answers. In memory without a folder."""

    def __init__(self, store: ReceiverStore, folder: Path | None) -> None:
        if folder is not None:
            folder.mkdir(parents=True, exist_ok=True)
        name = ":memory:" if folder is None else folder / "bundles.db"
        self._db = sqlite3.connect(name, check_same_thread=False)
        self._db.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;" + TABLES)
        self._lock = threading.RLock()
        self._store = store
        self.signer = kept_signer(folder / "onestop.key") if folder else Signer(os.urandom(KEY_BYTES))
        with self._lock, self._db:
            self._db.execute("INSERT OR IGNORE INTO facts VALUES ('life', ?), ('serial', '0')", (str(uuid4()),))

    def register(self, office: str, key: str) -> None:
        """Believe bundles of `office` that this key signed. Raises KeyUnfit."""
        from_text(key)
        if not OFFICE.fullmatch(office):
            raise KeyUnfit(f'"{office[:40]}" is not the code of an office')
        with self._lock, self._db:
            self._db.execute("INSERT OR IGNORE INTO keys VALUES (?, ?)", (office, key.strip()))

    def registered(self) -> list[tuple[str, str, str]]:
        """(office, key, fingerprint)."""
        rows = self._rows("SELECT office, key FROM keys ORDER BY office")
        return [(office, key, fingerprint(key)) for office, key in rows]

    def read(self, path: Path) -> Outcome:
        """Takes a bundle, or refuses it with a reason; either is noted. Raises OSError."""
        seen: dict[str, Any] = {}
        try:
            with self._lock:
                found = self._checked(path, seen)
                self._apply(path)
                outcome = _taken(found)
        except BundleError as error:
            outcome = Outcome(
                error.code, say(error.reason, **error.facts), seen.get("office"), seen.get("id", ""),
                seen.get("through", 0),
            )  # fmt: skip
        self._note(outcome, seen)
        return outcome

    def read_log(self, office: str | None = None) -> list[dict[str, Any]]:
        """What was read, newest first."""
        names = ("office", "bundle", "epoch", "after", "through", "whole", "code", "reason")
        query = f"SELECT {', '.join(names)} FROM reads WHERE ?1 IS NULL OR office = ?1 ORDER BY n DESC LIMIT ?2"
        rows = self._rows(query, office, MOST_READ)
        return [dict(zip(names, row, strict=True)) for row in rows]

    def answer(self, office: str, place: Path) -> Path:
        """Receipts and dossiers for an office as a signed file in the folder `place`. Raises OSError, BundleError."""
        with self._lock, self._db:
            self._db.execute("UPDATE facts SET value = value + 1 WHERE name = 'serial'")
            facts = dict(self._rows("SELECT name, value FROM facts"))
        header = {
            "kind": "answer", "office": office, "id": str(uuid4()), "key": self.signer.public, "life": facts["life"],
            "serial": int(facts["serial"]),
        }  # fmt: skip
        name = file_name(office, "bien-nhan", f"{header['serial']:06d}")
        draft = Draft(place / name, self.signer, header)
        try:
            draft.add(RECEIPTS, {"receipts": self._receipts(office), "read": self.read_log(office)[::-1]})
            for page in self._dossiers(office, facts["life"]):
                draft.add(DOSSIERS, page)
            return draft.finish({})
        finally:
            draft.close()

    def close(self) -> None:
        with self._lock:
            self._db.close()

    def _checked(self, path: Path, seen: dict[str, Any]) -> Contents:
        """Everything is proven before anything is stored."""
        with path.open("rb") as file:
            found = contents_of(frames(file, lambda header: self._key(header, seen)), lambda h: self._held(h)[0])
        office = found.header["office"]
        seen |= {"epoch": found.epoch, "after": found.after, "through": found.through, "whole": found.whole}
        there = self._store.hash_at(office, found.epoch, found.through)
        self._wish(found.header)
        judge(found, *self._held(found.header), there, self._was_read(found.header["id"], found.through))
        return found

    def _held(self, header: dict[str, Any]) -> tuple[int, str]:
        return self._store.head(header["office"], str(header.get("epoch")))

    def _apply(self, path: Path) -> None:
        """Proven once more while it is stored: a stick may give something else the second time."""
        try:
            with path.open("rb") as file:
                for frame in frames(file, lambda header: self._key(header, {})):
                    if frame.kind == EVENTS:
                        self._store.take([cloud_event(event) for event in frame.body["events"]], None, set())
        except BundleError as error:
            if error.code != "cut":
                raise
        except Unfit as error:
            raise BundleError("tampered", TAMPERED) from error

    def _key(self, header: dict[str, Any], seen: dict[str, Any]) -> str:
        """Whose signature is wanted. Raises BundleError."""
        if header["kind"] != "events":
            raise BundleError("not-events", NOT_EVENTS)
        office = header["office"]
        keys = [key for registered, key, _ in self.registered() if registered == office]
        if not keys:
            raise BundleError("foreign", FOREIGN, office=office[:40])
        seen |= {"office": office, "id": header["id"][:40]}
        try:
            mark = fingerprint(header["key"])
            return next(key for key in keys if from_text(key) == from_text(header["key"]))
        except KeyUnfit as error:
            raise BundleError("tampered", TAMPERED) from error
        except StopIteration:
            raise BundleError("unknown-key", UNKNOWN_KEY, office=office[:40], fingerprint=mark) from None

    def _wish(self, header: dict[str, Any]) -> None:
        """How far the office has our dossiers already, by its own word."""
        answered = header.get("answered")
        if isinstance(answered, dict) and isinstance(answered.get("version"), int):
            row = (header["office"], str(answered.get("life")), answered["version"])
            with self._lock, self._db:
                self._db.execute("INSERT OR REPLACE INTO wishes VALUES (?, ?, ?)", row)

    def _was_read(self, bundle: str, through: int) -> bool:
        query = "SELECT 1 FROM reads WHERE bundle = ? AND through = ? AND code = 'taken' LIMIT 1"
        return bool(self._rows(query, bundle, through))

    def _note(self, outcome: Outcome, seen: dict[str, Any]) -> None:
        row = (
            outcome.office, outcome.bundle, seen.get("epoch"), seen.get("after"), seen.get("through"),
            seen.get("whole", False), outcome.code, outcome.reason,
        )  # fmt: skip
        columns = "office, bundle, epoch, after, through, whole, code, reason"
        with self._lock, self._db:
            self._db.execute(f"INSERT INTO reads ({columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)

    def _receipts(self, office: str) -> list[dict[str, Any]]:
        return [self._store.receipt(office, epoch) for epoch in self._store.epochs_of(office)]

    def _dossiers(self, office: str, life: str) -> Iterator[dict[str, Any]]:
        """Pages behind what the office has; the last says how far it has them then, even when it is empty."""
        rows = self._rows("SELECT version FROM wishes WHERE office = ? AND life = ?", office, life)
        version = int(rows[0][0]) if rows else 0
        while True:
            page = self._store.dossiers(office, version)
            yield page
            if not page["dossiers"]:
                return
            version = page["version"]

    def _rows(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        with self._lock:
            return list(self._db.execute(query, values))


def _taken(found: Contents) -> Outcome:
    sentence = ALL_TAKEN if found.whole else CUT_AT
    reason = say(sentence, first=number(found.after + 1), last=number(found.through), seq=number(found.through))
    return Outcome("taken", reason, found.header["office"], found.header["id"][:40], found.through)
