"""The words of a slip's paper without its signs, line by line: what an eye reads that knows where to look."""

from __future__ import annotations

import os
import subprocess
import unicodedata
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from PIL import Image, ImageOps

from tests.ticket_printer.paper import ONE_THREAD
from ticket_printer.rendering.layout import SlipRow, sizes_for
from ticket_printer.rendering.pictograms import counter_pictogram
from ticket_printer.rendering.raster import draw_row, rows_of
from ticket_printer.rendering.row_drawing import PEOPLE_ABOVE
from ticket_printer.slip import Slip

WORDLESS = {"number", "rule", "code", "logo"}
GAP = 40


def read_lines(page: Image.Image, slip: Slip, folder: Path, language: str = "vie") -> list[str]:
    """What tesseract reads of the page, which is the paper of `slip`, 1 is ink; any dash is a hyphen."""
    return tesseract(list(_words(page, slip)), folder, language)


def tesseract(strips: list[Image.Image], folder: Path, language: str, zoom: int = 2) -> list[str]:
    """The lines of all strips, one below the other, each magnified so many times; any dash is a hyphen."""
    size = (max(strip.width for strip in strips) + 80, sum(strip.height + GAP for strip in strips) + 80)
    sheet = Image.new("1", size)
    top = 40
    for strip in strips:
        sheet.paste(strip, (40, top))
        top += strip.height + GAP
    shown = ImageOps.invert(sheet.convert("L"))
    shown.resize((shown.width * zoom, shown.height * zoom), Image.Resampling.BICUBIC).save(folder / "words.png")
    command = ["tesseract", str(folder / "words.png"), "-", "-l", language, "--psm", "4"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True, env=os.environ | ONE_THREAD)
    text = unicodedata.normalize("NFC", done.stdout).replace("—", "-").replace("–", "-")
    return [" ".join(line.split()) for line in text.split("\n") if line.strip()]


def _words(page: Image.Image, slip: Slip) -> Iterator[Image.Image]:
    top = 0
    for above, row in rows_of(slip, page.width):
        height = draw_row(row, slip, page.width).height
        strip = page.crop((0, top + above, page.width, top + above + height))
        top += above + height
        if row.name not in WORDLESS:
            strip = _without_sign(strip, row, slip)
            yield strip.crop(strip.getbbox())
    assert top == page.height


def _without_sign(strip: Image.Image, row: SlipRow, slip: Slip) -> Image.Image:
    if row.name == "ahead" and 0 < slip.ahead <= 5:
        blank, top = max(_gaps(_ink(strip.transpose(Image.Transpose.TRANSPOSE))), default=(0, 0))
        if blank >= PEOPLE_ABOVE:
            return strip.crop((0, top, strip.width, strip.height))
    ink = _ink(strip)
    first, last = 0, strip.width
    if row.name == "service" or (row.name == "ahead" and 0 < slip.ahead <= 5):
        first = max(_gaps(ink))[1]
    if row.name == "counters":
        sign = counter_pictogram(round(sizes_for(strip.width).square * 0.94))
        first = next(x for x, dots in enumerate(ink) if dots) + sign.width + 2
        last = next(x for x in range(first, strip.width) if ink[x] > strip.height * 0.8)
    return strip.crop((first, 0, last, strip.height))


def _ink(strip: Image.Image) -> list[int]:
    """Dots in each column."""
    turned = strip.transpose(Image.Transpose.TRANSPOSE)
    data, stride = turned.tobytes(), (turned.width + 7) // 8
    return [sum(byte.bit_count() for byte in data[at : at + stride]) for at in range(0, len(data), stride)]


def _gaps(ink: list[int]) -> list[tuple[int, int]]:
    """(width, first column after it) of each blank between two inked columns."""
    inked = [x for x, dots in enumerate(ink) if dots]
    return [(right - left, right) for left, right in pairwise(inked) if right - left > 1]
