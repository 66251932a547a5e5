"""The conformance test reaches a receiver by every way that a connector has: certificates, proxy, OAuth2."""

from __future__ import annotations

import base64
import json
import ssl
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import trustme

from kiosk.cli import main
from sync.receiver.conformance.run import CHECKS
from tests.sync.sample_receiver import Receiver
from tests.sync.secure import Server, ca_file, server_context, tunnel


class Guarded:
    """A receiver that keeps the contract, behind mutual TLS and, with `oauth`, behind tokens that it gives itself."""

    def __init__(self, folder: Path, oauth: bool) -> None:
        self.receiver, self.oauth, self.given = Receiver(), oauth, 0
        self.pair = b"Basic " + base64.b64encode(b"thu:s%3Acret")
        authority, offices = trustme.CA(), trustme.CA()
        context = server_context(authority.issue_cert("localhost"))
        context.verify_mode = ssl.CERT_REQUIRED
        offices.configure_trust(context)
        mine = offices.issue_cert("motcua-thu")
        self.ca, self.certificate, self.key = ca_file(authority, folder), folder / "office.pem", folder / "office.key"
        mine.cert_chain_pems[0].write_to_path(str(self.certificate))
        mine.private_key_pem.write_to_path(str(self.key))
        self.server = Server(context, self.answer)
        self.url = f"https://localhost:{self.server.port}"

    def answer(self, method: str, path: str, headers: Any, body: bytes) -> tuple[int, Any]:
        if path == "/token":
            self.given += 1
            fits = headers["Authorization"].encode() == self.pair
            return (200, {"access_token": f"t{self.given}", "expires_in": 60}) if fits else (401, {})
        known = {f"Bearer t{n}" for n in range(1, self.given + 1)}
        if self.oauth and headers.get("Authorization") not in known:
            return 401, {}
        return self.receiver.answer(method, path, headers, body)

    def close(self) -> None:
        self.server.close()
        self.receiver.close()


@pytest.fixture
def guarded(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Guarded]:
    made = Guarded(tmp_path, getattr(request, "param", False))
    yield made
    made.close()


def conformance(guarded: Guarded, *more: str) -> list[str]:
    return ["sync", "conformance", "--url", f"{guarded.url}/events", "--ca-file", guarded.ca, "--format", "json", *more]


def ours(guarded: Guarded) -> list[str]:
    return ["--client-certificate", str(guarded.certificate), "--client-key", str(guarded.key)]


def outcomes(capsys: pytest.CaptureFixture[str]) -> dict[str, str]:
    return {found["code"]: found["outcome"] for found in json.loads(capsys.readouterr().out)["findings"]}


def test_a_receiver_that_demands_our_certificate_is_checked_with_it(
    guarded: Guarded, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(conformance(guarded)) == 1
    found = json.loads(capsys.readouterr().out)["findings"]
    assert [one["code"] for one in found] == ["reachable"] and "chứng thư của máy này" in found[0]["seen"]
    assert main(conformance(guarded, *ours(guarded))) == 0
    found = outcomes(capsys)
    assert len(found) == len(CHECKS) + 1 and set(found.values()) == {"pass", "not checked"}


@pytest.mark.parametrize("guarded", [True], indirect=True)
def test_a_receiver_behind_proxy_and_oauth_is_checked_through_them(
    guarded: Guarded, capsys: pytest.CaptureFixture[str]
) -> None:
    client = ["--oauth-token-url", f"{guarded.url}/token", "--oauth-client-id", "thu", "--oauth-client-secret"]
    asked: list[bytes] = []
    with tunnel(guarded.server.port, asked) as port:
        ways = [*ours(guarded), "--proxy", f"http://u:p@127.0.0.1:{port}", *client]
        assert main(conformance(guarded, *ways, "s:cret")) == 0
        found = outcomes(capsys)
        assert {code for code, outcome in found.items() if outcome != "pass"} == {"signature", "dossiers"}
        assert 1 <= guarded.given < 10, "a token lasts for many checks"
        assert asked and all(b"Proxy-Authorization: Basic dTpw" in head for head in asked)
        assert main(conformance(guarded, *ways, "sai")) == 1
        found_again = json.loads(capsys.readouterr().out)["findings"]
        assert len(found_again) == 1 and "client_secret" in found_again[0]["seen"]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--proxy", "socks://127.0.0.1:1080"], "--proxy: "),
        (["--client-key", "office.key"], "client_certificate"),
        (["--oauth-token-url", "https://t.example/token"], "oauth_client_id"),
        (["--token", "t", "--oauth-token-url", "https://t.example/t", "--oauth-client-id", "c"], "không dùng cùng lúc"),
        (["--oauth-token-url", "http://t.example/token", "--oauth-client-id", "c"], "--oauth-token-url: "),
    ],
)
def test_options_that_contradict_each_other_are_refused_as_in_a_connectors_section(
    options: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["sync", "conformance", "--url", "https://mot-cua.example/events", *options]) == 1
    assert said in capsys.readouterr().err
