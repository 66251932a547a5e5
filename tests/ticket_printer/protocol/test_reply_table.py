"""Each kind of reply by its fixed bits, byte by byte from the command references."""

from __future__ import annotations

import pytest

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


@pytest.mark.parametrize(
    ("sent", "replies"),
    [
        ("12", [RealTime(0x12)]),
        ("7e", [RealTime(0x7E)]),
        ("16 1e", [RealTime(0x16), RealTime(0x1E)]),
        ("00", [InTurn(0)]),
        ("03 0c 0f", [InTurn(0x03), InTurn(0x0C), InTurn(0x0F)]),
        ("01", [Noise(0x01)]),
        ("92", [Noise(0x92)]),
        ("ff", [Noise(0xFF)]),
        ("11 13", [FlowControl(True), FlowControl(False)]),
        ("37 22 30 30 34 33 00", [Block(b"\x37\x220043")]),
        ("3d 41 00", [Block(b"=A")]),
        ("5f 41 00 12", [Block(b"_A"), RealTime(0x12)]),
        ("37 12", [Noise(0x37), RealTime(0x12)]),
        ("37 7f", [Noise(0x37), Noise(0x7F)]),
        ("10 00 00 0f", [Automatic(bytes.fromhex("1000000f"))]),
        ("7c 6f 6f 6f", [Automatic(bytes.fromhex("7c6f6f6f"))]),
        ("14 10", [Noise(0x14)]),
        ("10 00 00 0f 12", [Automatic(bytes.fromhex("1000000f")), RealTime(0x12)]),
        ("10 00 00 90", [Noise(0x10), InTurn(0), InTurn(0), Noise(0x90)]),
        ("14 80 00 12", [Noise(0x14), Noise(0x80), InTurn(0), RealTime(0x12)]),
    ],
)
def test_each_reply_is_known_by_its_bits(sent: str, replies: list[PrinterReply]) -> None:
    assert ReplyParser().feed(bytes.fromhex(sent)) == replies


@pytest.mark.parametrize("part", ["37", "37 22 30", "10", "10 00 00", "5f"])
def test_a_reply_that_is_not_whole_waits_for_its_rest(part: str) -> None:
    assert ReplyParser().feed(bytes.fromhex(part)) == []


def test_the_rest_of_a_reply_may_come_later_and_a_part_can_be_forgotten() -> None:
    parser = ReplyParser()
    assert parser.feed(b"\x10\x00") == []
    assert parser.feed(b"\x00\x0f\x12") == [Automatic(b"\x10\x00\x00\x0f"), RealTime(0x12)]
    assert parser.feed(b"\x37\x22") == []
    parser.reset()
    assert parser.feed(b"\x12") == [RealTime(0x12)]


def test_a_block_without_an_end_is_noise_after_96_bytes_and_a_list_of_forty_keys_is_a_block() -> None:
    keys = b"\x37\x72\x40" + b"ab" * 40
    assert ReplyParser().feed(keys + b"\0") == [Block(keys)]
    endless = ReplyParser().feed(b"\x37" + b"a" * 95)
    assert endless[0] == Noise(0x37)
    assert ReplyParser().feed(b"\x37" + b"a" * 94) == []
    assert ReplyParser().feed(b"\x37" + b"a" * 94 + b"\0") == [Block(b"\x37" + b"a" * 94)]


@pytest.mark.parametrize(
    ("sent", "replies"),
    [
        ("10 0f 20 00 00 00", [FullStatus(bytes.fromhex("20000000"))]),
        ("10 0f 25 6f ef 6f", [FullStatus(bytes.fromhex("256fef6f"))]),
        ("10 0f 80 00 80 00", [FullStatus(bytes.fromhex("80008000"))]),
        ("10 00 00 0f", [Automatic(bytes.fromhex("1000000f"))]),
        ("10 0f 20 00 00 00 12 00", [FullStatus(bytes.fromhex("20000000")), RealTime(0x12), InTurn(0)]),
        ("10 0f 00", []),
        ("10", []),
        ("10 0f 02 00 00 00", [Noise(0x10), InTurn(0x0F), Noise(0x02), InTurn(0), InTurn(0), InTurn(0)]),
        ("10 0f 00 90 00 00", [Noise(0x10), InTurn(0x0F), InTurn(0), Noise(0x90), InTurn(0), InTurn(0)]),
    ],
)
def test_a_presenters_full_status_is_known_only_where_a_presenter_is_expected(
    sent: str, replies: list[PrinterReply]
) -> None:
    assert ReplyParser(presenter=True).feed(bytes.fromhex(sent)) == replies


def test_without_a_presenter_the_same_bytes_are_a_report() -> None:
    assert ReplyParser().feed(bytes.fromhex("10 0f 20 00")) == [Automatic(bytes.fromhex("100f2000"))]


@pytest.mark.parametrize(("data", "is_id"), [(b"\x37\x220043", True), (b"\x37\x72@ab", False), (b"\x3d\x22", False)])
def test_a_process_id_is_told_from_other_blocks(data: bytes, is_id: bool) -> None:
    assert Block(data).is_process_id is is_id
