"""Thousands of bad lines: whatever comes back, a slip is called printed only when it is whole and cut."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.ticket_printer.papers import dots, parts
from tests.ticket_printer.virtual import Trouble, VirtualPrinter
from ticket_printer.delivery.delivery_protocol import DeliveryProtocol, job_mark
from ticket_printer.delivery.printer_link import PrinterLink
from ticket_printer.errors import PrinterError
from ticket_printer.protocol.commands import process_mark

JOB, ROWS = 7, 96
SLIP, WHOLE = parts(3, rows=ROWS), dots(3, ROWS)
BYTES = sum(map(len, SLIP)) + 60
BEFORE = [b"\x37\x22" + process_mark(job_mark(JOB - 1)) + b"\0", b"\0"]  # late barriers of the slip before
LIKELY = b"\x00\x03\x0c\x12\x16\x1a\x10\x0f\x11\x13\x37\x22\x32\x72"  # what printers do send

noise = st.binary(min_size=1, max_size=12) | st.lists(st.sampled_from(LIKELY), min_size=1, max_size=12).map(bytes)
noise |= st.sampled_from(BEFORE)
trouble = st.builds(
    Trouble, st.integers(1, BYTES), st.sampled_from(("noise", "noise", "flip", "late", "echo", "paper", "dead")), noise
)
lines = st.lists(trouble, max_size=6)


def delivered(printer: VirtualPrinter, proof: str, job: int = JOB) -> str | None:
    """None when the slip is called printed. Every error but PrinterError is a failure of the test."""
    line = PrinterLink(printer, printer.monotonic)
    line.begin_slip()
    try:
        return DeliveryProtocol(line, proof, job, printer.monotonic, None, True).run(iter(SLIP))  # type: ignore[arg-type]
    except PrinterError as error:
        return error.reason


def judge(troubles: list[Trouble], proof: str) -> None:
    stopped = any(one.kind in {"paper", "dead"} for one in troubles)
    printer = VirtualPrinter(list(troubles))
    verdict = delivered(printer, proof)
    if verdict is None:
        assert printer.sheets == [WHOLE], f"called printed and not whole and cut: {troubles}"
        assert printer._received >= BYTES - 60
    if not troubles:
        assert verdict is None
    if stopped and not printer.cuts:
        assert verdict is not None
    assert printer.now < 30, "I4: nothing is on its way for longer"


@pytest.mark.parametrize("proof", ["process_id", "queue"])
def test_on_a_good_line_the_slip_is_proven(proof: str) -> None:
    printer = VirtualPrinter([])
    assert delivered(printer, proof) is None
    assert printer.sheets == [WHOLE] and printer.now < 3


@settings(max_examples=1_000, deadline=None, suppress_health_check=list(HealthCheck))
@given(troubles=lines, proof=st.sampled_from(("process_id", "queue")))
def test_nothing_that_comes_back_makes_a_slip_printed_that_is_not_whole(troubles: list[Trouble], proof: str) -> None:
    judge(troubles, proof)


@pytest.mark.soak
@settings(max_examples=100_000, deadline=None, suppress_health_check=list(HealthCheck))
@given(troubles=lines, proof=st.sampled_from(("process_id", "queue")))
def test_a_hundred_thousand_bad_lines(troubles: list[Trouble], proof: str) -> None:
    judge(troubles, proof)


@given(st.integers(0, 10_000), st.integers(0, 31))
def test_no_turned_bit_makes_the_proof_of_one_slip_that_of_another(job: int, bit: int) -> None:
    turned = bytearray(process_mark(job_mark(job)))
    turned[bit // 8] ^= 1 << bit % 8
    assert bytes(turned) not in {process_mark(job_mark(other)) for other in range(job - 5, job + 6)}


@given(st.integers(0, 998))
def test_proofs_count_upwards_and_come_round_after_a_thousand(job: int) -> None:
    assert job_mark(job) == job_mark(job + 999)
    assert job == 998 or job_mark(job) < job_mark(job + 1)


@pytest.mark.parametrize("paper_ends", [False, True])
def test_answers_that_nobody_gave_never_stand_for_the_last_one(paper_ends: bool) -> None:
    """Zeros look like answers in turn: so many of them at each place, on a printer that goes on or stops behind."""
    for at in range(1, BYTES, 97):
        for count in range(1, 8):
            end = [Trouble(min(BYTES - 50, at + 200), "paper")] if paper_ends else []
            judge([Trouble(at, "noise", bytes(count)), *end], "queue")
