"""Reading what came out: bytes as paper, paper as words (tesseract) and codes (zbar)."""

from __future__ import annotations

import os
import re
import subprocess
import unicodedata
from collections.abc import Iterable
from pathlib import Path

from PIL import Image, ImageOps
from pyzbar import pyzbar

from ticket_printer.rendering.band_commands import BandEncoder, Dialect, start
from ticket_printer.rendering.bands import bands
from ticket_printer.simulator.paper import Paper
from ticket_printer.simulator.print_head import PrintHead

ONE_THREAD = {"OMP_THREAD_LIMIT": "1"}  # more of them only wait for each other on so small a page
REALTIME = re.compile(rb"\x10[\x04\x05\x14]")


class BareHead:
    """A simulated head without a wire: feed it bytes, look at the sheets it cut."""

    def __init__(self, width: int = 576) -> None:
        self.paper = Paper(width, None, lambda rows: None)
        self.answers: list[tuple[str, bytes]] = []
        self._rest = bytearray()
        self._head = PrintHead(self.paper, self._take, self._answer)

    def feed(self, data: bytes) -> None:
        """Whole commands; AssertionError when they are not."""
        self._rest += data
        while self._rest:
            self._head.step()

    def sheet(self) -> Image.Image:
        """The last cut sheet; 1 is ink."""
        return ImageOps.invert(self.paper.pictures[-1].convert("L")).convert("1")

    def _take(self, count: int) -> bytes:
        assert count <= len(self._rest), "a command was cut in two"
        part = bytes(self._rest[:count])
        del self._rest[:count]
        return part

    def _answer(self, what: str, data: bytes) -> None:
        self.answers.append((what, data))
        if what == "cut":
            self.paper.cut()


def page_commands(page: Image.Image, dialect: Dialect) -> bytes:
    """A drawn page from initialisation to cut; `page` is 1-bit, 1 is ink, its width a multiple of 8."""
    encoder = BandEncoder()
    pieces = bands(page.tobytes(), page.width // 8, dialect.centring, dialect.doubling)
    return start(dialect) + b"".join(encoder.encode(pieces)) + encoder.align(False) + dialect.ending


def paper_of(data: bytes | Iterable[bytes], width: int = 576) -> Image.Image:
    """What bytes become, as ink on a page."""
    head = BareHead(width)
    head.feed(data if isinstance(data, bytes) else b"".join(data))
    return head.sheet()


def read_aloud(picture: Image.Image, folder: Path, language: str = "vie", zoom: int = 2) -> str:
    """What tesseract reads, words parted by one space; `picture` as ink."""
    shown = ImageOps.expand(ImageOps.invert(picture.convert("L")), 40, 255)
    shown.resize((shown.width * zoom, shown.height * zoom)).save(folder / "slip.png")
    command = ["tesseract", str(folder / "slip.png"), "-", "-l", language, "--psm", "4"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True, env=os.environ | ONE_THREAD)
    return unicodedata.normalize("NFC", " ".join(done.stdout.split())).replace("—", "–").replace("–", "-")


def codes_in(picture: Image.Image) -> list[str]:
    """What a phone would find; `picture` as ink."""
    shown = ImageOps.expand(ImageOps.invert(picture.convert("L")), 40, 255)
    return [code.data.decode() for code in pyzbar.decode(shown)]
