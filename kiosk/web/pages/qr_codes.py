"""QR codes of addresses that the service itself gives out: a ticket's own page, and the procedures."""

from __future__ import annotations

from flask import Flask, Response
from werkzeug.exceptions import NotFound

from kiosk.web.http.dependencies import dependencies

DARK = "#1D1A16"
KEPT_S = 3600


def register(app: Flask) -> None:
    app.add_url_rule("/t/<token>/qr.svg", "qr ticket", _ticket_code)
    app.add_url_rule("/procedures/qr.svg", "qr procedures", _procedures_code)


def qr_svg(text: str) -> str:
    """A code of level M as SVG, one unit a module, without a margin: whoever shows it leaves four modules of white."""
    import segno

    rows = segno.make(text, error="m", micro=False, boost_error=False).matrix
    path = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {len(rows)} {len(rows)}" shape-rendering="crispEdges">'
        f'<path fill="{DARK}" d="{path}"/></svg>'
    )


def _ticket_code(token: str) -> Response:
    """Of a ticket of today; 404 for another, and where the office has no public address."""
    with dependencies().store.reading() as reading:
        ticket = reading.tickets.by_public_token(reading.state.business_date, token)
    if ticket is None:
        raise NotFound("this address is not of a ticket of today")
    return _answer(f"t/{ticket.public_token}")


def _procedures_code() -> Response:
    return _answer("procedures")


def _answer(path: str) -> Response:
    public_url = dependencies().public_url
    if not public_url:
        raise NotFound("the office has no public address: [server] public_url")
    answer = Response(qr_svg(f"{public_url}/{path}"), content_type="image/svg+xml")
    answer.cache_control.max_age = KEPT_S
    return answer
