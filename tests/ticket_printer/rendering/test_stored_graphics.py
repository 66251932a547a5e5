"""Pictures kept in the printer: stored once, believed only while they are there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.ticket_printer.paper import BareHead
from tests.ticket_printer.slips import SLIP, until
from ticket_printer.delivery.driver import PrintOutcome, TicketPrinter
from ticket_printer.rendering.raster import draw
from ticket_printer.rendering.stored_graphics import (
    LIST_KEYS,
    NEXT_BLOCK,
    StoredGraphics,
    parse_key_block,
    select_graphics,
)
from ticket_printer.simulator.printer import SimulatedPrinter
from ticket_printer.slip import Slip

MEMORY = 262_144


def waiting_rows(count: int) -> list[Slip]:
    return [replace(SLIP, ahead=ahead, ahead_text=f"{ahead} người chờ trước") for ahead in range(1, count + 1)]


def stock(count: int = 3, room: int = MEMORY) -> StoredGraphics:
    return select_graphics(waiting_rows(count), 576, True, True, room)


def keys_in(head: BareHead) -> frozenset[bytes]:
    """What the printer lists, block by block."""
    found: frozenset[bytes] = frozenset()
    question, more = LIST_KEYS, True
    while more:
        head.feed(question)
        keys, more = parse_key_block(head.answers[-1][1].rstrip(b"\0"))
        found, question = found | keys, NEXT_BLOCK
    return found


def test_what_was_stored_is_listed_also_when_the_list_is_long() -> None:
    head, kept = BareHead(), stock(30)
    assert len(kept.keys) > 40, "more than one block"
    for piece in kept.upload():
        head.feed(piece)
    assert keys_in(head) == frozenset(kept.keys.values()) | frozenset(kept.markers)
    assert kept.is_held_by(keys_in(head))


def test_rows_that_a_slip_does_not_have_are_not_kept() -> None:
    bare = select_graphics([replace(SLIP, service="", counters=())], 576, True, True, MEMORY)
    assert set(bare.keys) < set(select_graphics([SLIP], 576, True, True, MEMORY).keys)


def test_a_stock_that_was_cut_off_while_storing_is_not_believed() -> None:
    kept = stock()
    for stop_after in range(len(list(kept.upload()))):
        head = BareHead()
        for piece in list(kept.upload())[:stop_after]:
            head.feed(piece)
        assert not kept.is_held_by(keys_in(head))


def test_pictures_of_yesterdays_words_are_not_taken_for_todays() -> None:
    head, old = BareHead(), stock()
    for piece in old.upload():
        head.feed(piece)
    new = select_graphics([replace(slip, office="UBND XÃ BA TƠ") for slip in waiting_rows(3)], 576, True, True, MEMORY)
    assert set(new.keys.values()) & set(old.keys.values()), "the keys alone would not tell"
    assert not new.is_held_by(keys_in(head))
    for piece in new.upload():
        head.feed(piece)
    assert new.is_held_by(keys_in(head)) and not old.is_held_by(keys_in(head))


def test_a_small_memory_takes_the_first_rows_and_no_more() -> None:
    full, little = stock(30), stock(30, 12_000)
    assert 0 < len(little.keys) < len(full.keys)
    assert sum(len(band.data) for band in little.keys) <= 12_000
    assert next(iter(little.keys)) == next(iter(full.keys))
    assert set(little.keys) < set(full.keys)


def test_no_two_pictures_share_a_key() -> None:
    kept = stock(30)
    assert len(set(kept.keys.values()) | set(kept.markers)) == len(kept.keys) + 4
    assert all(32 <= sign <= 126 for key in [*kept.keys.values(), *kept.markers] for sign in key)


@pytest.fixture
def serial(tmp_path: Path) -> Iterator[tuple[SimulatedPrinter, str]]:
    line = tmp_path / "ttyP"
    printer = SimulatedPrinter(listen=None, pty=line, mm_per_s=600.0, cut_s=0.02)
    printer.start()
    yield printer, f"serial://{line}?baud=115200"
    printer.stop()


def prepared(printer: TicketPrinter) -> int:
    """Steps until there is nothing more to do."""
    steps = 0
    while printer.prepare(lambda: waiting_rows(3)):
        steps += 1
        assert steps < 1_000
    return steps


def test_an_idle_printer_is_filled_once_and_then_only_asked(serial: tuple[SimulatedPrinter, str]) -> None:
    device, url = serial
    printer = TicketPrinter(url, "epson-tm-t20")
    assert printer.status().state == "OK"
    assert prepared(printer) > len(stock().keys)
    assert printer.print(SLIP, 1) == PrintOutcome("PRINTED")
    assert device.paper.pictures[-1].size == draw(SLIP, 576).size
    printer.close()
    again = TicketPrinter(url, "epson-tm-t20")
    assert again.status().state == "OK"
    assert prepared(again) == 0, "it holds them still"
    again.close()


def test_a_slip_before_the_pictures_are_there_is_drawn(serial: tuple[SimulatedPrinter, str]) -> None:
    device, url = serial
    printer = TicketPrinter(url, "epson-tm-t20")
    assert printer.print(SLIP, 1) == PrintOutcome("PRINTED")
    assert printer.prepare(lambda: waiting_rows(3)) and printer.prepare(lambda: waiting_rows(3))
    assert printer.print(SLIP, 2) == PrintOutcome("PRINTED"), "in the middle of storing"
    prepared(printer)
    assert printer.print(SLIP, 3) == PrintOutcome("PRINTED")
    assert [picture.size for picture in device.paper.pictures] == [draw(SLIP, 576).size] * 3
    printer.close()


def test_a_printer_that_does_not_list_its_keys_is_never_believed(serial: tuple[SimulatedPrinter, str]) -> None:
    device, url = serial
    printer = TicketPrinter(url, "epson-tm-t20")
    assert printer.status().state == "OK"
    device.obey({"silent": True})
    assert prepared(printer) == 0
    device.obey({"silent": False})
    assert printer.print(SLIP, 1) == PrintOutcome("PRINTED")
    assert device.paper.pictures[-1].size == draw(SLIP, 576).size
    printer.close()


def test_a_printer_put_in_place_of_another_is_not_taken_for_it(
    serial: tuple[SimulatedPrinter, str], tmp_path: Path
) -> None:
    first, url = serial
    printer = TicketPrinter(url, "epson-tm-t20")
    assert printer.status().state == "OK"
    prepared(printer)
    first.stop()
    second = SimulatedPrinter(listen=None, pty=tmp_path / "ttyP", mm_per_s=600.0, cut_s=0.02)
    second.start()
    assert until(lambda: printer.print(SLIP, 1) == PrintOutcome("PRINTED"))
    assert second.paper.pictures[-1].size == draw(SLIP, 576).size, "drawn: the other one held the pictures"
    prepared(printer)
    assert printer.print(SLIP, 2) == PrintOutcome("PRINTED")
    assert second.paper.pictures[-1].size == draw(SLIP, 576).size
    printer.close()
    second.stop()


def test_a_printer_that_was_silent_for_a_while_is_asked_again_what_it_holds(
    serial: tuple[SimulatedPrinter, str],
) -> None:
    """A cable put into another printer shows as silence only."""
    device, url = serial
    printer = TicketPrinter(url, "epson-tm-t20")
    assert printer.status().state == "OK"
    prepared(printer)
    device.obey({"silent": True})
    assert printer.status().state == "UNKNOWN"
    device._head._graphics._kept.clear()  # as another printer would answer
    device.obey({"silent": False})
    assert printer.print(SLIP, 1) == PrintOutcome("PRINTED")
    assert device.paper.pictures[-1].size == draw(SLIP, 576).size
    assert prepared(printer) > len(stock().keys), "it is filled anew"
    printer.close()


def test_a_fast_line_needs_no_pictures(device: SimulatedPrinter) -> None:
    printer = TicketPrinter("tcp://{}:{}".format(*device.address), "epson-tm-t20")
    assert printer.status().state == "OK"
    assert prepared(printer) == 0
    printer.close()


def test_a_printer_that_stalls_while_storing_prints_its_next_slip_whole(
    serial: tuple[SimulatedPrinter, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    device, url = serial
    monkeypatch.setattr("ticket_printer.delivery.slip_encoder.PIECE_S", 0.3)
    printer = TicketPrinter(url, "epson-tm-t20")
    assert printer.status().state == "OK"
    assert all(printer.prepare(lambda: waiting_rows(30)) for _ in range(5))
    device.obey({"stalled": True})
    while printer.prepare(lambda: waiting_rows(30)):
        pass  # the machine's own port takes some pieces more
    device.obey({"stalled": False})
    assert until(lambda: printer.print(SLIP, 1) == PrintOutcome("PRINTED"))
    assert device.paper.pictures[-1].size == draw(SLIP, 576).size
    while printer.prepare(lambda: waiting_rows(30)):
        pass
    assert printer.print(SLIP, 2) == PrintOutcome("PRINTED")
    printer.close()


@pytest.mark.soak
@pytest.mark.parametrize(("name", "baud"), [("xprinter-80", 9600), ("epson-tm-t20", 9600), ("epson-tm-t20", 19200)])
def test_a_metered_line_brings_the_slip_in_the_time_that_was_promised(tmp_path: Path, name: str, baud: int) -> None:
    device = SimulatedPrinter(listen=None, pty=tmp_path / "ttyS", cut_s=0.3, baud=baud)
    device.start()
    printer = TicketPrinter(f"serial://{tmp_path / 'ttyS'}?baud={baud}", name)
    assert printer.status().state == "OK"
    while printer.prepare(lambda: [SLIP]):
        pass
    assert [printer.print(SLIP, job) for job in (1, 2)] == [PrintOutcome("PRINTED")] * 2
    assert printer.render_mode.wire_s is not None and printer.render_mode.wire_s <= 5.0
    printer.close()
    device.stop()
