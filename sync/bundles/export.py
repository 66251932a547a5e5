"""Exports events behind the confirmed position to a USB stick, in parts, and resumes where an earlier run broke off."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import cast

from contract.envelope import GENESIS, MAX_BATCH_EVENTS
from contract.events import JournalEvent
from contract.records import dataclass
from sync.agent import HOLE
from sync.bundles.format.files import (
    BundleDraft,
    ProvenPrefix,
    draft_of,
    file_name,
    header_in,
    proven_prefix,
    sync_folder,
)
from sync.bundles.format.frames import END, EVENTS, BundleError
from sync.bundles.format.keys import Signer
from sync.bundles.policy import Position, to_send
from sync.errors import SyncError
from sync.journal_client import JournalClient

IN_THE_WAY = "{file} is something else than a bundle of this office; choose another name or an empty stick"
Names = Callable[[int, Position], Path]


@dataclass(frozen=True, slots=True)
class ExportedPart:
    """One file: events `after` + 1 … `through` of an epoch. `written`: how many of them this run wrote."""

    path: Path
    epoch: str
    after: int
    through: int
    written: int


@dataclass(frozen=True, slots=True)
class PartStart:
    """Where a part begins: behind event `after`, whose hash is `after_hash`."""

    epoch: str
    after: int
    after_hash: str


def names_at(to: Path, office: str) -> Names:
    """In a folder: named by what is inside, so that a second run finds what a first one left. Else `to`, `to-2`, …"""

    def in_folder(_: int, start: Position) -> Path:
        return to / file_name(office, "gui", start[0][-8:], f"{start[1] + 1:09d}")

    def numbered(count: int, _: Position) -> Path:
        return to if count == 1 else to.with_name(f"{to.stem}-{count}{to.suffix}")

    return in_folder if to.is_dir() else numbered


class BundleExport:
    """`header` holds what stands in every part's header beside its position. One part is at most about `most_bytes`."""

    def __init__(
        self,
        journal: JournalClient,
        office: str,
        signer: Signer,
        names: Names,
        most_bytes: int,
        header: Mapping[str, object],
    ) -> None:
        self._journal, self._office, self._signer = journal, office, signer
        self._names, self._most_bytes, self._header = names, most_bytes, header

    def run(
        self, epochs: list[Position], start: Position, on_part: Callable[[ExportedPart], None]
    ) -> list[ExportedPart]:
        """Every part; `on_part` is called as each is finished.

        Raises SyncError, BundleError; OSError when the stick fails.
        """
        parts: list[ExportedPart] = []
        for epoch, after, last in to_send(epochs, start):
            through = after
            while through < last:
                path = self._names(len(parts) + 1, (epoch, through))
                part = self._part(path, PartStart(epoch, through, self._hash_of(epoch, through)), last)
                on_part(part)
                parts.append(part)
                through = part.through
        return parts

    def _part(self, path: Path, start: PartStart, last: int) -> ExportedPart:
        self._check_replaceable(path)
        for candidate in (path, draft_of(path)):
            prefix = self._usable_prefix(candidate, start)
            if prefix is None:
                continue
            candidate.replace(path if prefix.whole else draft_of(path))  # damaged since: its good beginning is used
            if prefix.whole:
                sync_folder(path.parent)
                return ExportedPart(path, start.epoch, start.after, _reached(prefix, start)[0], 0)
            return self._write(path, start, last, prefix)
        return self._write(path, start, last, None)

    def _check_replaceable(self, path: Path) -> None:
        """Nothing of somebody else's is written over. Raises BundleError."""
        try:
            header = header_in(path)
            ours = header is None or (header.kind, header.office) == ("events", self._office)
        except BundleError as error:
            ours = error.code in {"cut", "tampered"}
        if not ours:
            raise BundleError("in-the-way", IN_THE_WAY, file=path.name)

    def _usable_prefix(self, path: Path, start: PartStart) -> ProvenPrefix | None:
        """The proven beginning of a part that began where this one begins and continues our journal."""
        prefix = proven_prefix(path, self._signer.public)
        if prefix is None:
            return None
        fields, expected = prefix.header.fields, self._position_fields(start)
        if any(fields.get(name) != value for name, value in expected.items()):
            return None
        if fields.get("answered") != self._header.get("answered"):
            return None
        seq, digest = _reached(prefix, start)
        moved = seq > start.after or not prefix.whole
        return prefix if moved and self._journal.hash_of(start.epoch, seq) == digest else None

    def _position_fields(self, start: PartStart) -> dict[str, object]:
        return {
            "office": self._office,
            "epoch": start.epoch,
            "after": start.after,
            "after_hash": start.after_hash,
        }

    def _write(self, path: Path, start: PartStart, last: int, prefix: ProvenPrefix | None) -> ExportedPart:
        header = {"kind": "events", **self._header, **self._position_fields(start), "key": self._signer.public}
        draft = BundleDraft(path, self._signer, header, prefix)
        try:
            seq, digest = _reached(prefix, start) if prefix else (start.after, start.after_hash)
            began = seq
            while seq < last and (seq == start.after or draft.size < self._most_bytes):
                events = self._page(start.epoch, seq, min(MAX_BATCH_EVENTS, last - seq))
                draft.add(EVENTS, {"events": events})
                seq, digest = events[-1]["seq"], events[-1]["hash"]
            draft.finish({"through": seq, "hash": digest})
        finally:
            draft.close()
        return ExportedPart(path, start.epoch, start.after, seq, seq - began)

    def _page(self, epoch: str, after: int, limit: int) -> list[JournalEvent]:
        events = self._journal.read(epoch, after, limit).events
        if not events or [event["seq"] for event in events] != list(range(after + 1, after + 1 + len(events))):
            raise SyncError(HOLE, retryable=False, facts={"seq": after})
        return events

    def _hash_of(self, epoch: str, seq: int) -> str:
        digest = self._journal.hash_of(epoch, seq) if seq else GENESIS
        if digest is None:
            raise SyncError(HOLE, retryable=False, facts={"seq": seq})
        return digest


def _reached(prefix: ProvenPrefix, start: PartStart) -> tuple[int, str]:
    """(seq, hash) of the last event in a prefix that this office signed."""
    if prefix.last.kind == EVENTS:
        event = cast(dict[str, list[JournalEvent]], prefix.last.body)["events"][-1]
        return event["seq"], event["hash"]
    if prefix.last.kind == END:
        end = cast(dict[str, object], prefix.last.body)
        return cast(int, end["through"]), str(end["hash"])
    return start.after, start.after_hash
