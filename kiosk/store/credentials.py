"""Secrets at rest: PIN and password as argon2id, which loads at the first use."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argon2 import PasswordHasher


@cache
def _hasher() -> PasswordHasher:
    from argon2 import PasswordHasher

    return PasswordHasher(memory_cost=19 * 1024, time_cost=2, parallelism=1)


@cache
def _hash_of_nobody() -> str:
    return _hasher().hash("nobody has this secret")


def hash_secret(secret: str) -> str:
    return _hasher().hash(secret)


def same_secret(secret_hash: str | None, given: str) -> bool:
    """Whether `given` is the secret; `secret_hash` is None for an unknown person, which takes as long."""
    from argon2.exceptions import VerificationError

    try:
        return _hasher().verify(secret_hash or _hash_of_nobody(), given) and secret_hash is not None
    except VerificationError:
        return False
