"""A spooled slip drawn again, as wide as its printer's paper and in the mode of its line."""

from __future__ import annotations

import io
from types import SimpleNamespace

import pytest
from PIL import Image

from config.schema import Configuration, PrinterSection
from kiosk.bootstrap import build_office
from kiosk.domain.print_job import PrintJob
from kiosk.printing.slip_preview import SlipPictures
from tests.kiosk.printing.test_slip_content import HALL, TICKET
from tests.office import sample_configuration

SLOW = "serial:///dev/ttyUSB0?baud=9600"
Named = dict[str, object]


def pictures(*printers: Named) -> SlipPictures:
    sections = [PrinterSection.model_validate({"name": "hall", "url": "tcp://10.0.0.9"} | one) for one in printers]
    known: Configuration = sample_configuration("sqlite:///:memory:").model_copy(update={"printer": sections})
    return SlipPictures(SimpleNamespace(configuration=known, office=build_office(known)))  # type: ignore[arg-type]


def picture(*printers: Named, job: PrintJob = HALL) -> Image.Image:
    return Image.open(io.BytesIO(pictures(*printers)(job, TICKET)))


@pytest.mark.parametrize(
    ("printer", "width"),
    [
        ({"profile": "generic-80"}, 576),
        ({"profile": "generic-80-narrow"}, 512),
        ({"profile": "generic-58"}, 384),
        ({"profile": "generic-80", "width_dots": 510}, 504),
        ({"profile": "brother"}, 576),
        ({"profile": "brother", "width_dots": 384}, 384),
        ({"name": "gate", "profile": "generic-58"}, 576),  # the slip's own printer left the configuration
    ],
)
def test_a_picture_is_as_wide_as_the_printers_paper(printer: Named, width: int) -> None:
    shown = picture(printer)
    assert (shown.format, shown.mode, shown.width) == ("PNG", "1", width)
    assert shown.getpixel((0, 0)) == 255, "ink on white paper"


def test_each_slip_is_drawn_at_the_width_of_its_own_printer() -> None:
    shown = picture({"name": "gate", "profile": "generic-80"}, {"profile": "generic-58"})
    assert shown.width == 384


def test_a_slow_line_shows_the_printers_own_letters() -> None:
    drawn = picture({"profile": "generic-80"})
    lettered = picture({"profile": "generic-80", "url": SLOW})
    stored = picture({"profile": "epson-tm-t20", "url": SLOW})
    assert drawn.tobytes() == stored.tobytes(), "pictures kept in the printer look like drawn ones"
    assert lettered.tobytes() != drawn.tobytes()


def test_a_slip_is_drawn_once() -> None:
    drawn = pictures({"profile": "generic-58"})
    assert drawn(HALL, TICKET) is drawn(HALL, TICKET)
    assert drawn(HALL, TICKET) != drawn(HALL, TICKET._replace(number="A013"))
