"""Whose request is answered now: nobody holds so many threads that others, above all the first, have to wait.

See docs/decisions/0050-budgets-at-the-door.md.
"""

from __future__ import annotations

import threading
from collections import Counter, deque
from collections.abc import Callable

from contract.records import dataclass
from kiosk.web.wsgi.connection import ClientConnection

Key = tuple[str, str]


def _key(connection: ClientConnection) -> Key:
    address, peer = connection.on_behalf or (connection.address, connection.peer)
    return ("address", address) if peer is None else ("holder", peer.holder)


@dataclass(frozen=True, slots=True)
class Turn:
    """What a running request is counted by; None: the reserve."""

    key: Key | None


class Turns:
    """Counts running requests. Who may not run yet stands in line; whoever ends asks for the next one.

    `progress_at` is now while a thread is free, else when the last answer was ready.
    """

    def __init__(self, threads: int, monotonic: Callable[[], float]) -> None:
        self._threads = threads
        self._most_of_others = max(1, threads - threads // 5)
        self._most_of_one = max(2, threads // 5)
        self._monotonic = monotonic
        self._running: Counter[Key] = Counter()
        self._others = 0
        self._busy = 0
        self._lines: dict[Key, deque[ClientConnection]] = {}
        self._changed = threading.Condition()
        self._ended_at = monotonic()

    @property
    def progress_at(self) -> float:
        return self._ended_at if self._busy >= self._threads else self._monotonic()

    def take(self, connection: ClientConnection) -> Turn | None:
        """A turn to be given back; None: it stands in line and belongs to whoever calls `next_in_line`."""
        key = None if connection.is_first else _key(connection)
        with self._changed:
            if key is not None and not self._may_run(key):
                self._lines.setdefault(key, deque()).append(connection)
                return None
            self._busy += 1
            if key is not None:
                self._others += 1
                self._running[key] += 1
            connection.is_running = True
            return Turn(key)

    def give_back(self, connection: ClientConnection, turn: Turn) -> None:
        with self._changed:
            self._busy -= 1
            connection.is_running = False
            if turn.key is not None:
                self._others -= 1
                self._running[turn.key] -= 1
                if not self._running[turn.key]:
                    del self._running[turn.key]
            self._ended_at = self._monotonic()
            self._changed.notify_all()

    def next_in_line(self) -> ClientConnection | None:
        """Somebody of those who may run now, or who was ended meanwhile; addresses and devices by turns."""
        if not self._lines:
            return None
        with self._changed:
            for key, line in self._lines.items():
                if line[0].is_ended or self._may_run(key):
                    connection = line.popleft()
                    del self._lines[key]
                    if line:
                        self._lines[key] = line  # behind the others
                    return connection
        return None

    def wait_until_idle(self, seconds: float) -> bool:
        with self._changed:
            return self._changed.wait_for(lambda: self._busy == 0, seconds)

    def _may_run(self, key: Key) -> bool:
        return self._others < self._most_of_others and self._running[key] < self._most_of_one
