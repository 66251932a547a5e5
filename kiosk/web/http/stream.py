"""Events as frames of server-sent events: encoded once for all open streams, whole for staff, public for citizens."""

from __future__ import annotations

import json
import re
import threading

from kiosk.store.journal import JournalEntry

PUBLIC_TYPES = ("ticket.", "counter.", "slip.", "office.", "notice.", "help.", "device.")
PUBLIC_DATA = (
    "number",
    "service",
    "state",
    "counter",
    "position",
    "calls",
    "reason",
    "services",
    "notices",
    "where",
    "kind",
)
PUBLIC_KEYS = ("id", "epoch", "seq", "type", "time", "business_date", "subject")


class Batch:
    """Consecutive events; their frames are made when the first stream asks, once for all, whole and public."""

    def __init__(self, entries: list[JournalEntry]) -> None:
        self.first, self.last = entries[0].seq, entries[-1].seq
        self._entries = entries
        self._frames: dict[bool, bytes] = {}
        self._lock = threading.Lock()

    def frames(self, whole: bool) -> bytes:
        with self._lock:
            if whole not in self._frames:
                make = whole_frame if whole else public_frame
                self._frames[whole] = b"".join(make(entry) for entry in self._entries)
            return self._frames[whole]


TYPE = re.compile(r'"type":"([a-z_.]+)"\}$')


def _type_of(entry: JournalEntry) -> str:
    """The type stands last in the canonical form."""
    match = TYPE.search(entry.body)
    return match[1] if match else ""


def whole_frame(entry: JournalEntry) -> bytes:
    return f"id: {entry.seq}\nevent: {_type_of(entry)}\ndata: {entry.body}\n\n".encode()


def public_frame(entry: JournalEntry) -> bytes:
    """What a citizen's device may see of an event; empty for types that it needs not."""
    kind = _type_of(entry)
    if not kind.startswith(PUBLIC_TYPES):
        return b""
    event = json.loads(entry.body)
    if kind.startswith("device.") and event["data"].get("kind") != "printer":
        return b""
    shown = {key: event[key] for key in PUBLIC_KEYS}
    shown["data"] = {key: value for key, value in event["data"].items() if key in PUBLIC_DATA}
    data = json.dumps(shown, ensure_ascii=False, separators=(",", ":"))
    return f"id: {entry.seq}\nevent: {kind}\ndata: {data}\n\n".encode()
