"""The commands that print bands, from python-escpos' own constants where it has them.

Its printer classes are left out: they would load libraries for codes, images and USB into the service.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field

from escpos.constants import ESC, HW_INIT, S_RASTER_N, S_RASTER_Q

from contract.records import dataclass
from ticket_printer.protocol.commands import CENTRE, CUT, GS, LEFT, NOT_CHINESE, STATUS_BACK
from ticket_printer.protocol.profiles import Profile
from ticket_printer.rendering.bands import Band, LineFeed

FEED_AT_MOST = 255
RASTER = {1: bytes(S_RASTER_N), 2: bytes(S_RASTER_Q)}
TO_TEAR = bytes(ESC) + b"d\x05"  # without a cutter: five lines, past the teeth


@dataclass(frozen=True, slots=True)
class Dialect:
    """What a profile lets the encoder use; see Profile."""

    centring: bool = True
    motion_units: bool = False
    status_back: bool = False
    doubling: bool = True
    dpi: int = 203
    ending: bytes = CUT

    @classmethod
    def of(cls, known: Profile) -> Dialect:
        cut = _feed(known.feed_rows) + bytes.fromhex(known.cut + known.after_cut)
        ending = TO_TEAR if known.cutter == "none" else cut
        return cls(known.centring, known.motion_units, known.status_back, known.doubling, known.dpi, ending)


def start(dialect: Dialect) -> bytes:
    """Initialise; one unit of motion becomes one dot where GS P is known."""
    units = GS + b"P" + bytes([dialect.dpi] * 2) if dialect.motion_units and dialect.dpi < 256 else b""
    return bytes(HW_INIT) + NOT_CHINESE + units + (STATUS_BACK if dialect.status_back else b"")


@dataclass(slots=True)
class BandEncoder:
    """Encodes bands as commands and tracks the alignment. `stored`: keys of bands that the printer holds."""

    stored: Mapping[Band, bytes] = field(default_factory=dict)
    centred: bool = False

    def encode(self, pieces: Iterable[Band | LineFeed]) -> Iterator[bytes]:
        """Each piece is whole commands."""
        for piece in pieces:
            yield _feed(piece.rows) if isinstance(piece, LineFeed) else self.align(piece.centred) + self._band(piece)

    def align(self, centred: bool) -> bytes:
        if centred is self.centred:
            return b""
        self.centred = centred
        return CENTRE if centred else LEFT

    def _band(self, band: Band) -> bytes:
        key = self.stored.get(band)
        return raster(band) if key is None else print_stored(key, band.scale)


def raster(band: Band) -> bytes:
    """GS v 0."""
    size = band.stride.to_bytes(2, "little") + (len(band.data) // band.stride).to_bytes(2, "little")
    return RASTER[band.scale] + size + defuse_realtime(band.data)


def print_stored(key: bytes, scale: int) -> bytes:
    """GS ( L function 69: a picture of the printer's own memory by its key of two characters, magnified."""
    return GS + b"(L\x06\x000E" + key + bytes([scale, scale])


def _feed(rows: int) -> bytes:
    feeds = b""
    while rows > 0:
        feeds += bytes(ESC) + b"J" + bytes([min(rows, FEED_AT_MOST)])
        rows -= FEED_AT_MOST
    return feeds


def defuse_realtime(data: bytes) -> bytes:
    """Printers obey 10 04, 10 05 and 10 14 even inside a picture: one dot more makes them harmless.

    So does it 1D 72, GS r: where bytes were lost before, it would be answered in place of a question that was lost.
    """
    for second in (b"\x04", b"\x05", b"\x14"):
        data = data.replace(b"\x10" + second, b"\x30" + second)
    return data.replace(b"\x1d\x72", b"\x3d\x72")
