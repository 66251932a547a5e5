"""The content of a slip: plain words and figures, already translated."""

from __future__ import annotations

from dataclasses import replace

from contract.records import dataclass


@dataclass(frozen=True, slots=True)
class Slip:
    """`shape`: circle, square, triangle, diamond or star; empty: the letter by itself.

    `number`: the figures alone ("012"). `pictogram`: family, land, care, online or result.
    `counters`: what stands in the black squares. Without them, or without `service`, these rows are left out.
    `ahead`: people before; as many little figures are drawn, five at most. `qr_url` None: no QR.
    `reprint_text` None: the first print. `logo`: a picture file, black on white; empty: none.
    """

    office: str
    title: str
    letter: str
    shape: str
    number: str
    service: str
    pictogram: str
    counters: tuple[str, ...]
    counter_word: str
    or_word: str
    ahead: int
    ahead_text: str
    time_text: str
    session_text: str
    qr_url: str | None
    qr_text: str
    thanks: str
    reprint_text: str | None = None
    logo: str = ""

    def only(self, fields: tuple[str, ...]) -> Slip:
        """With these fields alone, the others empty: two slips that agree in them are then equal."""
        return replace(EMPTY, **{name: getattr(self, name) for name in fields})


EMPTY = Slip("", "", "", "", "", "", "", (), "", "", 0, "", "", "", None, "", "")
