"""Slips as pictures for people who look after the printer: drawn again from what the spool and the ticket hold."""

from __future__ import annotations

import io
from functools import lru_cache
from typing import TYPE_CHECKING

from kiosk.domain.print_job import PrintJob
from kiosk.domain.ticket import Ticket

if TYPE_CHECKING:
    from kiosk.app import App
    from ticket_printer.protocol.profiles import Profile

KEPT = 48  # a few KB each


class SlipPictures:
    """Draws a slip as wide as its printer's paper; PNG, black on white."""

    def __init__(self, app: App) -> None:
        self._app = app
        self._drawn = lru_cache(maxsize=KEPT)(self._draw)

    def __call__(self, job: PrintJob, ticket: Ticket) -> bytes:
        return self._drawn(job, ticket)

    def _draw(self, job: PrintJob, ticket: Ticket) -> bytes:
        """Dot for dot, or in a printer's own letters where the line is too slow for more."""
        from PIL import ImageOps

        from kiosk.printing.slip_content import ticket_slip
        from ticket_printer.rendering.encoding import encode_slip
        from ticket_printer.rendering.raster import draw
        from ticket_printer.rendering.render_mode import baud_of, choose_render_mode
        from ticket_printer.simulator.preview import paper_of

        known, width, url = self._printer(job.printer)
        slip = ticket_slip(self._app.configuration, self._app.office, ticket, job, width)
        mode = choose_render_mode(known, baud_of(url), width)
        if mode.kind in {"raster", "stored"}:
            page = ImageOps.invert(draw(slip, width).convert("L"))
        else:
            page = paper_of(encode_slip(slip, width, known, mode), width)
        file = io.BytesIO()
        page.convert("1").save(file, format="PNG", optimize=True)
        return file.getvalue()

    def _printer(self, name: str) -> tuple[Profile, int, str]:
        """Profile, width in dots and address; a plain printer where that one cannot be known any more."""
        from ticket_printer.errors import PrinterError
        from ticket_printer.protocol.profiles import profile

        plain = profile("generic-80")
        for section in self._app.configuration.printer:
            if section.name == name:
                try:
                    known = profile(section.profile)
                except PrinterError:
                    known = plain
                return known, (section.width_dots or known.width_dots) // 8 * 8, section.url
        return plain, plain.width_dots, ""
