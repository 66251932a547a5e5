"""A printer's network port, 9100 by custom."""

from __future__ import annotations

import contextlib
import socket
import struct

from ticket_printer.transport.base import Descriptor

CONNECT_S = 2.0
PORT = 9100
DEAD_S = 10  # bytes that nobody confirms for so long end the connection
KEEPALIVE = {"TCP_KEEPIDLE": 5, "TCP_KEEPINTVL": 2, "TCP_KEEPCNT": 3}  # seconds, seconds, probes
SEND_BUFFER = 4096  # what the kernel holds cannot be taken back: keep it small
RESET_ON_CLOSE = struct.pack("ii", 1, 0)


class TcpTransport(Descriptor):
    def __init__(self, host: str, port: int) -> None:
        self._socket = socket.create_connection((host, port), CONNECT_S)
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._end_when_dead()
        self._socket.setblocking(False)
        super().__init__(self._socket.fileno())

    def _end_when_dead(self) -> None:
        """The kernel itself finds out that the other machine is gone, also while nothing is asked (RFC 5482)."""
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        options = {**KEEPALIVE, "TCP_USER_TIMEOUT": DEAD_S * 1000}
        for name, value in options.items():
            if hasattr(socket, name):  # Linux has all of them
                self._socket.setsockopt(socket.IPPROTO_TCP, getattr(socket, name), value)

    def abort(self) -> None:
        """Close so that bytes still on their way are dropped."""
        with contextlib.suppress(OSError):
            self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET_ON_CLOSE)
        self._socket.close()

    def close(self) -> None:
        self._socket.close()
