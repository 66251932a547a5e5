"""Encodes a slip as commands: whole commands piece by piece, the first before the last row is drawn."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from ticket_printer.protocol.profiles import Profile
from ticket_printer.rendering import text_mode
from ticket_printer.rendering.band_commands import BandEncoder, Dialect, start
from ticket_printer.rendering.bands import Band, LineFeed, bands
from ticket_printer.rendering.layout import LAYOUT, SlipRow
from ticket_printer.rendering.raster import draw_row, rows_of
from ticket_printer.rendering.render_mode import RenderMode
from ticket_printer.slip import Slip

ROWS = {row.name: row for row in LAYOUT}
Pieces = tuple[Band | LineFeed, ...]


def encode_slip(
    slip: Slip, width: int, known: Profile, mode: RenderMode, stored_keys: Mapping[Band, bytes] | None = None
) -> Iterator[bytes]:
    """From initialisation to cut. `width` in dots, also where the office set another one than the profile's.

    `stored_keys`: of the bands that the printer holds, for the mode "stored".
    """
    known = known.model_copy(update={"width_dots": width})
    dialect = Dialect.of(known)
    yield start(dialect)
    if mode.kind in {"raster", "stored"}:
        yield from _encode_raster(slip, width, dialect, mode, stored_keys if mode.kind == "stored" else None)
    else:
        yield from _encode_text(slip, width, known, dialect, mode)
    yield dialect.ending


def _encode_raster(
    slip: Slip, width: int, dialect: Dialect, mode: RenderMode, stored_keys: Mapping[Band, bytes] | None
) -> Iterator[bytes]:
    encoder = BandEncoder(stored_keys or {})
    for above, row in rows_of(slip, width):
        yield from encoder.encode([LineFeed(above)])
        if row.name == "code" and stored_keys is not None and slip.qr_url:
            yield encoder.align(True) + text_mode.native_qr(slip.qr_url)
        else:
            yield from encoder.encode(row_bands(row, slip, width, dialect, mode))
    yield encoder.align(False)


def _encode_text(slip: Slip, width: int, known: Profile, dialect: Dialect, mode: RenderMode) -> Iterator[bytes]:
    mixed = mode.kind == "mixed"
    yield from text_mode.encode_lines(text_mode.above_number(slip), known)
    if mixed:
        yield from _raster_row_in_text(ROWS["number"], slip, width, dialect, mode)
    else:
        yield from text_mode.encode_lines([text_mode.number(slip, known)], known)
    address = slip.qr_url if mixed or known.native_qr else None
    yield from text_mode.encode_lines(text_mode.below_number(slip, known, address is not None), known)
    if address and known.native_qr:
        yield text_mode.BLANK + text_mode.native_qr(address) + text_mode.BLANK
    elif address:
        yield from _raster_row_in_text(ROWS["code"], slip, width, dialect, mode)
    yield from text_mode.encode_lines([text_mode.MagnifiedText(slip.thanks)], known)


def _raster_row_in_text(row: SlipRow, slip: Slip, width: int, dialect: Dialect, mode: RenderMode) -> Iterator[bytes]:
    """A drawn row among lines of letters, which stand in the middle."""
    encoder = BandEncoder(centred=True)
    yield from encoder.encode(
        (LineFeed(text_mode.BLANK_ROWS), *row_bands(row, slip, width, dialect, mode), LineFeed(text_mode.BLANK_ROWS))
    )
    yield encoder.align(True)


def row_bands(row: SlipRow, slip: Slip, width: int, dialect: Dialect, mode: RenderMode) -> Pieces:
    """The commands of a row; a reusable row is split into the units that a printer stores."""
    if row.reusable:
        return reusable_bands(row, slip, width, dialect.centring, dialect.doubling)
    return _bands(row, slip, width, dialect.centring, dialect.doubling, mode.band_bytes)


def reusable_bands(row: SlipRow, slip: Slip, width: int, centring: bool, doubling: bool) -> Pieces:
    """Split once for all slips that agree in what the row shows."""
    return _cached_bands(row, slip.only(row.shows), width, centring, doubling)


def _bands(row: SlipRow, slip: Slip, width: int, centring: bool, doubling: bool, most: int | None = None) -> Pieces:
    return tuple(bands(draw_row(row, slip, width).tobytes(), width // 8, centring, doubling, most))


_cached_bands = lru_cache(maxsize=256)(_bands)
