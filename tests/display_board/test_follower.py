from __future__ import annotations

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from display_board.follower import Follower, News
from display_board.sse import Frames
from tests.display_board.office import NOW, snapshot
from tests.display_board.test_board import event


class Service(ThreadingHTTPServer):
    """Answers as the service does; `events` are sent at once, then the stream closes when told."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.body = snapshot()
        self.events: list[dict[str, Any]] = []
        self.asked: list[str] = []
        self.close_stream = threading.Event()


class Handler(BaseHTTPRequestHandler):
    server: Service

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        if self.headers["Authorization"] != "Bearer secret":
            self.send_error(401)
        elif self.path == "/api/v1/board":
            self._send(json.dumps(self.server.body).encode())
        elif f"epoch={self.server.body['epoch']}" not in self.path:
            self.send_error(409)
        else:
            frames = "".join(f"id: {e['seq']}\ndata: {json.dumps(e)}\n\n" for e in self.server.events)
            self._send(b": open\n\n" + frames.encode())
            self.wfile.flush()
            self.server.close_stream.wait(5)

    def _send(self, body: bytes) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture
def service() -> Any:
    made = Service()
    threading.Thread(target=made.serve_forever, daemon=True).start()
    yield made
    made.close_stream.set()
    made.shutdown()
    made.server_close()


def until(follower: Follower, wanted: Any) -> News:
    end = time.monotonic() + 8
    while time.monotonic() < end:
        news = follower.news.get(timeout=8)
        if wanted(news):
            return news
    raise AssertionError("it never came")


def test_the_board_follows_the_stream_and_says_when_it_closed(service: Service) -> None:
    service.events = [event(101, "ticket.called", why="arrival")]
    follower = Follower(f"http://127.0.0.1:{service.server_port}", "secret", lambda: NOW, time.monotonic)
    follower.start()
    news = until(follower, lambda n: n.board and n.board.seq == 101)
    assert [call.number for call in news.calls] == ["A013"]
    service.close_stream.set()
    assert until(follower, lambda n: not n.connected).board is not None
    service.body = snapshot(epoch="e2", seq=5)
    assert until(follower, lambda n: n.board and n.board.epoch == "e2").board.seq == 5
    follower.stop()


def test_events_cut_anywhere_arrive_whole() -> None:
    raw = b': beat\n\nid: 1\ndata: {"a": "\xe1\xba\xa5"}\n\nid: 2\ndata: {"a": 2}\n\n'
    frames = Frames()
    found = [item for i in range(len(raw)) for item in frames.feed(raw[i : i + 1])]
    assert found == [{"a": "ấ"}, {"a": 2}]
