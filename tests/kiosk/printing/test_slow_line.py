"""A print thread on a serial line: it says how slips travel, and fills a printer that can keep pictures."""

from __future__ import annotations

import io
import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image

from config.loading import sample_text
from config.schema import PrinterSection
from contract.tickets import PrintState
from kiosk.cli import main
from kiosk.printing.slip_content import describe_mode
from kiosk.printing.slip_preview import SlipPictures
from kiosk.printing.worker import PrintWorker
from tests.office import OfficeStory, sample_configuration
from tests.ticket_printer.slips import until
from ticket_printer.protocol.profiles import profile
from ticket_printer.rendering.render_mode import choose_render_mode
from ticket_printer.simulator.printer import SimulatedPrinter

Office = Callable[[str, int], PrintWorker]


@pytest.fixture
def device(tmp_path: Path) -> Iterator[SimulatedPrinter]:
    printer = SimulatedPrinter(listen=None, pty=tmp_path / "tty", mm_per_s=600.0, cut_s=0.02)
    printer.start()
    yield printer
    printer.stop()


@pytest.fixture
def stories() -> Iterator[list[OfficeStory]]:
    made: list[OfficeStory] = []
    yield made
    for story in made:
        story.close()


@pytest.fixture
def office(home: Path, tmp_path: Path, stories: list[OfficeStory], monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    """The sample office with a printer of this profile and speed of line; the thread is not started."""
    threads: list[PrintWorker] = []

    def found(name: str, baud: int) -> PrintWorker:
        section = PrinterSection(name="hall", url=f"serial://{tmp_path / 'tty'}?baud={baud}", profile=name)
        plain = sample_configuration(f"sqlite:///{home / 'motcua.db'}")
        story = OfficeStory("", plain.model_copy(update={"printer": [section]}))
        monkeypatch.setattr(story.clock, "monotonic", lambda: story.clock.elapsed + time.monotonic())
        stories.append(story)
        threads.append(PrintWorker(story.app, section))
        return threads[-1]

    yield found
    for thread in threads:
        thread.stop()
        if thread.is_alive():
            thread.join(5)


def test_a_slow_line_is_named_at_the_start(
    office: Office, device: SimulatedPrinter, caplog: pytest.LogCaptureFixture
) -> None:
    office("xprinter-80", 9600).start()
    assert until(lambda: "hall: slips are printed number and code drawn" in caplog.text)
    assert [record.levelname for record in caplog.records if "slips are printed" in record.message] == ["WARNING"]


def test_an_idle_thread_fills_the_printer_once_for_all_languages(
    office: Office, stories: list[OfficeStory], device: SimulatedPrinter
) -> None:
    thread = office("epson-tm-t20", 115200)
    steps = 0
    while thread.run_once():
        steps += 1
    assert 100 < steps < 400, "both languages of the office, rows of people included"
    assert not thread.run_once(), "nothing more to do"
    ticket = stories[0].take_number()
    assert thread.run_once()
    with stories[0].app.store.reading() as reading:
        assert reading.tickets.get(ticket.id).print_state is PrintState.PRINTED
    assert device.count == 1


def test_the_technician_reads_in_vietnamese_how_slips_travel() -> None:
    assert describe_mode(choose_render_mode(profile("generic-80"), None)) == "Phiếu được vẽ từng chấm."
    slow = describe_mode(choose_render_mode(profile("generic-80"), 9600))
    assert "Đường truyền chậm" in slow and "Không có dấu tiếng Việt" in slow and "3.4 giây" in slow
    assert "hình lưu sẵn" in describe_mode(choose_render_mode(profile("epson-tm-t20"), 9600))
    assert "rất chậm" in describe_mode(choose_render_mode(profile("epson-tm-t20"), 1200))


def test_the_status_of_a_printer_on_a_slow_line_tells_how_its_slips_travel(
    home: Path,
    device: SimulatedPrinter,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (tmp_path / "office.toml").write_text(sample_text(), encoding="utf-8")
    url = f"serial://{tmp_path / 'tty'}?baud=9600"
    printer = json.dumps([{"name": "hall", "url": url, "profile": "xprinter-80"}])
    monkeypatch.setenv("MOTCUA__PRINTER", printer)
    assert main(["printer", "status", "--config", str(tmp_path / "office.toml")]) == 0
    first, second = capsys.readouterr().out.splitlines()
    assert first == "hall: OK: Máy in sẵn sàng."
    assert "Đường truyền chậm" in second


def test_a_picture_of_a_slip_shows_what_the_slow_line_was_sent(
    office: Office, stories: list[OfficeStory], device: SimulatedPrinter
) -> None:
    thread = office("generic-80", 9600)
    story = stories[-1]
    ticket = story.take_number()
    thread.run_once()
    assert story.ticket(ticket.id).print_state is PrintState.PRINTED
    with story.unit() as unit:
        job = unit.spool.of_ticket(ticket.id)[0]
    shown = Image.open(io.BytesIO(SlipPictures(story.app)(job, ticket)))
    paper = device.paper.pictures[-1]
    assert shown.size == paper.size and shown.convert("1").tobytes() == paper.convert("1").tobytes()
