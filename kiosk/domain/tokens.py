"""Random tokens. Only their hashes are kept."""

from __future__ import annotations

import secrets
from hashlib import sha256

BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
CONSONANTS = "BCDFGHJKLMNPQRSTVWXZ"  # 20 letters, no vowels: 8 of them hold 34.5 bits (RFC 8628, 6.1)


def hash_token(token: str) -> str:
    """SHA-256 in hexadecimal: enough for a token of many random bits."""
    return sha256(token.encode()).hexdigest()


def certificate_fingerprint(der: bytes) -> str:
    """SHA-256 in groups of four, to be compared by eye."""
    digest = sha256(der).hexdigest().upper()
    return " ".join(digest[place : place + 4] for place in range(0, len(digest), 4))


def new_token() -> str:
    """256 random bits, for a device or a session."""
    return secrets.token_urlsafe(32)


def new_rating_token() -> str:
    """128 random bits."""
    return secrets.token_urlsafe(16)


def new_public_token() -> str:
    """12 letters of base58 (70 bits): the end of the address that a phone opens; it ends with the day."""
    return _random_word(BASE58, 12)


def new_pairing_code() -> str:
    """Eight consonants, which a person reads on one screen and approves on another."""
    return _random_word(CONSONANTS, 8)


def _random_word(letters: str, length: int) -> str:
    """From one draw: the system's randomness is asked once a ticket, not once a letter."""
    number = secrets.randbelow(len(letters) ** length)
    word = []
    for _ in range(length):
        number, rest = divmod(number, len(letters))
        word.append(letters[rest])
    return "".join(word)
