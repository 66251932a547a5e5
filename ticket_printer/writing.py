"""A slip on its way to the printer: its bytes piece by piece, the first before the last is drawn."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from ticket_printer import plain
from ticket_printer.bands import Band, Feed, bands
from ticket_printer.escpos_bytes import Dialect, Pen, start
from ticket_printer.layout import LAYOUT, Row
from ticket_printer.profiles import Profile
from ticket_printer.raster import draw_row, rows_of
from ticket_printer.slip import Slip
from ticket_printer.ways import Way

if TYPE_CHECKING:
    from ticket_printer.stored import Stock

ROWS = {row.name: row for row in LAYOUT}
Pieces = tuple[Band | Feed, ...]


def written(slip: Slip, width: int, known: Profile, way: Way, stock: Stock | None = None) -> Iterator[bytes]:
    """From initialisation to cut. `width` in dots, also where the office set another one than the profile's.

    `stock`: what is known to lie in the printer, for the way "stored".
    """
    known = known.model_copy(update={"width_dots": width})
    dialect = Dialect.of(known)
    yield start(dialect)
    if way.kind in {"drawn", "stored"}:
        yield from _drawn(slip, width, dialect, way, stock if way.kind == "stored" else None)
    else:
        yield from _lettered(slip, width, known, dialect, way)
    yield dialect.ending


def _drawn(slip: Slip, width: int, dialect: Dialect, way: Way, stock: Stock | None) -> Iterator[bytes]:
    pen = Pen(stock.keys if stock else {})
    for above, row in rows_of(slip, width):
        yield from pen.written([Feed(above)])
        if row.name == "code" and stock and slip.qr_url:
            yield pen.aligned(True) + plain.native_qr(slip.qr_url)
        else:
            yield from pen.written(row_bands(row, slip, width, dialect, way))
    yield pen.aligned(False)


def _lettered(slip: Slip, width: int, known: Profile, dialect: Dialect, way: Way) -> Iterator[bytes]:
    mixed = way.kind == "mixed"
    yield from plain.written(plain.above_number(slip), known)
    if mixed:
        yield from _between(ROWS["number"], slip, width, dialect, way)
    else:
        yield from plain.written([plain.number(slip, known)], known)
    address = slip.qr_url if mixed or known.native_qr else None
    yield from plain.written(plain.below_number(slip, known, address is not None), known)
    if address and known.native_qr:
        yield plain.BLANK + plain.native_qr(address) + plain.BLANK
    elif address:
        yield from _between(ROWS["code"], slip, width, dialect, way)
    yield from plain.written([plain.Text(slip.thanks)], known)


def _between(row: Row, slip: Slip, width: int, dialect: Dialect, way: Way) -> Iterator[bytes]:
    """A drawn row among lines of letters, which stand in the middle."""
    pen = Pen(centred=True)
    yield from pen.written((Feed(plain.BLANK_ROWS), *row_bands(row, slip, width, dialect, way), Feed(plain.BLANK_ROWS)))
    yield pen.aligned(True)


def row_bands(row: Row, slip: Slip, width: int, dialect: Dialect, way: Way) -> Pieces:
    """What lasts is cut as a printer would keep it."""
    if row.lasting:
        return lasting_bands(row, slip, width, dialect.centring, dialect.doubling)
    return _bands(row, slip, width, dialect.centring, dialect.doubling, way.band_bytes)


def lasting_bands(row: Row, slip: Slip, width: int, centring: bool, doubling: bool) -> Pieces:
    """Cut once for all slips that agree in what the row shows."""
    return _kept_bands(row, slip.only(row.shows), width, centring, doubling)


def _bands(
    row: Row, slip: Slip, width: int, centring: bool, doubling: bool, most: int | None = None
) -> Pieces:
    return tuple(bands(draw_row(row, slip, width).tobytes(), width // 8, centring, doubling, most))


_kept_bands = lru_cache(maxsize=256)(_bands)
