"""Events as frames of server-sent events, encoded once for all open streams that see the same of them."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable
from enum import Enum

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
ACCESS = "access."
KEPT_BACK = {"id": "", "subject": "", "actor": {"kind": "", "id": None, "person": None}, "data": {}}
PUBLIC_KEYS = ("id", "epoch", "seq", "type", "time", "business_date", "subject")


class Audience(Enum):
    """Who listens: staff see whole events, citizens' devices their public part, phones only what may have moved."""

    STAFF = "staff"
    CITIZENS = "citizens"
    PHONES = "phones"


class Batch:
    """Consecutive events; their frames are made when the first stream of an audience asks, once for all."""

    def __init__(self, entries: list[JournalEntry]) -> None:
        self.first, self.last = entries[0].seq, entries[-1].seq
        self._entries = entries
        self._frames: dict[Audience, bytes] = {}
        self._lock = threading.Lock()

    def frames(self, audience: Audience) -> bytes:
        with self._lock:
            if audience not in self._frames:
                self._frames[audience] = _FRAMES[audience](self._entries)
            return self._frames[audience]


TYPE = re.compile(r'"type":"([a-z_.]+)"\}$')


def _type_of(entry: JournalEntry) -> str:
    """The type stands last in the canonical form."""
    match = TYPE.search(entry.body)
    return match[1] if match else ""


def told_body(entry: JournalEntry) -> str:
    """All of an event; of access no more than that something was, since a follower counts positions.

    Its random id is kept back as well: whoever knew it could find out person and address by trying them on the hash.
    """
    if not _type_of(entry).startswith(ACCESS):
        return entry.body
    event = json.loads(entry.body) | KEPT_BACK
    return json.dumps(event, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def whole_frame(entry: JournalEntry) -> bytes:
    """An event as staff are told of it."""
    return f"id: {entry.seq}\nevent: {_type_of(entry)}\ndata: {told_body(entry)}\n\n".encode()


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


CALLS = frozenset({"ticket.called", "ticket.recalled"})


def phone_frames(entries: list[JournalEntry]) -> bytes:
    """One frame for all phones: which numbers and services the events touched, and who was called. No ticket's id.

    A phone asks for its own place when it is concerned; a counter that opens or rests concerns all.
    """
    numbers: set[str] = set()
    services: set[str] = set()
    called: set[str] = set()
    for entry in entries:
        kind = _type_of(entry)
        if not kind.startswith(("ticket.", "counter.", "office.")):
            continue
        data = json.loads(entry.body)["data"]
        if kind.startswith("ticket."):
            numbers.add(str(data.get("number", "")))
            services.add(str(data.get("service", "")))
        else:
            services.add("*")
        if kind in CALLS:
            called.add(str(data.get("number", "")))
    if not (numbers or services):
        return b""
    moved = {"numbers": sorted(numbers), "services": sorted(services), "called": sorted(called)}
    data_line = json.dumps({"type": "queue.moved", "data": moved}, ensure_ascii=False, separators=(",", ":"))
    return f"id: {entries[-1].seq}\nevent: queue.moved\ndata: {data_line}\n\n".encode()


_FRAMES: dict[Audience, Callable[[list[JournalEntry]], bytes]] = {
    Audience.STAFF: lambda entries: b"".join(map(whole_frame, entries)),
    Audience.CITIZENS: lambda entries: b"".join(map(public_frame, entries)),
    Audience.PHONES: phone_frames,
}
