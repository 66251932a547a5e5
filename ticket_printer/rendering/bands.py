"""Splits a picture into bands that print it with the fewest bytes, dot for dot.

Rows of doubled dots (each 2 × 2 dots alike) become bands that the printer itself doubles: GS v 0 with m = 3, a quarter
of the bytes. Blank rows are fed. Every other band is cropped to its ink, on the right or, centred, on both sides.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from contract.records import dataclass
from ticket_printer.protocol.commands import BAND_ROWS

BLANK_ROWS = 4  # so many blank rows are fed, not drawn
TALLEST = 128  # rows of paper in one command
OVERHEAD = 48  # bytes that a further band must save: its command has 8 to 11, and motors dislike many small ones
STEP = 8  # rows
LEAST_ROWS = 24  # of paper in a band, also on a slow line
WIDENED = bytes.fromhex("00 03 0c 0f 30 33 3c 3f c0 c3 cc cf f0 f3 fc ff")  # four dots, each twice
NIBBLES = bytes(WIDENED.index(byte) if byte in WIDENED else 0 for byte in range(256))


@dataclass(frozen=True, slots=True)
class LineFeed:
    """Blank rows."""

    rows: int


@dataclass(frozen=True, slots=True)
class Band:
    """`data`: rows of `stride` bytes, 1 is ink. `scale` 2: the printer doubles each dot. `centred`: in the middle."""

    data: bytes
    stride: int
    scale: int
    centred: bool

    @property
    def rows(self) -> int:
        """Of paper."""
        return len(self.data) // self.stride * self.scale


@dataclass(slots=True)
class _Run:
    """Rows (or halved pairs of rows) that are printed at one scale, with where their ink begins and ends."""

    rows: list[bytes]
    scale: int
    edges: list[tuple[int, int]]


def bands(
    data: bytes, stride: int, centring: bool, doubling: bool, most: int | None = None
) -> Iterator[Band | LineFeed]:
    """`data`: a 1-bit picture of `stride` bytes a row. What the commands print in turn is the picture again.

    `most`: bytes of one band, as far as it may not hold fewer than 24 rows of paper.
    """
    rows = [data[at : at + stride] for at in range(0, len(data), stride)]
    top = 0
    while top < len(rows):
        end = _blank_until(rows, top)
        if end - top >= BLANK_ROWS or end == len(rows):
            yield LineFeed(end - top)
            top = end
            continue
        end = _ink_until(rows, top)
        for run in _runs(rows[top:end], doubling and stride % 2 == 0):
            yield from _cut(run, stride // run.scale, centring, most)
        top = end


def _blank_until(rows: list[bytes], top: int) -> int:
    while top < len(rows) and not any(rows[top]):
        top += 1
    return top


def _ink_until(rows: list[bytes], top: int) -> int:
    """Up to the next gap that is worth a feed."""
    end = top
    while end < len(rows):
        after = _blank_until(rows, end)
        if after - end >= BLANK_ROWS or (after == len(rows) and after > end):
            return end
        end = after + 1
    return end


def _runs(rows: list[bytes], doubling: bool) -> Iterator[_Run]:
    """Stretches of rows that are doubled, and of rows that are not."""
    top, plain = 0, 0
    while top < len(rows):
        end = _doubled_until(rows, top) if doubling else top
        if end - top >= 4:
            if top > plain:
                yield _run(rows[plain:top], 1)
            yield _run([_halved(row) for row in rows[top:end:2]], 2)
            top = plain = end
        else:
            top += 1
    if plain < len(rows):
        yield _run(rows[plain:], 1)


def _doubled_until(rows: list[bytes], top: int) -> int:
    while top + 1 < len(rows) and rows[top] == rows[top + 1] and _is_wide(rows[top]):
        top += 2
    return top


def _is_wide(row: bytes) -> bool:
    """Whether each dot stands twice."""
    dots = int.from_bytes(row, "big")
    return (dots ^ dots >> 1) & int.from_bytes(b"\x55" * len(row), "big") == 0


def _halved(row: bytes) -> bytes:
    return bytes.fromhex(row.translate(NIBBLES).hex()[1::2])


def _run(rows: list[bytes], scale: int) -> _Run:
    stride = len(rows[0])
    edges = [(stride - len(row.lstrip(b"\0")), len(row.rstrip(b"\0"))) for row in rows]
    return _Run(rows, scale, edges)


def _cut(run: _Run, stride: int, centring: bool, wished: int | None) -> Iterator[Band]:
    """The cheapest cut of a run: for each end, the best last band that reaches it."""
    steps = _steps(run.edges)
    most = BAND_ROWS * stride * run.scale  # bytes; a fault in mid-band leaves at most so many to be filled up
    if wished is not None:
        most = min(most, max(wished, LEAST_ROWS // run.scale * stride))
    best, before = {0: 0} | dict.fromkeys(steps[1:], 1 << 30), dict.fromkeys(steps, 0)
    for at, top in enumerate(steps):
        left, right = stride, 1
        for upper, end in pairwise(steps[at:]):
            left, right = min(left, run.edges[upper][0]), max(right, run.edges[upper][1])
            size = _width(left, right, stride, centring) * (end - top)
            if size > most or (end - top) * run.scale > TALLEST:
                break
            if best[top] + size + OVERHEAD < best[end]:
                best[end], before[end] = best[top] + size + OVERHEAD, top
    cuts = [len(run.rows)]
    while cuts[-1]:
        cuts.append(before[cuts[-1]])
    for top, end in pairwise(reversed(cuts)):
        yield _band(run, top, end, stride, centring)


def _steps(edges: list[tuple[int, int]]) -> list[int]:
    """Where a cut may lie: wherever the ink begins or ends elsewhere than in the row above, and every few rows."""
    cuts = [0]
    for row in range(1, len(edges)):
        if edges[row] != edges[row - 1] or row - cuts[-1] == STEP:
            cuts.append(row)
    return [*cuts, len(edges)]


def _width(left: int, right: int, stride: int, centring: bool) -> int:
    return max(1, min(right, stride - 2 * min(left, stride - right)) if centring else right)


def _band(run: _Run, top: int, end: int, stride: int, centring: bool) -> Band:
    left = min(edge[0] for edge in run.edges[top:end])
    right = max(1, *(edge[1] for edge in run.edges[top:end]))
    both = min(left, stride - right, (stride - 1) // 2)
    centred = centring and stride - 2 * both < right
    first, last = (both, stride - both) if centred else (0, right)
    return Band(b"".join(row[first:last] for row in run.rows[top:end]), last - first, run.scale, centred)
