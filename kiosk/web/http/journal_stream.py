"""The live stream of the journal: one thread owns every open stream, so that an idle one costs a socket and no more."""

from __future__ import annotations

import logging
import os
import select
import threading
import time
import weakref
from collections import deque
from collections.abc import Callable, Collection, Iterator

from kiosk.domain.errors import TooMany
from kiosk.store.failures import StorageBusy, StorageFailed
from kiosk.store.journal import check_reach
from kiosk.store.store import Store
from kiosk.web.http.followed import Followed
from kiosk.web.http.stream import Audience, Batch
from kiosk.web.http.stream_client import Listener, StreamClient, StreamEnded, without_credential

GROUP_S = 0.04
TICK_S = 0.5  # how often others' commits are looked for, and who needs a beat
BEAT_S = 2.0
STUCK_S = 30.0  # a client that takes nothing for so long is gone
KEPT_BATCHES = 25  # one second under full load; who is further behind reads the database
PAGE = 200
CHECK_S = 1.0  # how often credentials that another process may have ended are looked at
MOST_STREAMS = 2000  # a tenth of them for kiosks and counters alone
MOST_PHONES = 400  # of these: nobody signs in for them, and the devices of the office keep the rest
MOST_OF_LISTENER = 64
log = logging.getLogger("kiosk.web.journal_stream")
READ = select.EPOLLIN | select.EPOLLRDHUP


def pause_s(earlier: float, now: float) -> float:
    """How long to gather events; `earlier` is when the publication before the last one was.

    So a call right behind a ticket is told at once, and under load there are still 25 publications a second.
    """
    return min(GROUP_S, earlier + 2 * GROUP_S - now)


class JournalStream(threading.Thread):
    """Reads the journal behind its last event when woken by a commit, or twice a second for other processes'.

    `monotonic` dates the progress that the watchdog asks for; sockets are timed by the machine. `ended` says which
    credentials are over: their streams are ended.
    """

    def __init__(self, store: Store, monotonic: Callable[[], float]) -> None:
        super().__init__(name="stream", daemon=True)
        self._store = store
        self._monotonic = monotonic
        self._epoll = select.epoll()
        self._wakeup = os.eventfd(0, os.EFD_NONBLOCK)
        weakref.finalize(self, os.close, self._wakeup)  # whoever still knows the stream may wake it
        self._epoll.register(self._wakeup, select.EPOLLIN)
        self._has_news = False
        self._stopped = False
        self._arrived: deque[tuple[str, StreamClient]] = deque()
        self._clients: dict[int, StreamClient] = {}
        self._behind: dict[int, StreamClient] = {}
        self._batches: deque[Batch] = deque(maxlen=KEPT_BATCHES)
        self._publish_at: float | None = None
        self._earlier = self._last = -2 * GROUP_S
        self._tick_at = self._check_at = 0.0
        self.ended: Callable[[Collection[str]], set[str]] = lambda credentials: set()
        self.progress_at = monotonic()
        with store.reading() as reading:
            head = reading.state.head
        self.epoch, self.seq = head.epoch, head.seq

    @property
    def followers(self) -> int:
        return len(self._clients) + len(self._arrived)

    def wake(self, _: object = None) -> None:
        """There may be news. Costs nothing while the thread knows already."""
        if not self._has_news:
            self._has_news = True
            os.eventfd_write(self._wakeup, 1)

    def close(self, seconds: float) -> None:
        """End every open stream, and the thread within so many seconds."""
        self.stop()
        if self.is_alive():
            self.join(seconds)

    def stop(self) -> None:
        self._stopped = True
        os.eventfd_write(self._wakeup, 1)

    def follow(
        self, after: int, audience: Audience, epoch: str | None = None, listener: Listener | None = None
    ) -> Followed:
        """`after` counts in that epoch, else in the current one. Raises TooMany: all, or this listener, have enough."""
        most = MOST_STREAMS if listener is not None and listener.is_first else MOST_STREAMS - MOST_STREAMS // 10
        if self.followers >= most:
            raise TooMany(f"{most} streams are open; close some")
        clients = (*list(self._clients.values()), *(client for _, client in list(self._arrived)))
        if listener is not None and sum(client.is_of(listener.name) for client in clients) >= MOST_OF_LISTENER:
            raise TooMany(f"{listener.name} has {MOST_OF_LISTENER} streams open; close some of its pages")
        if audience is Audience.PHONES and self._phones() >= MOST_PHONES:
            raise TooMany(f"{MOST_PHONES} phones follow already; ask again now and then")
        return Followed(self, epoch or self.epoch, after, audience, listener)

    def _phones(self) -> int:
        clients = (*list(self._clients.values()), *(client for _, client in list(self._arrived)))
        return sum(client.audience is Audience.PHONES for client in clients)

    def credentials_changed(self) -> None:
        """Streams whose credential is over end now."""
        self._check_at = 0.0
        self.wake()

    def admit(self, client: StreamClient, epoch: str) -> None:
        """Follow on its connection; called by the thread that served the request."""
        if self._stopped:
            client.connection.close()
            return
        self._arrived.append((epoch, client))
        os.eventfd_write(self._wakeup, 1)

    def known_frames(self, after: int, audience: Audience) -> Iterator[bytes]:
        """Of the events from behind `after` to the last one that is known."""
        goal = self.seq
        while after < goal:
            frames, after = self._page(after, audience)
            yield frames

    def run(self) -> None:
        try:
            while not self._stopped:
                self.turn()
        finally:
            for client in (*self._clients.values(), *(client for _, client in self._arrived)):
                client.close()
            self._clients.clear()
            self._arrived.clear()

    def turn(self) -> None:
        """Wait for what comes first, news, a client or the next tick, and do what is due."""
        for descriptor, event in self._epoll.poll(self._wait_s(time.monotonic())):
            if descriptor == self._wakeup:
                os.eventfd_read(self._wakeup)
            elif (client := self._clients.get(descriptor)) is not None:
                self._attempt(client, self._on_event, event)
        self._take_in()
        for client in list(self._behind.values()):
            self._attempt(client, self._catch_up)
        now = time.monotonic()
        if now >= self._check_at:
            self._check_at = now + CHECK_S
            self._end_those_without_credential()
        self._gather(now)
        if now >= self._tick_at:
            self._tick_at = now + TICK_S
            self._beat(now)
        self.progress_at = self._monotonic()

    def _wait_s(self, now: float) -> float:
        if self._behind or self._arrived:
            return 0
        due = self._tick_at if self._publish_at is None else min(self._publish_at, self._tick_at)
        return max(0.0, due - now)

    def _gather(self, now: float) -> None:
        """Publish when there is news and it was gathered long enough, or when the tick asks for others' commits."""
        if self._has_news and self._publish_at is None:
            self._publish_at = now + max(0.0, pause_s(self._earlier, now))
        due = self._tick_at if self._publish_at is None else self._publish_at
        if now < due:
            return
        self._publish_at = None
        self._has_news = False
        try:
            if self.publish():
                self._earlier, self._last = self._last, now
        except (StorageBusy, StorageFailed) as failure:
            log.warning("the stream waits: %s", failure)

    def publish(self) -> bool:
        """Tell every client what the journal holds behind the last event; whether there was anything."""
        with self._store.reading() as reading:
            if reading.state.head.epoch != self.epoch:
                self._begin_epoch(reading.state.head.epoch)
            entries = reading.journal.read(self.epoch, self.seq, PAGE)
            check_reach(entries, self.seq, PAGE, reading.state.head.seq)
        if not entries:
            return False
        batch = Batch(entries)
        self._batches.append(batch)
        self.seq = batch.last
        for client in list(self._clients.values()):
            if not client.is_waiting and client.descriptor not in self._behind:
                self._attempt(client, self._tell, batch)
        if len(entries) == PAGE:
            self.wake()
        return True

    def _begin_epoch(self, epoch: str) -> None:
        """Positions of the epoch before mean nothing any more: who followed asks again, and takes a new snapshot."""
        for client in list(self._clients.values()):
            self._drop(client)
        self._batches.clear()
        self.epoch, self.seq = epoch, 0

    def _tell(self, client: StreamClient, batch: Batch) -> None:
        if client.seq != batch.first - 1:
            self._behind[client.descriptor] = client
            return
        client.tell(batch.frames(client.audience), batch.last, time.monotonic())
        self._await(client)

    def _catch_up(self, client: StreamClient) -> None:
        """One page of what it was not told, from memory or the database."""
        frames, last = self._page(client.seq, client.audience)
        client.tell(frames, last, time.monotonic())
        self._await(client)

    def _page(self, after: int, audience: Audience) -> tuple[bytes, int]:
        """Frames of some events behind `after`, and the last one's position."""
        for batch in list(self._batches):
            if batch.first == after + 1:
                return batch.frames(audience), batch.last
        with self._store.reading() as reading:
            entries = reading.journal.read(self.epoch, after, min(PAGE, self.seq - after))
            check_reach(entries, after, PAGE, self.seq)
        if not entries:
            return b"", self.seq
        return Batch(entries).frames(audience), entries[-1].seq

    def _await(self, client: StreamClient) -> None:
        """What the client does next: take the rest, be told more, or only listen."""
        descriptor = client.descriptor
        if client.is_waiting or client.seq >= self.seq:
            self._behind.pop(descriptor, None)
        else:
            self._behind[descriptor] = client
        self._epoll.modify(descriptor, READ | select.EPOLLOUT if client.is_waiting else READ)

    def _take_in(self) -> None:
        while self._arrived:
            epoch, client = self._arrived.popleft()
            if epoch != self.epoch:
                client.close()
                continue
            client.told_at = time.monotonic()
            self._clients[client.descriptor] = client
            self._epoll.register(client.descriptor, READ)
            self._attempt(client, self._on_event, select.EPOLLOUT)

    def _on_event(self, client: StreamClient, event: int) -> None:
        if event & ~select.EPOLLOUT:
            client.listen()
        if event & select.EPOLLOUT:
            client.flush(time.monotonic())
            self._await(client)

    def _end_those_without_credential(self) -> None:
        try:
            for client in without_credential(list(self._clients.values()), self.ended):
                self._drop(client)
        except (StorageBusy, StorageFailed) as failure:
            log.warning("credentials are looked at later: %s", failure)

    def _beat(self, now: float) -> None:
        for client in list(self._clients.values()):
            silent = now - client.told_at
            if client.is_waiting:
                if silent > STUCK_S:
                    self._drop(client)
            elif silent >= BEAT_S - TICK_S:
                self._attempt(client, self._beat_for, now)

    def _beat_for(self, client: StreamClient, now: float) -> None:
        client.beat(now)
        self._await(client)

    def _attempt(self, client: StreamClient, step: Callable[..., object], *given: object) -> None:
        """A step with a client that may be gone, or whose events cannot be read; it asks again."""
        try:
            step(client, *given)
        except (StreamEnded, StorageBusy, StorageFailed):
            self._drop(client)

    def _drop(self, client: StreamClient) -> None:
        self._clients.pop(client.descriptor, None)
        self._behind.pop(client.descriptor, None)
        client.close()
