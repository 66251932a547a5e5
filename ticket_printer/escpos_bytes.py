"""The commands of a slip as bytes, from python-escpos' own constants where it has them.

Its printer classes are left out: they would load libraries for codes, images and USB into the service.
"""

from __future__ import annotations

from dataclasses import dataclass

from escpos.constants import ESC, HW_INIT, S_RASTER_N
from PIL import Image

from ticket_printer.commands import BAND_ROWS, CENTRE, CUT, LEFT, MOTION_UNITS, NOT_CHINESE, STATUS_BACK

BLANK_ROWS = 4  # so many blank rows are fed, not drawn
FEED_AT_MOST = 255


@dataclass(frozen=True, slots=True)
class Dialect:
    """What a profile lets the encoder use."""

    centring: bool = True
    motion_units: bool = False
    status_back: bool = False


def start(dialect: Dialect) -> bytes:
    extra = (MOTION_UNITS if dialect.motion_units else b"") + (STATUS_BACK if dialect.status_back else b"")
    return bytes(HW_INIT) + NOT_CHINESE + extra


def slip_bytes(page: Image.Image, dialect: Dialect) -> bytes:
    """A drawn slip from initialisation to cut; `page` is 1-bit, 1 is ink, its width a multiple of 8."""
    out = bytearray()
    out.extend(start(dialect))
    data, stride, blank = page.tobytes(), page.width // 8, bytes(page.width // 8)
    rows = [data[at : at + stride] for at in range(0, len(data), stride)]
    top, centred = 0, False
    while top < len(rows):
        end = top
        while end < len(rows) and rows[end] == blank:
            end += 1
        if end - top >= BLANK_ROWS or end == len(rows):
            out.extend(_feed(end - top))
            top = end
            continue
        end = _band_end(rows, top, blank)
        centred = _band(out, rows[top:end], dialect, centred)
        top = end
    out.extend((LEFT if centred else b"") + CUT)
    return bytes(out)


def _band_end(rows: list[bytes], top: int, blank: bytes) -> int:
    end = top
    while end < min(len(rows), top + BAND_ROWS):
        if rows[end] == blank and rows[end : end + BLANK_ROWS] == [blank] * BLANK_ROWS:
            break
        end += 1
    return end


def _feed(rows: int) -> bytes:
    feeds = b""
    while rows > 0:
        feeds += bytes(ESC) + b"J" + bytes([min(rows, FEED_AT_MOST)])
        rows -= FEED_AT_MOST
    return feeds


def _band(out: bytearray, rows: list[bytes], dialect: Dialect, centred: bool) -> bool:
    """One raster command, cropped on the right, or on both sides when that is shorter; returns the alignment."""
    stride = len(rows[0])
    ink_left = min((stride - len(row.lstrip(b"\0")) for row in rows if any(row)), default=0)
    ink_right = max((len(row.rstrip(b"\0")) for row in rows), default=stride)
    both = min(ink_left, stride - ink_right)
    centre = dialect.centring and stride - 2 * both < ink_right
    left, right = (both, stride - both) if centre else (0, max(1, ink_right))
    if centre is not centred:
        out.extend(CENTRE if centre else LEFT)
    size = (right - left).to_bytes(2, "little") + len(rows).to_bytes(2, "little")
    out.extend(S_RASTER_N + size + without_realtime(b"".join(row[left:right] for row in rows)))
    return centre


def without_realtime(data: bytes) -> bytes:
    """Printers obey 10 04, 10 05 and 10 14 even inside a picture: one dot more makes them harmless."""
    for second in (b"\x04", b"\x05", b"\x14"):
        data = data.replace(b"\x10" + second, b"\x30" + second)
    return data
