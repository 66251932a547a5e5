"""A receiver written from docs/for-the-one-stop-side.md alone, and the mistakes that receivers make, one flag each."""

from __future__ import annotations

import hmac
import json
import threading
import unicodedata
import zlib
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import rfc8785

BATCH = "application/cloudevents-batch+json"
ZEROS = "0" * 64
MOST = 2 * 1024 * 1024
KNOWN = {"ticket.issued"}


class Refused(Exception):
    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class Receiver:
    """`faults`: see `tests/sync/receiver/test_conformance.py`. `held`: events by source."""

    def __init__(self, *faults: str, token: str = "", secret: str = "") -> None:
        self.faults, self.token, self.secret = set(faults), token, secret
        self.held: dict[str, list[dict[str, Any]]] = {}
        self.counted: dict[str, int] = {}
        self.closed: set[str] = set()
        self._lock = threading.Lock()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        self.url = f"http://127.0.0.1:{self._server.server_port}/events"

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def place(self, source: str) -> str:
        parts = source.split(":")
        if len(parts) != 4 or parts[:2] != ["urn", "motcua"] or " " in source:
            raise Refused(400)
        return parts[2] if "one cursor" in self.faults else source

    def receipt(self, source: str, place: str) -> dict[str, Any]:
        events = self.held.get(place, [])
        seq = self.counted.get(place, 0) if "counts" in self.faults else len(events)
        digest = events[min(seq, len(events)) - 1]["hash"] if events else ZEROS
        if "hash of the batch" in self.faults and events:
            digest = sha256(digest.encode()).hexdigest()
        epoch = source.rpartition(":")[2] if seq else None
        if not events and "unknown is 404" in self.faults:
            raise Refused(404)
        return {"epoch": epoch, "accepted_through": seq, "hash": digest, "refused": []}

    def take(self, batch: Any) -> dict[str, Any]:
        if not isinstance(batch, list) or not batch:
            raise Refused(400)
        with self._lock:
            places = {self.checked(item) for item in batch}
            if len(places) != 1:
                raise Refused(500 if "mixed is 500" in self.faults else 400)
            source = batch[0]["source"]
            place = self.place(source)
            if place in self.closed:
                raise Refused(409)
            if "closes old epochs" in self.faults and place not in self.held:
                self.closed |= set(self.held)
            events = self.held.setdefault(place, [])
            for item in batch:
                self.add(place, events, item["data"])
            return self.receipt(source, place)

    def add(self, place: str, events: list[dict[str, Any]], event: dict[str, Any]) -> None:
        self.counted[place] = self.counted.get(place, 0) + 1
        head = events[-1]["hash"] if events else ZEROS
        if event["seq"] <= len(events) and "unique constraint" in self.faults:
            raise Refused(409)
        if event["seq"] <= len(events) and "overwrites" in self.faults:
            events[event["seq"] - 1] = event
        elif "holes" in self.faults and event["seq"] > len(events):
            events += [event] * (event["seq"] - len(events))
        elif event["seq"] == len(events) + 1 and (event["prev_hash"] == head or "no chain" in self.faults):
            events.append(event)

    def checked(self, item: Any) -> str:
        try:
            event = item["data"]
            bare = {key: value for key, value in event.items() if key != "hash"}
            if "normalises" in self.faults:
                bare = json.loads(unicodedata.normalize("NFC", json.dumps(bare, ensure_ascii=False)))
            digest = sha256(rfc8785.dumps(bare)).hexdigest()
            source = f"urn:motcua:{event['office']}:{event['epoch']}"
            envelope = item["source"] == source and item["sequence"] == f"{event['seq']:012d}"
            envelope = envelope and item["hash"] == event["hash"]
        except (KeyError, TypeError, AttributeError, ValueError):
            if "crashes" in self.faults:
                raise
            raise Refused(400) from None
        if "known types" in self.faults and event["type"] not in KNOWN:
            raise Refused(422)
        if digest != event["hash"] and "no hash" not in self.faults:
            raise Refused(400)
        if not envelope and "trusts the envelope" not in self.faults:
            raise Refused(400)
        return str(item["source"])

    def opened(self, headers: Any, body: bytes) -> Any:
        if "no gzip" in self.faults and headers.get("Content-Encoding"):
            raise Refused(415)
        most = 100_000 if "small" in self.faults else MOST
        if headers.get("Content-Encoding") == "gzip":
            unpacker = zlib.decompressobj(wbits=31)
            body = unpacker.decompress(body, most + 1)
        if len(body) > most:
            raise Refused(500 if "bursts" in self.faults else 413)
        if headers.get_content_type() != BATCH:
            raise Refused(415)
        try:
            return json.loads(body)
        except (ValueError, RecursionError) as error:
            crashes = "crashes" in self.faults or ("shallow" in self.faults and isinstance(error, RecursionError))
            raise Refused(500 if crashes else 400) from None

    def authorise(self, headers: Any, body: bytes, posted: bool) -> None:
        if "open" in self.faults or ("open cursor" in self.faults and not posted):
            return
        if self.token and not hmac.compare_digest(headers.get("Authorization", ""), f"Bearer {self.token}"):
            raise Refused(401)
        wanted = "sha256=" + hmac.new(self.secret.encode(), body, "sha256").hexdigest()
        if self.secret and "unsigned" not in self.faults and headers.get("X-Signature") != wanted:
            raise Refused(401)

    def told(self, path: str) -> dict[str, Any]:
        parts = urlsplit(path)
        if not parts.path.endswith("/cursor"):
            raise Refused(404)
        source = parse_qs(parts.query)["source"][0]
        return self.receipt(source, self.place(source))

    def answer(self, method: str, path: str, headers: Any, body: bytes) -> tuple[int, bytes]:
        """Status and content; also for another server that stands before this receiver."""
        status, content = 200, b""
        try:
            self.authorise(headers, body, method == "POST")
            found = self.take(self.opened(headers, body)) if method == "POST" else self.told(path)
            content = json.dumps(found).encode()
        except Refused as refusal:
            status = refusal.status
        except Exception:
            status = 500
        if "portal" in self.faults:
            status, content = 200, "<html>Đăng nhập</html>".encode()
        return status, content


def _handler(receiver: Receiver) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def do_GET(self) -> None:
            self._answer(b"")

        def do_POST(self) -> None:
            self._answer(self.rfile.read(int(self.headers["Content-Length"])))

        def _answer(self, body: bytes) -> None:
            status, content = receiver.answer(self.command, self.path, self.headers, body)
            self.send_response(status)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: Any) -> None:
            pass

    return Handler
