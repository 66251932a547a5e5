"""Secrets at rest: tokens of devices as SHA-256, PIN and password as argon2id, which loads at the first use."""

from __future__ import annotations

import secrets
from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argon2 import PasswordHasher


def hash_token(token: str) -> str:
    return sha256(token.encode()).hexdigest()


def new_token() -> str:
    """256 random bits."""
    return secrets.token_urlsafe(32)


@cache
def _hasher() -> PasswordHasher:
    from argon2 import PasswordHasher

    return PasswordHasher(memory_cost=19 * 1024, time_cost=2, parallelism=1)


@cache
def _nobody() -> str:
    return _hasher().hash("nobody has this secret")


def hash_secret(secret: str) -> str:
    return _hasher().hash(secret)


def same_secret(known: str | None, given: str) -> bool:
    """Takes as long for an unknown person as for a known one."""
    from argon2.exceptions import VerificationError

    try:
        return _hasher().verify(known or _nobody(), given) and known is not None
    except VerificationError:
        return False
