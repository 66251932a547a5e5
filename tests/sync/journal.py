"""A service with a journal of its own: chained events as the contract describes them, and what followers put."""

from __future__ import annotations

import json
import threading
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import rfc8785

OFFICE = "ba-vi"


class Office:
    """Epochs with their events; a web server that answers as the kiosk service does."""

    def __init__(self) -> None:
        self.epochs: dict[str, list[dict[str, Any]]] = {}
        self.followers: dict[str, dict[str, Any]] = {}
        self.history: list[dict[str, Any]] = []
        self.dossiers: dict[str, dict[str, Any]] = {}
        self.webhooks: list[dict[str, str]] = []
        self.limits: set[int] = set()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        self.address = f"http://127.0.0.1:{self._server.server_port}"

    def happen(self, count: int, epoch: str = "e1") -> None:
        events = self.epochs.setdefault(epoch, [])
        for seq in range(len(events) + 1, len(events) + count + 1):
            event: dict[str, Any] = {
                "id": f"{epoch}-{seq}",
                "epoch": epoch,
                "seq": seq,
                "office": OFFICE,
                "type": "ticket.issued",
                "time": "2024-04-14T01:05:10.123Z",
                "business_date": "2024-04-14",
                "subject": f"t{seq}",
                "actor": {"kind": "kiosk", "id": "sảnh"},
                "data": {"number": f"A{seq:03}", "position": seq},
                "prev_hash": events[-1]["hash"] if events else "0" * 64,
            }
            event["hash"] = sha256(rfc8785.dumps(event)).hexdigest()
            events.append(event)

    def known(self) -> set[tuple[str, int, str]]:
        return {(e["epoch"], e["seq"], e["hash"]) for events in self.epochs.values() for e in events}

    def ask_again(self, follower: str, marks: dict[int, int]) -> None:
        """Staff press "gửi lại" at refused events: {seq: moment of the request}."""
        rows = self.followers[follower]["refused"]
        self.followers[follower] = {
            **self.followers[follower],
            "refused": [{**row, "again": marks[row["seq"]]} if row["seq"] in marks else row for row in rows],
        }

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def page(self, query: dict[str, list[str]]) -> dict[str, Any]:
        epoch = query.get("epoch", [list(self.epochs)[-1]])[0]
        after, limit = int(query["after"][0]), int(query["limit"][0])
        self.limits.add(limit)
        events = self.epochs[epoch]
        epochs = [{"epoch": name, "last_seq": len(rows)} for name, rows in self.epochs.items()]
        return {"epoch": epoch, "events": events[after : after + limit], "last_seq": len(events), "epochs": epochs}

    def put(self, path: str, body: Any) -> Any:
        if "/followers/" in path:
            name = path.rpartition("/")[2]
            marks = {r["seq"]: r["again"] for r in self.followers.get(name, {}).get("refused", []) if "again" in r}
            for row in body["refused"]:  # what staff asked for stays until it was tried
                if marks.get(row["seq"], 0) > row.get("tried", 0):
                    row["again"] = marks[row["seq"]]
            self.followers[name] = body
            self.history.append(body)
            return None
        if any("phone" in row for row in body):
            raise ValueError("unknown field")
        self.dossiers |= {row["code"]: row for row in body}
        return {"created": len(body), "updated": 0, "unchanged": 0, "refused": []}


def _handler(office: Office) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            if parts.path.endswith("/journal"):
                self._answer(office.page(parse_qs(parts.query)))
            elif parts.path.endswith("/webhooks"):
                self._answer({"webhooks": office.webhooks})
            else:
                self._answer({"followers": [{"name": n, **row} for n, row in office.followers.items()]})

        def do_PUT(self) -> None:
            self._answer(office.put(self.path, json.loads(self.rfile.read(int(self.headers["Content-Length"])))))

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            self._answer(None)

        def _answer(self, value: Any) -> None:
            body = b"" if value is None else json.dumps(value).encode()
            self.send_response(204 if value is None else 200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            pass

    return Handler
