"""Ports of the simulated printer: a TCP port for one connection, a pseudo terminal, a control port."""

from __future__ import annotations

import contextlib
import json
import os
import select
import socket
import socketserver
import struct
import threading
import tty
from pathlib import Path
from typing import Any, Protocol

from ticket_printer.simulator.parts import Cable

TICK_S = 0.02
CHUNK = 512
FRESH_BYTES = 64
BROKEN = select.POLLERR | select.POLLHUP | select.POLLNVAL
RESET_ON_CLOSE = struct.pack("ii", 1, 0)


class PortDevice(Protocol):
    """The printer behind a port."""

    cable: Cable
    baud: int | None

    def connected(self, send: Any) -> None: ...
    def wait_for_room(self, fresh: bool, timeout_s: float) -> int: ...
    def receive(self, data: bytes) -> None: ...
    def obey(self, order: dict[str, object]) -> dict[str, object]: ...


class Wire:
    """Brings bytes of one descriptor to the device at its baud rate until it is closed or the cable is out."""

    def __init__(self, device: PortDevice, number: int, stopped: threading.Event) -> None:
        self._device, self._number, self._stopped = device, number, stopped

    def serve(self) -> None:
        self._device.connected(self._send)
        brought, turns = 0, self._device.cable.turns
        poll = select.poll()
        poll.register(self._number, 0)
        while not self._stopped.is_set() and self._device.cable.turns == turns:
            room = self._device.wait_for_room(brought < FRESH_BYTES, TICK_S)
            if any(event & BROKEN for _, event in poll.poll(0)) and room == 0:
                break
            data = self._next(room) if room else None
            if data == b"":
                break
            if data:
                brought += len(data)
                self._device.receive(data)
        self._device.connected(lambda data: None)

    def _next(self, room: int) -> bytes | None:
        readable, _, _ = select.select([self._number], [], [], TICK_S)
        if not readable:
            return None
        baud = self._device.baud
        with contextlib.suppress(OSError):
            data = os.read(self._number, min(room, CHUNK if baud is None else max(1, baud // 1000)))
            if baud:
                self._stopped.wait(len(data) * 10 / baud)
            return data
        return b""

    def _send(self, data: bytes) -> None:
        with contextlib.suppress(OSError):
            os.write(self._number, data)


class TcpPort:
    def __init__(self, device: PortDevice, listen: tuple[str, int]) -> None:
        self._device = device
        self._stopped = threading.Event()
        self._socket = socket.create_server(listen)
        self._socket.settimeout(TICK_S * 5)
        self.address: tuple[str, int] = self._socket.getsockname()[:2]
        self._thread = threading.Thread(target=self._run, name="printer-tcp", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stopped.set()
        if self._thread.is_alive():
            self._thread.join(5)
        self._socket.close()

    def _run(self) -> None:
        while not self._stopped.is_set():
            try:
                connection, _ = self._socket.accept()
            except TimeoutError:
                continue
            with connection:
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
                connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                turns = self._device.cable.turns
                if not self._device.cable.out:
                    Wire(self._device, connection.fileno(), self._stopped).serve()
                if self._device.cable.out or self._device.cable.turns != turns:
                    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET_ON_CLOSE)


class PtyPort:
    """`path` becomes a link to the terminal's name. With the cable out the terminal is gone; it comes back as another.

    `path` may be changed meanwhile: an adapter plugged in again often has another name.
    """

    def __init__(self, device: PortDevice, path: Path) -> None:
        self.path = path
        self._device = device
        self._stopped = threading.Event()
        self._ends: tuple[int, int] | None = None
        self._open()
        self._thread = threading.Thread(target=self._run, name="printer-pty", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stopped.set()
        if self._thread.is_alive():
            self._thread.join(5)
        if self._ends:
            self._close()

    def _run(self) -> None:
        while not self._stopped.is_set():
            if self._device.cable.out:
                if self._ends:
                    self._close()
                self._stopped.wait(TICK_S)
                continue
            master, _ = self._ends or self._open()
            Wire(self._device, master, self._stopped).serve()

    def _open(self) -> tuple[int, int]:
        self._ends = _, slave = os.openpty()
        tty.setraw(slave)
        self._link = self.path
        self._link.unlink(missing_ok=True)
        self._link.symlink_to(os.ttyname(slave))
        return self._ends

    def _close(self) -> None:
        self._link.unlink(missing_ok=True)
        for end in self._ends or ():
            os.close(end)
        self._ends = None


class ControlPort:
    """JSON lines over TCP: {"paper": "out"}, {"silent": true} …; each answered by the state.

    docs/reference/adding-a-printer.md lists the words.
    """

    def __init__(self, device: PortDevice, listen: tuple[str, int]) -> None:
        class ControlHandler(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                for line in self.rfile:
                    self.wfile.write(_answer(device, line))

        class ControlServer(socketserver.ThreadingTCPServer):
            allow_reuse_address = True
            daemon_threads = True
            block_on_close = False

        self._server = ControlServer(listen, ControlHandler)
        host, port = self._server.socket.getsockname()[:2]
        self.address = (str(host), int(port))
        serve = self._server.serve_forever
        self._thread = threading.Thread(target=serve, args=(0.1,), name="printer-control", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        if self._thread.is_alive():
            self._server.shutdown()
        self._server.server_close()


def _answer(device: PortDevice, line: bytes) -> bytes:
    try:
        order = json.loads(line)
        if not isinstance(order, dict):
            raise ValueError("an order is a JSON object")
        answer = device.obey(order)
    except ValueError as error:
        answer = {"error": str(error)}
    return json.dumps(answer).encode() + b"\n"
