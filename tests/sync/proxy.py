"""A TCP proxy that breaks what passes through it: cuts an answer at byte k, or holds it back."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress


class Proxy:
    """`cut_reply_at`: new connections end after so many bytes of answer. `delay_s`: pause before each piece."""

    def __init__(self, port: int) -> None:
        self.cut_reply_at: int | None = None
        self.cut_request_at: int | None = None
        self.delay_s = 0.0
        self._target = port
        self._closing = threading.Event()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listener.getsockname()[1])
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        self._closing.set()
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def _accept(self) -> None:
        while not self._closing.is_set():
            try:
                client, _ = self._listener.accept()
                server = socket.create_connection(("127.0.0.1", self._target), timeout=20)
            except OSError:
                continue
            for source, sink, limit in ((client, server, self.cut_request_at), (server, client, self.cut_reply_at)):
                threading.Thread(target=self._pump, args=(source, sink, limit), daemon=True).start()

    def _pump(self, source: socket.socket, sink: socket.socket, limit: int | None) -> None:
        passed = 0
        try:
            while piece := source.recv(65536):
                self._closing.wait(self.delay_s)
                room = len(piece) if limit is None else limit - passed
                sink.sendall(piece[:room])
                passed += min(room, len(piece))
                if room < len(piece):
                    break
        except OSError:
            pass
        for end in (source, sink):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
