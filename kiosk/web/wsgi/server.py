"""Accepts connections and serves whoever has sent a whole request, with threads that wait at one epoll.

Each event is handed to one thread (EPOLLONESHOT), which reads, runs the application and answers; a client that sends or
takes its bytes slowly holds no thread. What kiosks and counters write is passed on to one thread (batch_thread.py).
"""

from __future__ import annotations

import errno
import logging
import os
import select
import socket
import threading
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from kiosk.web.wsgi.batch_thread import Batching, BatchThread
from kiosk.web.wsgi.connection import ClientConnection, ConnectionEnded
from kiosk.web.wsgi.crowd import MOST_CONNECTIONS, Crowd
from kiosk.web.wsgi.gate import Gate, OpenGate
from kiosk.web.wsgi.request_reader import Request, RequestRefused
from kiosk.web.wsgi.response import Answer, Application, DateHeader, FileBody, answer, refusal
from kiosk.web.wsgi.turns import Turns
from kiosk.web.wsgi.worker_threads import WorkerThreads

READ = select.EPOLLIN | select.EPOLLRDHUP | select.EPOLLONESHOT
WRITE = select.EPOLLOUT | select.EPOLLONESHOT
BACKLOG = 512
ACCEPTED_AT_ONCE = 64
SWEEP_S = 1.0
SEND_BUFFER = 128 * 1024  # what the system keeps of an answer for a client that reads slowly
UNACKNOWLEDGED_MS = 20_000  # after which a client that vanished without a word is gone
SPENT_S = 0.1
SPENT = frozenset({errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM})
log = logging.getLogger("kiosk.web.wsgi")


class WsgiServer:
    """`monotonic` in seconds, `now_s` in seconds since 1970. `batching` tells which requests share a commit.

    `wrap` makes of an accepted connection one with TLS.
    """

    def __init__(
        self,
        application: Application,
        host: str,
        port: int,
        threads: int,
        monotonic: Callable[[], float],
        now_s: Callable[[], float],
        gate: Gate | None = None,
        most_connections: int = MOST_CONNECTIONS,
        scheme: str = "http",
        batching: Batching | None = None,
    ) -> None:
        self._application = application
        self._monotonic = monotonic
        self._date = DateHeader(now_s)
        self._gate = gate or OpenGate()
        self._crowd = Crowd(most_connections)
        self._turns = Turns(threads, monotonic)
        self._socket = _listen(host, port)
        self.port = int(self._socket.getsockname()[1])
        self._base = _environment(host, self.port, scheme)
        self.wrap: Callable[[socket.socket], Any] = lambda connected: connected
        self._epoll = select.epoll()
        self._stop = os.eventfd(0)
        self._stopping = threading.Event()
        self._epoll.register(self._stop, select.EPOLLIN)
        self._epoll.register(self._socket, READ)
        self._given_back: deque[ClientConnection] = deque()
        self._back = os.eventfd(0, os.EFD_SEMAPHORE | os.EFD_NONBLOCK)
        self._epoll.register(self._back, READ)
        self._batching = batching
        self._batch = BatchThread(application, batching, self._date, self, monotonic) if batching else None
        self._threads = WorkerThreads(threads, self._work)
        self._sweeper = threading.Thread(target=self._sweep, name="web-deadlines", daemon=True)

    def start(self) -> None:
        self._threads.start()
        self._sweeper.start()
        if self._batch is not None:
            self._batch.start()

    @property
    def progress_at(self) -> float:
        """Now, while a thread is free; else when the last answer was ready. Not later than what is written together."""
        return min([self._turns.progress_at, *([self._batch.progress_at] if self._batch else [])])

    def close(self, seconds: float) -> None:
        """Take no more connections, let running requests be answered within `seconds`, then end all."""
        self._stopping.set()
        self._epoll.unregister(self._socket)
        self._socket.close()
        are_idle = self._turns.wait_until_idle(seconds)
        self._threads.stop()
        os.eventfd_write(self._stop, 1)
        if are_idle:
            self._threads.join(seconds)
        if self._batch is not None:
            self._batch.stop(seconds if are_idle else 0)
        for connection in self._crowd.all():
            self.drop(connection)
        self._release()

    def _release(self) -> None:
        """Close what wakes the threads once none is left: a number closed earlier may be somebody else's by then."""
        writing = [self._batch] if self._batch is not None else []
        if not self._threads.are_alive and not any(thread.is_alive() for thread in writing):
            for thread in writing:
                thread.release()
            self._epoll.close()
            os.close(self._stop)
            os.close(self._back)

    def _work(self) -> None:
        listening, stop, poll = self._socket.fileno(), self._stop, self._epoll.poll
        while True:
            for descriptor, _ in poll(-1, 1):
                if descriptor == stop:
                    return
                if descriptor == listening:
                    self._accept()
                elif (connection := self._given_to(descriptor)) is not None:
                    self._threads.begin()
                    self._serve(connection, _as_it_is if descriptor == self._back else self._take_event)
                    while (waiting := self._turns.next_in_line()) is not None:
                        self._serve(waiting, ClientConnection.require_open)
                    self._threads.end()

    def _given_to(self, descriptor: int) -> ClientConnection | None:
        """The connection of an event, or the next one that the batch thread gave back."""
        if descriptor != self._back:
            return self._crowd.get(descriptor)
        with suppress(BlockingIOError):
            os.eventfd_read(self._back)
        self._epoll.modify(self._back, READ)
        return self._given_back.popleft() if self._given_back else None

    def _serve(self, connection: ClientConnection, begin: Callable[[ClientConnection], None]) -> None:
        """One event of a connection; it waits for the next one or for its turn, or is closed."""
        try:
            try:
                begin(connection)
                is_here = self._answer_requests(connection)
            except RequestRefused as refused:
                connection.send(refusal(refused.status, self._date))
                is_here = True
            if is_here:
                self._wait(connection)
        except (OSError, ConnectionEnded):
            self.drop(connection)
        except Exception:
            log.exception("a connection is closed")
            self.drop(connection)

    @staticmethod
    def _take_event(connection: ClientConnection) -> None:
        """Raises RequestRefused, ConnectionEnded, OSError."""
        if connection.is_sending:
            connection.send_more()
        else:
            connection.receive()

    def _answer_requests(self, connection: ClientConnection) -> bool:
        """Answer what has arrived whole; False when the connection is another's now, or stands in line."""
        while not connection.is_sending and (request := connection.next_request()) is not None:
            if self.shares_commit(connection, request) and self._batch is not None:
                self._batch.admit(connection)
                return False
            turn = self._turns.take(connection)
            if turn is None:
                return False
            try:
                connection.request_done()
                made = answer(self._application, request, self._date)
                if made.stream is not None:
                    self.hand_over(connection, made)
                    return False
                connection.send(made)
            finally:
                self._turns.give_back(connection, turn)
        return True

    def shares_commit(self, connection: ClientConnection, request: Request) -> bool:
        """Whether the batch thread answers it, which is kept for kiosks and counters; who sends is noted."""
        peer = self._gate.peer(request.environ)
        if connection.is_proxy:
            connection.on_behalf = (self._gate.client(request.environ), peer)
        elif peer is not None:
            self._crowd.know(connection, peer)
        return self._batching is not None and connection.is_first and self._batching.takes(request.environ)

    def give_back(self, connection: ClientConnection) -> None:
        """Called by the batch thread, to which the connection belonged; it was not listened for meanwhile."""
        self._given_back.append(connection)
        os.eventfd_write(self._back, 1)

    def hand_over(self, connection: ClientConnection, made: Answer) -> None:
        self._crowd.remove(connection)
        self._epoll.unregister(connection.descriptor)
        assert made.stream is not None
        made.stream.take_over(connection.socket, made.data)

    def _wait(self, connection: ClientConnection) -> None:
        """Until this call another thread can't be handed the connection; after it, it may."""
        if connection.is_over and not connection.is_draining:
            connection.drain()
        self._epoll.modify(connection.descriptor, WRITE if connection.is_sending else READ)

    def drop(self, connection: ClientConnection) -> None:
        self._crowd.remove(connection)
        connection.close()

    def _accept(self) -> None:
        try:
            for _ in range(ACCEPTED_AT_ONCE):
                connected, address = self._socket.accept()
                self._admit(connected, address)
        except BlockingIOError:
            pass
        except OSError as error:
            if error.errno in SPENT:
                self._crowd.make_room()
                self._stopping.wait(SPENT_S)
        finally:
            with suppress(OSError, ValueError):  # the server is being closed
                self._epoll.modify(self._socket, READ)

    def _admit(self, connected: socket.socket, address: tuple[Any, ...]) -> None:
        connected.setblocking(False)
        connected.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        base = {**self._base, "REMOTE_ADDR": str(address[0]), "REMOTE_PORT": str(address[1])}
        connection = ClientConnection(self.wrap(connected), str(address[0]), base, self._gate, self._monotonic)
        connection.is_proxy = self._gate.is_proxy(connection.address)
        self._crowd.add(connection)
        self._epoll.register(connection.descriptor, READ)

    def _sweep(self) -> None:
        while not self._stopping.wait(SWEEP_S):
            self.end_overdue()

    def end_overdue(self) -> None:
        now = self._monotonic()
        for connection in self._crowd.all():
            if connection.deadline < now:
                connection.end()


def _as_it_is(_: ClientConnection) -> None:
    """What was read of it stands in its reader."""


def _listen(host: str, port: int) -> socket.socket:
    """Raises OSError."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    made = socket.create_server((host.strip("[]"), port), family=family, backlog=BACKLOG)
    made.setblocking(False)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER)  # accepted connections have the same
    made.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, UNACKNOWLEDGED_MS)
    return made


def _environment(host: str, port: int, scheme: str) -> dict[str, Any]:
    """What every request's environment holds."""
    return {
        "SCRIPT_NAME": "",
        "SERVER_NAME": host,
        "SERVER_PORT": str(port),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scheme,
        "wsgi.errors": _Errors(),
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
        "wsgi.input_terminated": True,
        "wsgi.file_wrapper": FileBody,
    }


class _Errors:
    """`wsgi.errors` goes to the log."""

    def write(self, text: str) -> None:
        if text.strip():
            log.error("%s", text.rstrip())

    def writelines(self, texts: list[str]) -> None:
        self.write("".join(texts))

    def flush(self) -> None:
        pass
