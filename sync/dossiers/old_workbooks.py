"""What the library does not tell of an old XLS: formulas that failed, hidden rows and columns.

An XLS is a file system of sectors (MS-CFB) that holds one stream of records (MS-XLS); the records are walked, and
nothing but the four kinds that matter is looked at.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from sync.dossiers.concealed import Concealed

END_OF_CHAIN = 0xFFFFFFFE
HEADER = 512
ENTRY = 128
STREAMS = ("Workbook", "Book")
BOF, EOF, BOUNDSHEET, FORMULA, BOOLERR, ROW, COLINFO = 0x0809, 0x000A, 0x0085, 0x0006, 0x0205, 0x0208, 0x007D
FILEPASS = 0x002F  # what follows is encrypted
HIDDEN_ROW = 0x20
ERROR_TEXTS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}
OTHER_ERROR = "#ERROR!"


def has_password(data: bytes) -> bool:
    """Whether an XLS is encrypted; False for what is no sound XLS."""
    try:
        return any(kind == FILEPASS for kind, _ in _records(_CompoundFile(data).stream(STREAMS), 0))
    except (struct.error, IndexError, KeyError, RecursionError, ValueError):
        return False


def concealed_in_old_workbook(data: bytes) -> list[Concealed]:
    """One for each sheet, in the order of the workbook. Raises ValueError for a file that is no sound XLS."""
    try:
        stream = _CompoundFile(data).stream(STREAMS)
        places = [struct.unpack_from("<I", body)[0] for kind, body in _records(stream, 0) if kind == BOUNDSHEET]
        return [_of_sheet(stream, place) for place in places]
    except (struct.error, IndexError, KeyError, RecursionError) as error:
        raise ValueError("no sound XLS") from error


def _records(stream: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """From the beginning of a part of the stream to its end; parts within it (charts) are left out."""
    if struct.unpack_from("<H", stream, at)[0] != BOF:
        raise ValueError("no sound XLS")
    depth = 0
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        depth += (kind == BOF) - (kind == EOF)
        if depth <= 0:
            return
        if depth == 1:
            yield kind, stream[at + 4 : at + 4 + length]
        at += 4 + length
    raise ValueError("the part has no end")


def _of_sheet(stream: bytes, at: int) -> Concealed:
    rows: set[int] = set()
    columns: set[int] = set()
    errors: dict[tuple[int, int], str] = {}
    for kind, body in _records(stream, at):
        if kind == ROW and struct.unpack_from("<H", body, 12)[0] & HIDDEN_ROW:
            rows.add(struct.unpack_from("<H", body)[0] + 1)
        elif kind == COLINFO and struct.unpack_from("<H", body, 8)[0] & 1:
            first, last = struct.unpack_from("<HH", body)
            columns.update(range(first, last + 1))
        elif (kind == BOOLERR and body[7]) or (kind == FORMULA and body[12:14] == b"\xff\xff" and body[6] == 2):
            row, column = struct.unpack_from("<HH", body)
            errors[row + 1, column] = ERROR_TEXTS.get(body[6] if kind == BOOLERR else body[8], OTHER_ERROR)
    return Concealed(frozenset(rows), frozenset(columns), errors)


class _CompoundFile:
    """The sectors of a compound file, chained by its table; small streams lie within the first one."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        shift, small_shift = struct.unpack_from("<HH", data, 30)
        self._size, self._small_size = 1 << shift, 1 << small_shift
        (first_entry,) = struct.unpack_from("<I", data, 48)
        self._least, first_small, _, more, count = struct.unpack_from("<IIIII", data, 56)
        self._table = self._read_table(more, count)
        self._small_table = _numbers(self._chain(first_small)) if first_small < END_OF_CHAIN else ()
        self._entries = self._chain(first_entry)

    def stream(self, names: tuple[str, ...]) -> bytes:
        """Raises KeyError when there is none of these."""
        root: bytes = b""
        found: dict[str, tuple[int, int]] = {}
        for at in range(0, len(self._entries) - ENTRY + 1, ENTRY):
            (length,) = struct.unpack_from("<H", self._entries, at + 64)
            name = self._entries[at : at + max(0, length - 2)].decode("utf-16-le", "replace")
            start, size = struct.unpack_from("<II", self._entries, at + 116)
            if self._entries[at + 66] == 5:
                root = self._chain(start) if start < END_OF_CHAIN else b""
            found[name] = start, size
        start, size = found[next((name for name in names if name in found), names[0])]
        if size >= self._least:
            return self._chain(start)[:size]
        return b"".join(root[n * self._small_size : (n + 1) * self._small_size] for n in self._small(start))[:size]

    def _small(self, sector: int) -> Iterator[int]:
        for _ in self._small_table:
            if sector >= END_OF_CHAIN:
                return
            yield sector
            sector = self._small_table[sector]

    def _read_table(self, more: int, count: int) -> tuple[int, ...]:
        sectors = [one for one in struct.unpack_from("<109I", self._data, 76) if one < END_OF_CHAIN]
        for _ in range(count):
            *here, more = _numbers(self._sector(more))
            sectors += [one for one in here if one < END_OF_CHAIN]
        return _numbers(b"".join(map(self._sector, sectors)))

    def _sector(self, number: int) -> bytes:
        start = max(HEADER, self._size) + number * self._size
        return self._data[start : start + self._size]

    def _chain(self, sector: int) -> bytes:
        """A chain that bites its own tail ends with the number of sectors there are."""
        parts = []
        for _ in self._table:
            if sector >= END_OF_CHAIN:
                break
            parts.append(self._sector(sector))
            sector = self._table[sector]
        return b"".join(parts)


def _numbers(data: bytes) -> tuple[int, ...]:
    whole = len(data) // 4
    return struct.unpack(f"<{whole}I", data[: whole * 4])
