"""HTTPS by the office's own authority: trusted by who installed it, renewed under open connections, slow to nobody."""

from __future__ import annotations

import json
import socket
import ssl
from collections.abc import Iterator

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey

from kiosk.domain.tokens import certificate_fingerprint
from kiosk.maintenance.certificates import authority_der, ensure_certificate, service_names
from tests.kiosk.secure_office import PATIENCE_S, SecureOffice, ask, real_now, secure_office


@pytest.fixture(scope="module", params=["the service", "nginx"])
def office(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SecureOffice]:
    """An office with HTTPS: its own, and that of an nginx before it."""
    with secure_office(tmp_path_factory.mktemp("tls"), request.param) as made:
        yield made


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
        received = stream.recv(4096)
        assert ask(line, "POST", "/api/v1/tickets", {"service": "HT"}, Authorization=f"Bearer {token}")[0] == 201
        while b"ticket.issued" not in received:
            received += stream.recv(4096)


@pytest.mark.parametrize("size", [7_000, 9_000, 15_000, 200_000])
def test_a_long_body_passes_whole(office: SecureOffice, size: int) -> None:
    """A record of TLS, of up to 16 KiB, is read to its end: what stayed in the library would wake nobody."""
    long = b"[" + b" " * size + b"]"
    with office.connect() as line:
        sent = ask(line, "PUT", "/api/v1/dossiers", long, Authorization=f"Bearer {office.story.token('sync')}")
        assert sent[0] == 200 and json.loads(sent[2])["created"] == 0


def test_the_cookie_is_bound_to_this_host_and_to_tls(office: SecureOffice) -> None:
    token = office.story.token("counter", "1")
    with office.connect(port=office.staff_port) as line:
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
    token = office.story.token("kiosk")
    with office.connect() as stream:
        stream.sendall(
            f"GET /api/v1/stream HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {token}\r\n\r\n".encode()
        )
        received = stream.recv(4096)
        office.renew()
        with office.connect() as after:
            assert ask(after, "POST", "/api/v1/tickets", {"service": "VX"}, Authorization=f"Bearer {token}")[0] == 201
        while b"ticket.issued" not in received:
            received += stream.recv(4096)
    assert authority_der() == authority


def test_keys_and_ciphers_have_128_bits_of_security(office: SecureOffice) -> None:
    for name in ("ca.pem", "server.pem"):
        shown = x509.load_pem_x509_certificate((office.home / "tls" / name).read_bytes())
        key, algorithm = shown.public_key(), shown.signature_hash_algorithm
        assert isinstance(key, EllipticCurvePublicKey) and key.curve.name == "secp256r1"
        assert algorithm is not None and algorithm.name == "sha256"
    with office.connect() as line:
        cipher = line.cipher()
        assert cipher is not None and cipher[2] >= 128 and ("GCM" in cipher[0] or "CHACHA20" in cipher[0])
    for weak in ("AES128-SHA", "AES256-SHA256", "ECDHE-ECDSA-AES128-SHA", "NULL-SHA256"):
        context = ssl.create_default_context(cadata=authority_der())
        context.maximum_version = ssl.TLSVersion.TLSv1_2
        context.set_ciphers(f"{weak}:@SECLEVEL=0")
        plain = socket.create_connection(("127.0.0.1", office.port), PATIENCE_S)
        with pytest.raises(ssl.SSLError):
            context.wrap_socket(plain, server_hostname="127.0.0.1")
        plain.close()


def test_keys_are_their_owners_alone(office: SecureOffice) -> None:
    files = [file for file in (office.home / "tls").iterdir() if file.suffix in {".key", ".pem"}]
    assert len(files) == 4 and all(file.stat().st_mode & 0o077 == 0 for file in files)


def test_nothing_is_made_anew_while_all_is_well(office: SecureOffice) -> None:
    server = office.story.app.configuration.server
    written = (office.home / "tls" / "server.pem").read_bytes()
    assert "motcua.example" in service_names(server)
    assert not ensure_certificate(server, real_now())
    assert (office.home / "tls" / "server.pem").read_bytes() == written
