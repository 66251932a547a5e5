"""Tokens and sessions end."""

from __future__ import annotations

import pytest

from kiosk.domain.accounts import ClerkSession, PinFailures, RegisteredDevice

NOW = 1_000_000
DEVICE = RegisteredDevice("pc-1", "counter", "1", 0, None, None, None, "new", "{}")


@pytest.mark.parametrize(
    ("expires_at", "revoked_at", "valid"),
    [
        (None, None, True),
        (NOW, None, True),
        (NOW + 1, None, True),
        (NOW - 1, None, False),
        (0, None, False),
        (None, NOW - 1, False),
        (NOW + 1, NOW - 1, False),
    ],
)
def test_a_token_is_good_until_it_expires_or_is_revoked(
    expires_at: int | None, revoked_at: int | None, valid: bool
) -> None:
    assert DEVICE._replace(expires_at=expires_at, revoked_at=revoked_at).has_valid_token(NOW) is valid


@pytest.mark.parametrize(("now", "ended"), [(NOW - 1, False), (NOW, False), (NOW + 1, True)])
def test_a_session_ends_at_its_time(now: int, ended: bool) -> None:
    assert ClerkSession("c1", "1", "pc-1", NOW).has_ended(now) is ended


def test_nobody_begins_with_a_failure() -> None:
    assert PinFailures() == (0, 0)
