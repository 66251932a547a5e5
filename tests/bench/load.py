"""A bounded load on one address of this machine: keep-alive connections, one thread a client."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

Request = Callable[[int, int], tuple[str, str, Mapping[str, object]]]


@dataclass
class Outcome:
    """What one run measured; latencies in seconds, sorted. `answers` keeps (status, body) when asked for."""

    seconds: float
    latencies: list[float]
    statuses: dict[int, int] = field(default_factory=dict)
    answers: list[tuple[int, bytes]] = field(default_factory=list)

    @property
    def rate(self) -> float:
        return len(self.latencies) / self.seconds

    def percentile(self, share: float) -> float:
        return self.latencies[min(len(self.latencies) - 1, int(share * len(self.latencies)))]


class Connection:
    """One keep-alive HTTP/1.1 connection, as cheap as Python can."""

    def __init__(self, port: int, token: str, patience_s: float = 30) -> None:
        self._port, self._patience_s = port, patience_s
        self._socket = self._connect()
        self._head = f"Host: 127.0.0.1:{port}\r\nAuthorization: Bearer {token}\r\nContent-Type: application/json\r\n"

    def call(self, method: str, path: str, body: Mapping[str, object]) -> tuple[int, bytes]:
        data = json.dumps(body).encode()
        head = f"{method} {path} HTTP/1.1\r\n{self._head}Content-Length: {len(data)}\r\n\r\n"
        self._socket.sendall(head.encode() + data)
        return self._answer()

    def _connect(self) -> socket.socket:
        made = socket.create_connection(("127.0.0.1", self._port), self._patience_s)
        made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return made

    def close(self) -> None:
        self._socket.close()

    def _answer(self) -> tuple[int, bytes]:
        received = b""
        while (end := received.find(b"\r\n\r\n")) < 0:
            received += self._more()
        head = received[:end].lower()
        status = int(head[9:12])
        start = head.find(b"content-length:")
        length = int(head[start + 15 :].split(b"\r\n", 1)[0]) if start >= 0 else 0
        while len(received) < end + 4 + length:
            received += self._more()
        if b"connection: close" in head:
            self._socket.close()
            self._socket = self._connect()
        return status, received[end + 4 : end + 4 + length]

    def _more(self) -> bytes:
        chunk = self._socket.recv(65536)
        if not chunk:
            raise ConnectionError("the service closed the connection")
        return chunk


def run(port: int, token: str, clients: int, each: int, request: Request, keep: bool = False) -> Outcome:
    """`clients` threads make `each` requests; `request(client, n)` gives method, path and body."""
    latencies: list[list[float]] = [[] for _ in range(clients)]
    answers: list[tuple[int, bytes]] = []
    statuses: dict[int, int] = {}
    connections = [Connection(port, token) for _ in range(clients)]
    start = threading.Barrier(clients + 1)

    def work(client: int) -> None:
        start.wait()
        for n in range(each):
            began = time.perf_counter()
            status, body = connections[client].call(*request(client, n))
            latencies[client].append(time.perf_counter() - began)
            statuses[status] = statuses.get(status, 0) + 1
            if keep:
                answers.append((status, body))

    threads = [threading.Thread(target=work, args=(client,)) for client in range(clients)]
    for thread in threads:
        thread.start()
    start.wait()
    began = time.perf_counter()
    for thread in threads:
        thread.join()
    seconds = time.perf_counter() - began
    for connection in connections:
        connection.close()
    return Outcome(seconds, sorted(value for some in latencies for value in some), statuses, answers)
