"""Open streams cost requests nothing: more of them than the service has threads, and everybody is still served."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest

from kiosk.server import Server
from tests.bench.load import Connection
from tests.office import OfficeStory, sample_configuration

THREADS = 8
STREAMS = 60


@pytest.fixture
def served(home: object, tmp_path: object) -> Iterator[tuple[OfficeStory, Server, int]]:
    url = f"sqlite:///{home}/motcua.db"
    plain = sample_configuration(url, opening="always")
    server = plain.server.model_copy(update={"threads": THREADS})
    story = OfficeStory(url, plain.model_copy(update={"server": server}))
    port = story.service.start()
    yield story, story.service, port
    story.service.close()


def open_stream(port: int, token: str) -> socket.socket:
    line = socket.create_connection(("127.0.0.1", port), 10)
    head = f"GET /api/v1/stream HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {token}\r\n\r\n"
    line.sendall(head.encode())
    assert line.recv(4096).startswith(b"HTTP/1.1 200 OK\r\n")
    return line


def hears(line: socket.socket, text: bytes) -> bool:
    received = b""
    while text not in received:
        piece = line.recv(65536)
        if not piece:
            return False
        received += piece
    return True


def test_sixty_streams_leave_the_eight_threads_to_the_requests(served: tuple[OfficeStory, Server, int]) -> None:
    story, service, port = served
    lines = [open_stream(port, story.token("board")) for _ in range(STREAMS)]
    assert service.stream.followers == STREAMS
    kiosk = Connection(port, story.token("kiosk"))
    status, body = kiosk.call("POST", "/api/v1/tickets", {"service": "HT"})
    assert status == 201 and b'"A001"' in body
    assert all(hears(line, b'"number":"A001"') for line in lines)
    kiosk.close()
    for line in lines:
        line.close()


def test_all_pages_of_an_office_fit_although_nobody_reads_his_stream(served: tuple[OfficeStory, Server, int]) -> None:
    story, _, port = served
    lines = [open_stream(port, story.token("tablet")) for _ in range(STREAMS)]
    kiosk = Connection(port, story.token("kiosk"))
    answers = [kiosk.call("POST", "/api/v1/tickets", {"service": "HT"})[0] for _ in range(30)]
    assert answers == [201] * 30
    kiosk.close()
    for line in lines:
        line.close()
