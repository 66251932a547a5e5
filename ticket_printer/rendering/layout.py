"""The layout of a slip as data: sizes of each paper width, and the order of its rows. Dots of 203 dpi, 8 to a mm."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from contract.records import dataclass

NARROW = 448  # paper below this many dots is set closer
LEAST = 29  # dots of the smallest type: 10 points, as VVSG 2.0 asks of print
RowName = Literal[
    "logo", "head", "number", "service", "rule", "counters", "ahead", "time", "invitation", "code", "thanks"
]


@dataclass(frozen=True, slots=True)
class Sizes:
    """Of one paper width. What is drawn from doubled dots (number, shape, square, counter, code) has even sizes."""

    width: int
    margin: int = 20
    office: int = LEAST
    title: int = LEAST
    number: int = 192
    shape: int = 142
    service: int = 36
    counter: int = 36
    square: int = 80
    either: int = LEAST
    ahead: int = LEAST
    person: int = 34
    time: int = 32
    small: int = LEAST
    thanks: int = LEAST
    gap: int = 12

    @property
    def room(self) -> int:
        """Dots between the margins."""
        return self.width - 2 * self.margin


WIDE = Sizes(576)
MIDDLE = replace(WIDE, width=512, margin=12, number=176, shape=130, service=34, counter=34, square=72)
SLIM = Sizes(
    width=384,
    margin=8,
    office=LEAST,
    title=0,
    number=140,
    shape=108,
    service=30,
    counter=30,
    square=64,
    either=LEAST,
    ahead=LEAST,
    person=28,
    time=34,
)


def sizes_for(width: int) -> Sizes:
    """The layout of the greatest known width that fits, with its margins widened."""
    for known in (WIDE, MIDDLE, SLIM):
        if known.width <= width:
            return replace(known, width=width, margin=known.margin + (width - known.width) // 2)
    return replace(SLIM, width=width, margin=4)


@dataclass(frozen=True, slots=True)
class SlipRow:
    """One row of the slip and the fields of `Slip` that it shows.

    `reusable`: the same on many slips, so worth keeping as bytes or in the printer's memory.
    `clear`: blank rows above and below beyond the usual gap.
    """

    name: RowName
    shows: tuple[str, ...]
    reusable: bool = True
    clear: int = 0


LAYOUT: tuple[SlipRow, ...] = (
    SlipRow("logo", ("logo",)),
    SlipRow("head", ("office", "title")),
    SlipRow("number", ("shape", "letter", "number"), reusable=False),
    SlipRow("service", ("service", "pictogram")),
    SlipRow("rule", ()),
    SlipRow("counters", ("counter_word", "or_word", "counters")),
    SlipRow("ahead", ("ahead", "ahead_text")),
    SlipRow("rule", ()),
    SlipRow("time", ("time_text", "session_text", "reprint_text"), reusable=False),
    SlipRow("invitation", ("qr_text",)),
    SlipRow("code", ("qr_url",), reusable=False, clear=4),
    SlipRow("thanks", ("thanks",)),
)
OPTIONAL: dict[RowName, str] = {  # rows that need a field
    "logo": "logo",
    "service": "service",
    "counters": "counters",
    "invitation": "qr_url",
    "code": "qr_url",
}
