"""A second small file beside the database: where the journal ended when the last action was acknowledged.

A damaged write-ahead log makes SQLite forget its last transactions without an error; this file remembers that they were
there. Two slots are written in turn, each with its own checksum, so that a torn write leaves the one before.
See docs/decisions/0029-where-the-journal-ended.md.
"""

from __future__ import annotations

import json
import os
from dataclasses import field
from hashlib import sha256
from pathlib import Path
from typing import Any

from contract.records import dataclass

SLOT_BYTES = 4096
SLOTS = 2
_DIGEST = 64
_text = json.JSONEncoder(separators=(",", ":")).encode


@dataclass(frozen=True, slots=True)
class RecordedHead:
    """The journal's end, and the last number of each letter on its business date. `order` rises with every record."""

    office: str
    epoch: str
    seq: int
    hash: str
    business_date: str
    numbers: dict[str, int] = field(default_factory=dict)
    order: int = 0


class HeadFile:
    """The file of one office. One process writes it; a slot that cannot be read counts as empty."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._handle: int | None = None
        self._order = 0

    def read(self) -> RecordedHead | None:
        """The newest record that is whole; None when there is none. Raises OSError when the file cannot be read."""
        try:
            content = self.path.read_bytes()
        except FileNotFoundError:
            return None
        slots = (content[place : place + SLOT_BYTES] for place in range(0, SLOTS * SLOT_BYTES, SLOT_BYTES))
        return max(filter(None, map(_decode, slots)), key=lambda record: record.order, default=None)

    def start(self, record: RecordedHead) -> None:
        """Replace whatever was there, on the disk before it has the name. Raises OSError."""
        self.close()
        part = self.path.with_name(self.path.name + ".part")
        handle = os.open(part, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)
        self._handle, self._order = handle, 0
        os.ftruncate(handle, SLOTS * SLOT_BYTES)
        self.write(record)
        os.fsync(handle)
        part.replace(self.path)
        _sync_folder(self.path.parent)

    def write(self, record: RecordedHead) -> None:
        """Hand a record to the system: it outlives this process, and a power cut once `sync` has returned."""
        if self._handle is None:
            return
        self._order += 1
        slot = _encode(record, self._order)
        os.pwrite(self._handle, slot, self._order % SLOTS * SLOT_BYTES)

    def sync(self) -> None:
        """Raises OSError."""
        if self._handle is not None:
            os.fdatasync(self._handle)

    def close(self) -> None:
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None


def _encode(record: RecordedHead, order: int) -> bytes:
    fields = {name: getattr(record, name) for name in RecordedHead.__slots__}
    fields["order"] = order
    text = _text(fields).encode()
    slot = sha256(text).hexdigest().encode() + text + b"\n"
    if len(slot) > SLOT_BYTES:
        raise ValueError(f"the head of the journal takes {len(slot)} bytes, more than {SLOT_BYTES}")
    return slot.ljust(SLOT_BYTES, b"\0")


def _decode(slot: bytes) -> RecordedHead | None:
    digest, text = slot[:_DIGEST], slot[_DIGEST:].partition(b"\n")[0]
    if len(digest) < _DIGEST or sha256(text).hexdigest().encode() != digest:
        return None
    fields: dict[str, Any] = json.loads(text)
    return RecordedHead(**{name: fields[name] for name in RecordedHead.__slots__})


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
