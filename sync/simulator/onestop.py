"""A simulated one-stop system: an idempotent receiver that keeps the contract, with faults by HTTP."""

from __future__ import annotations

import json
import threading
import zlib
from contextlib import suppress
from pathlib import Path
from typing import Any, cast

from flask import Flask, Response, jsonify, render_template_string, request
from waitress import wasyncore
from waitress.server import create_server

from contract.dossiers import DossierInput
from contract.envelope import BATCH, RUN_HEADER, SIGNATURE_HEADER, signature
from contract.receipts import ReceiptBody
from sync.receiver.bundle_receiver import BundleReceiver
from sync.receiver.incoming import ContractViolation, office_and_epoch
from sync.receiver.senders import SenderRuns
from sync.receiver.store import ReceiverStore
from sync.simulator import bundles as simulator_bundles
from sync.simulator.certificates import Authority, contexts
from sync.simulator.errors import InvalidFault, InvalidRequest
from sync.simulator.faults import Faults, at_most, poisoned, refused_by
from sync.simulator.front import TlsFront
from sync.simulator.portal import PortalServices
from sync.simulator.wire import PacedChannel
from sync.wording import grouped, translate

MOST_BATCH = 16 * 1024 * 1024
TOO_DEEP = "the body is nested too deeply"
PAGE = """<!doctype html><html lang="vi"><meta charset="utf-8"><meta http-equiv="refresh" content="3">
<title>{{ translate("Simulated one-stop system") }}</title>
<style>body{font:16px sans-serif;margin:2em;color:#1D1A16}table{border-collapse:collapse}
td,th{padding:.3em .8em;border-bottom:1px solid #ccc;text-align:left}.fault{background:#FAE3EC;padding:.5em}</style>
<h1>{{ translate("Simulated one-stop system") }}</h1>
<p><a href="/bundles">{{ translate("Bundles by USB stick") }}</a></p>
{% if mode %}<p class="fault">{{ translate("Fault in force: {mode}", mode=mode) }}</p>{% endif %}
<h2>{{ translate("Events received") }}</h2>
<table><tr><th>{{ translate("Office") }}<th>{{ translate("Type") }}<th>{{ translate("Count") }}
{% for office, type, count in types %}<tr><td>{{ office }}<td>{{ type }}<td>{{ grouped(count) }}{% endfor %}</table>
<h2>{{ translate("Last events") }}</h2><table>
{% for event in latest %}<tr><td>{{ event.seq }}<td>{{ event.time }}<td>{{ event.type }}
<td>{{ event.data.number or event.subject }}{% endfor %}</table></html>"""


class OneStop:
    """The receiver and its web server; `start` listens, `stop` ends."""

    def __init__(self, folder: Path | None = None, token: str = "", hmac_secret: str = "") -> None:  # nosec B107 # empty
        self.store = ReceiverStore(folder)
        self.bundles = BundleReceiver(self.store, folder)
        self.portal = PortalServices()
        self.runs = SenderRuns()
        self.received = 0
        self._token, self._secret = token, hmac_secret
        self.faults = Faults(self.store)
        self.fail, self.heal = self.faults.fail, self.faults.heal
        self.authority: Authority | None = None
        self.port = self.tls_port = 0  # once it listens
        self._front: TlsFront | None = None
        self._server: Any = None
        self._sockets: dict[int, Any] = {}
        self._thread: threading.Thread | None = None
        self.app = self._routes()

    def start(self, listen: str = "127.0.0.1:0", tls: str = "") -> int:
        """Listen in a thread, for TLS too when `tls` is an ADDRESS:PORT; returns the port of plain HTTP."""
        host, _, port = listen.rpartition(":")
        self._server = create_server(self.app, host=host, port=int(port), threads=8, ident=None, map=self._sockets)
        self._server.channel_class = PacedChannel
        self.port = int(self._server.effective_port)
        if tls:  # listens before plain HTTP answers, so that who fetched the authority there can use it at once
            self._start_tls(*tls.rpartition(":")[::2], (host, self.port))
        self._thread = threading.Thread(target=self._server.run, name="onestop", daemon=True)
        self._thread.start()
        return self.port

    def _start_tls(self, host: str, port: str, behind: tuple[str, int]) -> None:
        self.authority = Authority()
        shown = contexts(self.authority, host)
        self._front = TlsFront(host, int(port), behind, shown, self.faults.certificate)
        self.tls_port, self.faults.tls = self._front.port, True

    def stop(self) -> None:
        self.heal()
        if self._front is not None:
            self._front.close()
        if self._server is not None:
            self._server.task_dispatcher.shutdown(timeout=2)  # who still answers needs the loop
            with suppress(OSError):  # another thread woke the loop at the same moment: everything is closed already
                self._server.trigger.pull_trigger(lambda: wasyncore.close_all(self._sockets))
        if self._thread is not None:
            self._thread.join(10)
        self.bundles.close()
        self.store.close()

    def _routes(self) -> Flask:
        app = Flask("onestop", static_folder=None)
        app.add_url_rule("/events", "events", self._events, methods=["POST"])
        app.add_url_rule("/events/cursor", "cursor", self._cursor)
        app.add_url_rule("/events/stored", "stored", self._stored)
        app.add_url_rule("/dossiers", "dossiers", self._dossiers)
        app.add_url_rule("/control/dossiers", "load", self._load, methods=["PUT"])
        app.add_url_rule("/control/fail", "fault", lambda: jsonify(mode=self.faults.mode))
        app.add_url_rule("/control/fail", "fail", self._fail, methods=["POST"])
        app.add_url_rule("/control/heal", "heal", self._heal, methods=["POST"])
        app.add_url_rule("/control/ca.pem", "ca", self._ca)
        app.add_url_rule("/", "page", self._page)
        simulator_bundles.mount(app, self.bundles)
        self.portal.mount(app)
        app.before_request(self._authorise)
        for kind in (ContractViolation, InvalidFault, InvalidRequest):
            app.register_error_handler(kind, lambda error: (jsonify(error=str(error)), 400))
        app.register_error_handler(RecursionError, lambda _: (jsonify(error=TOO_DEEP), 400))
        return app

    def _authorise(self) -> Response | None:
        """Bearer token and X-Signature, as far as they are demanded; the signature is over the body as it was sent."""
        if not request.path.startswith(("/events", "/dossiers")):
            return None
        fits = not self._token or request.headers.get("Authorization") == f"Bearer {self._token}"
        if fits and self._secret:
            fits = request.headers.get(SIGNATURE_HEADER) == signature(self._secret, request.get_data())
        return None if fits else Response("unauthorized\n", 401)

    def _events(self) -> Response:
        fault = self.faults.next()
        if fault is not None and (early := self.faults.before(fault)) is not None:
            return early
        batch = _batch()
        if (refusal := poisoned(fault, batch)) is not None:
            return refusal
        office, epoch = self.store.take(batch, at_most(fault, batch), refused_by(fault))
        self.received += 1
        return self.faults.after(fault, self._receipt(office, epoch))

    def _cursor(self) -> Response:
        fault = self.faults.next(cursor=True)
        if fault is not None and (early := self.faults.before(fault)) is not None:
            return early
        office, epoch = office_and_epoch(request.args.get("source", ""))
        receipt = self._receipt(office, epoch)
        if (numbers := self.store.numbers(office)) is not None:
            receipt["numbers"] = numbers
        return jsonify(receipt) if fault is None else self.faults.after(fault, receipt)

    def _receipt(self, office: str, epoch: str) -> ReceiptBody:
        """With `"twin": true` when two runs take turns in the name of one office."""
        receipt = self.store.receipt(office, epoch)
        if self.runs.record(office, request.headers.get(RUN_HEADER, "")):
            receipt["twin"] = True
        return receipt

    def _stored(self) -> Response:
        return jsonify(self.store.stored(*office_and_epoch(request.args.get("source", ""))))

    def _dossiers(self) -> Response:
        after = request.args.get("after", "0")
        if not (after.isascii() and after.isdigit() and len(after) <= 16 and int(after) < 2**53):
            raise InvalidRequest("after must be a version")
        office, _ = office_and_epoch(f"urn:motcua:{request.args.get('office', '')}:any")
        return jsonify(self.store.dossiers(office, int(after)))

    def _load(self) -> Response:
        """`{"office": CODE, "dossiers": [dossier, …]}`."""
        body = _json_object()
        try:
            office = str(body["office"])
            dossiers = [cast(DossierInput, {**row, "code": row["code"]}) for row in body["dossiers"]]
        except (KeyError, TypeError) as error:
            raise InvalidRequest("office and dossiers, each with its code, are needed") from error
        return jsonify(version=self.store.put_dossiers(office, dossiers))

    def _fail(self) -> Response:
        body = _json_object()
        self.fail(str(body.pop("mode", "")), body.pop("times", None), **body)
        return jsonify(ok=True)

    def _heal(self) -> Response:
        self.heal()
        return jsonify(ok=True)

    def _ca(self) -> Response:
        """The authority of the TLS listener, new at each start: what an office names as `ca_file`."""
        if self.authority is None:
            return Response("no TLS\n", 404)
        return Response(self.authority.pem, content_type="application/x-pem-file")

    def _page(self) -> str:
        return render_template_string(
            PAGE,
            translate=translate,
            grouped=grouped,
            mode=self.faults.mode,
            types=self.store.counts_by_type(),
            latest=self.store.latest(30),
        )


def _json_object() -> dict[str, Any]:
    """The body of a control call. Raises InvalidRequest."""
    body = request.get_json()
    if not isinstance(body, dict):
        raise InvalidRequest("the body must be an object")
    return body


def _batch() -> object:
    """The JSON of a delivery. Raises InvalidRequest."""
    if request.mimetype != BATCH:
        raise InvalidRequest(f"Content-Type must be {BATCH}")
    body = request.get_data()
    try:
        if request.headers.get("Content-Encoding") == "gzip":
            unpacked = zlib.decompressobj(wbits=31)
            body = unpacked.decompress(body, MOST_BATCH)
            if not unpacked.eof or unpacked.unused_data:
                raise InvalidRequest("the body is not one whole gzip member")
        return json.loads(body)
    except (ValueError, zlib.error) as error:
        raise InvalidRequest("the body cannot be read") from error


def serve(simulator: OneStop, listen: str, tls: str, stopped: threading.Event) -> int:
    """Serves until stopped."""
    try:
        simulator.start(listen, tls)
        stopped.wait()
    finally:
        simulator.stop()
    return 0
