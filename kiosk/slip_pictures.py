"""Slips as pictures for people who look after the printer: drawn again from what the spool and the ticket hold."""

from __future__ import annotations

import io
from functools import lru_cache
from typing import TYPE_CHECKING

from kiosk.domain.printing import PrintJob
from kiosk.domain.ticket import Ticket

if TYPE_CHECKING:
    from kiosk.bootstrap import House

KEPT = 48  # a few KB each


class SlipPictures:
    """Draws a slip as wide as its printer's paper; PNG, black on white."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._drawn = lru_cache(maxsize=KEPT)(self._draw)

    def __call__(self, job: PrintJob, ticket: Ticket) -> bytes:
        return self._drawn(job, ticket)

    def _draw(self, job: PrintJob, ticket: Ticket) -> bytes:
        from PIL import ImageOps

        from kiosk.slip_text import ticket_slip
        from ticket_printer.raster import draw

        width = self._width(job.printer)
        page = draw(ticket_slip(self._house.configuration, self._house.office, ticket, job, width), width)
        file = io.BytesIO()
        ImageOps.invert(page.convert("L")).convert("1").save(file, format="PNG", optimize=True)
        return file.getvalue()

    def _width(self, printer: str) -> int:
        from ticket_printer.profiles import profile

        for section in self._house.configuration.printer:
            if section.name == printer:
                return (section.width_dots or profile(section.profile).width_dots) // 8 * 8
        return profile("generic-80").width_dots  # the printer left the configuration
