"""PINs and passwords at rest."""

from __future__ import annotations

import pytest

from kiosk.store import credentials
from kiosk.store.credentials import hash_secret, same_secret


def test_a_secret_is_known_again_and_another_is_not() -> None:
    stored = hash_secret("2468")
    assert same_secret(stored, "2468")
    assert not same_secret(stored, "2469")
    assert not same_secret(stored, "")


def test_the_same_secret_never_looks_the_same_and_is_not_in_its_hash() -> None:
    first, second = hash_secret("mật khẩu dài"), hash_secret("mật khẩu dài")
    assert first != second and "khẩu" not in first
    assert same_secret(first, "mật khẩu dài") and same_secret(second, "mật khẩu dài")


def test_secrets_are_hashed_as_owasp_asks() -> None:
    credentials._hasher.cache_clear()
    assert hash_secret("2468").startswith("$argon2id$v=19$m=19456,t=2,p=1$")


def test_an_unknown_person_takes_a_hash_as_well_and_has_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    verified = list[str]()

    class Hasher:
        def verify(self, stored: str, given: str) -> bool:
            verified.append(stored)
            return True

        def hash(self, secret: str) -> str:
            return f"hash of {secret}"

    monkeypatch.setattr(credentials, "_hasher", Hasher)
    credentials._hash_of_nobody.cache_clear()
    assert same_secret(None, "nobody has this secret") is False
    assert verified == ["hash of nobody has this secret"]
    assert same_secret("stored", "given") is True
    assert verified[-1] == "stored"
    credentials._hash_of_nobody.cache_clear()


def test_even_the_right_answer_for_nobody_is_wrong() -> None:
    assert same_secret(None, "nobody has this secret") is False


def test_a_clerk_without_pin_cannot_sign_in() -> None:
    """A disabled clerk's hash is empty."""
    assert same_secret("", "") is False
