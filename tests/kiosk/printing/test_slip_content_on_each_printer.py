"""Every width, way and language: the driver chooses the way, the simulated printer prints, and its paper is read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from pathlib import Path

import pytest
from PIL import Image, ImageOps

from tests.kiosk.printing.sample_slips import (
    ADDRESS,
    HRE,
    all_words,
    lettered_lines,
    letters,
    sample_office,
    slip_of,
    vietnamese_lines,
    with_letters,
)
from tests.ticket_printer.lettered import lines_of, read_letters
from tests.ticket_printer.paper import codes_in
from tests.ticket_printer.reading import read_lines, tesseract
from tests.ticket_printer.slips import until
from ticket_printer.delivery.driver import TicketPrinter
from ticket_printer.rendering.raster import draw
from ticket_printer.rendering.render_mode import RenderKind
from ticket_printer.simulator.printer import SimulatedPrinter
from ticket_printer.slip import Slip

OFFICE = sample_office()
LAND = 1
BAUDS: dict[RenderKind, int] = {"raster": 115200, "stored": 115200, "mixed": 9600, "text": 1200}
GENERIC = {576: "generic-80", 512: "generic-80-narrow", 384: "generic-58"}
AGAIN = {"vi": "In lại", "en": "Reprint", "hre": "In lại"}


@dataclass(frozen=True)
class Kept:
    """A width, a profile and the way that its slips go there."""

    width: int
    profile: str
    kind: RenderKind

    @property
    def marks(self) -> bool:
        return self.profile.startswith("epson")

    def __str__(self) -> str:
        return f"{self.width}-{self.profile}-{self.kind}"


EVERY = [
    *(Kept(width, GENERIC[width], kind) for width in GENERIC for kind in ("raster", "mixed", "text")),
    *(Kept(width, "epson-tm-t20", kind) for width in GENERIC for kind in ("stored", "mixed", "text")),
]
LETTERED = [kept for kept in EVERY if kept.kind in {"mixed", "text"}]
ROW_DRAWERS = [kept for kept in EVERY if kept.kind in {"raster", "stored"}]
Print = Callable[[Kept, Slip], Image.Image]


@pytest.fixture
def paper(tmp_path: Path) -> Iterator[Print]:
    """Prints a slip over a serial line and gives the cut sheet, 1 is ink."""
    printers: list[tuple[TicketPrinter, SimulatedPrinter]] = []

    def printed(kept: Kept, slip: Slip) -> Image.Image:
        line = tmp_path / f"tty{len(printers)}"
        device = SimulatedPrinter(listen=None, pty=line, width_dots=kept.width, mm_per_s=3000.0, cut_s=0.01)
        device.start()
        printer = TicketPrinter(f"serial://{line}?baud={BAUDS[kept.kind]}", kept.profile, kept.width)
        printers.append((printer, device))
        if kept.kind == "stored":
            assert printer.status().state == "OK"
            while printer.prepare(lambda: [slip]):
                pass
        assert printer._encoder.mode.kind == kept.kind
        assert printer.print(slip, 1).state == ("UNKNOWN" if kept.profile == "generic-58" else "PRINTED")
        assert until(lambda: device.count == 1)
        return ImageOps.invert(device.paper.pictures[0].convert("L")).convert("1")

    yield printed
    for printer, device in printers:
        printer.close()
        device.stop()


def waiting(kept: Kept, language: str, again: bool = False) -> Slip:
    slip = slip_of(OFFICE, kept.width, language, LAND, AGAIN[language] if again else None)
    return replace(slip, ahead=3, ahead_text="Before you: 3" if language == "en" else "3 người chờ trước")


@pytest.mark.parametrize("kept", ROW_DRAWERS, ids=str)
def test_every_line_of_a_drawn_slip_is_read_from_the_paper(paper: Print, kept: Kept, tmp_path: Path) -> None:
    slip = waiting(kept, "vi")
    page = paper(kept, slip)
    wanted = vietnamese_lines(slip, kept.width, LAND)
    assert [letters(line) for line in read_lines(page, slip, tmp_path)] == [letters(line) for line in wanted]
    assert codes_in(page) == [ADDRESS]


@pytest.mark.parametrize("kept", ROW_DRAWERS, ids=str)
def test_every_word_of_a_drawn_slip_in_english_is_read_from_the_paper(paper: Print, kept: Kept, tmp_path: Path) -> None:
    slip = waiting(kept, "en")
    page = paper(kept, slip)
    said, wanted = " ".join(read_lines(page, slip, tmp_path, "eng")), all_words(slip, kept.width)
    assert _without_marks(said) == _without_marks(wanted), "a reader of English knows no BA VÌ"
    assert codes_in(page) == [ADDRESS]


@pytest.mark.parametrize("kept", ROW_DRAWERS, ids=str)
def test_on_a_drawn_slip_words_in_hre_stand_among_vietnamese_lines(paper: Print, kept: Kept, tmp_path: Path) -> None:
    """The machine reads no Hrê: those lines are compared with the drawing, and with one that lost its short mark."""
    slip = waiting(kept, "hre")
    assert (slip.counter_word, slip.service) == (HRE["counter"], HRE["services"]["DD"])  # type: ignore[index]
    page = paper(kept, slip)
    read = read_lines(page, slip, tmp_path)
    vietnamese = vietnamese_lines(slip, kept.width, 4)
    assert len(read) == len(vietnamese)
    for line, wanted in zip(read, vietnamese, strict=True):
        assert letters(line) == letters(wanted) or wanted in {"Trả kết quả", "Đến quầy", "Quầy"}
    assert _upper(page) == _upper(draw(slip, kept.width))
    assert _upper(page) != _upper(draw(replace(slip, counter_word="'bo 'nô"), kept.width))
    assert codes_in(page) == [ADDRESS]


def _without_marks(text: str) -> str:
    return with_letters(letters(text), marks=False).lower()


def _upper(page: Image.Image) -> bytes:
    """Above the code, which a printer may draw by itself."""
    return page.crop((0, 0, page.width, page.height - 260)).tobytes()


@pytest.mark.parametrize("language", AGAIN)
@pytest.mark.parametrize("kept", LETTERED, ids=str)
def test_every_line_in_the_printers_own_letters_is_read_from_the_paper(
    paper: Print, kept: Kept, language: str, tmp_path: Path
) -> None:
    slip = waiting(kept, language, again=True)
    page = paper(kept, slip)
    code = kept.kind == "mixed" or kept.marks
    wanted = lettered_lines(slip, kept.width, kept.marks, number=kept.kind == "text", code=code)
    assert read_letters(page) == wanted
    assert codes_in(page) == [ADDRESS] * code
    if language == "vi" and kept.marks:
        words = " ".join(line for line in wanted if "--" not in line)
        said = " ".join(tesseract([line for line in lines_of(page) if line.height > 4], tmp_path, "vie"))
        assert SequenceMatcher(None, words, said, autojunk=False).ratio() > 0.97, said
