"""A second trial slip of what only eyes can judge: doubled dots, a middle, the printer's own QR code and letters."""

from __future__ import annotations

from escpos.constants import S_RASTER_N, S_RASTER_Q
from PIL import Image

from ticket_printer.commissioning.examination import raster_commands
from ticket_printer.commissioning.trial_page import accented_letters
from ticket_printer.protocol.codepage import tcvn_bytes
from ticket_printer.protocol.commands import CENTRE, LEFT
from ticket_printer.protocol.profiles import FONT_DOTS, Profile
from ticket_printer.rendering.band_commands import Dialect
from ticket_printer.rendering.typeface import word

LETTER = 40
BAR, BAR_ROWS = 24, 16  # bytes and rows: a bar 24 mm wide and 2 mm high
SQUARE, SQUARE_ROWS = 6, 48
QR_SIZE = 5


def extras(known: Profile, code: str) -> bytes:
    """A: one bar, then the same from a quarter of its dots. B: a square in the middle. C: a QR code by GS ( k.

    D: the 134 accented letters in the printer's own type, by the pages of TCVN-3. It ends in the profile's cut.
    """
    width = known.width_dots // 8 * 8
    return b"".join(
        (
            _label("A", width),
            _filled(BAR, BAR_ROWS, False),
            _feed(3),
            _filled(BAR // 2, BAR_ROWS // 2, True),
            _feed(6),
            _label("B", width),
            CENTRE,
            _filled(SQUARE, SQUARE_ROWS, False),
            LEFT,
            _feed(6),
            _label("C", width),
            _own_qr(code),
            _feed(6),
            _label("D", width),
            _own_letters(width),
            _feed(6),
            Dialect.of(known).ending,
        )
    )


def _label(letter: str, width: int) -> bytes:
    sign = word(letter, LETTER)
    page = Image.new("1", (width, sign.height))
    page.paste(sign, (8, 0))
    return b"".join(raster_commands(page))


def _filled(stride: int, rows: int, doubled: bool) -> bytes:
    """A black rectangle; `doubled`: each dot is printed as four (GS v 0 with m = 3)."""
    size = stride.to_bytes(2, "little") + rows.to_bytes(2, "little")
    return bytes(S_RASTER_Q if doubled else S_RASTER_N) + size + b"\xff" * (stride * rows)


def _feed(mm: int) -> bytes:
    return b"\x1bJ" + bytes([mm * 8])


def _own_letters(width: int) -> bytes:
    """Every second column of Font A stays empty."""
    letters = accented_letters() + accented_letters().upper()
    a_line = width // FONT_DOTS // 2
    lines = (letters[at : at + a_line] for at in range(0, len(letters), a_line))
    return b"".join(tcvn_bytes(" ".join(line)) + b"\n" for line in lines)


def _own_qr(code: str) -> bytes:
    """As python-escpos writes it."""
    from escpos.constants import QR_ECLEVEL_M, QR_MODEL_2
    from escpos.printer import Dummy

    paper = Dummy()
    paper.qr(code, ec=QR_ECLEVEL_M, size=QR_SIZE, model=QR_MODEL_2, native=True)
    return bytes(paper.output)
