"""What a printer makes of a slip's bytes: the simulated head without a wire."""

from __future__ import annotations

from collections.abc import Iterable

from PIL import Image

from ticket_printer.simulator.paper import Paper
from ticket_printer.simulator.print_head import PrintHead


def paper_of(parts: Iterable[bytes], width: int) -> Image.Image:
    """The sheet that whole commands, the last of them a cut, bring out; black on white, `width` dots."""
    paper, rest = Paper(width, None, lambda rows: None), bytearray(b"".join(parts))

    def take(count: int) -> bytes:
        part = bytes(rest[:count])
        del rest[:count]
        return part

    head = PrintHead(paper, take, lambda what, data: paper.cut() if what == "cut" else None)
    while rest and not paper.pictures:
        head.step()
    return paper.pictures[-1]
