"""Asks the service for its health as a client does, so that the watchdog is not told by threads that serve nobody."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable

EVERY_S = 5.0
ANSWER_S = 10.0
REQUEST = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
ANY_ADDRESS = {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}  # nosec B104 # asked at loopback


class DoorWatch(threading.Thread):
    """`progress_at` (monotonic seconds) is when `GET /healthz` was last answered with 200."""

    def __init__(self, host: str, port: int, monotonic: Callable[[], float]) -> None:
        super().__init__(name="door-watch", daemon=True)
        plain = host.strip("[]")
        self._host = ANY_ADDRESS.get(plain, plain)
        self._port = port
        self._monotonic = monotonic
        self._stopped = threading.Event()
        self.progress_at = monotonic()

    def run(self) -> None:
        while not self._stopped.wait(EVERY_S):
            if self.is_open():
                self.progress_at = self._monotonic()

    def is_open(self) -> bool:
        """Whether somebody who comes now is answered."""
        try:
            with socket.create_connection((self._host, self._port), ANSWER_S) as connection:
                connection.sendall(REQUEST)
                return connection.recv(64).startswith(b"HTTP/1.1 200 ")
        except OSError:
            return False

    def stop(self) -> None:
        self._stopped.set()
