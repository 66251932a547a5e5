"""The TLS listener of the simulated one-stop system: it ends TLS and relays the bytes to the plain one."""

from __future__ import annotations

import select
import socket
import ssl
import struct
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress

HANDSHAKE_S, IDLE_S = 10.0, 300.0
PIECE = 64 * 1024


class TlsFront:
    """Listens at `host:port`; each connection is shown the context that `choose` names at that moment."""

    def __init__(
        self,
        host: str,
        port: int,
        behind: tuple[str, int],
        contexts: Mapping[str, ssl.SSLContext],
        choose: Callable[[], str],
    ) -> None:
        self._behind, self._contexts, self._choose = behind, contexts, choose
        self._listener = socket.create_server((host, port))
        self.port = int(self._listener.getsockname()[1])
        self._open: set[socket.socket] = set()
        threading.Thread(target=self._accept, name="onestop-tls", daemon=True).start()

    def close(self) -> None:
        """Accepts no further connections and ends those that are open."""
        for one in [self._listener, *list(self._open)]:
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(client,), name="onestop-tls", daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        self._open.add(client)
        client.settimeout(HANDSHAKE_S)
        try:
            with suppress(OSError), self._contexts[self._choose()].wrap_socket(client, server_side=True) as safe:
                self._open.add(safe)
                with socket.create_connection(self._behind) as plain:
                    _relay(safe, plain)
                self._open.discard(safe)
        finally:
            self._open.discard(client)
            client.close()


def _relay(safe: ssl.SSLSocket, plain: socket.socket) -> None:
    """Copies both ways on one thread (an SSL object allows no two) until either side ends; passes a reset on."""
    safe.settimeout(IDLE_S)
    safe.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    while True:
        ready = [safe] if safe.pending() else select.select([safe, plain], [], [], IDLE_S)[0]
        for source, sink in ((safe, plain), (plain, safe)):
            if source not in ready:
                continue
            try:
                piece = source.recv(PIECE)
            except ConnectionResetError:
                sink.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                return
            if not piece:
                return
            sink.sendall(piece)
        if not ready:
            return
