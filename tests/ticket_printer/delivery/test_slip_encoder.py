"""When a printer's memory is asked, filled, believed, and left alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from tests.ticket_printer.delivery.scripted import ScriptedPrinter
from tests.ticket_printer.delivery.test_outcomes import SameDevice
from tests.ticket_printer.slips import SLIP
from ticket_printer.delivery.driver import TicketPrinter
from ticket_printer.delivery.printer_link import PrinterLink
from ticket_printer.delivery.slip_encoder import SlipEncoder, read_stored_keys
from ticket_printer.errors import PrinterError
from ticket_printer.protocol.profiles import profile
from ticket_printer.rendering.stored_graphics import LIST_KEYS, NEXT_BLOCK
from ticket_printer.slip import Slip

EPSON = profile("epson-tm-t20")
CLEAR_ALL = b"\x1d(L\x05\x000ACLR"


class Memory(ScriptedPrinter):
    """A printer that keeps pictures by their keys and lists them, forty a block."""

    keys: list[bytes]
    blocks: list[bytes]
    lists: int = 0
    keeps: bool = True

    def write(self, data: bytes, timeout_s: float) -> int:
        if data.startswith(LIST_KEYS):
            self.lists += 1
            runs = [self.keys[at : at + 40] for at in range(0, len(self.keys), 40)] or [[]]
            marks = [b"A"] * (len(runs) - 1) + [b"@"]
            self.blocks = [b"\x37\x72" + mark + b"".join(run) + b"\0" for mark, run in zip(marks, runs, strict=True)]
        if data.startswith((LIST_KEYS, NEXT_BLOCK)) and self.blocks:
            self.say(self.blocks.pop(0))
        elif data.startswith(CLEAR_ALL):
            self.keys = []
        elif data.startswith(b"\x1d(L") and data[5:7] == b"0C" and self.keeps:
            self.keys.append(data[8:10])
        return super().write(data, timeout_s)


def samples() -> Iterator[Slip]:
    yield SLIP
    for ahead in range(1, 6):
        yield replace(SLIP, ahead=ahead, ahead_text=f"{ahead} người chờ trước")


@pytest.fixture
def memory() -> Memory:
    made = Memory()
    made.keys, made.blocks = [], []
    return made


@pytest.fixture
def link(memory: Memory) -> PrinterLink:
    return memory.link()


@pytest.fixture
def encoder(memory: Memory, link: PrinterLink) -> SlipEncoder:
    return SlipEncoder(EPSON, 576, 9600, memory.monotonic, lambda: link)


def fill(encoder: SlipEncoder, link: PrinterLink) -> int:
    """Until nothing is left to do; how many steps that took."""
    steps = 1
    while encoder.prepare(link, samples):
        steps += 1
    return steps


def test_an_empty_memory_is_filled_picture_by_picture_and_then_believed(
    encoder: SlipEncoder, link: PrinterLink, memory: Memory
) -> None:
    assert encoder.mode.kind == "mixed", "until then the slips go the next best way"
    steps = fill(encoder, link)
    assert steps == len(memory.keys) + 3, "a look, the clearing, each picture, and a look"
    assert encoder.mode.kind == encoder.preferred_mode.kind == "stored"
    assert memory.lists == 2
    assert encoder.prepare(link, samples) is False and memory.lists == 2, "there is nothing more to do"


def test_a_memory_that_holds_our_pictures_already_is_only_looked_at(
    encoder: SlipEncoder, link: PrinterLink, memory: Memory
) -> None:
    fill(encoder, link)
    again = SlipEncoder(EPSON, 576, 9600, memory.monotonic, lambda: link)
    memory.sent = b""
    assert fill(again, link) == 1
    assert again.mode.kind == "stored" and CLEAR_ALL not in memory.sent


def test_a_slip_for_a_filled_memory_is_much_shorter(encoder: SlipEncoder, link: PrinterLink) -> None:
    before = len(b"".join(encoder.encode(replace(SLIP, number="013"))))
    fill(encoder, link)
    after = b"".join(encoder.encode(SLIP))
    assert b"\x1d(L\x06\x000E" in after and len(after) < 4500
    assert before < 3300


def test_a_memory_that_keeps_nothing_is_tried_once_a_line(
    encoder: SlipEncoder, link: PrinterLink, memory: Memory
) -> None:
    memory.keeps = False
    fill(encoder, link)
    assert encoder.mode.kind == "mixed"
    sent = memory.sent
    assert encoder.prepare(link, samples) is False and memory.sent == sent
    assert encoder.prepare(memory.link(), samples) is True, "another line may lead to another printer"


def test_a_printer_that_does_not_list_its_keys_is_sent_no_pictures(
    encoder: SlipEncoder, link: PrinterLink, memory: Memory
) -> None:
    memory.takes, answer = True, memory.write
    memory.write = lambda data, timeout_s: ScriptedPrinter.write(memory, data, timeout_s)  # type: ignore[method-assign]
    before = memory.now
    assert encoder.prepare(link, samples) is False
    assert 1.0 <= memory.now - before < 1.2
    assert encoder.mode.kind == "mixed" and CLEAR_ALL not in memory.sent
    memory.write = answer  # type: ignore[method-assign]
    assert encoder.prepare(link, samples) is False, "on this line it is not asked again"


def test_a_printer_that_fell_silent_is_asked_again_what_it_holds(
    encoder: SlipEncoder, link: PrinterLink, memory: Memory
) -> None:
    fill(encoder, link)
    encoder.forget_memory()
    assert encoder.mode.kind == "mixed"
    looks = memory.lists
    assert fill(encoder, link) == 1 and memory.lists == looks + 1
    assert encoder.mode.kind == "stored"


def test_pictures_on_another_line_than_the_open_one_are_not_counted_on(encoder: SlipEncoder, memory: Memory) -> None:
    other = memory.link()
    fill(encoder, other)
    assert encoder.mode.kind == "mixed"


def test_a_printer_that_stops_while_storing_is_left_alone_after_three_times(
    encoder: SlipEncoder, link: PrinterLink, memory: Memory
) -> None:
    memory.answers_barriers = False
    for _ in range(3):
        assert encoder.prepare(link, samples) is True
        before = memory.now
        with pytest.raises(PrinterError) as caught:
            encoder.prepare(link, samples)
        assert (caught.value.reason, caught.value.retryable) == ("deadline", True)
        assert 5.0 <= memory.now - before < 6.0
        link = memory.link()
    sent = memory.sent
    assert encoder.prepare(link, samples) is False and memory.sent == sent


def test_pictures_that_cannot_be_drawn_are_given_up_until_the_next_start(
    encoder: SlipEncoder, link: PrinterLink, memory: Memory
) -> None:
    encoder.give_up()
    assert encoder.prepare(link, samples) is False and memory.sent == b""


def test_a_line_that_carries_every_dot_needs_no_memory(memory: Memory, link: PrinterLink) -> None:
    quick = SlipEncoder(EPSON, 576, None, memory.monotonic, lambda: link)
    assert quick.mode.kind == "raster"
    assert quick.prepare(link, samples) is False and memory.sent == b""


# ---- through the driver
@pytest.fixture
def printer(memory: Memory) -> TicketPrinter:
    """The driver of a printer on a slow line, which leads to the memory."""
    made = TicketPrinter("serial:///dev/ttyUSB0?baud=9600", "epson-tm-t20", None, memory.monotonic)
    made._connection._address = SameDevice(memory)  # type: ignore[assignment]
    return made


def test_an_idle_driver_fills_the_memory_of_a_printer_that_answered(printer: TicketPrinter, memory: Memory) -> None:
    assert printer.prepare(samples) is False and memory.sent == b"", "it opens no line for that"
    assert printer.status().state == "OK"
    while printer.prepare(samples):
        pass
    assert len(memory.keys) > 8 and printer._encoder.mode.kind == "stored"


def test_a_driver_in_doubt_stores_nothing(printer: TicketPrinter, memory: Memory) -> None:
    printer.distrust()
    printer.status()
    memory.sent = b""
    assert printer.prepare(samples) is False and memory.sent == b""


def test_samples_that_cannot_be_drawn_are_given_up_and_end_no_thread(
    printer: TicketPrinter, memory: Memory, caplog: pytest.LogCaptureFixture
) -> None:
    printer.status()

    def broken() -> Iterator[Slip]:
        raise ValueError("no such letter")
        yield SLIP

    assert printer.prepare(broken) is False
    assert "cannot be drawn" in caplog.text
    assert printer.prepare(samples) is False and CLEAR_ALL not in memory.sent


def test_a_line_that_breaks_while_storing_is_dropped(printer: TicketPrinter, memory: Memory) -> None:
    printer.status()
    assert printer.prepare(samples) is True
    memory.gone = True
    assert printer.prepare(samples) is False
    assert memory.aborted == 1


def test_a_printer_that_was_silent_is_asked_again_what_it_holds(printer: TicketPrinter, memory: Memory) -> None:
    printer.status()
    while printer.prepare(samples):
        pass
    looks, answers = memory.lists, memory.status
    printer.status()
    assert printer.prepare(samples) is False and memory.lists == looks, "a printer that answers is the same one"
    memory.status = None
    printer.status()
    memory.status = answers
    printer.status()
    printer.prepare(samples)
    assert memory.lists == looks + 1


def test_a_printer_that_answered_after_it_was_cleared_is_not_cleared_again(
    printer: TicketPrinter, memory: Memory
) -> None:
    printer.distrust()
    printer.status()
    printer._connection.drop()
    printer.status()
    assert memory.sent.count(b"\x10\x14\x08") == 1


def test_keys_are_read_block_by_block_to_the_end(link: PrinterLink, memory: Memory) -> None:
    memory.keys = [b"%02d" % n for n in range(95)]
    assert read_stored_keys(link, memory.monotonic) == frozenset(memory.keys)
    assert memory.sent.count(NEXT_BLOCK) == 3, "two for the next blocks, one that ends the list"
    memory.keys = []
    assert read_stored_keys(link, memory.monotonic) == frozenset()


def test_a_list_that_does_not_end_is_no_list(link: PrinterLink, memory: Memory) -> None:
    memory.write = lambda data, timeout_s: memory.say(b"\x37\x72Aab\0") or len(data)  # type: ignore[method-assign, func-returns-value]
    with pytest.raises(PrinterError) as caught:
        read_stored_keys(link, memory.monotonic)
    assert caught.value.reason == "no_answer"
