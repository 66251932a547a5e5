"""HTTP connections of urllib3 whose sockets keep our deadline: name, TCP, proxy and TLS all end before it."""

from __future__ import annotations

import base64
import socket
import ssl
from http.client import HTTPException, HTTPResponse, parse_headers
from urllib.parse import unquote, urlsplit

from urllib3.connection import HTTPConnection, HTTPSConnection

from contract.records import dataclass
from sync.errors import SyncError
from sync.http.deadline_socket import Deadline, DeadlineIo, DeadlineSocket
from sync.http.resolver import Resolver
from sync.http.tls import TlsSettings

NO_NAME = "the name {host} cannot be resolved; check the address and the network's name service"
SILENT = "the server does not answer"
PROXY_REFUSED = "the proxy does not connect us (status {status})"
PROXY_CREDENTIAL = "the proxy asks for a name and a password (status {status}); write them into the proxy's address"
PROXY_FORBIDS = "the proxy forbids the way to {host} (status {status}); ask whoever runs it"
PORTS = {"http": 80, "https": 443}
MAX_PROXY_HEAD = 64 * 1024  # bytes of a proxy's answer
SWITCHING_PROTOCOLS, OK = 101, 200


@dataclass(frozen=True, slots=True)
class Endpoint:
    """The server of a URL: "https", "example.vn", 443."""

    scheme: str
    host: str
    port: int

    @classmethod
    def of(cls, url: str) -> Endpoint:
        parts = urlsplit(url)
        return cls(parts.scheme, parts.hostname or "", parts.port or PORTS[parts.scheme])

    @property
    def authority_host(self) -> str:
        """The host as an address of a request writes it: an IPv6 address in brackets (RFC 3986, 3.2.2)."""
        return f"[{self.host}]" if ":" in self.host else self.host


@dataclass(frozen=True, slots=True)
class SocketOpener:
    """Connects TCP sockets within `connect_s` seconds and before `deadline`."""

    resolver: Resolver
    connect_s: float
    deadline: Deadline

    def open(self, host: str, port: int) -> DeadlineSocket:
        """Tries each address of the name in turn. Raises SyncError, TimeoutError."""
        try:
            addresses = self.resolver.addresses(host, port)
        except OSError as error:
            raise SyncError(NO_NAME, retryable=True, facts={"host": host}) from error
        cause: OSError | None = None
        for family, address in addresses:
            opened = DeadlineSocket(family, self.deadline)
            try:
                opened.settimeout(min(self.connect_s / len(addresses), self.deadline.remaining()))
                opened.connect(address)
                opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                return opened
            except OSError as error:
                opened.close()
                cause = error
        raise SyncError(SILENT, retryable=True) from cause


class FinalResponse(HTTPResponse):
    """A response after any number of interim ones (RFC 9110, 15.2), of which http.client skips 100 only."""

    def _read_status(self) -> tuple[str, int, str]:
        """Version, status and reason of the final response. Raises HTTPException."""
        while True:  # the bytes that may be read end it
            version, status, reason = super()._read_status()  # type: ignore[misc] # http.client's own
            if not 100 <= status < 200 or status == SWITCHING_PROTOCOLS:
                return version, status, reason
            parse_headers(self.fp)


class PlainConnection(HTTPConnection):
    """HTTP without TLS, straight to the server."""

    response_class = FinalResponse

    def __init__(self, endpoint: Endpoint, opener: SocketOpener) -> None:
        super().__init__(endpoint.host, endpoint.port)
        self._opener = opener

    def _new_conn(self) -> socket.socket:
        return self._opener.open(self.host, self.port or PORTS["http"])


class TlsConnection(HTTPSConnection):
    """HTTPS, through a tunnel of `proxy` (`http://user:key@host:port`) if there is one."""

    response_class = FinalResponse

    def __init__(self, endpoint: Endpoint, opener: SocketOpener, context: ssl.SSLContext, proxy: str = "") -> None:
        first = Endpoint.of(proxy) if proxy else endpoint
        super().__init__(first.host, first.port, ssl_context=context)
        self._opener = opener
        if proxy:
            headers = {"Host": f"{endpoint.authority_host}:{endpoint.port}", **_proxy_credential(proxy)}
            self.set_tunnel(endpoint.host, endpoint.port, headers)

    def _new_conn(self) -> socket.socket:
        opened = self._opener.open(self.host, self.port or PORTS["https"])
        opened.settimeout(self._opener.deadline.remaining())  # for the whole handshake
        return opened

    def _tunnel(self) -> None:
        tunnel = self.sock
        if not isinstance(tunnel, DeadlineIo):
            raise TypeError("a tunnel needs a socket with a deadline")
        tunnel.bytes_left = MAX_PROXY_HEAD
        self.response_class = _tunnel_response(self._tunnel_host or "")
        super()._tunnel()
        self.response_class = FinalResponse
        tunnel.settimeout(self._opener.deadline.remaining())


class _TunnelResponse(FinalResponse):
    """The proxy's answer to CONNECT. Any 2xx opens the tunnel (RFC 9110, 9.3.6), but http.client takes 200 only."""

    host = ""

    def _read_status(self) -> tuple[str, int, str]:
        """Raises SyncError for any other answer."""
        try:
            version, status, reason = super()._read_status()
        except HTTPException:
            raise SyncError(PROXY_REFUSED, retryable=True, facts={"status": "—"}) from None
        if not 200 <= status < 300:
            raise _proxy_refusal(status, self.host)
        return version, OK, reason


def _tunnel_response(host: str) -> type[_TunnelResponse]:
    """http.client makes the response itself, so the host travels in the class."""
    return type("_TunnelResponse", (_TunnelResponse,), {"host": host})


def _proxy_refusal(status: int, host: str) -> SyncError:
    """407 and 403 end only when somebody mends something; a proxy that cannot reach the server may soon."""
    if status == 407:
        return SyncError(PROXY_CREDENTIAL, retryable=False, facts={"status": status})
    if status in {401, 403}:
        return SyncError(PROXY_FORBIDS, retryable=False, facts={"host": host, "status": status})
    return SyncError(PROXY_REFUSED, retryable=True, facts={"status": status})


def _proxy_credential(proxy: str) -> dict[str, str]:
    parts = urlsplit(proxy)
    if not parts.username:
        return {}
    secret = f"{unquote(parts.username)}:{unquote(parts.password or '')}".encode()
    return {"Proxy-Authorization": f"Basic {base64.b64encode(secret).decode()}"}


class ConnectionFactory:
    """Connects to servers; plain HTTP goes straight to this machine, HTTPS through the proxy if there is one."""

    def __init__(self, tls: TlsSettings, proxy: str, resolver: Resolver) -> None:
        self._tls, self._proxy, self._resolver = tls, proxy, resolver

    def connect(self, endpoint: Endpoint, connect_s: float, deadline: Deadline) -> HTTPConnection:
        """A connection whose socket has `deadline`. Raises SyncError, ssl.SSLError, OSError, HTTPException."""
        opener = SocketOpener(self._resolver, connect_s, deadline)
        connection: HTTPConnection
        if endpoint.scheme == "http":
            connection = PlainConnection(endpoint, opener)
        else:
            connection = TlsConnection(endpoint, opener, self._tls.context(), self._proxy)
        try:
            connection.connect()
            deadline_io(connection).deadline = deadline
        except BaseException:
            connection.close()
            raise
        return connection


def deadline_io(connection: HTTPConnection) -> DeadlineIo:
    """The socket of a connection."""
    if not isinstance(connection.sock, DeadlineIo):
        raise TypeError("the connection has no socket with a deadline")
    return connection.sock
