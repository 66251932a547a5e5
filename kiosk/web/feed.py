"""The journal as a live stream: each event is encoded once and handed to every open stream."""

from __future__ import annotations

import json
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass

from kiosk.store.store import Store

GROUP_S = 0.04
BEAT_S = 2.0
POLL_S = 0.5
KEPT_BATCHES = 512
PAGE = 500
PUBLIC_TYPES = ("ticket.", "counter.", "slip.", "office.", "notice.", "help.")
PUBLIC_DATA = ("number", "service", "state", "counter", "position", "calls", "reason", "services", "notices", "where")
PUBLIC_KEYS = ("id", "epoch", "seq", "type", "time", "business_date", "subject")


@dataclass(frozen=True, slots=True)
class Batch:
    """Consecutive events as bytes of the stream, once whole and once as the public may see them."""

    first: int
    last: int
    whole: bytes
    public: bytes


def encode(seq: int, body: str) -> tuple[bytes, bytes]:
    """(whole, public) frames of one event; the public frame is empty for types a citizen's device needs not."""
    event = json.loads(body)
    kind = event["type"]
    whole = f"id: {seq}\nevent: {kind}\ndata: {body}\n\n".encode()
    if not kind.startswith(PUBLIC_TYPES):
        return whole, b""
    shown = {key: event[key] for key in PUBLIC_KEYS}
    shown["data"] = {key: value for key, value in event["data"].items() if key in PUBLIC_DATA}
    data = json.dumps(shown, ensure_ascii=False, separators=(",", ":"))
    return whole, f"id: {seq}\nevent: {kind}\ndata: {data}\n\n".encode()


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

    def run(self) -> None:
        published = 0.0
        while not self._stopped:
            self._news.wait(POLL_S)
            self._news.clear()
            pause = published + GROUP_S - self._monotonic()
            if pause > 0:
                threading.Event().wait(pause)
            if self._publish():
                published = self._monotonic()
            self.progress_at = self._monotonic()

    def follow(self, after: int, whole: bool) -> Iterator[bytes]:
        """Frames of the events behind `after`, for ever, with a beat every 2 s of silence."""
        self.followers += 1
        try:
            yield b": open\n\n"
            seq = yield from self._catch_up(after, whole)
            while not self._stopped:
                batches = self._next_batches(seq)
                if batches is None:
                    seq = yield from self._catch_up(seq, whole)
                    continue
                frames = b"".join(batch.whole if whole else batch.public for batch in batches)
                if batches:
                    seq = batches[-1].last
                yield frames or b": beat\n\n"
        finally:
            self.followers -= 1

    def _publish(self) -> bool:
        with self._store.reading() as reading:
            if reading.glance().head.epoch != self.epoch:
                self.stop()
                return False
            entries = reading.journal(self.epoch, self.seq, PAGE)
        if not entries:
            return False
        frames = [encode(entry.seq, entry.body) for entry in entries]
        batch = Batch(
            entries[0].seq, entries[-1].seq, b"".join(f[0] for f in frames), b"".join(f[1] for f in frames)
        )  # fmt: skip
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
            yield b"".join(encode(entry.seq, entry.body)[0 if whole else 1] for entry in entries)
            after = entries[-1].seq
        return after
