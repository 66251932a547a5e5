"""The other side of a webhook."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Hook:
    """A webhook's receiver: answers with `status`, keeps bodies and signatures."""

    def __init__(self) -> None:
        self.status: list[int] = []
        self.got: list[tuple[bytes, str]] = []
        hook = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                status = hook.status.pop(0) if hook.status else 204
                if status < 300:
                    hook.got.append((body, self.headers["X-Signature"]))
                self.send_response(status)
                self.end_headers()

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_port}/hook"


def seqs(hook: Hook) -> list[int]:
    """Of what arrived, in its order."""
    return [json.loads(body)["data"]["seq"] for body, _ in hook.got]
