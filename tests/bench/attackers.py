"""Attackers of one address of this machine, from other loopback addresses; each goes on until its process is ended."""

from __future__ import annotations

import itertools
import json
import multiprocessing
import os
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

THREADS = 4
SLOW, STREAMS = 200, 500
HEAD = "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
Attack = Callable[[int, dict[str, str]], None]


def _line(port: int, n: int) -> socket.socket:
    return socket.create_connection(("127.0.0.1", port), 10, (f"127.0.{n % 8 + 1}.66", 0))


def _ask(line: socket.socket, method: str, path: str, body: object = None, token: str = "") -> None:
    """One request on a line that is kept; its answer is thrown away. Raises OSError."""
    data = json.dumps(body).encode() if body is not None else b""
    credential = f"Authorization: Bearer {token}\r\n" if token else ""
    head = HEAD.format(method=method, path=path) + credential
    line.sendall(f"{head}Content-Length: {len(data)}\r\n\r\n".encode() + data)
    if not line.recv(65536):
        raise OSError("closed")


def _again_and_again(port: int, ask: Callable[[socket.socket, int], None]) -> None:
    """In several threads, each on a line that is opened again when it was closed."""
    numbers = itertools.count()

    def work(n: int) -> None:
        while True:
            with suppress(OSError), _line(port, n) as line:
                while True:
                    ask(line, next(numbers))

    for n in range(THREADS):
        threading.Thread(target=work, args=(n,), daemon=True).start()
    threading.Event().wait()


def slow_sockets(port: int, tokens: dict[str, str]) -> None:
    """200 of one address that never end their request, opened again when they are cut."""
    begun = [b"", b"GET / HTTP/1.1\r\nHost: 1", b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n{"]
    lines: list[socket.socket] = []
    for n in itertools.count():
        with suppress(OSError):
            line = _line(port, 0)
            line.sendall(begun[n % 3])
            lines.append(line)
        if len(lines) > SLOW:
            lines.pop(0).close()
            time.sleep(0.005)


def idle_streams(port: int, tokens: dict[str, str]) -> None:
    """500 of one tablet."""
    lines = []
    for n in range(STREAMS):
        with suppress(OSError):
            line = _line(port, n)
            _ask(line, "GET", "/api/v1/stream", None, tokens["tablet"])
            lines.append(line)
    threading.Event().wait()


def made_up_names(port: int, tokens: dict[str, str]) -> None:
    path, password = "/api/v1/admin/session", "guessed password"
    _again_and_again(port, lambda line, n: _ask(line, "POST", path, {"name": f"admin {n}", "password": password}))


def pins(port: int, tokens: dict[str, str]) -> None:
    path, token = "/api/v1/session", tokens["quay"]
    _again_and_again(port, lambda line, n: _ask(line, "POST", path, {"clerk": "Lan", "pin": f"{n % 10000:04}"}, token))


def guessed_tokens(port: int, tokens: dict[str, str]) -> None:
    _again_and_again(port, lambda line, n: _ask(line, "GET", "/api/v1/board", None, f"guess {n}"))


def pairings(port: int, tokens: dict[str, str]) -> None:
    path = "/api/v1/devices/pair"
    _again_and_again(port, lambda line, n: _ask(line, "POST", path, {"role": "tablet", "name": f"t-{n}"}))


def questions(port: int, tokens: dict[str, str]) -> None:
    """What anybody may ask, as fast as it is answered."""
    _again_and_again(port, lambda line, n: _ask(line, "GET", "/readyz"))


def huge_bodies(port: int, tokens: dict[str, str]) -> None:
    """1 GB each, as far as they are taken."""
    head = HEAD.format(method="PUT", path="/api/v1/dossiers").encode()
    piece = b"10000\r\n" + b"a" * 0x10000 + b"\r\n"

    def send(line: socket.socket, n: int) -> None:
        line.sendall(head + b"Transfer-Encoding: chunked\r\n\r\n")
        for _ in range(16 * 1024):
            line.sendall(piece)

    _again_and_again(port, send)


ATTACKS: dict[str, Attack] = {
    "200 slow sockets": slow_sockets,
    "500 streams of a tablet": idle_streams,
    "made-up administrators": made_up_names,
    "guessed PINs": pins,
    "guessed tokens": guessed_tokens,
    "pairing requests": pairings,
    "a flood of questions": questions,
    "bodies of 1 GB": huge_bodies,
}


@contextmanager
def attacking(attack: Attack, port: int, tokens: dict[str, str]) -> Iterator[None]:
    """In a process of its own, which is ended."""
    process = multiprocessing.get_context("fork").Process(target=_run, args=(attack, port, tokens), daemon=True)
    process.start()
    try:
        yield
    finally:
        process.kill()
        process.join(10)


def _run(attack: Attack, port: int, tokens: dict[str, str]) -> None:
    os.nice(5)
    attack(port, tokens)
