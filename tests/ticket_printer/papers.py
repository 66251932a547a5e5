"""Slips that can be told apart on the paper, and a witness who compares what the driver says with what lies there."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

from PIL import Image, ImageOps

from tests.ticket_printer.slips import until
from ticket_printer.delivery.driver import PrintOutcome, TicketPrinter
from ticket_printer.protocol.commands import CUT
from ticket_printer.simulator.printer import SimulatedPrinter

ROWS, STRIDE, BAND = 192, 72, 24
START = b"\x1b@\x1c."


def dots(n: int, rows: int = ROWS) -> bytes:
    """The ink of slip `n`: noise that no other slip has, free of commands that are obeyed at once or answered."""
    return Random(n).randbytes(rows * STRIDE).replace(b"\x10", b"\x30").replace(b"\x1d\x72", b"\x3d\x72")


def parts(n: int, start: bytes = START, rows: int = ROWS, band: int = BAND) -> list[bytes]:
    """Its commands, from initialisation to cut; `band`: rows in one."""
    ink = dots(n, rows)
    size = STRIDE * band
    bands = [ink[at : at + size] for at in range(0, len(ink), size)]
    head = b"\x1dv0\x00" + STRIDE.to_bytes(2, "little") + band.to_bytes(2, "little")
    return [start, *(head + band for band in bands), CUT]


def ink(picture: Image.Image) -> bytes:
    return ImageOps.invert(picture.convert("L")).convert("1").tobytes()


@dataclass
class Witness:
    """Prints through the driver and remembers what it said."""

    printer: TicketPrinter
    device: SimulatedPrinter
    start: bytes = START
    band: int = BAND
    said: dict[int, PrintOutcome] = field(default_factory=dict)

    def print(self, n: int) -> PrintOutcome:
        self.said[n] = outcome = self.printer.send(parts(n, self.start, band=self.band), n)
        if outcome.state == "PRINTED":
            assert dots(n) in self.papers(), f"slip {n} is called printed and is not there, whole and cut"
        return outcome

    def papers(self) -> list[bytes]:
        return [ink(picture) for picture in list(self.device.paper.pictures)]

    def nothing_comes_out(self, seconds: float = 0.3) -> bool:
        rows = self.device.paper.printed_rows
        return not until(lambda: self.device.paper.printed_rows > rows, seconds)

    def prints_cleanly(self, n: int) -> None:
        """The next slip is proven, whole, and the last on the paper."""
        outcome = self.print(n)
        assert outcome == PrintOutcome("PRINTED"), outcome
        assert self.papers()[-1] == dots(n)

    def checks(self) -> None:
        """What was called not printed is nowhere, and nothing lies there twice."""
        papers = self.papers()
        for n, outcome in self.said.items():
            assert papers.count(dots(n)) <= (outcome.state != "NOT_PRINTED")
