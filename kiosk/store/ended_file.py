"""A small file beside the database: credentials that are over, so that no restored backup brings them back.

One line each: what kind, and a hash. Nothing in it opens anything.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path


def token_line(token_hash: str) -> str:
    return f"token {token_hash}"


def secret_line(secret_hash: str) -> str:
    """Of a PIN's or a password's hash, which is itself not written down."""
    return f"secret {sha256(secret_hash.encode()).hexdigest()}"


class EndedFile:
    """Lines are only appended; several processes may."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def add(self, lines: Sequence[str]) -> None:
        """On the disk when it returns. Raises OSError."""
        handle = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            os.write(handle, "".join(f"{line}\n" for line in lines).encode())
            os.fsync(handle)
        finally:
            os.close(handle)

    def read(self) -> set[str]:
        """Empty when there is none. Raises OSError."""
        try:
            return set(self._path.read_text(encoding="ascii").splitlines())
        except FileNotFoundError:
            return set()
