"""Which way a slip goes to a printer: pure arithmetic over what is proven and how fast the line is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal
from urllib.parse import parse_qs, urlsplit

from ticket_printer.profiles import Profile

Kind = Literal["drawn", "stored", "mixed", "plain"]
LIMIT_S = 5.0  # of wire for one slip; longer, and people take it for broken
BAND_S = 0.5  # of wire for one band
BITS_A_BYTE = 10  # 8N1
BAUD = 115200  # of a serial line whose address names none
FULL_WIDTH = 576
BYTES: dict[Kind, int] = {"drawn": 18_000, "stored": 4_500, "mixed": 3_300, "plain": 700}  # of the standard 80 mm slip
SAID: dict[Kind, str] = {
    "drawn": "drawn by us dot for dot",
    "stored": "with the pictures kept in the printer",
    "mixed": "number and code drawn, words in the printer's own letters",
    "plain": "all in the printer's own letters",
}


@dataclass(frozen=True, slots=True)
class Way:
    """`kind`: drawn (all dots), stored (what lasts lies in the printer), mixed, plain (letters only).

    `wire_s`: seconds that the standard slip spends on the line; None on a line faster than paper.
    `marks`: whether Vietnamese keeps its marks. `band_bytes`: of a drawn picture in one command at most, None without
    limit: a question in turn follows each, and a printer that was without power for a moment must have missed one.
    """

    kind: Kind
    wire_s: float | None
    marks: bool
    band_bytes: int | None = None

    @property
    def reason(self) -> str:
        """One English sentence for the log at start."""
        line = "a line faster than paper" if self.wire_s is None else f"{self.wire_s:.1f} s of line for each"
        lost = "" if self.marks else ", without Vietnamese marks: no code page is proven"
        slow = "; a faster line would print better slips" if self.kind in {"mixed", "plain"} else ""
        return f"slips are printed {SAID[self.kind]}{lost} ({line}){slow}"


def baud_of(url: str) -> int | None:
    """Of a serial line's address; None for lines faster than paper."""
    parts = urlsplit(url)
    if parts.scheme != "serial":
        return None
    given = parse_qs(parts.query).get("baud", [""])[0]
    return int(given) if given.isdecimal() and int(given) else BAUD  # what is wrong is told when the line is opened


def way_for(profile: Profile, baud: int | None, width: int | None = None) -> Way:
    """`baud` None: USB or network. The most beautiful way whose slip takes at most LIMIT_S, else the shortest."""
    ways: list[Kind] = ["drawn", "mixed", "plain"]
    if baud is None:
        return Way("drawn", None, True)
    if profile.graphics_bytes and profile.native_qr:
        ways.insert(0, "stored")
    share = (width or profile.width_dots) / FULL_WIDTH
    costs = {kind: BYTES[kind] * min(1.0, share) * BITS_A_BYTE / baud for kind in ways}
    kind: Kind = next((kind for kind in ways if costs[kind] <= LIMIT_S), "plain")
    marks = kind in {"drawn", "stored"} or profile.code_page != "ascii"
    return Way(kind, costs[kind], marks, int(baud / BITS_A_BYTE * BAND_S))


def while_storing(profile: Profile, baud: int | None, width: int | None = None) -> Way:
    """The way as long as the printer's memory does not hold our pictures."""
    return way_for(profile.model_copy(update={"graphics_bytes": 0}), baud, width)
