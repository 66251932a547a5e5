"""The service's Flask finds what Flask itself finds, and keeps no session."""

from __future__ import annotations

import pytest
from flask import Flask, request, session, url_for
from werkzeug.test import EnvironBuilder
from werkzeug.wrappers import Response

from kiosk.web.http.application import Application


def routes(app: Flask) -> Flask:
    app.add_url_rule("/things/<name>", "thing", lambda name: name)
    app.add_url_rule("/folder/", "folder", lambda: request.host)
    app.add_url_rule("/made", "made", lambda: "", methods=["POST"])
    return app


def answer(app: Flask, path: str, **given: object) -> tuple[int, bytes, str | None]:
    environ = EnvironBuilder(path, **given).get_environ()  # type: ignore[arg-type] # whatever a case names
    if given.get("base_url") is None:
        del environ["HTTP_HOST"]
    response = Response.from_app(app.wsgi_app, environ)
    return response.status_code, response.get_data(), response.headers.get("Location")


@pytest.mark.parametrize(
    ("path", "given", "expected"),
    [
        ("/things/A001", {}, (200, b"A001", None)),
        ("/things/%C4%90%E1%BA%A5t", {}, (200, "Đất".encode(), None)),
        ("/things/%FF", {}, (200, "\N{REPLACEMENT CHARACTER}".encode(), None)),
        ("/things/a/b", {}, (404, None, None)),
        ("/made", {}, (405, None, None)),
        ("/made", {"method": "POST"}, (200, b"", None)),
        ("/folder/", {"base_url": "http://may.lan:8080"}, (200, b"may.lan:8080", None)),
        ("/folder/", {"base_url": "https://may.lan"}, (200, b"may.lan", None)),
        ("/folder?a=1", {"base_url": "http://may.lan:8080"}, (308, None, "http://may.lan:8080/folder/?a=1")),
    ],
)
def test_a_path_leads_where_flask_leads(
    path: str, given: dict[str, str], expected: tuple[int, bytes | None, str | None]
) -> None:
    status, body, location = answer(routes(Application("motcua")), path, **given)
    assert (status, location) == (expected[0], expected[2])
    assert expected[1] in {None, body}
    plain = answer(routes(Flask("plain")), path, **given)
    assert (status, body, location) == plain


def test_no_session_can_be_written() -> None:
    app = Application("motcua")
    app.secret_key = "a key would make Flask send a cookie"

    def write() -> str:
        session["who"] = "a citizen"
        return ""

    app.add_url_rule("/", "write", write)
    response = app.test_client().get("/")
    assert response.status_code == 500
    assert "Set-Cookie" not in response.headers


def test_no_address_is_built_from_a_rule() -> None:
    app = routes(Application("motcua"))
    with app.test_request_context("/made"), pytest.raises(LookupError, match="written out"):
        url_for("thing", name="A001")
