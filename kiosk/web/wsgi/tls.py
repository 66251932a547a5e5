"""A TLS connection that the server handles like a plain one: it never blocks, and says so by BlockingIOError."""

from __future__ import annotations

import socket
import ssl
from contextlib import suppress

CIPHERS = "ECDHE+AESGCM:ECDHE+CHACHA20"  # of TLS 1.2; what Python offers by itself differs between distributions
RECORD_BYTES = 16 * 1024  # the longest
NOT_YET = (ssl.SSLWantReadError, ssl.SSLWantWriteError)


class TlsSocket:
    """The handshake happens with the first bytes that are received: who is slow with it holds no thread.

    One call of `recv` takes at least a whole record, so that nothing waits unseen inside the TLS library.
    """

    def __init__(self, plain: socket.socket, context: ssl.SSLContext) -> None:
        self._socket = context.wrap_socket(plain, server_side=True, do_handshake_on_connect=False)

    def fileno(self) -> int:
        return self._socket.fileno()

    def getblocking(self) -> bool:
        return self._socket.getblocking()

    def recv(self, most: int, flags: int = 0) -> bytes:
        """Empty when the client has left. Raises BlockingIOError, OSError."""
        if flags:
            raise BlockingIOError  # nobody can look ahead into what is encrypted
        try:
            return self._socket.recv(max(most, RECORD_BYTES))
        except NOT_YET:
            raise BlockingIOError from None
        except (ssl.SSLEOFError, ssl.SSLZeroReturnError):
            return b""

    def send(self, data: memoryview | bytes) -> int:
        """Raises BlockingIOError, OSError."""
        try:
            return self._socket.send(data)
        except NOT_YET:
            raise BlockingIOError from None

    def shutdown(self, how: int) -> None:
        """Raises OSError."""
        with suppress(ValueError):
            self._socket.shutdown(how)

    def close(self) -> None:
        self._socket.close()


def server_context(certificate: str, key: str) -> ssl.SSLContext:
    """TLS 1.2 and later, authenticated encryption only.

    `load_cert_chain` again after a renewal, and new connections have the new certificate.
    Raises OSError, ssl.SSLError.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.set_ciphers(CIPHERS)
    context.set_alpn_protocols(["http/1.1"])
    context.load_cert_chain(certificate, key)
    return context
