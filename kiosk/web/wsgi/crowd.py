"""The open connections, and who of them makes room when an address, a device or all of them have too many."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable

from kiosk.web.wsgi.connection import ClientConnection
from kiosk.web.wsgi.gate import Peer

MOST_CONNECTIONS = 1024
MOST_OF_ADDRESS = 64  # that have shown no credential yet
MOST_OF_HOLDER = 64


class Crowd:
    """Keyed by descriptor. Nobody is refused: whoever waits longest among the many makes room for the newcomer."""

    def __init__(self, most: int, most_of_address: int = MOST_OF_ADDRESS, most_of_holder: int = MOST_OF_HOLDER) -> None:
        self._most = most
        self._most_of_address = most_of_address
        self._most_of_holder = most_of_holder
        self._all: dict[int, ClientConnection] = {}
        self._addresses: Counter[str] = Counter()
        self._holders: Counter[str] = Counter()
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._all)

    def all(self) -> list[ClientConnection]:
        return list(self._all.values())

    def get(self, descriptor: int) -> ClientConnection | None:
        return self._all.get(descriptor)

    def add(self, connection: ClientConnection) -> None:
        address = connection.address
        with self._lock:
            self._add(connection, address)

    def _add(self, connection: ClientConnection, address: str) -> None:
        if self._addresses[address] >= self._most_of_address and not connection.is_proxy:
            self._end_one(lambda one: one.peer is None and one.address == address)
        if len(self._all) >= self._most:
            self.make_room()
        self._addresses[address] += 1
        self._all[connection.descriptor] = connection

    def remove(self, connection: ClientConnection) -> None:
        with self._lock:
            if self._all.get(connection.descriptor) is connection:
                del self._all[connection.descriptor]
                self._uncount(connection)

    def know(self, connection: ClientConnection, peer: Peer) -> None:
        """The connection has shown a credential: it counts for its holder from now on."""
        if peer == connection.peer:
            return
        with self._lock:
            self._uncount(connection)
            connection.peer = peer
            if self._holders[peer.holder] >= self._most_of_holder:
                self._end_one(lambda one: one is not connection and one.is_of(peer.holder))
            self._holders[peer.holder] += 1

    def make_room(self) -> None:
        """Strangers go before devices; kiosks, counters and answers that are being made or sent never go."""
        if not self._end_one(lambda one: one.peer is None and not one.is_proxy):
            self._end_one(lambda one: not one.is_first)

    def _end_one(self, is_meant: Callable[[ClientConnection], bool]) -> bool:
        """End the one that has been given the most time already; who still takes an answer comes last."""
        resting = [one for one in self.all() if one.may_be_ended and is_meant(one)]
        longest = min(resting, key=lambda one: (one.is_sending, one.deadline), default=None)
        if longest is None:
            return False
        longest.end()
        return True

    def _uncount(self, connection: ClientConnection) -> None:
        counts, key = (
            (self._addresses, connection.address)
            if connection.peer is None
            else (self._holders, connection.peer.holder)
        )
        counts[key] -= 1
        if counts[key] <= 0:
            del counts[key]
