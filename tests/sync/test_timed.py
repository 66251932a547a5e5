"""Whatever drips, everything ends at one deadline."""

from __future__ import annotations

from typing import Any, cast

import pytest

from sync.timed import Deadline, Timed


class Slow:
    """A socket that takes one byte in a second, each time well within what it is granted."""

    def __init__(self) -> None:
        self.now = self.granted = 0.0

    def settimeout(self, seconds: float) -> None:
        self.granted = seconds

    def send(self, data: memoryview) -> int:
        self.now += 1.0
        return 1

    def sendall(self, data: bytes) -> None:
        """As over TLS: each record has the whole time anew."""
        for _ in data:
            self.send(memoryview(data))


def test_a_deadline_holds_over_all_pieces_of_what_is_sent() -> None:
    slow = Slow()
    timed = Timed(cast(Any, slow), Deadline(5.5, lambda: slow.now))
    with pytest.raises(TimeoutError):
        timed.sendall(bytes(100))
    assert slow.now == 6.0 and slow.granted == pytest.approx(0.5)
