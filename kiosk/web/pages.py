"""Pages for people and the health of the service."""

from __future__ import annotations

from typing import Any

from flask import Flask, Response, render_template, send_from_directory
from werkzeug.exceptions import NotFound

from kiosk.web.assets import STATIC, fonts
from kiosk.web.metrics import CONTENT_TYPE, metrics_text
from kiosk.web.services import services
from kiosk.web.wording import all_sentences, translate

PAGES = ("kiosk", "counter", "tablet", "admin", "board")


def register(app: Flask) -> None:
    app.jinja_env.globals["_"] = translate
    for name in PAGES:
        app.add_url_rule(f"/{name}", f"page {name}", _page(name))
    app.add_url_rule("/admin/printers", "page printers", _page("admin"))
    app.add_url_rule("/admin/voices", "page voices", lambda: render_template("voices.html", **_shown("admin")))
    app.add_url_rule("/admin/sync", "page sync", _page("admin"))
    app.add_url_rule("/t/<token>", "page ticket", _ticket_page)
    app.add_url_rule("/procedures", "page procedures", _page("procedures"))
    app.add_url_rule("/", "page start", lambda: render_template("start.html", **_shown("start")))
    app.add_url_rule("/static/<path:name>", "static", _static)
    app.add_url_rule("/fonts/<name>", "fonts", _font)
    app.add_url_rule("/pictures/<name>", "pictures", _picture)
    app.add_url_rule("/healthz", "health", lambda: Response("ok\n", content_type="text/plain"))
    app.add_url_rule("/readyz", "ready", _ready)
    app.add_url_rule("/metrics", "metrics", lambda: Response(metrics_text(services()), content_type=CONTENT_TYPE))


def _page(name: str) -> Any:
    return lambda: render_template(f"{name}.html", **_shown(name))


def _shown(name: str) -> dict[str, Any]:
    return {"page": name, "shown": services().shown, "sentences": all_sentences()}


def _ticket_page(token: str) -> str:
    return render_template("ticket.html", token=token, **_shown("ticket"))


def _static(name: str) -> Response:
    return send_from_directory(STATIC, name, max_age=0)


def _picture(name: str) -> Response:
    """A picture of the TV, by the name that the configuration gives it and no other."""
    found = services()
    if found.pictures is None or name not in {row["file"] for row in found.shown["board"]["picture"]}:
        raise NotFound
    return send_from_directory(found.pictures, name, max_age=300)


def _font(name: str) -> Response:
    return send_from_directory(fonts(), name, max_age=86400)


def _ready() -> Response:
    """200 when the database answers and the clock is not behind the journal."""
    found = services()
    with found.store.reading() as reading:
        glance = reading.glance()
    behind = glance.last_time - found.clock.now_ms()
    if behind > 60_000:
        return Response(f"clock is {behind // 1000} s behind the journal\n", 503, content_type="text/plain")
    return Response(f"ready at seq {glance.head.seq}\n", content_type="text/plain")
