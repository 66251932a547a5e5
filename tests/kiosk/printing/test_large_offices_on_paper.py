"""Slips of offices of six, nine and twenty services on each paper: whole, and read back with number and counters."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from config.schema import Configuration
from kiosk.bootstrap import build_office
from kiosk.domain.print_job import PrintJob
from kiosk.domain.ticket import Ticket
from kiosk.printing.slip_content import ticket_slip
from tests import large_offices
from tests.kiosk.printing.sample_slips import letters
from tests.kiosk.printing.test_slip_content import ISSUED, TICKET
from tests.kiosk.printing.test_slip_content_on_paper import WIDTHS, printed
from tests.large_offices import SIX, SIZES, TWENTY, Size
from tests.ticket_printer.paper import codes_in, paper_of
from tests.ticket_printer.reading import read_lines, tesseract
from ticket_printer.rendering.layout import LAYOUT, sizes_for
from ticket_printer.rendering.raster import draw_row, rows_of
from ticket_printer.slip import Slip

ADDRESS = "https://mot-cua.ba-vi.quang-ngai.vn"
JOB = PrintJob("job-1", "ticket-1", "A1000", "hall", 2000, False, ISSUED)


def known(size: Size) -> Configuration:
    plain = large_offices.configuration(size, "sqlite:///:memory:")
    return plain.model_copy(update={"server": plain.server.model_copy(update={"public_url": ADDRESS})})


def slip_of(configuration: Configuration, service: int, width: int) -> Slip:
    """With the square of a first slip and the words of one that is printed again: more than any slip has."""
    one = configuration.service[service]
    ticket: Ticket = TICKET._replace(
        number=f"{one.letter}1000", service=one.code, issued_service=one.code, pool=f"s:{one.code}"
    )
    return replace(ticket_slip(configuration, build_office(configuration), ticket, JOB, width), reprint_text="In lại")


def is_inside(row: Image.Image, width: int) -> bool:
    """No row of dots is wider than what stands between the margins."""
    box = row.getbbox()
    return row.width <= width and box is not None and box[2] - box[0] <= sizes_for(width).room


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("size", SIZES, ids=str)
def test_every_row_of_every_service_stands_between_the_margins(size: Size, width: int) -> None:
    configuration = known(size)
    for service in range(size.services):
        slip = slip_of(configuration, service, width)
        page = paper_of(printed(slip, width), width)
        top = 0
        for above, row in rows_of(slip, width):
            drawn = draw_row(row, slip, width)
            assert is_inside(drawn, width), (row.name, slip.service)
            placed = page.crop((0, top + above, width, top + above + drawn.height))
            assert placed.getbbox() is not None and count(placed) == count(drawn), "no row lies on another"
            top += above + drawn.height
        assert page.height == top and {row.name for _, row in rows_of(slip, width)} <= {row.name for row in LAYOUT}
        assert codes_in(page) == [f"{ADDRESS}/t/{TICKET.public_token}"]


def count(picture: Image.Image) -> int:
    """Black dots."""
    return picture.convert("L").histogram()[255]


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize(("size", "counters"), [(SIX, ("1", "2", "3")), (TWENTY, ("1–12",))], ids=str)
def test_a_number_of_four_figures_a_long_name_and_its_counters_can_be_read(
    size: Size, counters: tuple[str, ...], width: int, tmp_path: Path
) -> None:
    slip = slip_of(known(size), 0, width)
    assert (slip.letter, slip.number, slip.counters) == ("A", "1000", counters)
    page = paper_of(printed(slip, width), width)
    read = " ".join(read_lines(page, slip, tmp_path))
    assert letters(slip.service.replace("–", "-")) in letters(read)
    assert "2000" in " ".join(read_lines(page, slip, tmp_path, "eng"))
    number = draw_row(LAYOUT[2], slip, width)
    figures = tesseract([number.crop((sizes_for(width).shape + 8, 0, number.width, number.height))], tmp_path, "eng")
    assert "".join(figures).replace("O", "0") == "1000"


def test_services_of_one_shape_differ_on_paper_by_their_letter() -> None:
    configuration = known(TWENTY)
    rows = [draw_row(LAYOUT[2], slip_of(configuration, service, 576), 576).tobytes() for service in range(20)]
    assert len(set(rows)) == 20
