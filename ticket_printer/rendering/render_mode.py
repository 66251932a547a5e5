"""How slips are rendered for a printer: pure arithmetic over what is proven and how fast the line is."""

from __future__ import annotations

from typing import Literal
from urllib.parse import parse_qs, urlsplit

from contract.records import dataclass
from ticket_printer.protocol.profiles import Profile

RenderKind = Literal["raster", "stored", "mixed", "text"]
LIMIT_S = 5.0  # of wire for one slip; longer, and people take it for broken
BAND_S = 0.5  # of wire for one band
BITS_A_BYTE = 10  # 8N1
BAUD = 115200  # of a serial line whose address names none
FULL_WIDTH = 576
BYTES: dict[RenderKind, int] = {
    "raster": 18_000,
    "stored": 4_500,
    "mixed": 3_300,
    "text": 700,
}  # of the standard 80 mm slip
DESCRIPTIONS: dict[RenderKind, str] = {
    "raster": "drawn by us dot for dot",
    "stored": "with the pictures kept in the printer",
    "mixed": "number and code drawn, words in the printer's own letters",
    "text": "all in the printer's own letters",
}


@dataclass(frozen=True, slots=True)
class RenderMode:
    """`kind`: raster (all dots), stored (reusable pictures lie in the printer), mixed, text (its letters only).

    `wire_s`: seconds that the standard slip spends on the line; None on a line faster than paper.
    `marks`: whether Vietnamese keeps its marks. `band_bytes`: of a drawn picture in one command at most, None without
    limit: a question in turn follows each, and a printer that was without power for a moment must have missed one.
    """

    kind: RenderKind
    wire_s: float | None
    marks: bool
    band_bytes: int | None = None

    @property
    def reason(self) -> str:
        """One English sentence for the log at start."""
        line = "a line faster than paper" if self.wire_s is None else f"{self.wire_s:.1f} s of line for each"
        lost = "" if self.marks else ", without Vietnamese marks: no code page is proven"
        slow = "; a faster line would print better slips" if self.kind in {"mixed", "text"} else ""
        return f"slips are printed {DESCRIPTIONS[self.kind]}{lost} ({line}){slow}"


def baud_of(url: str) -> int | None:
    """Of a serial line's address; None for lines faster than paper."""
    parts = urlsplit(url)
    if parts.scheme != "serial":
        return None
    given = parse_qs(parts.query).get("baud", [""])[0]
    return int(given) if given.isdecimal() and int(given) else BAUD  # what is wrong is told when the line is opened


def choose_render_mode(profile: Profile, baud: int | None, width: int | None = None) -> RenderMode:
    """`baud` None: USB or network. The most beautiful mode whose slip takes at most LIMIT_S, else the shortest."""
    kinds: list[RenderKind] = ["raster", "mixed", "text"]
    if baud is None:
        return RenderMode("raster", None, True)
    if profile.graphics_bytes and profile.native_qr:
        kinds.insert(0, "stored")
    share = (width or profile.width_dots) / FULL_WIDTH
    costs = {kind: BYTES[kind] * min(1.0, share) * BITS_A_BYTE / baud for kind in kinds}
    kind: RenderKind = next((kind for kind in kinds if costs[kind] <= LIMIT_S), "text")
    marks = kind in {"raster", "stored"} or profile.code_page != "ascii"
    return RenderMode(kind, costs[kind], marks, int(baud / BITS_A_BYTE * BAND_S))


def mode_without_graphics(profile: Profile, baud: int | None, width: int | None = None) -> RenderMode:
    """The mode as long as the printer's memory does not hold our pictures."""
    return choose_render_mode(profile.model_copy(update={"graphics_bytes": 0}), baud, width)
