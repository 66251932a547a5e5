"""Prints slips of the sample office on the simulated head and keeps the paper:  python scripts/slip_images.py FOLDER"""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from PIL import Image, ImageOps

from config.loading import build, sample_text
from config.schema import Configuration
from kiosk.slip_text import AHEAD_KEPT, samples
from tests.ticket_printer.paper import Desk
from ticket_printer.profiles import Profile, profile
from ticket_printer.slip import Slip
from ticket_printer.stored import stock_of
from ticket_printer.ways import way_for
from ticket_printer.writing import written

PAPERS = {"80mm": "generic-80", "80mm-512": "generic-80-narrow", "58mm": "generic-58"}
ADDRESS = "https://mc.bavi.vn/t/3Kd9xQw7Yz2a"
SESSIONS = {"vi": "Buổi: Sáng", "en": "Morning"}
AGAIN = {"vi": "In lại", "en": "Reprint"}
AIR = 24  # white around the paper in the picture


def slip_of(known: Configuration, width: int, language: str, service: int = 0, ahead: int = 3) -> Slip:
    """As of a ticket: service by its place in the sample office, people ahead."""
    found = list(samples(known, width))
    first = known.office.languages.index(language) * (len(known.service) + AHEAD_KEPT)
    sign, row = known.service[service], found[first + len(known.service) + ahead - 1]
    return replace(
        found[first + service], letter=sign.letter, shape=sign.shape, number="012", ahead=ahead,
        ahead_text=row.ahead_text, time_text="08:05 · 15/4/2024", session_text=SESSIONS[language], qr_url=ADDRESS,
    )  # fmt: skip


def paper(slip: Slip, known: Profile, baud: int | None = None) -> Image.Image:
    """The cut sheet, black on white, as the driver's own choice of way for that line prints it."""
    width = known.width_dots
    stock = stock_of([slip], width, known.centring, known.doubling, known.graphics_bytes)
    desk = Desk(width)
    for piece in [*stock.upload(), *written(slip, width, known, way_for(known, baud), stock)]:
        desk.feed(piece)
    return ImageOps.expand(desk.paper.pictures[-1].convert("L"), AIR, 255)


def pictures(known: Configuration) -> Iterator[tuple[str, Image.Image]]:
    for name, of in PAPERS.items():
        printer = profile(of)
        for language in SESSIONS:
            slip = slip_of(known, printer.width_dots, language)
            yield f"slip-{name}-{language}", paper(slip, printer)
            yield f"slip-{name}-{language}-again", paper(replace(slip, reprint_text=AGAIN[language]), printer)
        for place, service in enumerate(known.service[1:], 1):
            slip = slip_of(known, printer.width_dots, "vi", place, ahead=4 + place)
            yield f"slip-{name}-vi-{service.code}", paper(slip, printer)
        yield f"slip-{name}-9600", paper(slip_of(known, printer.width_dots, "vi"), printer, 9600)
        yield f"slip-{name}-1200", paper(slip_of(known, printer.width_dots, "vi"), printer, 1200)
    epson = profile("epson-tm-t20")
    for baud in (9600, 1200):
        yield f"slip-80mm-epson-{baud}", paper(slip_of(known, 576, "vi"), epson, baud)


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, picture in pictures(build(tomllib.loads(sample_text()), "sample")):
        picture.convert("1").save(folder / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
