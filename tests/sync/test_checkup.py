"""What the technician learns of a one-stop system before anything is sent to it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import trustme

from config.followers import ConnectorSection
from sync.checkup import Checkup, check_upstream
from tests.sync.secure import Server, ca_file, server_context

NOW = datetime.now(UTC)
DAY = timedelta(days=1)


def section(url: str, **more: str) -> ConnectorSection:
    return ConnectorSection.model_validate({"name": "tinh", "url": url, **more})


def files_of(leaf: trustme.LeafCert, folder: Path) -> dict[str, str]:
    certificate, key = folder / "own.pem", folder / "own.key"
    leaf.cert_chain_pems[0].write_to_path(str(certificate))
    leaf.private_key_pem.write_to_path(str(key))
    return {"client_certificate": str(certificate), "client_key": str(key)}


def test_a_server_that_is_well_is_reached_and_nothing_is_sent(tmp_path: Path) -> None:
    authority = trustme.CA()
    server = Server(server_context(authority.issue_cert("localhost", not_after=NOW + 20.5 * DAY)))
    own = files_of(authority.issue_cert("ba-vi", not_after=NOW + 7.5 * DAY), tmp_path)
    asked = section(f"https://localhost:{server.port}/events", ca_file=ca_file(authority, tmp_path), **own)
    assert check_upstream(asked, NOW.timestamp()) == Checkup(None, 20, 7)
    server.close()
    assert server.told == []


def test_an_expired_certificate_is_named_in_the_readers_language(tmp_path: Path) -> None:
    authority = trustme.CA()
    leaf = authority.issue_cert("localhost", not_before=NOW - 9 * DAY, not_after=NOW - DAY)
    server = Server(server_context(leaf))
    asked = section(f"https://localhost:{server.port}/events", ca_file=ca_file(authority, tmp_path))
    english, vietnamese = (check_upstream(asked, NOW.timestamp(), language).problem for language in ("en", "vi"))
    server.close()
    assert english is not None and "has expired" in english
    assert vietnamese is not None and "đã hết hạn" in vietnamese


@pytest.mark.parametrize("missing", ["ca_file", "client_certificate"])
def test_a_file_that_is_not_there_is_named(missing: str, tmp_path: Path) -> None:
    asked = section("https://127.0.0.1:9/events", **{missing: str(tmp_path / "gone.pem")})
    found = check_upstream(asked, NOW.timestamp())
    assert found.problem is not None and "gone.pem" in found.problem and found.own_days is None


def test_a_server_that_is_down_is_named() -> None:
    server = Server()
    server.close()
    found = check_upstream(section(f"http://127.0.0.1:{server.port}/events"), NOW.timestamp(), "en")
    assert found == Checkup("the server does not answer")


def test_plain_http_to_this_machine_has_no_certificate() -> None:
    server = Server()
    assert check_upstream(section(f"http://127.0.0.1:{server.port}/events"), NOW.timestamp()) == Checkup(None)
    server.close()
