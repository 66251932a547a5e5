"""The journal as a live stream: each event is encoded once and handed to every open stream."""

from __future__ import annotations

import json
import re
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterator

from kiosk.store.journal import Entry
from kiosk.store.store import Store

GROUP_S = 0.04
BEAT_S = 2.0
POLL_S = 0.5
KEPT_BATCHES = 25  # one second under full load; who is further behind reads the database
PAGE = 500
PUBLIC_TYPES = ("ticket.", "counter.", "slip.", "office.", "notice.", "help.", "device.")
PUBLIC_DATA = (
    "number", "service", "state", "counter", "position", "calls", "reason", "services", "notices", "where", "kind",
)  # fmt: skip
PUBLIC_KEYS = ("id", "epoch", "seq", "type", "time", "business_date", "subject")


class Batch:
    """Consecutive events; their frames are made when the first stream asks, once for all, whole and public."""

    def __init__(self, entries: list[Entry]) -> None:
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


def _type_of(entry: Entry) -> str:
    """The type stands last in the canonical form."""
    found = TYPE.search(entry.body)
    return found[1] if found else ""


def whole_frame(entry: Entry) -> bytes:
    return f"id: {entry.seq}\nevent: {_type_of(entry)}\ndata: {entry.body}\n\n".encode()


def public_frame(entry: Entry) -> bytes:
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


def pause_s(earlier: float, now: float) -> float:
    """How long to gather events; `earlier` is when the publication before the last one was.

    So a call right behind a ticket is told at once, and under load there are still 25 publications a second.
    """
    return min(GROUP_S, earlier + 2 * GROUP_S - now)


class Feed(threading.Thread):
    """Reads the journal behind its last event when woken by a commit, or twice a second for other processes'."""

    def __init__(self, store: Store, monotonic: Callable[[], float]) -> None:
        super().__init__(name="feed", daemon=True)
        self._store = store
        self._monotonic = monotonic
        self._news = threading.Event()
        self._changed = threading.Condition()
        self._batches: deque[Batch] = deque(maxlen=KEPT_BATCHES)
        self._stopped = False
        self.followers = 0
        self.progress_at = monotonic()
        with store.reading() as reading:
            head = reading.glance().head
        self.epoch, self.seq = head.epoch, head.seq

    def wake(self, _seq: int = 0) -> None:
        self._news.set()

    def stop(self) -> None:
        """End every open stream and the thread."""
        self._stopped = True
        self._news.set()
        with self._changed:
            self._changed.notify_all()

    def wait_until_empty(self, seconds: float) -> bool:
        """Whether every stream ended within `seconds`."""
        with self._changed:
            return self._changed.wait_for(lambda: self.followers == 0, seconds)

    def run(self) -> None:
        earlier = last = self._monotonic() - 2 * GROUP_S
        while not self._stopped:
            self._news.wait(POLL_S)
            self._news.clear()
            pause = pause_s(earlier, self._monotonic())
            if pause > 0:
                threading.Event().wait(pause)
            if self._publish():
                earlier, last = last, self._monotonic()
            self.progress_at = self._monotonic()

    def follow(self, after: int, whole: bool) -> Iterator[bytes]:
        """Frames of the events behind `after`, for ever, with a beat every 2 s of silence."""
        self._count(+1)
        try:
            yield b": open\n\n"
            seq = yield from self._catch_up(after, whole)
            while not self._stopped:
                batches = self._next_batches(seq)
                if batches is None:
                    seq = yield from self._catch_up(seq, whole)
                    continue
                frames = b"".join(batch.frames(whole) for batch in batches)
                if batches:
                    seq = batches[-1].last
                yield frames or b": beat\n\n"
        finally:
            self._count(-1)

    def _count(self, change: int) -> None:
        with self._changed:
            self.followers += change
            self._changed.notify_all()

    def _publish(self) -> bool:
        with self._store.reading() as reading:
            if reading.glance().head.epoch != self.epoch:
                self.stop()
                return False
            entries = reading.journal(self.epoch, self.seq, PAGE)
        if not entries:
            return False
        batch = Batch(entries)
        with self._changed:
            self._batches.append(batch)
            self.seq = batch.last
            self._changed.notify_all()
        if len(entries) == PAGE:
            self._news.set()
        return True

    def _next_batches(self, seq: int) -> list[Batch] | None:
        """What follows `seq`: empty after a silence, None when it is no longer kept in memory."""
        with self._changed:
            if self.seq <= seq:
                self._changed.wait(BEAT_S)
            found = [batch for batch in reversed(self._batches) if batch.first > seq][::-1]
            if self.seq > seq and (not found or found[0].first != seq + 1):
                return None
            return found

    def _catch_up(self, after: int, whole: bool) -> Generator[bytes, None, int]:
        goal = self.seq
        while after < goal:
            with self._store.reading() as reading:
                entries = reading.journal(self.epoch, after, min(PAGE, goal - after))
            if not entries:
                break
            yield Batch(entries).frames(whole)
            after = entries[-1].seq
        return after
