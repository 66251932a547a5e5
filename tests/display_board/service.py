"""A service on this machine that can be stopped, started again and struck dumb, for those who follow it."""

from __future__ import annotations

import json
import threading
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from tests.display_board.office import display, snapshot


class Service(ThreadingHTTPServer):
    """Answers as the service does; new `events` are sent as they come, until the stream is closed."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, port: int = 0) -> None:
        super().__init__(("127.0.0.1", port), Handler)
        self.body = snapshot()
        self.shown = display()
        self.not_modified = 0
        self.events: list[dict[str, Any]] = []
        self.asked: list[str] = []
        self.close_stream = threading.Event()
        self.silent = False
        self.news = threading.Condition()
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def tell(self, *events: dict[str, Any]) -> None:
        with self.news:
            self.events += events
            self.news.notify_all()

    def cut(self) -> None:
        """Close the open streams, and those that are opened until `close_stream` is cleared."""
        self.close_stream.set()
        with self.news:
            self.news.notify_all()

    def end(self) -> None:
        self.cut()
        self.shutdown()
        self.server_close()


class Handler(BaseHTTPRequestHandler):
    server: Service
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        if self.headers["Authorization"] != "Bearer secret":
            self.send_error(401)
        elif self.path == "/api/v1/page/board":
            self._page()
        elif self.path == "/api/v1/board":
            self._send(json.dumps(self.server.body).encode())
        elif f"epoch={self.server.body['epoch']}" not in self.path:
            self.send_error(409)
        else:
            self._stream(int(self.path.partition("after=")[2].partition("&")[0]))

    def do_PUT(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.server.asked.append(f"PUT {self.path}")
        self._send(b"")

    def do_POST(self) -> None:
        self.do_PUT()

    def _page(self) -> None:
        text = json.dumps({"page": "board", "shown": self.server.shown}).encode()
        etag = f'"{sha256(text).hexdigest()}"'
        if self.headers["If-None-Match"] == etag:
            self.server.not_modified += 1
            self.send_response(304)
            self.send_header("ETag", etag)
            self.end_headers()
        else:
            self._send(text, ETag=etag)

    def _stream(self, after: int) -> None:
        self.send_response(200)
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        self._chunk(b": open\n\n")
        while not self.server.close_stream.is_set():
            with self.server.news:
                fresh = [event for event in self.server.events if event["seq"] > after]
                if not fresh or self.server.silent:
                    self.server.news.wait(1.0)
                    continue
            after = fresh[-1]["seq"]
            frames = "".join(f"id: {e['seq']}\ndata: {json.dumps(e)}\n\n" for e in fresh)
            self._chunk(frames.encode())
        self.close_connection = True

    def _chunk(self, data: bytes) -> None:
        self.wfile.write(b"%x\r\n%b\r\n" % (len(data), data))
        self.wfile.flush()

    def _send(self, body: bytes, **headers: str) -> None:
        self.send_response(200)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        pass
