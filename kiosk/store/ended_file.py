"""A small file beside the database: credentials that are over, so that no restored backup brings them back.

One line each: what kind, and a hash; "again" before it where it holds anew. Nothing in it opens anything.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

AGAIN = "again "


def token_line(token_hash: str) -> str:
    return f"token {token_hash}"


def secret_line(secret_hash: str) -> str:
    """Of a PIN's or a password's hash, which is itself not written down."""
    return f"secret {sha256(secret_hash.encode()).hexdigest()}"


def standing_line(role: str, secret_hash: str) -> str:
    """Of a role with the password it was had with: whoever has another role now has this one no more."""
    return f"standing {sha256(f'{role} {secret_hash}'.encode()).hexdigest()}"


def again(line: str) -> str:
    """What was over holds anew."""
    return f"{AGAIN}{line}"


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
        """What is over now, by its lines; empty when there is no file. Raises OSError."""
        try:
            lines = self._path.read_text(encoding="ascii").splitlines()
        except FileNotFoundError:
            return set()
        over: set[str] = set()
        for line in lines:
            if line.startswith(AGAIN):
                over.discard(line.removeprefix(AGAIN))
            else:
                over.add(line)
        return over
