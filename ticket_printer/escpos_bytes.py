"""The commands of a slip as bytes, from python-escpos' own constants where it has them.

Its printer classes are left out: they would load libraries for codes, images and USB into the service.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from escpos.constants import ESC, HW_INIT, S_RASTER_N, S_RASTER_Q
from PIL import Image

from ticket_printer.bands import Band, Feed, bands
from ticket_printer.commands import CENTRE, CUT, GS, LEFT, NOT_CHINESE, STATUS_BACK
from ticket_printer.profiles import Profile

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
        ending = TO_TEAR if known.cutter == "none" else bytes.fromhex(known.cut + known.after_cut)
        return cls(known.centring, known.motion_units, known.status_back, known.doubling, known.dpi, ending)


def start(dialect: Dialect) -> bytes:
    """Initialise; one unit of motion becomes one dot where GS P is known."""
    units = GS + b"P" + bytes([dialect.dpi] * 2) if dialect.motion_units and dialect.dpi < 256 else b""
    return bytes(HW_INIT) + NOT_CHINESE + units + (STATUS_BACK if dialect.status_back else b"")


def slip_bytes(page: Image.Image, dialect: Dialect) -> bytes:
    """A drawn page from initialisation to cut; `page` is 1-bit, 1 is ink, its width a multiple of 8."""
    pen = Pen()
    pieces = bands(page.tobytes(), page.width // 8, dialect.centring, dialect.doubling)
    return start(dialect) + b"".join(pen.written(pieces)) + pen.aligned(False) + dialect.ending


@dataclass(slots=True)
class Pen:
    """Writes bands as commands, and knows where the printer stands. `stored`: keys of bands that it keeps."""

    stored: Mapping[Band, bytes] = field(default_factory=dict)
    centred: bool = False

    def written(self, pieces: Iterable[Band | Feed]) -> Iterator[bytes]:
        """Each piece is whole commands."""
        for piece in pieces:
            yield _feed(piece.rows) if isinstance(piece, Feed) else self.aligned(piece.centred) + self._band(piece)

    def aligned(self, centred: bool) -> bytes:
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
    return RASTER[band.scale] + size + without_realtime(band.data)


def print_stored(key: bytes, scale: int) -> bytes:
    """GS ( L function 69: a picture of the printer's own memory by its key of two characters, magnified."""
    return GS + b"(L\x06\x000E" + key + bytes([scale, scale])


def _feed(rows: int) -> bytes:
    feeds = b""
    while rows > 0:
        feeds += bytes(ESC) + b"J" + bytes([min(rows, FEED_AT_MOST)])
        rows -= FEED_AT_MOST
    return feeds


def without_realtime(data: bytes) -> bytes:
    """Printers obey 10 04, 10 05 and 10 14 even inside a picture: one dot more makes them harmless."""
    for second in (b"\x04", b"\x05", b"\x14"):
        data = data.replace(b"\x10" + second, b"\x30" + second)
    return data
