"""Faults, time and the window of a slip on its way, on a printer that answers what the test says."""

from __future__ import annotations

import pytest

from tests.ticket_printer.delivery.scripted import (
    COVER_OPEN,
    HOT,
    JAMMED,
    PAPER_OUT,
    WELL,
    ScriptedPrinter,
)
from ticket_printer.delivery.delivery_protocol import DeliveryProtocol, Proof
from ticket_printer.errors import PrinterError

JOB = 42
SLIP = [b"\x1b@", b"\x1dv0\x00" + b"dots" * 100, b"\x1dVB\x00"]
LONG = [b"\x1b@", *[b"\x1bJ" + bytes([30]) * 998] * 8, b"\x1dVB\x00"]


def delivery(
    printer: ScriptedPrinter, proof: Proof = "queue", known: bool | None = None, status_known: bool = True
) -> DeliveryProtocol:
    return DeliveryProtocol(printer.link(), proof, JOB, printer.monotonic, known, status_known)


def failure(printer: ScriptedPrinter, proof: Proof = "queue", known: bool | None = None) -> str:
    with pytest.raises(PrinterError) as caught:
        delivery(printer, proof, known).run(iter(SLIP))
    assert caught.value.retryable
    return caught.value.reason


# ---- faults in mid-slip
@pytest.mark.parametrize(
    ("report", "reason"),
    [(b"\x3c\x00\x00\x0f", "cover_open"), (b"\x1c\x00\x0c\x0f", "paper_out"), (b"\x1c\x08\x00\x0f", "cutter")],
)
def test_a_reported_fault_that_the_printer_confirms_ends_the_slip(report: bytes, reason: str) -> None:
    confirmed = {"cover_open": COVER_OPEN, "paper_out": PAPER_OUT, "cutter": JAMMED}[reason]
    printer = ScriptedPrinter()

    def break_down(data: bytes) -> None:
        printer.then = lambda _: None
        printer.status = confirmed
        printer.say(report)

    printer.then = break_down
    assert failure(printer) == reason
    assert b"\x1dVB" not in printer.sent, "nothing more is sent"


def test_a_reported_fault_that_the_printer_denies_was_a_turned_bit() -> None:
    printer = ScriptedPrinter()

    def stumble(data: bytes) -> None:
        printer.then = lambda _: None
        printer.say(b"\x3c\x00\x00\x0f")

    printer.then = stumble
    assert delivery(printer).run(iter(SLIP)) is None


def test_a_reported_fault_counts_when_the_printer_falls_silent() -> None:
    printer = ScriptedPrinter()

    def break_down(data: bytes) -> None:
        printer.then = lambda _: None
        printer.status = None
        printer.say(b"\x3c\x00\x00\x0f")

    printer.then = break_down
    assert failure(printer) == "cover_open"


def test_one_answer_of_a_fault_without_a_report_is_asked_again() -> None:
    printer = ScriptedPrinter(answers_barriers=False)
    whole = delivery(printer, "queue", True)
    faults = [PAPER_OUT, WELL]

    def waver(data: bytes) -> None:
        if data.startswith(b"\x10\x04") and faults:
            printer.status = faults.pop(0)
        if not faults:
            printer.answers_barriers = True

    printer.then = waver
    with pytest.raises(PrinterError) as caught:
        whole.run(iter(SLIP))
    assert caught.value.reason == "deadline", "the second answer was well: only the lost question ends the slip"


def test_a_hot_head_gives_the_slip_more_time() -> None:
    printer = ScriptedPrinter(status=HOT, answers_barriers=False)
    whole = delivery(printer, "queue", True)
    with pytest.raises(PrinterError) as caught:
        whole.run(iter(SLIP))
    assert caught.value.reason == "deadline"
    assert 23.0 <= printer.now < 23.6, "paper 3 s, grace 8 s, a hot head 12 s"


# ---- the window
def test_no_more_than_a_printers_buffer_is_on_the_way_unanswered() -> None:
    printer = ScriptedPrinter(answers_barriers=False)
    link = printer.link()
    most = 0

    def measure(data: bytes) -> None:
        nonlocal most
        most = max(most, sum(link.owed))

    printer.then = measure
    with pytest.raises(PrinterError):
        DeliveryProtocol(link, "queue", JOB, printer.monotonic, True, True).run(iter(LONG))
    assert 2500 < most <= 3584


def test_a_slow_line_carries_at_most_half_a_second_ahead_and_gives_the_slip_its_time() -> None:
    printer = ScriptedPrinter(bytes_per_s=960.0, answers_barriers=False)
    link = printer.link()
    most = 0

    def measure(data: bytes) -> None:
        nonlocal most
        most = max(most, sum(link.owed))

    printer.then = measure
    with pytest.raises(PrinterError):
        DeliveryProtocol(link, "queue", JOB, printer.monotonic, True, True).run(
            [b"\x1b@", *[b"\x1bJ" + b"a" * 98] * 20, b"\x1dVB\x00"]
        )
    assert 300 < most <= 480


def test_whatever_is_cut_short_was_begun_and_what_was_not_sent_was_not() -> None:
    printer = ScriptedPrinter()
    whole = delivery(printer)
    with pytest.raises(ZeroDivisionError):
        whole.run(bytes([1 // n]) for n in (0,))
    assert not whole.begun
    whole = delivery(printer)
    with pytest.raises(ZeroDivisionError):
        whole.run(b"\x1b@" * 600 if n else bytes([1 // n]) for n in (1, 1, 0))
    assert whole.begun


# ---- time
def test_a_proof_by_the_queue_is_listened_to_half_a_second_longer_for_an_answer_too_many() -> None:
    printer = ScriptedPrinter()
    assert delivery(printer).run(iter(SLIP)) is None
    assert 0.5 <= printer.now < 0.7
    printer = ScriptedPrinter()
    printer.at(0.4, lambda: printer.say(b"\x00"))
    assert delivery(printer).run(iter(SLIP)) == "garbled"
    assert printer.now < 0.5, "no longer than until it came"


def test_a_slip_that_goes_on_has_eleven_seconds_and_not_more() -> None:
    printer = ScriptedPrinter(barrier_s=0.8)
    assert delivery(printer, known=True).run(iter(LONG)) is None
    assert 9.0 < printer.now < 11.0
    printer = ScriptedPrinter(barrier_s=2.5)
    with pytest.raises(PrinterError) as caught:
        delivery(printer, known=True).run(iter(LONG))
    assert caught.value.reason == "deadline"
    assert 11.0 <= printer.now < 11.5


def test_while_an_answer_is_awaited_the_status_is_asked_four_times_a_second() -> None:
    printer = ScriptedPrinter(answers_barriers=False)
    assert failure(printer, "queue", True) == "deadline"
    assert 10 <= printer.sent.count(b"\x10\x04\x01") <= 13
    assert 3.0 < printer.now < 3.5


@pytest.mark.parametrize(("silence", "verdict"), [(0.5, None), (2.0, "no_answer")])
def test_a_silence_of_half_a_second_is_forgiven_and_one_of_two_seconds_is_not(
    silence: float, verdict: str | None
) -> None:
    printer = ScriptedPrinter(status=None, answers_barriers=False, now=100.0)
    link = printer.link()

    def go_on() -> None:
        printer.status, printer.answers_barriers = WELL, True
        printer.say(b"\x00" * len(link.owed))

    printer.at(100.0 + silence, go_on)
    whole = DeliveryProtocol(link, "queue", JOB, printer.monotonic, True, True)
    if verdict is None:
        assert whole.run(iter(SLIP)) is None
    else:
        with pytest.raises(PrinterError) as caught:
            whole.run(iter(SLIP))
        assert caught.value.reason == verdict


def test_a_slow_line_gives_the_slip_the_time_of_its_bytes() -> None:
    printer = ScriptedPrinter(bytes_per_s=100.0, barrier_s=1.0)
    parts = [b"\x1b@", *[b"\x1bJ" + b"a" * 48] * 10, b"\x1dVB\x00"]
    assert delivery(printer, known=True).run(parts) is None
    assert 12.0 < printer.now < 16.5, "500 bytes take five seconds more than eleven"
