"""Behind a proxy addresses are the clients', from nobody else believed; the public door only reads."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from kiosk.web.http.doors import PROXIED, BehindProxies, Proxies, PublicOnly, TlsFromNowOn
from kiosk.web.listeners import Doors
from kiosk.web.wsgi.request_reader import FORWARDED
from tests.bench.load import Connection
from tests.office import OfficeStory, sample_configuration

Environ = dict[str, Any]


def seen_behind(proxies: list[str], remote: str, **told: str) -> Environ:
    """What the application is given of a request."""
    given: list[Environ] = []

    def application(environ: Environ, start: Callable[..., Any]) -> list[bytes]:
        given.append(environ)
        return []

    headers = {f"HTTP_X_FORWARDED_{name.upper()}": value for name, value in told.items()}
    environ = {"REMOTE_ADDR": remote, "wsgi.url_scheme": "http", "HTTP_HOST": "kiosk:8080", FORWARDED: headers}
    BehindProxies(application, Proxies(proxies))(environ, lambda *_: None)  # type: ignore[arg-type, list-item]
    return given[0]


def test_a_trusted_proxy_is_believed_about_its_client() -> None:
    seen = seen_behind(["127.0.0.1"], "127.0.0.1", **{"for": "192.168.1.20"}, proto="https", host="motcua.example")
    assert (seen["REMOTE_ADDR"], seen["wsgi.url_scheme"], seen["HTTP_HOST"]) == (
        "192.168.1.20",
        "https",
        "motcua.example",
    )
    assert seen[PROXIED] is True


@pytest.mark.parametrize("remote", ["192.168.1.66", "10.0.0.1", "not an address"])
def test_nobody_else_is(remote: str) -> None:
    seen = seen_behind(["127.0.0.1", "::1"], remote, **{"for": "127.0.0.1"}, proto="https", host="evil.example")
    assert (seen["REMOTE_ADDR"], seen["wsgi.url_scheme"], seen["HTTP_HOST"]) == (remote, "http", "kiosk:8080")
    assert PROXIED not in seen and FORWARDED not in seen


def test_what_the_client_made_up_before_the_proxy_does_not_count() -> None:
    chain = {"for": "127.0.0.1, 8.8.8.8, 192.168.1.20, 10.0.0.5"}
    assert seen_behind(["127.0.0.1", "10.0.0.0/8"], "127.0.0.1", **chain)["REMOTE_ADDR"] == "192.168.1.20"


def test_a_proxy_that_tells_no_client_is_a_proxy_nevertheless() -> None:
    assert seen_behind(["127.0.0.1"], "127.0.0.1")[PROXIED] is True


@pytest.mark.parametrize(
    ("bind", "public", "is_tls"),
    [
        ("127.0.0.1:8080", None, True),
        ("[::1]:8080", None, True),
        ("localhost:8080", None, True),
        ("0.0.0.0:8080", None, False),
        ("192.168.1.5:8080", None, False),
        ("127.0.0.1:8080", "0.0.0.0:8090", False),
    ],
)
def test_browsers_are_bound_to_tls_where_no_plain_door_is_open_to_the_network(
    bind: str, public: str | None, is_tls: bool
) -> None:
    assert Doors(bind, "0.0.0.0:8443", public, 8).network_is_tls is is_tls


def test_an_answer_over_tls_says_so_for_a_year() -> None:
    def application(environ: Environ, start: Callable[..., Any]) -> list[bytes]:
        start("200 OK", [("Content-Type", "text/plain")])
        return []

    answers: list[list[tuple[str, str]]] = []
    TlsFromNowOn(application)({}, lambda status, headers: answers.append(headers))  # type: ignore[arg-type, list-item]
    assert answers == [[("Content-Type", "text/plain"), ("Strict-Transport-Security", "max-age=31536000")]]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OfficeStory]:
    home: Path = tmp_path_factory.mktemp("doors")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MOTCUA_HOME", str(home))
        plain = sample_configuration(f"sqlite:///{home / 'motcua.db'}", opening="always")
        server = plain.server.model_copy(update={"pair_loopback": True})
        story = OfficeStory("", plain.model_copy(update={"server": server}))
        yield story
        story.close()


def through(office: OfficeStory, door: Any, method: str, path: str, **environ: Any) -> Any:
    app = office.service.flask_app
    client = app.test_client()
    inside = app.wsgi_app
    app.wsgi_app = door(inside)  # type: ignore[method-assign]
    try:
        return client.open(path, method=method, environ_base=environ, json=environ.pop("json", None))
    finally:
        app.wsgi_app = inside  # type: ignore[method-assign]


def test_a_proxied_request_is_never_one_of_this_machine(office: OfficeStory) -> None:
    asked = {"role": "tablet", "name": "t"}
    path = "/api/v1/devices/pair"

    def behind(inside: Any) -> Any:
        return BehindProxies(inside, Proxies(["127.0.0.1"]))

    assert through(office, lambda inside: inside, "POST", path, json=asked).json["state"] == "approved"
    assert through(office, behind, "POST", path, json=asked).json["state"] == "waiting"
    told = {FORWARDED: {"HTTP_X_FORWARDED_FOR": "127.0.0.1"}}
    assert through(office, behind, "POST", path, json=asked, **told).json["state"] == "waiting"


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/procedures", 200),
        ("GET", "/procedures?q=khai+sinh", 200),
        ("GET", "/procedures/1.001193", 200),
        ("GET", "/procedures/1.001193/qr.svg", 404),
        ("HEAD", "/procedures", 200),
        ("GET", "/t/abcdefghijkm", 200),
        ("GET", "/healthz", 200),
        ("GET", "/api/v1/public/tickets/abcdefghijkm", 404),
        ("POST", "/api/v1/public/tickets/abcdefghijkm/rating-token", 405),
        ("POST", "/api/v1/ratings", 405),
        ("POST", "/api/v1/admin/session", 405),
        ("DELETE", "/procedures", 405),
        ("GET", "/admin", 404),
        ("GET", "/counter", 404),
        ("GET", "/kiosk", 404),
        ("GET", "/metrics", 404),
        ("GET", "/api/v1/openapi.json", 404),
        ("GET", "/api/v1/board", 404),
        ("GET", "/t/../admin", 404),
        ("GET", "/", 404),
    ],
)
def test_the_public_door_reads_tickets_and_procedures_and_nothing_else(
    office: OfficeStory, method: str, path: str, status: int
) -> None:
    assert through(office, PublicOnly, method, path).status_code == status


def test_no_credential_passes_the_public_door(office: OfficeStory) -> None:
    seen: list[Environ] = []

    def inside(environ: Environ, start: Callable[..., Any]) -> list[bytes]:
        seen.append(environ)
        start("200 OK", [("Set-Cookie", "a=b"), ("Content-Type", "text/plain")])
        return []

    heads: list[Any] = []
    environ = {"REQUEST_METHOD": "GET", "PATH_INFO": "/procedures", "HTTP_COOKIE": "x", "HTTP_AUTHORIZATION": "y"}
    PublicOnly(inside)(environ, lambda *given: heads.append(given))  # type: ignore[arg-type, func-returns-value]
    assert not {"HTTP_COOKIE", "HTTP_AUTHORIZATION"} & seen[0].keys()
    assert heads[0][1] == [("Content-Type", "text/plain")]


def test_behind_a_real_proxys_line_each_client_counts_for_himself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One line of the proxy carries a kiosk's request and a stranger's; neither lends the other its standing."""
    monkeypatch.setenv("MOTCUA_HOME", str(tmp_path))
    plain = sample_configuration(f"sqlite:///{tmp_path / 'motcua.db'}", opening="always")
    server = plain.server.model_copy(update={"trusted_proxies": ["127.0.0.1"], "pair_loopback": True})
    story = OfficeStory("", plain.model_copy(update={"server": server}))
    port = story.service.start()
    line = Connection(port, story.token("kiosk"))
    line._head += "X-Forwarded-For: 192.168.1.20\r\nX-Forwarded-Proto: https\r\n"
    assert line.call("POST", "/api/v1/tickets", {"service": "HT"})[0] == 201
    listeners = story.service._listeners
    assert listeners is not None
    (connection,) = [one for one in listeners.plain._crowd.all() if one.on_behalf is not None]
    assert connection.is_proxy and connection.peer is None
    line._head = f"Host: 127.0.0.1:{port}\r\nX-Forwarded-For: 10.9.9.9, 192.168.1.66\r\n"
    status, body = line.call("POST", "/api/v1/devices/pair", {"role": "tablet", "name": "t"})
    assert (status, json.loads(body)["state"]) == (201, "waiting")
    assert connection.on_behalf == ("192.168.1.66", None) and not connection.is_first
    with story.app.store.reading() as reading:
        assert [one.address for one in reading.pairings.waiting(0)] == ["192.168.1.66"]
    line.close()
    story.service.stop_serving()
    story.close()
