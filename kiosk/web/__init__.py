"""HTTP to actions and back, nothing else."""

from __future__ import annotations

import logging
from typing import Any

from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException

from kiosk.domain.errors import Refused
from kiosk.store.store import StorageBusy, StorageFailed
from kiosk.web import (
    api_admin,
    api_counters,
    api_devices,
    api_dossiers,
    api_followers,
    api_journal,
    api_printers,
    api_ratings,
    api_reports,
    api_rolls,
    api_tables,
    api_tickets,
    api_voices,
    api_webhooks,
    openapi,
    pages,
)
from kiosk.web.calls import register
from kiosk.web.door import Door
from kiosk.web.errors import problem, refusal
from kiosk.web.services import Services, install

API = (
    api_tickets, api_counters, api_ratings, api_dossiers, api_journal, api_devices, api_printers, api_rolls,
    api_reports, api_admin, api_webhooks, api_tables, api_voices, api_followers, openapi,
)  # fmt: skip
CODES = {404: "not-found", 405: "method-not-allowed", 413: "too-large", 415: "unsupported-type"}
log = logging.getLogger("kiosk.web")


def create_app(found: Services) -> Flask:
    app = Flask(__name__, static_folder=None)
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    install(app, found)
    register(app, found.gate)
    pages.register(app)
    app.wsgi_app = Door(app.wsgi_app, found.trusted_hosts)  # type: ignore[method-assign]
    app.register_error_handler(Refused, refusal)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(StorageBusy, lambda error: problem("unavailable", str(error)))
    app.register_error_handler(StorageFailed, lambda error: problem("unavailable", "the disk failed; restarting"))
    app.register_error_handler(Exception, _unexpected)
    return app


def _http_error(error: HTTPException) -> Any:
    if error.code in CODES:
        return problem(CODES[error.code], error.description or error.name)
    if error.code == 400:
        return problem("bad-json", error.description or error.name)
    return error


def _unexpected(error: Exception) -> Response:
    log.exception("unexpected error in %s %s", request.method, request.path)
    return problem("internal", "an unexpected error was logged; nothing was changed")
