"""Graphics stored in the printer's own memory (GS ( L, key codes of two characters), so that a slow line carries keys.

The printer is asked which keys it holds. Keys of pictures say nothing about what is in them, so four marker keys are
stored last, made from a digest of everything before: where they are, all of it is there and is ours. A printer that
was changed, cleared or cut off in the middle of storing has no such markers, and is cleared and filled again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator

from contract.records import dataclass
from ticket_printer.protocol.commands import GS
from ticket_printer.rendering.band_commands import defuse_realtime
from ticket_printer.rendering.bands import Band
from ticket_printer.rendering.encoding import reusable_bands
from ticket_printer.rendering.layout import LAYOUT, OPTIONAL, SlipRow
from ticket_printer.slip import Slip

SMALLEST = 24  # bytes; below, the key is no shorter than the picture
SHARE = 0.8  # of the memory: each picture costs some bytes of order in it
FIRST = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"  # of a picture's key; markers begin with small letters
PRINTABLE = 94
LIST_KEYS = GS + b"(L\x04\x000@KC"
CLEAR_ALL = GS + b"(L\x05\x000ACLR"
NEXT_BLOCK = b"\x06"  # ACK: the printer goes on with the list, or ends it
LISTED, MORE = b"\x37\x72", 0x41


@dataclass(frozen=True, slots=True)
class StoredGraphics:
    """What a printer is to hold: `keys` of bands, and the `markers` that prove that it holds them."""

    keys: dict[Band, bytes]
    markers: tuple[bytes, ...]

    def upload(self) -> Iterator[bytes]:
        """Commands that clear the memory, store each band and mark the end; each is one piece."""
        yield CLEAR_ALL
        for band, key in self.keys.items():
            yield _define(key, band)
        for marker in self.markers:
            yield _define(marker, Band(b"\x80", 1, 1, False))

    def is_held_by(self, held: frozenset[bytes]) -> bool:
        """`held`: the keys that the printer lists."""
        return held.issuperset(self.markers)


def select_graphics(slips: Iterable[Slip], width: int, centring: bool, doubling: bool, room: int) -> StoredGraphics:
    """The reusable rows of these slips, the first of them first, as far as `room` bytes of memory go."""
    keys: dict[Band, bytes] = {}
    left = int(room * SHARE)
    for slip in slips:
        rows = [row for row in LAYOUT if row.reusable and _is_shown(row, slip)]
        for band in (b for row in rows for b in reusable_bands(row, slip, width, centring, doubling)):
            if not isinstance(band, Band) or band in keys or not _storable(band) or len(band.data) > left:
                continue
            left -= len(band.data)
            keys[band] = _key(len(keys))
    return StoredGraphics(keys, _markers(keys))


def _is_shown(row: SlipRow, slip: Slip) -> bool:
    """Whether the slip has what the row shows; the address of its code, which changes, does not matter here."""
    needed = OPTIONAL.get(row.name)
    return needed not in row.shows or bool(getattr(slip, str(needed)))


def parse_key_block(block: bytes) -> tuple[frozenset[bytes], bool]:
    """The keys of one block of the printer's list, and whether more blocks follow."""
    keys = block[3:]
    return frozenset(keys[at : at + 2] for at in range(0, len(keys), 2)), block[2:3] == bytes([MORE])


def _key(ordinal: int) -> bytes:
    return FIRST[ordinal // PRINTABLE].encode() + bytes([33 + ordinal % PRINTABLE])


def _markers(keys: dict[Band, bytes]) -> tuple[bytes, ...]:
    digest = hashlib.sha256()
    for band, key in keys.items():
        digest.update(key + bytes([band.stride, band.scale]) + len(band.data).to_bytes(4, "little") + band.data)
    figures = digest.digest()
    return tuple(b"wxyz"[i : i + 1] + bytes([33 + figures[i] % PRINTABLE]) for i in range(4))


def _storable(band: Band) -> bool:
    """Not when it is small, nor when its length would read as a real-time command."""
    return len(band.data) > SMALLEST and _define(b"00", band)[3:5] not in {b"\x10\x04", b"\x10\x05", b"\x10\x14"}


def _define(key: bytes, band: Band) -> bytes:
    """Function 67: tone 48, one colour, width and height in dots, then the rows."""
    size = (band.stride * 8).to_bytes(2, "little") + (len(band.data) // band.stride).to_bytes(2, "little")
    data = b"0C0" + key + b"\x01" + size + b"1" + defuse_realtime(band.data)
    return GS + b"(L" + len(data).to_bytes(2, "little") + data
