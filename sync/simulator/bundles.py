"""Bundles at the simulated one-stop system: a page that reads them and gives answers, and the same as calls."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import IO

from flask import Flask, Response, jsonify, redirect, render_template_string, request, send_file
from werkzeug.wrappers import Response as BaseResponse

from sync.bundles.format.keys import InvalidKey, fingerprint
from sync.receiver.bundle_receiver import BundleReceiver, BundleResult
from sync.wording import grouped, translate

MEDIA = "application/vnd.motcua.bundle"
MOST_BYTES = 1024 * 1024 * 1024
PIECE = 1024 * 1024
PAGE = """<!doctype html><html lang="vi"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{{ translate("Bundles by USB stick") }}</title>
<style>body{font:17px/1.5 "Be Vietnam Pro","Noto Sans",sans-serif;margin:2em auto;max-width:60em;padding:0 1em;
color:#1D1A16;background:#FBF9F5}h1{font-size:1.6em}h2{font-size:1.2em;margin-top:2em}table{border-collapse:collapse;
width:100%}td,th{padding:.45em .7em;border-bottom:1px solid #D8D2C8;text-align:left;vertical-align:top}
code{font-size:.85em;overflow-wrap:anywhere}.good,.bad{padding:.7em 1em;border-left:.4em solid;background:#fff}
.good{border-color:#1F6B3A}.bad{border-color:#B3261E}
form{display:flex;margin:1em 0;gap:.7em;flex-wrap:wrap;align-items:center}
input,button{font:inherit;padding:.45em .7em}input[name=key]{flex:1;min-width:22em}button{background:#0B4F8A;color:#fff;
border:0;border-radius:.3em;cursor:pointer}a{color:#0B4F8A}th{white-space:nowrap}.n{text-align:right;white-space:nowrap}</style>
<p><a href="/">{{ translate("Simulated one-stop system") }}</a></p><h1>{{ translate("Bundles by USB stick") }}</h1>
{% if error %}<p class="bad" role="alert">{{ error }}</p>{% endif %}
{% if log %}<p class="{{ 'good' if log[0].code == 'taken' else 'bad' }}" role="status">
{% if log[0].office %}<b>{{ log[0].office }}</b>: {% endif %}{{ log[0].reason }}</p>{% endif %}
<form method="post" action="/bundles/page" enctype="multipart/form-data">
<label>{{ translate("Bundles of an office (.mcb)") }}
<input type="file" name="bundle" accept=".mcb" multiple required></label>
<button>{{ translate("Read") }}</button></form>
<h2>{{ translate("Offices") }}</h2>{% if keys %}<table>
<tr><th>{{ translate("Office") }}<th>{{ translate("Public key") }}<th>{{ translate("Fingerprint") }}<th>
{% for office, key, mark in keys %}<tr><td><b>{{ office }}</b><td><code>{{ key }}</code><td><code>{{ mark }}</code>
<td><a href="/bundles/answer?office={{ office }}">{{ translate("Take the answer") }}</a>{% endfor %}</table>{% endif %}
<form method="post" action="/bundles/keys">
<label>{{ translate("Office") }} <input name="office" size="12" required></label>
<input name="key" placeholder="ed25519:…" aria-label="{{ translate('Public key') }}" required>
<button>{{ translate("Register") }}</button></form>
<h2>{{ translate("What was read") }}</h2>{% if log %}<table>
<tr><th>{{ translate("Office") }}<th class="n">{{ translate("Events") }}<th>{{ translate("Result") }}
{% for row in log %}<tr><td>{{ row.office or "–" }}<td class="n">{% if row.through is not none %}
{{ grouped(row.after + 1) }} – {{ grouped(row.through) }}{% endif %}<td>{{ "✓" if row.code == "taken" else "✗" }}
{{ row.reason }}{% endfor %}</table>{% else %}<p>{{ translate("Nothing was read yet.") }}</p>{% endif %}
<h2>{{ translate("Key of this system") }}</h2><p>{{ translate("Offices put it into [sync.bundle] trusted_keys.") }}<br>
<code>{{ own }}</code><br>{{ translate("Fingerprint") }}: <code>{{ own_mark }}</code></p></html>"""


class BundleRoutes:
    """The routes of one receiver of bundles."""

    def __init__(self, receiver: BundleReceiver) -> None:
        self._receiver = receiver

    def page(self, error: str = "") -> str:
        own = self._receiver.signer.public
        return render_template_string(
            PAGE,
            translate=translate,
            grouped=grouped,
            keys=self._receiver.registered(),
            log=self._receiver.read_log(),
            own=own,
            own_mark=fingerprint(own),
            error=error,
        )

    def uploaded(self) -> BaseResponse:
        """Several parts at once are read in the order of their names."""
        for upload in sorted(request.files.getlist("bundle"), key=lambda one: one.filename or ""):
            self._read(upload.stream)
        return redirect("/bundles", 303)

    def posted(self) -> Response:
        """Reads the bundle in the body and answers what became of it."""
        result = self._read(request.stream)
        body = {
            "code": result.code,
            "reason": result.reason,
            "office": result.office,
            "bundle": result.bundle,
            "accepted_through": result.through,
        }
        answer = jsonify(body)
        answer.status_code = 200 if result.taken else 409
        return answer

    def register(self) -> BaseResponse | tuple[str, int]:
        try:
            self._receiver.register(request.form["office"].strip(), request.form["key"])
        except InvalidKey as error:
            return self.page(str(error)), 400
        return redirect("/bundles", 303)

    def answer(self) -> Response:
        office = request.args.get("office", "")
        if office not in {row[0] for row in self._receiver.registered()}:
            return Response("unknown office\n", 404)
        with tempfile.TemporaryDirectory() as folder:
            path = self._receiver.write_answer(office, Path(folder))
            return send_file(path.open("rb"), MEDIA, as_attachment=True, download_name=path.name)

    def _read(self, stream: IO[bytes]) -> BundleResult:
        """Writes it to a file first, a piece at a time: a bundle may be larger than the memory."""
        with tempfile.NamedTemporaryFile(suffix=".mcb") as file:
            left = MOST_BYTES
            while left > 0 and (piece := stream.read(min(PIECE, left))):
                file.write(piece)
                left -= len(piece)
            file.flush()
            return self._receiver.read(Path(file.name))


def mount(app: Flask, receiver: BundleReceiver) -> None:
    routes = BundleRoutes(receiver)
    app.add_url_rule("/bundles", "bundles", routes.page)
    app.add_url_rule("/bundles", "bundle", routes.posted, methods=["POST"])
    app.add_url_rule("/bundles/page", "bundle_page", routes.uploaded, methods=["POST"])
    app.add_url_rule("/bundles/keys", "bundle_keys", routes.register, methods=["POST"])
    app.add_url_rule("/bundles/answer", "bundle_answer", routes.answer)
