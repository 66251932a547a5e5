"""However slowly the bytes arrive or leave, an exchange ends at its one deadline; and it reads only so many bytes."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from typing import Any

import pytest

from sync.http.deadline_socket import Deadline, DeadlineIo, DeadlineSocket, ResponseTooLong


class Slow:
    """Takes or gives one byte in a second, each time well within what it is granted."""

    def __init__(self) -> None:
        self.now = self.granted = 0.0

    def settimeout(self, seconds: float) -> None:
        self.granted = seconds

    def send(self, data: memoryview) -> int:
        self.now += 1.0
        return 1

    def sendall(self, data: bytes, flags: int = 0) -> None:
        """As over TLS: each record has the whole timeout anew."""
        for _ in data:
            self.send(memoryview(data))

    def recv_into(self, buffer: Any, nbytes: int = 0, flags: int = 0) -> int:
        self.now += 1.0
        return 1


class SlowSocket(DeadlineIo, Slow):  # type: ignore[misc]
    pass


def slow_socket(seconds: float) -> Any:
    slow: Any = SlowSocket()
    slow.deadline = Deadline(seconds, lambda: slow.now)
    return slow


def test_a_deadline_holds_over_all_pieces_of_what_is_sent() -> None:
    slow = slow_socket(5.5)
    with pytest.raises(TimeoutError):
        slow.sendall(bytes(100))
    assert slow.now == 6.0 and slow.granted == pytest.approx(0.5)


def test_a_deadline_holds_over_all_pieces_of_what_is_read() -> None:
    slow = slow_socket(3.5)
    with pytest.raises(TimeoutError):
        for _ in range(100):
            slow.recv_into(bytearray(10))
    assert slow.now == 4.0 and slow.granted == pytest.approx(0.5)


def test_not_a_byte_more_than_allowed_is_read() -> None:
    slow = slow_socket(60)
    slow.bytes_left = 3
    for _ in range(3):
        assert slow.recv_into(bytearray(10)) == 1
    with pytest.raises(ResponseTooLong):
        slow.recv_into(bytearray(10))


def test_a_deadline_counts_down_and_then_raises() -> None:
    now = [100.0]
    deadline = Deadline(2.0, lambda: now[0])
    assert deadline.remaining() == 2.0 and not deadline.has_passed()
    now[0] = 101.5
    assert deadline.remaining() == 0.5 and not deadline.has_passed()
    now[0] = 102.0
    assert deadline.has_passed()
    with pytest.raises(TimeoutError):
        deadline.remaining()


@pytest.fixture
def pair() -> Iterator[tuple[DeadlineSocket, socket.socket]]:
    """A socket with a deadline of 0.2 s, and the other end of it."""
    listener = socket.create_server(("127.0.0.1", 0))
    ours = DeadlineSocket(socket.AF_INET, Deadline(0.2))
    ours.connect(listener.getsockname())
    theirs, _ = listener.accept()
    yield ours, theirs
    for one in (ours, theirs, listener):
        one.close()


def test_a_real_socket_gives_up_on_a_silent_peer(pair: tuple[DeadlineSocket, socket.socket]) -> None:
    ours, _ = pair
    began = time.monotonic()
    with pytest.raises(TimeoutError):
        ours.makefile("rb").read(1)
    assert 0.1 < time.monotonic() - began < 2


def test_a_real_socket_gives_up_on_a_peer_that_reads_nothing(pair: tuple[DeadlineSocket, socket.socket]) -> None:
    ours, _ = pair
    began = time.monotonic()
    with pytest.raises(TimeoutError):
        ours.sendall(bytes(50_000_000))
    assert 0.1 < time.monotonic() - began < 5


def test_what_is_sent_arrives_whole(pair: tuple[DeadlineSocket, socket.socket]) -> None:
    ours, theirs = pair
    ours.sendall(b"head" + b"body")
    theirs.sendall(b"answer\n")
    assert theirs.recv(100) == b"headbody" and ours.makefile("rb").readline() == b"answer\n"
