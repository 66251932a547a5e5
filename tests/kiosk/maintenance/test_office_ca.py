"""Certificates made while the clock was wrong are good once it is right again; tablets keep their trust otherwise."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509

from kiosk.maintenance import certificates
from kiosk.maintenance.office_ca import make
from tests.kiosk.clock_story import JUMPS

NOW = datetime(2024, 4, 16, 1, 0, tzinfo=UTC)
NAMES = ["mot-cua", "127.0.0.1"]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MOTCUA_HOME", str(tmp_path))
    return certificates.folder()


def looks(folder: Path, at: datetime) -> None:
    """What the service does about its certificate now and then."""
    if not certificates._is_good(NAMES, int(at.timestamp() * 1000)):
        make(folder, NAMES, at)


def is_good(folder: Path, at: datetime) -> bool:
    authority, server = (
        x509.load_pem_x509_certificate((folder / name).read_bytes()) for name in ("ca.pem", "server.pem")
    )
    server.verify_directly_issued_by(authority)
    return all(one.not_valid_before_utc <= at < one.not_valid_after_utc for one in (authority, server))


@pytest.mark.parametrize("jump", JUMPS)
def test_what_was_made_by_a_wrong_clock_is_good_once_it_is_right(folder: Path, jump: str) -> None:
    wrong = NOW + timedelta(seconds=JUMPS[jump])
    looks(folder, wrong)
    assert is_good(folder, wrong)
    looks(folder, NOW)
    assert is_good(folder, NOW)


@pytest.mark.parametrize("jump", JUMPS)
def test_what_is_good_now_is_good_again_when_a_jump_goes_back(folder: Path, jump: str) -> None:
    looks(folder, NOW)
    looks(folder, NOW + timedelta(seconds=JUMPS[jump]))
    looks(folder, NOW)
    assert is_good(folder, NOW)


def test_tablets_keep_their_trust_through_ten_years_of_renewals_but_for_the_end(folder: Path) -> None:
    looks(folder, NOW)
    authority = (folder / "ca.pem").read_bytes()
    for days in range(0, 3650 - 61, 30):
        looks(folder, NOW + timedelta(days=days))
        assert is_good(folder, NOW + timedelta(days=days))
        assert (folder / "ca.pem").read_bytes() == authority
    last = NOW + timedelta(days=3650 - 59)
    looks(folder, last)
    assert (folder / "ca.pem").read_bytes() != authority
    made = (folder / "server.pem").read_bytes()
    looks(folder, last + timedelta(days=1))
    assert (folder / "server.pem").read_bytes() == made, "not each time it looks"


def test_a_certificate_of_before_is_taken_as_it_is(folder: Path) -> None:
    looks(folder, NOW)
    details = folder / "server.json"
    details.write_text('{"names": ["mot-cua", "127.0.0.1"], "not_after_ms": 4102444800000}', encoding="utf-8")
    made = (folder / "server.pem").read_bytes()
    looks(folder, NOW)
    assert (folder / "server.pem").read_bytes() == made
