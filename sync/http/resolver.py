"""Resolves host names in a thread of its own, because the system's resolver cannot be interrupted."""

from __future__ import annotations

import ipaddress
import socket
import threading
from collections.abc import Callable, Sequence
from typing import Any

LOOKUP_S = 5.0
Address = tuple[Any, ...]  # as socket.connect takes it
Lookup = Callable[[str, int], Sequence[tuple[int, Address]]]


def system_lookup(host: str, port: int) -> list[tuple[int, Address]]:
    """(address family, address), in the system's order of preference. Raises OSError."""
    rows = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [(int(family), address) for family, _, _, _, address in rows]


class Resolver:
    """At most one lookup per host is under way, however long the resolver hangs."""

    def __init__(self, lookup: Lookup = system_lookup, wait_s: float = LOOKUP_S) -> None:
        self._lookup, self._wait_s = lookup, wait_s
        self._lookups: dict[tuple[str, int], _LookupThread] = {}

    def addresses(self, host: str, port: int) -> Sequence[tuple[int, Address]]:
        """Raises OSError when the name is unknown, TimeoutError when nobody says so in time."""
        if _is_address(host):
            return self._lookup(host, port)
        thread = self._lookups.get((host, port))
        if thread is None:
            thread = self._lookups[host, port] = _LookupThread(self._lookup, host, port)
            thread.start()
        thread.join(self._wait_s)
        if thread.is_alive():
            raise TimeoutError(f"the name {host} was not resolved in time")
        del self._lookups[host, port]
        if thread.error is not None:
            raise thread.error
        return thread.answer


class _LookupThread(threading.Thread):
    def __init__(self, lookup: Lookup, host: str, port: int) -> None:
        super().__init__(name=f"lookup {host}", daemon=True)
        self._lookup, self._host, self._port = lookup, host, port
        self.answer: Sequence[tuple[int, Address]] = ()
        self.error: OSError | None = None

    def run(self) -> None:
        try:
            self.answer = self._lookup(self._host, self._port)
        except (OSError, UnicodeError) as error:  # a label that is too long cannot be encoded
            self.error = error if isinstance(error, OSError) else OSError(str(error))


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
