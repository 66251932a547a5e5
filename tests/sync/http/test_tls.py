"""Names and certificates: nothing leaves for a server that is not the province's, and staff read why."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import trustme

from sync.errors import SyncError
from sync.http.client import HttpClient
from sync.http.resolver import Resolver
from sync.http.tls import TlsSettings
from tests.sync.secure import EMPTY, Server, ca_file, server_context, tunnel

NOW = datetime.now(UTC)


@contextmanager
def serving(context: ssl.SSLContext | None = None) -> Iterator[Server]:
    server = Server(context)
    try:
        yield server
    finally:
        server.close()


def ask(server: Server, line: HttpClient, host: str = "localhost") -> str:
    """What comes of one delivery: "ok", or the reason why not."""
    try:
        line.request("POST", f"https://{host}:{server.port}/events", b"[secret]")
    except SyncError as error:
        return str(error)
    return "ok"


def leaf(authority: trustme.CA, kind: str) -> trustme.LeafCert:
    day = timedelta(days=1)
    dates = {
        "expired": {"not_before": NOW - 9 * day, "not_after": NOW - day},
        "not valid yet": {"not_before": NOW + day, "not_after": NOW + 9 * day},
    }
    name = "elsewhere.example" if kind == "another name" else "localhost"
    return authority.issue_cert(name, **dates.get(kind, {}))


@pytest.mark.parametrize("kind", ["expired", "not valid yet", "another name"])
def test_nothing_leaves_for_a_certificate_that_is(kind: str, tmp_path: Path) -> None:
    authority = trustme.CA()
    with serving(server_context(leaf(authority, kind))) as server:
        said = ask(server, HttpClient(ca_file(authority, tmp_path)))
        assert kind in said and server.told == []
        assert (datetime.now().strftime("%d/%m/%Y") in said) is (kind != "another name"), "the clock may be the culprit"


def test_nothing_leaves_for_an_authority_that_is_not_ours(tmp_path: Path) -> None:
    with serving(server_context(trustme.CA().issue_cert("localhost"))) as server:
        assert "cannot be trusted" in ask(server, HttpClient(ca_file(trustme.CA(), tmp_path)))
        assert "cannot be trusted" in ask(server, HttpClient()), "nor by the system's list"
        assert server.told == []


@pytest.mark.filterwarnings("ignore:ssl.TLSVersion.TLSv1 is deprecated")
def test_nothing_leaves_over_tls_1_0(tmp_path: Path) -> None:
    authority = trustme.CA()
    context = server_context(authority.issue_cert("localhost"))
    context.set_ciphers("ALL:@SECLEVEL=0")
    context.minimum_version, context.maximum_version = ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1
    with serving(context) as server:
        assert "no longer safe" in ask(server, HttpClient(ca_file(authority, tmp_path)))
        assert server.told == []


def test_our_own_authority_is_trusted_and_a_renewed_file_counts_at_once(tmp_path: Path) -> None:
    authority, other = trustme.CA(), trustme.CA()
    line = HttpClient(ca_file(other, tmp_path))
    with serving(server_context(authority.issue_cert("localhost"))) as server:
        assert "cannot be trusted" in ask(server, line)
        ca_file(authority, tmp_path)
        assert ask(server, line) == "ok" and server.told[0][3] == b"[secret]"


def test_a_missing_or_broken_certificate_file_is_named(tmp_path: Path) -> None:
    broken = tmp_path / "broken.pem"
    broken.write_text("not a certificate")
    with serving() as server:
        for file in (str(broken), str(tmp_path / "missing.pem")):
            assert file in ask(server, HttpClient(file))
        assert str(broken) in ask(server, HttpClient(tls=TlsSettings(certificate=str(broken))))


def test_both_sides_prove_themselves(tmp_path: Path) -> None:
    authority, ours = trustme.CA(), trustme.CA()
    context = server_context(authority.issue_cert("localhost"))
    context.verify_mode = ssl.CERT_REQUIRED
    ours.configure_trust(context)
    pair, stranger = tmp_path / "office.pem", tmp_path / "stranger.pem"
    ours.issue_cert("ba-vi").private_key_and_cert_chain_pem.write_to_path(str(pair))
    trustme.CA().issue_cert("ba-vi").private_key_and_cert_chain_pem.write_to_path(str(stranger))
    trusted = ca_file(authority, tmp_path)
    with serving(context) as server:
        for mine in ("", str(stranger)):
            said = ask(server, HttpClient(tls=TlsSettings(trusted, mine)))
            assert "a certificate of this machine" in said, said
        assert server.told == []
        assert ask(server, HttpClient(tls=TlsSettings(trusted, str(pair)))) == "ok"


@pytest.mark.parametrize("head", [b"HTTP/1.1 200 OK\r\n\r\n", b"HTTP/1.0 201 Opened\r\n\r\n"])
def test_a_proxy_carries_what_it_cannot_read(tmp_path: Path, head: bytes) -> None:
    authority = trustme.CA()
    asked: list[bytes] = []
    with serving(server_context(authority.issue_cert("localhost"))) as server, tunnel(server.port, asked, head) as port:
        line = HttpClient(ca_file(authority, tmp_path), proxy=f"http://office:s%40cret@127.0.0.1:{port}")
        assert ask(server, line) == "ok"
    place = f"localhost:{server.port}".encode()
    request, *headers = asked[0].split(b"\r\n")
    assert request.startswith(b"CONNECT " + place + b" HTTP/1.") and headers[0] == b"Host: " + place
    assert b"Proxy-Authorization: Basic b2ZmaWNlOnNAY3JldA==" in asked[0]


def test_an_address_of_ipv6_stands_in_brackets_for_the_proxy(tmp_path: Path) -> None:
    authority = trustme.CA()
    asked: list[bytes] = []
    with serving(server_context(authority.issue_cert("::1"))) as server, tunnel(server.port, asked) as port:
        client = HttpClient(ca_file(authority, tmp_path), proxy=f"http://127.0.0.1:{port}")
        assert ask(server, client, "[::1]") == "ok"
    place = f"[::1]:{server.port}".encode()
    request, *headers = asked[0].split(b"\r\n")
    assert request.startswith(b"CONNECT " + place + b" HTTP/1.") and headers[0] == b"Host: " + place


REFUSALS = [
    (b"HTTP/1.1 407 Proxy Authentication Required\r\n\r\n", "a name and a password (status 407)", False),
    (b"HTTP/1.1 403 Forbidden\r\n\r\n", "the proxy forbids the way to localhost (status 403)", False),
    (b"HTTP/1.1 502 Bad Gateway\r\n\r\n", "the proxy does not connect us (status 502)", True),
    (b"HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 407 No\r\n\r\n", "a name and a password (status 407)", False),
    (b"SSH-2.0-OpenSSH\r\n\r\n", "the proxy does not connect us (status —)", True),
]


@pytest.mark.parametrize(("answer", "reason", "retryable"), REFUSALS)
def test_a_proxy_that_refuses_says_what_must_be_mended(answer: bytes, reason: str, retryable: bool) -> None:
    with serving() as server, tunnel(server.port, [], answer) as port, pytest.raises(SyncError) as raised:
        HttpClient(proxy=f"http://127.0.0.1:{port}").request("GET", f"https://localhost:{server.port}/")
    assert reason in str(raised.value) and raised.value.retryable is retryable
    assert raised.value.status is None, "it is not the server who answered"


def unknown(host: str, port: int) -> list[tuple[int, tuple[object, ...]]]:
    raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")


def hanging(host: str, port: int) -> list[tuple[int, tuple[object, ...]]]:
    threading.Event().wait(30)
    return []


def nobody(host: str, port: int) -> list[tuple[int, tuple[object, ...]]]:
    return [(socket.AF_INET, ("127.0.0.1", 1))]


LOOKUPS = [(unknown, "cannot be resolved"), (hanging, "cannot be resolved"), (nobody, "does not answer")]


@pytest.mark.parametrize(("lookup", "said"), LOOKUPS)
def test_no_name_holds_a_thread(lookup: Callable[..., list[tuple[int, tuple[object, ...]]]], said: str) -> None:
    line = HttpClient(resolver=Resolver(lookup, wait_s=0.3))
    with serving() as server:
        began, before = time.monotonic(), threading.active_count()
        for _ in range(3):
            assert said in ask(server, line, "mot-cua.example")
        assert time.monotonic() - began < 3
        assert threading.active_count() <= before + 1, "one question at a time, however often it is asked"


def test_a_name_that_leads_to_a_stranger_is_not_believed(tmp_path: Path) -> None:
    authority = trustme.CA()
    with serving(server_context(trustme.CA().issue_cert("mot-cua.example"))) as stranger:
        names = Resolver(lambda host, port: [(socket.AF_INET, ("127.0.0.1", stranger.port))])
        http = HttpClient(ca_file(authority, tmp_path), resolver=names)
        assert "cannot be trusted" in ask(stranger, http, "mot-cua.example")
        assert stranger.told == [] and EMPTY["epoch"] is None
