"""A slip's bytes in pieces that end where a command ends, so that a question may stand between them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

PIECE = 1024


def pieces(parts: Iterable[bytes], size: int = PIECE) -> Iterator[bytes]:
    """Whole commands, gathered to about `size` bytes; the first goes out at once, before more is drawn."""
    waiting, first = b"", True
    for part in parts:
        if waiting and (first or len(waiting) + len(part) > size):
            yield waiting
            waiting, first = b"", False
        waiting += part
    if waiting:
        yield waiting
