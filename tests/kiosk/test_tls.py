"""HTTPS by the office's own authority: trusted by who installed it, renewed under open connections, slow to nobody."""

from __future__ import annotations

import json
import socket
import ssl
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kiosk.domain.tokens import certificate_fingerprint
from kiosk.maintenance.certificates import OfficeCertificates, authority_der, ensure_certificate, service_names
from kiosk.store.credentials import hash_secret
from kiosk.web.listeners import Listeners
from tests.office import OfficeStory, sample_configuration

PATIENCE_S = 20.0


def real_now() -> int:
    """TLS clients ask the machine's clock, not the story's."""
    return int(time.time() * 1000)


class SecureOffice:
    """An office with a TLS door and a public one."""

    def __init__(self, home: Path) -> None:
        self.home = home
        plain = sample_configuration(f"sqlite:///{home / 'motcua.db'}", opening="always")
        update = {"tls_bind": "127.0.0.1:0", "public_bind": "127.0.0.1:0", "public_url": "https://motcua.example"}
        self.story = OfficeStory("", plain.model_copy(update={"server": plain.server.model_copy(update=update)}))
        with self.story.app.store.writing() as tables:
            tables.clerks.add("c-1", "Lan", hash_secret("4821"))
        ensure_certificate(self.story.app.configuration.server, real_now())
        self.story.service.start()
        assert self.story.service._listeners is not None
        self.listeners: Listeners = self.story.service._listeners
        assert self.listeners.tls is not None
        self.port = self.listeners.tls.port

    def connect(self, trusting: bool = True, name: str = "127.0.0.1") -> ssl.SSLSocket:
        context = ssl.create_default_context()
        if trusting:
            context.load_verify_locations(cadata=authority_der())
        plain = socket.create_connection(("127.0.0.1", self.port), PATIENCE_S)
        return context.wrap_socket(plain, server_hostname=name)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SecureOffice]:
    home: Path = tmp_path_factory.mktemp("tls")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MOTCUA_HOME", str(home))
        patch.setattr("kiosk.server.OfficeCertificates", lambda server, _: OfficeCertificates(server, real_now))
        made = SecureOffice(home)
        yield made
        made.story.service.stop_serving()
        made.story.close()


def ask(line: ssl.SSLSocket, method: str, path: str, body: Any = None, **headers: str) -> tuple[int, str, bytes]:
    """Status, head and body of an answer that says its length."""
    data = b"" if body is None else json.dumps(body).encode()
    more = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
    head = f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{more}Content-Type: application/json\r\n"
    line.sendall(f"{head}Content-Length: {len(data)}\r\n\r\n".encode() + data)
    received = b""
    while b"\r\n\r\n" not in received:
        received += line.recv(65536)
    answered, _, rest = received.partition(b"\r\n\r\n")
    text = answered.decode()
    length = int(text.lower().partition("content-length: ")[2].split("\r\n")[0] or 0)
    while len(rest) < length:
        rest += line.recv(65536)
    return int(text[9:12]), text, rest


def test_who_installed_the_authority_trusts_the_service_and_nobody_else_does(office: SecureOffice) -> None:
    with office.connect() as line:
        assert ask(line, "GET", "/healthz")[0] == 200
        assert line.version() in {"TLSv1.2", "TLSv1.3"}
    with pytest.raises(ssl.SSLCertVerificationError):
        office.connect(trusting=False)


@pytest.mark.parametrize("name", ["localhost", "127.0.0.1", "motcua.example"])
def test_the_certificate_is_good_for_every_name_of_the_service(office: SecureOffice, name: str) -> None:
    with office.connect(name=name) as line:
        assert ask(line, "GET", "/healthz")[0] == 200


def test_another_name_is_refused(office: SecureOffice) -> None:
    with pytest.raises(ssl.SSLCertVerificationError):
        office.connect(name="bank.example")


def test_the_authority_is_given_to_be_installed_and_its_fingerprint_shown_when_pairing(office: SecureOffice) -> None:
    with office.connect() as line:
        status, head, der = ask(line, "GET", "/ca")
        assert status == 200 and "application/x-x509-ca-cert" in head and der == authority_der()
        asked = json.loads(ask(line, "POST", "/api/v1/devices/pair", {"role": "tablet", "name": "t"})[2])
        assert asked["ca_fingerprint"] == certificate_fingerprint(der) and len(asked["ca_fingerprint"]) == 79


def test_large_answers_and_streams_pass(office: SecureOffice) -> None:
    token = office.story.token("kiosk")
    with office.connect() as line, office.connect() as stream:
        status, _, body = ask(line, "GET", "/api/v1/openapi.json")
        assert status == 200 and json.loads(body)["openapi"] == "3.1.0" and len(body) > 100_000
        stream.sendall(
            f"GET /api/v1/stream HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {token}\r\n\r\n".encode()
        )
        heard = stream.recv(4096)
        assert ask(line, "POST", "/api/v1/tickets", {"service": "HT"}, Authorization=f"Bearer {token}")[0] == 201
        while b"ticket.issued" not in heard:
            heard += stream.recv(4096)


def test_a_long_body_passes_whole(office: SecureOffice) -> None:
    with office.connect() as line:
        sent = ask(
            line, "PUT", "/api/v1/dossiers", [], Authorization=f"Bearer {office.story.token('sync')}", X=" " * 20000
        )
        assert sent[0] == 200


def test_the_cookie_is_bound_to_this_host_and_to_tls(office: SecureOffice) -> None:
    token = office.story.token("counter", "1")
    with office.connect() as line:
        signed_in = ask(
            line, "POST", "/api/v1/session", {"clerk": "Lan", "pin": "4821"}, Authorization=f"Bearer {token}"
        )
        cookie = signed_in[1].partition("Set-Cookie: ")[2].split("\r\n")[0]
        assert cookie.startswith("__Host-motcua_session=")
        assert {"Secure", "HttpOnly", "SameSite=Strict", "Path=/"} <= set(cookie.split("; "))
        value = cookie.partition("=")[2].split(";")[0]
        assert ask(line, "GET", "/api/v1/clerks", Cookie=f"__Host-motcua_session={value}")[0] == 200
        assert ask(line, "GET", "/api/v1/clerks", Cookie=f"motcua_session={value}")[0] == 401


def test_slow_handshakes_and_nonsense_hold_nobody_up(office: SecureOffice) -> None:
    mute = [socket.create_connection(("127.0.0.1", office.port), PATIENCE_S, ("127.0.0.66", 0)) for _ in range(60)]
    for line in mute[:30]:
        line.sendall(b"\x16\x03\x01\x02\x00\x01")
    mute[-1].sendall(b"GET / HTTP/1.1\r\n\r\n")
    with office.connect() as line:
        assert ask(line, "GET", "/healthz")[0] == 200
    for line in mute:
        line.close()


def test_a_renewal_leaves_open_connections_and_the_authority_alone(office: SecureOffice) -> None:
    authority = authority_der()
    with office.connect() as before:
        serial = before.getpeercert()["serialNumber"]  # type: ignore[index]
        details = office.home / "tls" / "server.json"
        details.write_text(details.read_text(encoding="utf-8").replace('"not_after_ms": 1', '"not_after_ms": 0'))
        certificates = OfficeCertificates(office.story.app.configuration.server, real_now)
        office.listeners._certificates = certificates
        office.listeners.look_at_certificate()
        assert ask(before, "GET", "/healthz")[0] == 200
        with office.connect() as after:
            assert after.getpeercert()["serialNumber"] != serial  # type: ignore[index]
            assert ask(after, "GET", "/healthz")[0] == 200
    assert authority_der() == authority


def test_keys_are_their_owners_alone(office: SecureOffice) -> None:
    files = [file for file in (office.home / "tls").iterdir() if file.suffix in {".key", ".pem"}]
    assert len(files) == 4 and all(file.stat().st_mode & 0o077 == 0 for file in files)


def test_nothing_is_made_anew_while_all_is_well(office: SecureOffice) -> None:
    server = office.story.app.configuration.server
    written = (office.home / "tls" / "server.pem").read_bytes()
    assert "motcua.example" in service_names(server)
    assert not ensure_certificate(server, real_now())
    assert (office.home / "tls" / "server.pem").read_bytes() == written
