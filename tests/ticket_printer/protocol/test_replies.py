"""Sorting what printers say."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ticket_printer.protocol.replies import (
    Automatic,
    Block,
    FlowControl,
    FullStatus,
    InTurn,
    Noise,
    PrinterReply,
    RealTime,
    ReplyParser,
)
from ticket_printer.protocol.status import from_answers, from_automatic
from ticket_printer.simulator.state import PrinterCondition

STREAM = b"\x12\x16\x37\x220042\x00\x03\x14\x00\x00\x0f\x11\x13\x00"
SORTED: list[PrinterReply] = [
    RealTime(0x12),
    RealTime(0x16),
    Block(b"\x37\x220042"),
    InTurn(3),
    Automatic(b"\x14\x00\x00\x0f"),
    FlowControl(True),
    FlowControl(False),
    InTurn(0),
]


def answers(found: PrinterCondition) -> dict[int, int]:
    return {n: found.real_time(n)[0] for n in (1, 2, 3, 4)}


@given(st.lists(st.integers(1, len(STREAM) - 1), max_size=8))
def test_replies_are_the_same_however_the_line_cuts_them(cuts: list[int]) -> None:
    sorter, found, start = ReplyParser(), [], 0
    for end in [*sorted(cuts), len(STREAM)]:
        found += sorter.feed(STREAM[start:end])
        start = end
    assert found == SORTED


@given(st.lists(st.binary(max_size=60), max_size=20))
def test_garbage_never_upsets_the_reader_and_is_never_kept_for_long(pieces: list[bytes]) -> None:
    sorter = ReplyParser()
    for piece in pieces:
        for reply in sorter.feed(piece):
            if isinstance(reply, Block):
                assert len(reply.data) <= 80
    assert sorter.feed(b"\x00" * 80 + b"\x12")[-1] == RealTime(0x12)


def test_each_fault_has_its_name() -> None:
    faults = {
        "paper_out": PrinterCondition(paper_out=True),
        "cover_open": PrinterCondition(cover_open=True, paper_out=True),
        "cutter": PrinterCondition(cutter_jammed=True),
        "overheat": PrinterCondition(overheated=True),
        "offline": PrinterCondition(offline=True),
    }
    for reason, condition in faults.items():
        assert from_answers(answers(condition)).reason == reason
        assert from_automatic(Automatic(condition.automatic())).reason == reason


def test_a_printer_that_is_well_is_ok_even_with_its_drawer_pin_high() -> None:
    assert from_answers(answers(PrinterCondition())).state == "OK"
    assert from_answers({1: 0x16, 2: 0x12, 3: 0x12, 4: 0x12}).state == "OK"
    assert from_automatic(Automatic(PrinterCondition().automatic())).state == "OK"


def test_paper_running_low_is_a_warning_and_no_fault() -> None:
    found = from_answers(answers(PrinterCondition(near_end=True)))
    assert (found.state, found.near_end) == ("OK", True)


@given(st.sets(st.integers(1, 4), max_size=3))
def test_silence_is_never_ok(heard: set[int]) -> None:
    found = from_answers({n: 0x12 for n in heard})
    assert (found.state, found.reason) == ("UNKNOWN", "no_answer")


@pytest.mark.parametrize("four", [b"\x20\x00\x80\x00", b"\xa0\x00\x00\x00", b"\xe5\x6f\xef\x6f"])
def test_a_presenters_full_status_may_tell_that_a_mark_was_not_found(four: bytes) -> None:
    assert ReplyParser(presenter=True).feed(b"\x10\x0f" + four) == [FullStatus(four)]


@pytest.mark.parametrize("byte", range(4))
def test_a_full_status_with_a_bit_that_is_always_clear_is_garbage(byte: int) -> None:
    for bit in {0: (0x02, 0x08, 0x10), 1: (0x10, 0x80), 2: (0x10,), 3: (0x10, 0x80)}[byte]:
        four = bytes(bit if at == byte else 0 for at in range(4))
        found = ReplyParser(presenter=True).feed(b"\x10\x0f" + four)
        assert found[0] == Noise(0x10) and not any(isinstance(reply, FullStatus) for reply in found)
        assert ReplyParser(presenter=True).feed(b"\x10\x0f" + four[: byte + 1])[0] == Noise(0x10), (
            "known before the rest"
        )
