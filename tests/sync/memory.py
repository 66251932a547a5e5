"""A journal and a receiver in memory, for thousands of scripts of what a receiver may answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any

from contract.envelope import GENESIS
from contract.events import JournalEvent
from contract.receipts import Receipt, RefusedEvent
from sync.errors import SyncError
from sync.journal_client import FollowerPosition, JournalPage


class Journal:
    """As `JournalClient`, without a line."""

    def __init__(self) -> None:
        self.lives: dict[str, list[JournalEvent]] = {"e1": []}
        self.row: FollowerPosition | None = None

    def happen(self, count: int) -> None:
        epoch, events = list(self.lives.items())[-1]
        for _ in range(count):
            seq = len(events) + 1
            before = events[-1]["hash"] if events else GENESIS
            digest = sha256(f"{epoch} {seq} {before}".encode()).hexdigest()
            events.append({"epoch": epoch, "seq": seq, "hash": digest, "prev_hash": before})

    def begin_life(self) -> None:
        self.lives[f"e{len(self.lives) + 1}"] = []
        self.happen(1)

    def read(self, epoch: str | None, after: int, limit: int) -> JournalPage:
        name = epoch or list(self.lives)[-1]
        events = self.lives[name]
        ends = [(one, len(rows)) for one, rows in self.lives.items()]
        return JournalPage(name, events[after : after + limit], len(events), ends)

    def hash_of(self, epoch: str, seq: int) -> str | None:
        events = self.lives[epoch]
        return GENESIS if seq == 0 else events[seq - 1]["hash"] if seq <= len(events) else None

    def follower_position(self, name: str) -> FollowerPosition | None:
        return self.row

    def put_follower(self, name: str, body: dict[str, Any]) -> None:
        self.row = FollowerPosition(body["epoch"], body["cursor"], [dict(row) for row in body["refused"]])


@dataclass
class Receiver:
    """As `CloudEventsHttp` with a province behind it that acts by a script: one word a delivery, then honestly.

    `applied` notes each event in the order in which it took effect; a receiver that lost its data starts a new note.
    """

    name: str = "tinh"
    most_events: int = 500

    def __post_init__(self) -> None:
        self.script: list[str] = []
        self.stored: dict[str, list[JournalEvent]] = {}
        self.applied: list[tuple[str, int, str]] = []
        self.last = Receipt(None, 0, GENESIS)
        self.claims: list[tuple[str, int]] = []

    def cursor(self, epoch: str) -> Receipt:
        word = self.script.pop(0) if self.script and self.script[0].startswith("cursor ") else ""
        return self._spoilt(word.removeprefix("cursor "), self._receipt(epoch))

    def deliver(self, epoch: str, events: Sequence[JournalEvent]) -> Receipt:
        word = self.script.pop(0) if self.script else ""
        if word == "down":
            raise SyncError("the server does not answer", retryable=True)
        if word == "unfit":
            raise SyncError("status", retryable=False, status=422)
        if word == "lose database":
            self.stored, self.applied = {}, []
        if word == "fall back":
            self._fall_back(epoch)
        self._take(epoch, events[: 1 if word == "partial" else None])
        if word == "duplicate":
            self._take(epoch, events)
        return self._spoilt(word, self._receipt(epoch))

    def _fall_back(self, epoch: str) -> None:
        kept = self.stored.get(epoch, [])
        gone = {(e["epoch"], e["seq"], e["hash"]) for e in kept[len(kept) // 2 :]}
        del kept[len(kept) // 2 :]
        self.applied = [place for place in self.applied if place not in gone]

    def _take(self, epoch: str, events: Sequence[JournalEvent]) -> None:
        stored = self.stored.setdefault(epoch, [])
        for event in events:
            digest = stored[-1]["hash"] if stored else GENESIS
            if event["seq"] == len(stored) + 1 and event["prev_hash"] == digest:
                stored.append(event)
                self.applied.append((epoch, event["seq"], event["hash"]))

    def _receipt(self, epoch: str) -> Receipt:
        stored = self.stored.get(epoch)
        return Receipt(epoch, len(stored), stored[-1]["hash"]) if stored else Receipt(None, 0, GENESIS)

    def _spoilt(self, word: str, true: Receipt) -> Receipt:
        previous, self.last = self.last, true
        if word == "lost":
            raise SyncError("the answer broke off", retryable=True)
        lies = {
            "late": previous,
            "foreign": replace(true, epoch="e0"),
            "beyond": replace(true, epoch=true.epoch or "e1", accepted_through=true.accepted_through + 7),
            "wrong hash": replace(true, hash="f" * 64),
            "short": replace(true, accepted_through=max(0, true.accepted_through - 1)),
            "refusing": replace(true, refused=(RefusedEvent(10**9, "x", "x"),)),
        }
        return lies.get(word, true)


WORDS = (
    "",
    "down",
    "lost",
    "unfit",
    "duplicate",
    "partial",
    "late",
    "foreign",
    "beyond",
    "wrong hash",
    "short",
    "refusing",
    "lose database",
    "fall back",
    "cursor lost",
    "cursor late",
    "cursor foreign",
    "cursor beyond",
    "cursor wrong hash",
)
