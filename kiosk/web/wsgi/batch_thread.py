"""One thread for requests that write: it answers all that have arrived, those too that come while it answers, and they
share one commit.

Whoever writes waits for the database's one writer anyway. A thread for each of them costs several changes of threads
per request, most of a request's time; here a connection that writes stays with the one thread that runs what it asks.
See docs/decisions/0043-one-thread-answers-what-is-written.md.
"""

from __future__ import annotations

import logging
import os
import select
import threading
from collections import deque
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from typing import Any, Protocol

from kiosk.web.wsgi.connection import ClientConnection, ConnectionEnded
from kiosk.web.wsgi.request_reader import Request, RequestRefused
from kiosk.web.wsgi.response import Answer, Application, DateHeader, answer, refusal

MOST_TOGETHER = 16
READ = select.EPOLLIN | select.EPOLLRDHUP
log = logging.getLogger("kiosk.web.wsgi.batch")


class Together(Protocol):
    """Actions that are kept together; `joined` counts them so far."""

    @property
    def joined(self) -> int: ...
    def failure(self, first: int, behind: int) -> BaseException | None:
        """Once it has ended: why those from `first` to the one before `behind` are not all kept."""


class Batching(Protocol):
    """What the application tells of its requests."""

    def takes(self, environ: Mapping[str, Any]) -> bool:
        """Whether the request is quick and writes, so that it may share a commit."""

    def together(self) -> AbstractContextManager[Together]:
        """What this thread writes inside is kept at the end, or not at all. Raises nothing."""

    def failed(self, failure: BaseException) -> Application:
        """Answers requests whose effects were not kept."""


class Pool(Protocol):
    """The threads that answer everything else, and know all connections."""

    def shares_commit(self, connection: ClientConnection, request: Request) -> bool:
        """Whether this thread answers it."""

    def give_back(self, connection: ClientConnection) -> None: ...
    def hand_over(self, connection: ClientConnection, made: Answer) -> None:
        """To the stream that the answer is."""

    def drop(self, connection: ClientConnection) -> None: ...


class BatchThread(threading.Thread):
    """`monotonic` in seconds."""

    def __init__(
        self,
        application: Application,
        batching: Batching,
        date: DateHeader,
        pool: Pool,
        monotonic: Callable[[], float],
    ) -> None:
        super().__init__(name="web-writes", daemon=True)
        self._application = application
        self._batching = batching
        self._date = date
        self._pool = pool
        self._monotonic = monotonic
        self._epoll = select.epoll()
        self._wakeup = os.eventfd(0, os.EFD_NONBLOCK)
        self._epoll.register(self._wakeup, select.EPOLLIN)
        self._arrived: deque[ClientConnection] = deque()
        self._connections: dict[int, ClientConnection] = {}
        self._ready: list[ClientConnection] = []
        self._in_hand: list[ClientConnection] = []  # of the batch that runs
        self._began_at: float | None = None
        self._stopped = False

    @property
    def progress_at(self) -> float:
        """Now, while it waits; else when it began with what it is doing."""
        began_at = self._began_at
        return self._monotonic() if began_at is None else began_at

    def admit(self, connection: ClientConnection) -> None:
        """From now on the connection, which has a request, belongs to this thread."""
        connection.is_running = True
        self._arrived.append(connection)
        os.eventfd_write(self._wakeup, 1)

    def stop(self, seconds: float) -> None:
        """End after what was begun; waits for it so long."""
        self._stopped = True
        os.eventfd_write(self._wakeup, 1)
        if self.ident is not None:
            self.join(seconds)

    def release(self) -> None:
        """Close what wakes it, once it has ended and nobody admits a connection any more."""
        self._epoll.close()
        os.close(self._wakeup)

    def run(self) -> None:
        while not self._stopped:
            self._gather(0 if self._ready else -1)
            if self._ready:
                self._began_at = self._monotonic()
                self._in_hand = []
                try:
                    self._answer()
                except Exception:
                    log.exception("connections are closed")
                    for connection in self._in_hand:
                        self._drop(connection)
                self._began_at = None

    def _gather(self, seconds: float) -> None:
        """Read what has come; waits so long for it, for ever when negative."""
        for descriptor, _ in self._epoll.poll(seconds, MOST_TOGETHER):
            if descriptor == self._wakeup:
                os.eventfd_read(self._wakeup)
            elif (connection := self._connections.get(descriptor)) is not None and not connection.is_running:
                self._receive(connection)
        while self._arrived:
            connection = self._arrived.popleft()
            self._connections[connection.descriptor] = connection
            self._epoll.register(connection.descriptor, READ)
            self._ready.append(connection)

    def _receive(self, connection: ClientConnection) -> None:
        try:
            connection.receive()
        except RequestRefused as refused:
            self._send(connection, refusal(refused.status, self._date))
        except (OSError, ConnectionEnded):
            self._drop(connection)
        except Exception:
            log.exception("a connection is closed")
            self._drop(connection)
        else:
            self._look_for_request(connection)

    def _look_for_request(self, connection: ClientConnection) -> None:
        """One of a connection at a time, so that its answers go out in order."""
        request = connection.next_request()
        if request is None:
            return
        if self._pool.shares_commit(connection, request):
            connection.is_running = True
            self._ready.append(connection)
        else:
            self._leave(connection)

    def _next(self) -> ClientConnection | None:
        """Who is answered next in the batch that runs: people who tapped a moment later share its commit as well."""
        if len(self._in_hand) == MOST_TOGETHER:
            return None
        if not self._ready:
            self._gather(0)
        if not self._ready:
            return None
        self._in_hand.append(self._ready.pop(0))
        return self._in_hand[-1]

    def _answer(self) -> None:
        """Nothing is sent before all of it is kept."""
        answers = []
        with self._batching.together() as batch:
            while (connection := self._next()) is not None:
                first, request = batch.joined, connection.next_request()
                assert request is not None
                connection.request_done()
                answers.append(
                    (connection, request, answer(self._application, request, self._date), first, batch.joined)
                )
        for connection, request, made, first, behind in answers:
            failure = batch.failure(first, behind)
            if failure is not None:
                made = answer(self._batching.failed(failure), request, self._date)  # noqa: PLW2901 - it replaces it
            connection.is_running = False
            self._send(connection, made)

    def _send(self, connection: ClientConnection, made: Answer) -> None:
        if made.stream is not None:
            self._release(connection)
            self._pool.hand_over(connection, made)
            return
        try:
            connection.send(made)
        except OSError:
            self._drop(connection)
            return
        if connection.is_sending or connection.is_over:
            self._leave(connection)
        else:
            self._look_for_request(connection)

    def _leave(self, connection: ClientConnection) -> None:
        self._release(connection)
        self._pool.give_back(connection)

    def _drop(self, connection: ClientConnection) -> None:
        self._release(connection)
        self._pool.drop(connection)

    def _release(self, connection: ClientConnection) -> None:
        if self._connections.pop(connection.descriptor, None) is not None:
            self._epoll.unregister(connection.descriptor)
