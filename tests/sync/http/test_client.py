"""What the client makes of every kind of response: bounded, never late, never another's, and failures in words."""

from __future__ import annotations

import gzip
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import suppress

import pytest

from sync.errors import SyncError
from sync.http.client import HttpClient
from sync.policy import AdaptiveTimeout


class ScriptedServer:
    """Answers the n-th request with the n-th of `responses`, byte for byte; `requests` keeps what came.

    None as a response hangs up, as does HTTP/1.0 after one; `pause_s` lies between the bytes of a response.
    """

    def __init__(self) -> None:
        self.responses: list[bytes | None] = []
        self.requests: list[bytes] = []
        self.connections = 0
        self.pause_s = 0.0
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                self.connections += 1
                threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        with client, suppress(OSError):
            while request := client.recv(65536):
                self.requests.append(request)
                response = self.responses.pop(0) if self.responses else None
                if response is None:
                    return
                if not self.pause_s:
                    client.sendall(response)
                for byte in response if self.pause_s else b"":
                    client.sendall(bytes([byte]))
                    time.sleep(self.pause_s)
                if response.startswith(b"HTTP/1.0"):
                    return


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    running = ScriptedServer()
    yield running
    running.close()


OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
BOMB = gzip.compress(bytes(5_000_000))
GZIPPED = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n%b" % (len(BOMB), BOMB)

WHOLE = [
    ("a length", OK, b"ok"),
    ("chunks", CHUNKED + b"1\r\no\r\n1\r\nk\r\n0\r\n\r\n", b"ok"),
    ("until the end", b"HTTP/1.0 200 OK\r\n\r\nok", b"ok"),
    ("a go-ahead before it", b"HTTP/1.1 100 Continue\r\n\r\n" + OK, b"ok"),
    ("nothing", b"HTTP/1.1 204 No Content\r\n\r\n", b""),
    ("a go-ahead first", b"HTTP/1.1 100 Continue\r\n\r\n" + OK, b"ok"),
    ("early hints first", b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" + OK, b"ok"),
    ("several that it is at work", b"HTTP/1.1 102 Processing\r\nX-Y: z\r\n\r\n" * 3 + OK, b"ok"),
    ("a length of nothing", b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", b""),
    ("a gzip bomb, as it came", GZIPPED, BOMB),
]


@pytest.mark.parametrize(("kind", "response", "body"), WHOLE)
def test_a_whole_response_is_read_as_it_came(kind: str, response: bytes, body: bytes, server: ScriptedServer) -> None:
    server.responses = [response]
    client = HttpClient()
    found = client.request("GET", f"{server.url}/a?b=c")
    client.close()
    assert found.body == body and found.status in {200, 204}
    assert server.requests[0].startswith(b"GET /a?b=c HTTP/1.1\r\n")


BROKEN = [
    ("hangs up", None, "broke off"),
    ("no HTTP", b"SSH-2.0-OpenSSH\r\n\r\n", "broke off"),
    ("half a head", b"HTTP/1.1 200 OK\r\nContent-", "broke off|does not answer"),
    ("a nonsensical status", b"HTTP/1.1 abc OK\r\n\r\n", "broke off"),
    ("a broken chunk", CHUNKED + b"zz\r\nok\r\n", "broke off"),
    ("a body beyond the bound", b"HTTP/1.1 200 OK\r\nContent-Length: 101\r\n\r\n" + b"x" * 101, "too long"),
    ("chunks beyond the bound", CHUNKED + b"65\r\n" + b"x" * 101 + b"\r\n0\r\n\r\n", "too long"),
    ("a head beyond the bound", b"HTTP/1.1 200 OK\r\n" + b"X-Y: %b\r\n" % (b"z" * 60_000) * 2 + b"\r\n", "too long"),
    ("go-aheads for ever", b"HTTP/1.1 100 Continue\r\n\r\n" * 5000, "too long"),
    ("hints for ever", b"HTTP/1.1 103 Early Hints\r\nX-Y: z\r\n\r\n" * 5000, "too long"),
    ("another protocol", b"HTTP/1.1 101 Switching Protocols\r\n\r\n", "status 101"),
    (
        "a redirect",
        b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n",
        r"http://127.0.0.1 \(status 302\)",
    ),
    ("a refusal", b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n", "credential"),
]


@pytest.mark.parametrize(("kind", "response", "reason"), BROKEN)
def test_any_other_response_is_a_failure_in_words(
    kind: str, response: bytes | None, reason: str, server: ScriptedServer
) -> None:
    server.responses = [response]
    client = HttpClient(max_bytes=100, timeout_s=1.0)
    with pytest.raises(SyncError, match=reason):
        client.request("GET", server.url)
    client.close()
    assert len(server.requests) == 1, "nothing is sent twice by itself"


STATUSES = [(400, False), (401, False), (404, False), (408, True), (410, False), (425, True), (429, True), (500, True)]


@pytest.mark.parametrize(("status", "retryable"), [*STATUSES, (503, True), (304, False)])
def test_a_status_says_whether_it_may_pass(status: int, retryable: bool, server: ScriptedServer) -> None:
    head = b"HTTP/1.1 %d X\r\nRetry-After: 7\r\nContent-Length: 0\r\n\r\n" % status
    server.responses = [head, head]
    client = HttpClient()
    with pytest.raises(SyncError) as raised:
        client.request("GET", server.url)
    assert (raised.value.status, raised.value.retryable, raised.value.retry_after_s) == (status, retryable, 7.0)
    assert client.exchange("GET", server.url).status == status, "an exchange takes any status"
    assert server.connections == 1, "a whole response keeps the connection, whatever it says"
    client.close()


def test_a_connection_is_kept_and_a_new_one_made_when_the_server_closed_it(server: ScriptedServer) -> None:
    server.responses = [OK, OK, OK.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n"), OK]
    client = HttpClient()
    for connections in (1, 1, 1, 2):
        assert client.request("GET", server.url).body == b"ok"
        assert server.connections == connections
    client.close()


def test_what_comes_behind_a_response_is_not_the_next_one(server: ScriptedServer) -> None:
    """A response smuggled behind the first one, at once or later, belongs to nobody."""
    server.responses = [OK + OK.replace(b"ok", b"no"), OK]
    client = HttpClient()
    assert client.request("GET", server.url).body == b"ok"
    time.sleep(0.05)
    assert client.request("GET", server.url).body == b"ok"
    client.close()


def test_a_header_with_a_line_break_never_leaves(server: ScriptedServer) -> None:
    client = HttpClient()
    with pytest.raises(ValueError, match="header value"):
        client.request("GET", server.url, headers={"Authorization": "Bearer x\r\nX-Admin: yes"})
    assert server.requests == []


def test_a_server_that_drips_is_left_at_the_deadline_and_given_more_time_next(server: ScriptedServer) -> None:
    server.responses, server.pause_s = [OK], 0.1
    client = HttpClient(timeout_s=0.5)
    began = time.monotonic()
    with pytest.raises(SyncError, match="does not answer"):
        client.request("GET", server.url)
    assert time.monotonic() - began < 2.5
    assert client.timeout == AdaptiveTimeout(0.5, 1.0)


def test_a_stream_goes_on_as_long_as_something_comes(server: ScriptedServer) -> None:
    server.responses, server.pause_s = [CHUNKED + b"3\r\n: \n\r\n" + b"2\r\nok\r\n"], 0.01
    client = HttpClient(timeout=AdaptiveTimeout.fixed(2.0))
    with client.stream(f"{server.url}/stream", {"Accept": "text/event-stream"}, silence_s=0.3) as stream:
        received = b""
        with pytest.raises(SyncError, match="does not answer"):
            for chunk in stream.chunks:
                received += chunk
    assert stream.status == 200 and received == b": \nok"
    assert b"Accept: text/event-stream" in server.requests[0]
    assert client.timeout == AdaptiveTimeout.fixed(2.0), "a fixed timeout does not grow"
