"""A province behind TLS: certificates of an authority of the test, and a server that counts what it was told."""

from __future__ import annotations

import json
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import trustme

Reply = tuple[int, dict[str, Any] | bytes]
EMPTY = {"epoch": None, "accepted_through": 0, "hash": "0" * 64, "refused": []}


class Server:
    """Answers each request by `answer(method, path, headers, body)`; `told` keeps every request that got through."""

    def __init__(
        self,
        context: ssl.SSLContext | None = None,
        answer: Callable[[str, str, Any, bytes], Reply] = lambda *_: (200, EMPTY),
    ) -> None:
        self.told: list[tuple[str, str, dict[str, str], bytes]] = []
        self.answer = answer
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._http.handle_error = lambda *_: None  # type: ignore[method-assign]
        if context is not None:
            self._http.socket = context.wrap_socket(self._http.socket, server_side=True, do_handshake_on_connect=False)
        self.port = self._http.server_port
        threading.Thread(target=self._http.serve_forever, args=(0.02,), daemon=True).start()

    def close(self) -> None:
        self._http.shutdown()
        self._http.server_close()


def _handler(server: Server) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def do_GET(self) -> None:
            self._take(b"")

        def do_POST(self) -> None:
            self._take(self.rfile.read(int(self.headers["Content-Length"])))

        def _take(self, body: bytes) -> None:
            server.told.append((self.command, self.path, dict(self.headers), body))
            status, answer = server.answer(self.command, self.path, self.headers, body)
            text = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)

        def log_message(self, *_: Any) -> None:
            pass

    return Handler


def server_context(leaf: trustme.LeafCert) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    leaf.configure_cert(context)
    return context


def ca_file(authority: trustme.CA, folder: Path) -> str:
    path = folder / "ca.pem"
    authority.cert_pem.write_to_path(str(path))
    return str(path)


@contextmanager
def tunnel(target: int, asked: list[bytes], answer: bytes = b"HTTP/1.1 200 OK\r\n\r\n") -> Iterator[int]:
    """A proxy for CONNECT that always leads to `target`; `asked` keeps the head of each connection."""
    listener = socket.create_server(("127.0.0.1", 0))

    def copy(source: socket.socket, sink: socket.socket) -> None:
        with suppress(OSError):
            while piece := source.recv(65536):
                sink.sendall(piece)
            sink.shutdown(socket.SHUT_WR)

    def serve(client: socket.socket) -> None:
        asked.append(client.recv(65536))
        client.sendall(answer)
        with client, socket.create_connection(("127.0.0.1", target)) as server:
            back = threading.Thread(target=copy, args=(server, client), daemon=True)
            back.start()
            copy(client, server)
            back.join()

    def accept() -> None:
        with suppress(OSError):
            while True:
                threading.Thread(target=serve, args=(listener.accept()[0],), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    yield listener.getsockname()[1]
    with suppress(OSError):
        listener.shutdown(socket.SHUT_RDWR)
    listener.close()
