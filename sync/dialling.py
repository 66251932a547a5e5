"""From an address to a connected socket: name, connection, proxy, TLS, all before one deadline."""

from __future__ import annotations

import base64
import re
import socket
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from sync.connector import SyncError
from sync.names import Names
from sync.timed import Deadline, Timed
from sync.trust import Trust

NO_NAME = "the name {host} cannot be resolved; check the address and the network's name service"
SILENT = "the server does not answer"
PROXY_REFUSED = "the proxy does not connect us (status {status})"
MOST_HEAD = 16 * 1024
PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a URL leads: "https", "example.vn", 443."""

    scheme: str
    host: str
    port: int

    @classmethod
    def of(cls, url: str) -> Place:
        parts = urlsplit(url)
        return cls(parts.scheme, parts.hostname or "", parts.port or PORTS[parts.scheme])

    @property
    def named(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"


class Dialler:
    """Plain HTTP goes straight to this machine; HTTPS through `proxy` when there is one (`http://user:key@host:port`)."""

    def __init__(self, trust: Trust, proxy: str = "", names: Names | None = None) -> None:
        self._trust, self._proxy, self._names = trust, proxy, names or Names()

    def dial(self, place: Place, connect_s: float, deadline: Deadline) -> Timed:
        """Raises SyncError, ssl.SSLError, OSError."""
        if place.scheme == "http":
            return Timed(self._connected(place, connect_s, deadline), deadline)
        context = self._trust.context()
        plain = self._connected(Place.of(self._proxy) if self._proxy else place, connect_s, deadline)
        try:
            if self._proxy:
                _tunnel(plain, self._proxy, place, deadline)
            plain.settimeout(deadline.left())
            return Timed(context.wrap_socket(plain, server_hostname=place.host), deadline)
        except BaseException:
            plain.close()
            raise

    def _connected(self, place: Place, connect_s: float, deadline: Deadline) -> socket.socket:
        try:
            addresses = self._names.addresses(place.host, place.port)
        except OSError as error:
            raise SyncError(NO_NAME, retryable=True, facts={"host": place.host}) from error
        cause: OSError | None = None
        for family, address in addresses:
            made = socket.socket(family, socket.SOCK_STREAM)
            try:
                made.settimeout(min(connect_s / len(addresses), deadline.left()))
                made.connect(address)
                made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                return made
            except OSError as error:
                made.close()
                cause = error
        raise SyncError(SILENT, retryable=True) from cause


def _tunnel(plain: socket.socket, proxy: str, place: Place, deadline: Deadline) -> None:
    """CONNECT (RFC 9110, 9.3.6). Raises SyncError when the proxy refuses."""
    target = f"{place.host}:{place.port}"
    head = [f"CONNECT {target} HTTP/1.1", f"Host: {target}"]
    parts = urlsplit(proxy)
    if parts.username:
        secret = f"{unquote(parts.username)}:{unquote(parts.password or '')}".encode()
        head.append(f"Proxy-Authorization: Basic {base64.b64encode(secret).decode()}")
    plain.settimeout(deadline.left())
    plain.sendall("\r\n".join([*head, "", ""]).encode())
    answer = b""
    while b"\r\n\r\n" not in answer and len(answer) < MOST_HEAD:
        plain.settimeout(deadline.left())
        piece = plain.recv(1)  # not a byte of what comes behind the head
        if not piece:
            break
        answer += piece
    status = b"".join(answer.split(None, 2)[1:2])
    if not re.fullmatch(rb"2\d\d", status):  # any 2xx opens it
        shown = status.decode("latin-1")[:10] or "—"
        raise SyncError(PROXY_REFUSED, retryable=True, facts={"status": shown})
