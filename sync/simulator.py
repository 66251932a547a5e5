"""A simulated one-stop system: an idempotent receiver that keeps the contract, with faults by HTTP."""

from __future__ import annotations

import json
import threading
import zlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Flask, Response, jsonify, render_template_string, request
from waitress import wasyncore
from waitress.server import create_server

from sync import simulator_bundles
from sync.bundle_desk import BundleDesk
from sync.envelope import BATCH
from sync.simulator_portal import PortalServices
from sync.simulator_store import ReceiverStore, Unfit, place_of
from sync.wording import number, say

MOST_BATCH = 16 * 1024 * 1024
HANG_S = 60.0
MODES = frozenset(
    {"500", "503", "html", "empty", "truncate", "hang", "wrong_hash", "wrong_epoch", "partial", "lose_database",
     "refuse", "status", "big"}
)  # fmt: skip
PAGE = """<!doctype html><html lang="vi"><meta charset="utf-8"><meta http-equiv="refresh" content="3">
<title>{{ say("Simulated one-stop system") }}</title>
<style>body{font:16px sans-serif;margin:2em;color:#1D1A16}table{border-collapse:collapse}
td,th{padding:.3em .8em;border-bottom:1px solid #ccc;text-align:left}.fault{background:#FAE3EC;padding:.5em}</style>
<h1>{{ say("Simulated one-stop system") }}</h1>
<p><a href="/bundles">{{ say("Bundles by USB stick") }}</a></p>
{% if mode %}<p class="fault">{{ say("Fault in force: {mode}", mode=mode) }}</p>{% endif %}
<h2>{{ say("Events received") }}</h2><table><tr><th>{{ say("Office") }}<th>{{ say("Type") }}<th>{{ say("Count") }}
{% for office, type, count in types %}<tr><td>{{ office }}<td>{{ type }}<td>{{ number(count) }}{% endfor %}</table>
<h2>{{ say("Last events") }}</h2><table>
{% for event in latest %}<tr><td>{{ event.seq }}<td>{{ event.time }}<td>{{ event.type }}
<td>{{ event.data.number or event.subject }}{% endfor %}</table></html>"""


@dataclass
class Fault:
    """`left`: how many more deliveries it spoils, None until healed. `options` as posted."""

    mode: str
    left: int | None
    options: dict[str, Any]


class OneStop:
    """The receiver and its web server; `start` listens, `stop` ends."""

    def __init__(self, folder: Path | None = None, token: str = "") -> None:
        self.store = ReceiverStore(folder)
        self.desk = BundleDesk(self.store, folder)
        self.portal = PortalServices()
        self.received = 0
        self._token = token
        self._fault: Fault | None = None
        self._lock = threading.Lock()
        self._healed = threading.Event()
        self._server: Any = None
        self._sockets: dict[int, Any] = {}
        self._thread: threading.Thread | None = None
        self.app = self._routes()

    def start(self, listen: str = "127.0.0.1:0") -> int:
        """Listen in a thread; returns the port."""
        host, _, port = listen.rpartition(":")
        self._server = create_server(self.app, host=host, port=int(port), threads=8, ident=None, map=self._sockets)
        self._thread = threading.Thread(target=self._server.run, name="onestop", daemon=True)
        self._thread.start()
        return int(self._server.effective_port)

    def stop(self) -> None:
        self._healed.set()
        with suppress(OSError):  # a worker's pull may have closed the trigger already
            self._server.trigger.pull_trigger(lambda: wasyncore.close_all(self._sockets))
        if self._thread is not None:
            self._thread.join(10)
        self._server.task_dispatcher.shutdown()
        self.desk.close()
        self.store.close()

    def fail(self, mode: str, times: int | None = None, **options: Any) -> None:
        """Spoil the next `times` deliveries, or all of them until healed."""
        if mode not in MODES:
            raise Unfit(f"mode must be one of {', '.join(sorted(MODES))}")
        with self._lock:
            self._healed.clear()
            self._fault = None if mode == "lose_database" else Fault(mode, times, options)
        if mode == "lose_database":
            self.store.lose()

    def heal(self) -> None:
        with self._lock:
            self._fault = None
            self._healed.set()

    def _next_fault(self) -> Fault | None:
        with self._lock:
            fault = self._fault
            if fault is not None and fault.left is not None:
                fault.left -= 1
                self._fault = fault if fault.left > 0 else None
            return fault

    def _routes(self) -> Flask:
        app = Flask("onestop", static_folder=None)
        app.add_url_rule("/events", "events", self._events, methods=["POST"])
        app.add_url_rule("/events/cursor", "cursor", self._cursor)
        app.add_url_rule("/events/stored", "stored", self._stored)
        app.add_url_rule("/dossiers", "dossiers", self._dossiers)
        app.add_url_rule("/control/dossiers", "load", self._load, methods=["PUT"])
        app.add_url_rule("/control/fail", "fail", self._fail, methods=["POST"])
        app.add_url_rule("/control/heal", "heal", self._heal, methods=["POST"])
        app.add_url_rule("/", "page", self._page)
        simulator_bundles.mount(app, self.desk)
        self.portal.mount(app)
        app.before_request(self._authorise)
        app.register_error_handler(Unfit, lambda error: (jsonify(error=str(error)), 400))
        return app

    def _authorise(self) -> Response | None:
        needed = self._token and request.path.startswith(("/events", "/dossiers"))
        if needed and request.headers.get("Authorization") != f"Bearer {self._token}":
            return Response("unauthorized\n", 401)
        return None

    def _events(self) -> Response:
        fault = self._next_fault()
        if fault is not None and (early := self._early(fault)) is not None:
            return early
        batch = _batch()
        partial = fault is not None and fault.mode == "partial"
        most = int(fault.options.get("count", max(1, len(batch) // 2))) if fault is not None and partial else None
        office, epoch = self.store.take(batch, most, _refused_by(fault))
        self.received += 1
        answer = self.store.receipt(office, epoch)
        return jsonify(answer) if fault is None else _late(fault, answer)

    def _early(self, fault: Fault) -> Response | None:
        """Answers that come before anything is stored."""
        headers = {"Retry-After": str(fault.options["retry_after"])} if "retry_after" in fault.options else {}
        if fault.mode in {"500", "503", "status"}:
            return Response("failed\n", int(fault.options.get("status", fault.mode)), headers)
        if fault.mode == "html":
            return Response("<html><body>Đăng nhập Wi-Fi</body></html>", content_type="text/html; charset=utf-8")
        if fault.mode == "empty":
            return Response(b"", content_type="application/json")
        if fault.mode == "big":
            return Response(_endless(), content_type="application/json")
        if fault.mode == "hang":
            self._healed.wait(float(fault.options.get("seconds", HANG_S)))
            return Response("late\n", 503)
        return None

    def _cursor(self) -> Response:
        return jsonify(self.store.receipt(*place_of(request.args.get("source", ""))))

    def _stored(self) -> Response:
        return jsonify(self.store.stored(*place_of(request.args.get("source", ""))))

    def _dossiers(self) -> Response:
        after = request.args.get("after", "0")
        if not (after.isascii() and after.isdigit() and len(after) <= 16 and int(after) < 2**53):
            raise Unfit("after must be a version")
        office, _ = place_of(f"urn:motcua:{request.args.get('office', '')}:any")
        return jsonify(self.store.dossiers(office, int(after)))

    def _load(self) -> Response:
        """`{"office": CODE, "dossiers": [dossier, …]}`."""
        body = request.get_json()
        return jsonify(version=self.store.put_dossiers(str(body["office"]), list(body["dossiers"])))

    def _fail(self) -> Response:
        body = dict(request.get_json())
        self.fail(str(body.pop("mode", "")), body.pop("times", None), **body)
        return jsonify(ok=True)

    def _heal(self) -> Response:
        self.heal()
        return jsonify(ok=True)

    def _page(self) -> str:
        fault = self._fault
        return render_template_string(
            PAGE, say=say, number=number, mode=fault.mode if fault else "", types=self.store.per_type(),
            latest=self.store.latest(30),
        )  # fmt: skip


def _batch() -> Any:
    if request.mimetype != BATCH:
        raise Unfit(f"Content-Type must be {BATCH}")
    body = request.get_data()
    try:
        if request.headers.get("Content-Encoding") == "gzip":
            unpacked = zlib.decompressobj(wbits=31)
            body = unpacked.decompress(body, MOST_BATCH)
        return json.loads(body)
    except (ValueError, zlib.error) as error:
        raise Unfit("the body cannot be read") from error


def _refused_by(fault: Fault | None) -> set[int]:
    if fault is None or fault.mode != "refuse":
        return set()
    seqs = fault.options.get("seqs", [fault.options.get("seq", 1)])
    return {int(seq) for seq in seqs}


def _late(fault: Fault, answer: dict[str, Any]) -> Response:
    """Answers that come after the batch was stored."""
    if fault.mode == "wrong_hash":
        answer = {**answer, "hash": "f" * 64}
    if fault.mode == "wrong_epoch":
        answer = {**answer, "epoch": "00000000-0000-7000-8000-000000000000"}
    if fault.mode == "truncate":
        return Response(json.dumps(answer)[:40], content_type="application/json")
    return jsonify(answer)


def _endless() -> Iterator[bytes]:
    for _ in range(64):
        yield b" " * (256 * 1024)


def serve(listen: str, folder: Path | None, token: str, stopped: threading.Event) -> int:
    """Until stopped."""
    simulator = OneStop(folder, token)
    simulator.start(listen)
    stopped.wait()
    simulator.stop()
    return 0
