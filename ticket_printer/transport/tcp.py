"""A printer's network port, 9100 by custom."""

from __future__ import annotations

import contextlib
import socket
import struct

from ticket_printer.transport.base import Descriptor

CONNECT_S = 2.0
PORT = 9100
SEND_BUFFER = 4096  # what the kernel holds cannot be taken back: keep it small
RESET_ON_CLOSE = struct.pack("ii", 1, 0)


class TcpTransport(Descriptor):
    def __init__(self, host: str, port: int) -> None:
        self._socket = socket.create_connection((host, port), CONNECT_S)
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._socket.setblocking(False)
        super().__init__(self._socket.fileno())

    def abort(self) -> None:
        """Close so that bytes still on their way are dropped."""
        with contextlib.suppress(OSError):
            self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET_ON_CLOSE)
        self._socket.close()

    def close(self) -> None:
        self._socket.close()
