"""Ed25519 keys (RFC 8032) of offices and of one-stop systems: made once, shown as text, read aloud as a fingerprint."""

from __future__ import annotations

import os
from base64 import urlsafe_b64decode, urlsafe_b64encode
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

SIGNATURE_BYTES = 64
KEY_BYTES = 32
PREFIX = "ed25519:"


class InvalidKey(Exception):
    """A text or a file that holds no key."""


class Signer:
    """A private key; `public` is its public half as text."""

    def __init__(self, seed: bytes) -> None:
        self._key = Ed25519PrivateKey.from_private_bytes(seed)
        self.public = key_text(self._key.public_key().public_bytes_raw())

    def sign(self, message: bytes) -> bytes:
        return self._key.sign(message)


def key_text(public: bytes) -> str:
    """`ed25519:` and 43 characters of base64url without padding."""
    return PREFIX + urlsafe_b64encode(public).decode().rstrip("=")


def parse_key(text: str) -> bytes:
    """The 32 bytes of a public key. Raises InvalidKey."""
    bare = text.strip().removeprefix(PREFIX)
    public = b""
    with suppress(ValueError, UnicodeEncodeError):
        public = urlsafe_b64decode(bare.encode("ascii") + b"=" * (-len(bare) % 4))
    if len(public) != KEY_BYTES or key_text(public) != PREFIX + bare:
        raise InvalidKey(
            f'"{text.strip()[:80]}" is not a public key; one looks like {PREFIX} and 43 letters and digits'
        )
    return public


def fingerprint(text: str) -> str:
    """Four groups of four, to be compared by telephone: the start of the SHA-256 of the key's bytes."""
    digest = sha256(parse_key(text)).hexdigest()
    return "-".join(digest[start : start + 4] for start in range(0, 16, 4))


def is_signed(public: str, message: bytes, signature: bytes) -> bool:
    """Raises InvalidKey when `public` is no key."""
    try:
        Ed25519PublicKey.from_public_bytes(parse_key(public)).verify(signature, message)
    except InvalidSignature:
        return False
    return True


def load_or_create_signer(path: Path) -> Signer:
    """The key in `path` (32 bytes, for the owner's eyes only), made at first use. Raises InvalidKey, OSError."""
    with suppress(FileExistsError):
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        _write_new(path, os.urandom(KEY_BYTES))
    seed = path.read_bytes()
    if len(seed) != KEY_BYTES:
        raise InvalidKey(f"{path} does not hold a key; restore it from a backup, or delete it and register the new key")
    return Signer(seed)


def _write_new(path: Path, seed: bytes) -> None:
    """Whole or not at all, and never over an existing key: two programs may come here at the same moment."""
    if path.exists():
        raise FileExistsError
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(seed)
            file.flush()
            os.fsync(file.fileno())
        path.hardlink_to(draft)
    finally:
        draft.unlink(missing_ok=True)
