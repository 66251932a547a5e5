"""A slip's bytes in pieces that end where a command ends, so that a question may stand between them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ticket_printer.commands import GS

PIECE = 1024
RASTER, EXTENDED = GS + b"v0", GS + b"("


def pieces(parts: Iterable[bytes]) -> Iterator[bytes]:
    """Whole commands, gathered to about a kilobyte; the first goes out at once, before more is drawn."""
    waiting, first = b"", True
    for part in parts:
        if waiting and (first or len(waiting) + len(part) > PIECE):
            yield waiting
            waiting, first = b"", False
        waiting += part
    if waiting:
        yield waiting


def whole_commands(data: bytes) -> Iterator[bytes]:
    """Cut before each picture (GS v 0); the lengths of pictures and of GS ( are read, so none is cut in two."""
    start = at = 0
    while at < len(data):
        if data.startswith(RASTER, at):
            if at > start:
                yield data[start:at]
            start = at
            at += 8 + _word(data, at + 4) * _word(data, at + 6)
        elif data.startswith(EXTENDED, at):
            at += 5 + _word(data, at + 3)
        else:
            at += 1
    yield data[start:]


def _word(data: bytes, at: int) -> int:
    return int.from_bytes(data[at : at + 2], "little")
