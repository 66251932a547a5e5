"""A slip's bytes in pieces that end where a command ends, so that a question may stand between them.

A command that says how many bytes follow (a picture) swallows what stands behind it when bytes of it are lost: so a
question stands directly behind each, and is swallowed with it. Letters say nothing of their number: among them a
question stands often, but only the handshake of the line keeps a few of them from being lost unseen.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

PIECE = 1024  # bytes at most, where a single command does not hold more
COUNTED = 64  # a command of so many bytes is a picture
SMALL = 96  # bytes of commands without a picture that share one question


def pieces(parts: Iterable[bytes], size: int = PIECE) -> Iterator[bytes]:
    """Whole commands: up to a picture, else to about `SMALL` bytes; the first goes out at once."""
    waiting, first = b"", True
    for part in parts:
        if waiting and (first or len(waiting) + len(part) > size or len(waiting) >= SMALL):
            yield waiting
            waiting, first = b"", False
        waiting += part
        if len(part) >= COUNTED:
            yield waiting
            waiting, first = b"", False
    if waiting:
        yield waiting
