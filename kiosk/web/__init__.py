"""HTTP to actions and back, nothing else."""

from __future__ import annotations

import logging
from typing import Any

from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException

from contract.problems import ProblemCode
from kiosk.domain.errors import DomainError, Forbidden
from kiosk.web.api import (
    board,
    camera,
    clock,
    comments,
    corrections,
    counted,
    counters,
    devices,
    dossier_tables,
    dossier_words,
    dossiers,
    equipment,
    filing,
    followers,
    help_requests,
    journal,
    journal_search,
    page,
    paper_rolls,
    persons,
    printers,
    procedures,
    ratings,
    report_orders,
    report_points,
    reports,
    sessions,
    staff,
    statistics,
    tickets,
    upkeep,
    voices,
    webhooks,
)
from kiosk.web.http import openapi
from kiosk.web.http.application import Application
from kiosk.web.http.callers import log_refusal
from kiosk.web.http.calls import register
from kiosk.web.http.dependencies import Dependencies, dependencies, install
from kiosk.web.http.errors import (
    STORAGE_CODES,
    domain_error_response,
    internal_error_response,
    problem_response,
    storage_error_response,
)
from kiosk.web.http.host_check import HostCheck
from kiosk.web.pages import routes
from kiosk.web.wsgi.printable import printable_path

API = (
    tickets,
    counters,
    help_requests,
    filing,
    camera,
    board,
    clock,
    ratings,
    dossiers,
    journal,
    journal_search,
    comments,
    corrections,
    upkeep,
    devices,
    sessions,
    persons,
    staff,
    printers,
    paper_rolls,
    statistics,
    counted,
    reports,
    report_orders,
    report_points,
    equipment,
    webhooks,
    dossier_words,
    dossier_tables,
    procedures,
    voices,
    followers,
    page,
    openapi,
)
CODES = {
    404: ProblemCode.NOT_FOUND,
    405: ProblemCode.METHOD_NOT_ALLOWED,
    413: ProblemCode.TOO_LARGE,
    415: ProblemCode.UNSUPPORTED_TYPE,
}
log = logging.getLogger("kiosk.web")


def create_app(given: Dependencies) -> Flask:
    app = Application(__name__, static_folder=None, template_folder="pages/templates")
    app.json.ensure_ascii = False  # type: ignore[attr-defined] # of Flask's own provider
    install(app, given)
    register(app, given.authenticator)
    routes.register(app)
    app.wsgi_app = HostCheck(app.wsgi_app, given.trusted_hosts)  # type: ignore[method-assign] # as Flask says
    app.register_error_handler(DomainError, domain_error_response)
    app.register_error_handler(Forbidden, _refused)
    app.register_error_handler(HTTPException, _http_error)
    for kind in STORAGE_CODES:
        app.register_error_handler(kind, storage_error_response)
    app.register_error_handler(Exception, _unexpected)
    return app


def _refused(error: Forbidden) -> Response:
    log_refusal(request, dependencies())
    return domain_error_response(error)


def _http_error(error: HTTPException) -> Any:
    if error.code in CODES:
        return problem_response(CODES[error.code], error.description or error.name)
    if error.code == 400:
        return problem_response(ProblemCode.BAD_JSON, error.description or error.name)
    return error


def _unexpected(error: Exception) -> Response:
    log.exception("unexpected error in %s %s", request.method, printable_path(request.path))
    return internal_error_response()
