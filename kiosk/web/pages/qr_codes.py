"""QR codes of addresses that the service itself gives out: a ticket's own page, and the procedures."""

from __future__ import annotations

from flask import Flask, Response
from werkzeug.exceptions import NotFound

from kiosk.web.http.dependencies import dependencies
from kiosk.web.http.qr_svg import qr_svg
from kiosk.web.pages.procedures import asked_language, first_language

KEPT_S = 3600


def register(app: Flask) -> None:
    app.add_url_rule("/t/<token>/qr.svg", "qr ticket", _ticket_code)
    app.add_url_rule("/procedures/qr.svg", "qr procedures", _procedures_code)
    app.add_url_rule("/procedures/<code>/qr.svg", "qr procedure", _procedure_code)


def _ticket_code(token: str) -> Response:
    """Of a ticket of today; 404 for another, and where the office has no public address."""
    with dependencies().store.reading() as reading:
        ticket = reading.tickets.by_public_token(reading.state.business_date, token)
    if ticket is None:
        raise NotFound("this address is not of a ticket of today")
    return _answer(f"t/{ticket.public_token}")


def _procedures_code() -> Response:
    return _answer("procedures")


def _procedure_code(code: str) -> Response:
    if code not in {one["code"] for one in dependencies().configuration["procedures"]}:
        raise NotFound("there is no such procedure in this office's catalogue")
    languages = dependencies().configuration["office"]["languages"]
    language = asked_language(languages)
    return _answer(f"procedures/{code}" + (f"?lang={language}" if language != first_language(languages) else ""))


def _answer(path: str) -> Response:
    public_url = dependencies().public_url
    if not public_url:
        raise NotFound("the office has no public address: [server] public_url")
    answer = Response(qr_svg(f"{public_url}/{path}"), content_type="image/svg+xml")
    answer.cache_control.max_age = KEPT_S
    return answer
