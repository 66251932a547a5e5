"""The office's side, out: events behind the confirmed position onto a stick, in parts, resumed where it broke off."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sync.agent import HOLE
from sync.bundles.files import Draft, Kept, draft_of, file_name, header_of, kept_of, sync_folder
from sync.bundles.keys import Signer
from sync.bundles.layout import END, EVENTS, BundleError
from sync.bundles.policy import Position, to_send
from sync.connector import GENESIS, Event, SyncError
from sync.journal_client import JournalClient
from sync.policy import MAX_EVENTS

IN_THE_WAY = "{file} is something else than a bundle of this office; choose another name or an empty stick"
Names = Callable[[int, Position], Path]


@dataclass(frozen=True, slots=True)
class Part:
    """One file: events `after` + 1 … `through` of an epoch. `written`: how many of them this run wrote."""

    path: Path
    epoch: str
    after: int
    through: int
    written: int


def names_at(to: Path, office: str) -> Names:
    """In a folder: named by what is inside, so that a second run finds what a first one left. Else `to`, `to-2`, …"""

    def in_folder(_: int, start: Position) -> Path:
        return to / file_name(office, "gui", start[0][-8:], f"{start[1] + 1:09d}")

    def numbered(count: int, _: Position) -> Path:
        return to if count == 1 else to.with_name(f"{to.stem}-{count}{to.suffix}")

    return in_folder if to.is_dir() else numbered


class Export:
    """`header` holds what stands in every part's header beside its position. One part is at most about `most_bytes`."""

    def __init__(
        self, journal: JournalClient, office: str, signer: Signer, names: Names, most_bytes: int, header: dict[str, Any]
    ) -> None:
        self._journal, self._office, self._signer = journal, office, signer
        self._names, self._most_bytes, self._header = names, most_bytes, header

    def run(self, epochs: list[Position], start: Position, told: Callable[[Part], None]) -> list[Part]:
        """Every part, told as it is finished. Raises SyncError, BundleError; OSError when the stick fails."""
        parts: list[Part] = []
        for epoch, after, last in to_send(epochs, start):
            through = after
            while through < last:
                part = self._part(self._names(len(parts) + 1, (epoch, through)), epoch, through, last)
                told(part)
                parts.append(part)
                through = part.through
        return parts

    def _part(self, path: Path, epoch: str, after: int, last: int) -> Part:
        self._clear(path)
        wanted = {"office": self._office, "epoch": epoch, "after": after, "after_hash": self._hash_of(epoch, after)}
        for candidate in (path, draft_of(path)):
            kept = self._usable(candidate, wanted)
            if kept is None:
                continue
            candidate.replace(path if kept.whole else draft_of(path))  # damaged since: its good beginning is used
            if kept.whole:
                sync_folder(path.parent)
                return Part(path, epoch, after, kept.last.body["through"], 0)
            return self._write(path, wanted, last, kept)
        return self._write(path, wanted, last, None)

    def _clear(self, path: Path) -> None:
        """Nothing of somebody else's is written over. Raises BundleError."""
        header: dict[str, Any] | None = None
        try:
            header = header_of(path)
            mine = header is None or (header["kind"], header["office"]) == ("events", self._office)
        except BundleError as error:
            mine = error.code in {"cut", "tampered"}
        if not mine:
            raise BundleError("in-the-way", IN_THE_WAY, file=path.name)

    def _usable(self, path: Path, wanted: dict[str, Any]) -> Kept | None:
        """What is left of a part that began where this one begins and continues our journal."""
        kept = kept_of(path, self._signer.public)
        if kept is None or any(kept.header.get(key) != value for key, value in wanted.items()):
            return None
        if kept.header.get("answered") != self._header.get("answered"):
            return None
        seq, digest = _reached(kept, wanted)
        moved = seq > wanted["after"] or not kept.whole
        return kept if moved and self._journal.hash_of(wanted["epoch"], seq) == digest else None

    def _write(self, path: Path, wanted: dict[str, Any], last: int, kept: Kept | None) -> Part:
        header = {"kind": "events", **self._header, **wanted, "key": self._signer.public}
        draft = Draft(path, self._signer, header, kept)
        try:
            seq, digest = _reached(kept, wanted) if kept else (wanted["after"], wanted["after_hash"])
            began = seq
            while seq < last and (seq == wanted["after"] or draft.size < self._most_bytes):
                events = self._page(wanted["epoch"], seq, min(MAX_EVENTS, last - seq))
                draft.add(EVENTS, {"events": events})
                seq, digest = events[-1]["seq"], events[-1]["hash"]
            draft.finish({"through": seq, "hash": digest})
        finally:
            draft.close()
        return Part(path, wanted["epoch"], wanted["after"], seq, seq - began)

    def _page(self, epoch: str, after: int, limit: int) -> list[Event]:
        events = self._journal.read(epoch, after, limit).events
        if not events or [event["seq"] for event in events] != list(range(after + 1, after + 1 + len(events))):
            raise SyncError(HOLE, retryable=False, facts={"seq": after})
        return events

    def _hash_of(self, epoch: str, seq: int) -> str:
        found = self._journal.hash_of(epoch, seq) if seq else GENESIS
        if found is None:
            raise SyncError(HOLE, retryable=False, facts={"seq": seq})
        return found


def _reached(kept: Kept, wanted: dict[str, Any]) -> tuple[int, str]:
    """(seq, hash) of the last event in what was kept."""
    body = kept.last.body
    if kept.last.kind == EVENTS:
        return body["events"][-1]["seq"], body["events"][-1]["hash"]
    if kept.last.kind == END:
        return body["through"], body["hash"]
    return wanted["after"], wanted["after_hash"]
