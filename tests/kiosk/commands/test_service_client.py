"""The board's way to the service: any failure is one error with its status, and fixed timeouts."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from display_board.service_client import ServiceUnavailable
from kiosk.commands.service_client import board_clients, service_is_ready


class Service(ThreadingHTTPServer):
    """Answers `/status/N` with that status, `/api/v1/stream` with two beats."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.seen: list[tuple[str, str, str | None, bytes]] = []
        self.address = f"http://127.0.0.1:{self.server_port}"
        threading.Thread(target=self.serve_forever, args=(0.02,), daemon=True).start()


class Handler(BaseHTTPRequestHandler):
    server: Service

    def do_GET(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"] or 0))
        self.server.seen.append((self.command, self.path, self.headers["Authorization"], body))
        status = self.path.rpartition("/")[2]
        self.send_response(int(status) if status.isdigit() else 200)
        self.end_headers()
        if self.path.endswith("/stream"):
            self.wfile.write(b": beat\n\n" * 2)

    def do_PUT(self) -> None:
        self.do_GET()

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture
def service() -> Iterator[Service]:
    running = Service()
    yield running
    running.shutdown()
    running.server_close()


@pytest.mark.parametrize("status", [200, 304])
def test_an_answer_and_an_unchanged_one_are_handed_on(status: int, service: Service) -> None:
    assert board_clients(service.address, "secret")(2.0).get(f"/status/{status}").status == status
    assert service.seen == [("GET", f"/status/{status}", "Bearer secret", b"")]


@pytest.mark.parametrize("status", [302, 401, 404, 409, 500])
def test_any_other_status_is_a_failure_that_names_it(status: int, service: Service) -> None:
    client = board_clients(service.address, "secret")(2.0)
    for call in (lambda: client.get(f"/status/{status}"), lambda: client.send("PUT", f"/status/{status}", {})):
        with pytest.raises(ServiceUnavailable) as raised:
            call()
        assert raised.value.status == status
    with pytest.raises(ServiceUnavailable) as raised, client.stream(f"/status/{status}"):
        raise AssertionError("no stream may begin")
    assert raised.value.status == status


def test_what_is_sent_is_json(service: Service) -> None:
    board_clients(service.address, "secret")(2.0).send("PUT", "/api/v1/followers/board-hall", {"cursor": 7})
    assert service.seen == [("PUT", "/api/v1/followers/board-hall", "Bearer secret", b'{"cursor": 7}')]


def test_a_stream_gives_what_comes_until_it_closes(service: Service) -> None:
    with board_clients(service.address, "secret")(2.0).stream("/api/v1/stream") as chunks:
        assert b"".join(chunks) == b": beat\n\n: beat\n\n"


def test_without_a_service_there_is_no_status() -> None:
    client = board_clients("http://127.0.0.1:1", "secret")(0.5)
    with pytest.raises(ServiceUnavailable, match="does not answer") as raised:
        client.get("/api/v1/board")
    assert raised.value.status is None


def test_a_service_is_ready_when_it_says_so(service: Service) -> None:
    assert service_is_ready(service.address, 2.0)
    assert not service_is_ready("http://127.0.0.1:1", 0.5)
