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
from kiosk.printing.slip_content import AHEAD_STORED, samples
from tests.ticket_printer.paper import BareHead
from ticket_printer.protocol.profiles import Profile, profile
from ticket_printer.rendering.encoding import encode_slip
from ticket_printer.rendering.render_mode import choose_render_mode
from ticket_printer.rendering.stored_graphics import select_graphics
from ticket_printer.slip import Slip

PAPERS = {"80mm": "generic-80", "80mm-512": "generic-80-narrow", "58mm": "generic-58"}
ADDRESS = "https://mc.bavi.vn/t/3Kd9xQw7Yz2a"
SESSIONS = {"vi": "Buổi: Sáng", "en": "Morning"}
AGAIN = {"vi": "In lại", "en": "Reprint"}
AIR = 24  # white around the paper in the picture


def slip_of(known: Configuration, width: int, language: str, service: int = 0, ahead: int = 3) -> Slip:
    """As of a ticket: service by its place in the sample office, people ahead."""
    reusable = list(samples(known, width))
    first = known.office.languages.index(language) * (len(known.service) + AHEAD_STORED)
    sign, row = known.service[service], reusable[first + len(known.service) + ahead - 1]
    return replace(
        reusable[first + service],
        letter=sign.letter,
        shape=sign.shape,
        number="012",
        ahead=ahead,
        ahead_text=row.ahead_text,
        time_text="08:05 · 15/4/2024",
        session_text=SESSIONS[language],
        qr_url=ADDRESS,
    )


def paper(slip: Slip, known: Profile, baud: int | None = None) -> Image.Image:
    """The cut sheet, black on white, in the render mode that the driver chooses for that line."""
    width = known.width_dots
    graphics = select_graphics([slip], width, known.centring, known.doubling, known.graphics_bytes)
    head = BareHead(width)
    for piece in [*graphics.upload(), *encode_slip(slip, width, known, choose_render_mode(known, baud), graphics.keys)]:
        head.feed(piece)
    return ImageOps.expand(head.paper.pictures[-1].convert("L"), AIR, 255)


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
