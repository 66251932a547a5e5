"""Questions and answers on one open line."""

from __future__ import annotations

import pytest

from tests.ticket_printer.delivery.scripted import COVER_OPEN, HOT, NEAR_END, PAPER_OUT, WELL, ScriptedPrinter
from ticket_printer.errors import PrinterError
from ticket_printer.protocol.replies import InTurn, RealTime
from ticket_printer.protocol.status import Status

FAULT_REPORT = b"\x3c\x00\x00\x0f"  # GS a: the cover was opened
WELL_REPORT = b"\x14\x00\x00\x0f"


@pytest.mark.parametrize(
    ("answers", "status"),
    [
        (WELL, Status("OK")),
        (NEAR_END, Status("OK", None, near_end=True)),
        (PAPER_OUT, Status("FAULT", "paper_out", near_end=True)),
        (COVER_OPEN, Status("FAULT", "cover_open")),
        (HOT, Status("FAULT", "overheat")),
        (None, Status("UNKNOWN", "no_answer")),
        ({1: 0x16, 2: 0x12, 3: 0x12}, Status("UNKNOWN", "no_answer")),
    ],
)
def test_the_status_is_what_four_questions_were_answered(answers: dict[int, int] | None, status: Status) -> None:
    printer = ScriptedPrinter(status=answers)
    assert printer.link().status() == status
    assert printer.now < 1.0


def test_a_printer_that_answers_only_one_question_at_a_time_is_asked_so_from_then_on() -> None:
    printer = ScriptedPrinter()
    answer = printer._answer
    printer._answer = lambda data: answer(data[:3])  # type: ignore[method-assign]
    link = printer.link()
    assert link.status() == Status("OK") == link.status()
    before, printer.sent = printer.now, b""
    assert link.status() == Status("OK")
    assert printer.sent == b"\x10\x04\x01\x10\x04\x02\x10\x04\x03\x10\x04\x04"
    assert printer.now - before < 0.05, "no time is lost on asking all together"


def test_a_printer_that_tells_a_fault_and_leaves_the_rest_unanswered_has_that_fault() -> None:
    link = ScriptedPrinter(status={1: 0x1E, 2: 0x32, 3: 0x12}).link()
    link.status()
    assert link.status() == Status("FAULT", "paper_out")


@pytest.mark.parametrize(
    ("full", "status"),
    [
        (b"\x00\x00\x00\x00", Status("OK")),
        (b"\x20\x00\x00\x00", Status("OK", None, slip_waiting=True)),
        (b"\x01\x00\x00\x00", Status("FAULT", "paper_out")),
        (None, Status("UNKNOWN", "no_answer")),
    ],
)
def test_a_presenter_has_to_tell_about_its_slip_too(full: bytes | None, status: Status) -> None:
    assert ScriptedPrinter(full=full).link(presenter=True).status() == status


def test_a_presenter_that_is_silent_of_its_slip_still_tells_a_fault() -> None:
    assert ScriptedPrinter(status=COVER_OPEN).link(presenter=True).status() == Status("FAULT", "cover_open")


def test_what_the_port_tells_counts_only_where_the_printer_is_silent() -> None:
    assert ScriptedPrinter(status=None, fault="paper_out").link().status() == Status("FAULT", "paper_out")
    assert ScriptedPrinter(answers=False, fault="offline").link().status() == Status("FAULT", "offline")
    assert ScriptedPrinter(answers=False).link().status() == Status("UNKNOWN", "no_answer")
    assert ScriptedPrinter(fault="paper_out").link().status() == Status("OK")


def test_a_line_that_brings_nothing_back_is_asked_nothing() -> None:
    printer = ScriptedPrinter(answers=False)
    printer.link().status()
    assert printer.sent == b""


def test_a_reported_fault_stands_for_a_printer_that_fell_silent() -> None:
    printer = ScriptedPrinter(status=None)
    link = printer.link()
    printer.say(FAULT_REPORT)
    assert link.status() == Status("FAULT", "cover_open")
    printer.say(WELL_REPORT)
    assert link.status() == Status("UNKNOWN", "no_answer"), "a report that all is well is no answer"


def test_a_printer_too_full_to_take_a_question_is_unknown_and_one_that_is_gone_is_an_error() -> None:
    assert ScriptedPrinter(takes=False).link().status() == Status("UNKNOWN", "no_answer")
    with pytest.raises(PrinterError) as caught:
        ScriptedPrinter(gone=True).link().status()
    assert caught.value.link_lost and caught.value.retryable


def test_an_answer_in_turn_confirms_the_bytes_before_it() -> None:
    printer = ScriptedPrinter(answers_barriers=False)
    link = printer.link()
    link.send_with_barrier(b"\x1b@\x1c.", 1.0)
    link.send_with_barrier(b"\x1bJ\x10", 1.0)
    assert printer.sent == b"\x1b@\x1c.\x1dr\x01\x1bJ\x10\x1dr\x01"
    assert (list(link.owed), link.answered_in_turn) == ([4, 3], False)
    printer.say(b"\x00")
    assert link.listen(0.0) == [InTurn(0)]
    assert (list(link.owed), link.answered_in_turn, link.stray) == ([3], True, 0)
    printer.say(b"\x00\x00")
    link.listen(0.0)
    assert (list(link.owed), link.stray) == ([], 1), "an answer that nothing is owed for is stray"


def test_an_answer_that_nobody_asked_for_is_stray_and_one_that_was_asked_for_is_not() -> None:
    printer = ScriptedPrinter()
    link = printer.link()
    printer.say(b"\x12")
    assert link.listen(0.0) == [RealTime(0x12)] and link.stray == 1
    assert link.status() == Status("OK") and link.stray == 1
    printer.say(b"\xff")
    link.listen(0.0)
    assert link.stray == 2, "so is noise"


def test_late_answers_do_not_answer_the_next_question() -> None:
    printer = ScriptedPrinter(status=None)
    link = printer.link()
    assert link.status().state == "UNKNOWN"
    printer.say(bytes(PAPER_OUT.values()))
    printer.status = WELL
    assert link.status() == Status("OK"), "the answers of before are thrown away"


def test_a_slip_begins_with_nothing_that_was_said_before_it() -> None:
    printer = ScriptedPrinter()
    link = printer.link()
    printer.say(b"\x37\x220043\x00\xff" + FAULT_REPORT)
    link.send_with_barrier(b"", 1.0)
    link.listen(0.0)
    printer.say(b"\x14\x00")  # half a report
    link.begin_slip()
    assert (link.marks, list(link.owed), link.report, link.stray) == (set(), [], None, 0)
    printer.say(b"\x12")
    assert link.listen(0.0) == [RealTime(0x12)], "the half of before is no beginning"


def test_only_its_own_process_id_is_a_jobs_proof() -> None:
    printer = ScriptedPrinter()
    link = printer.link()
    printer.say(b"\x37\x220044\x00" + b"\x37\x720043\x00")
    link.listen(0.0)
    assert not link.has_process_id(42), "another job, and a block of another kind"
    printer.say(b"\x37\x220043\x00")
    link.listen(0.0)
    assert link.has_process_id(42)


def test_a_printer_that_takes_nothing_ends_the_sending_after_a_second_and_at_the_deadline() -> None:
    for deadline, elapsed in ((5.0, 1.0), (0.5, 0.5), (0.01, 0.01)):
        printer = ScriptedPrinter(takes=False)
        with pytest.raises(PrinterError) as caught:
            printer.link().send(b"slip", deadline)
        assert (caught.value.reason, caught.value.retryable) == ("deadline", True)
        assert printer.now == pytest.approx(elapsed, abs=0.03 if elapsed > 0.1 else 0.002)


def test_a_fault_that_is_reported_while_the_printer_takes_nothing_ends_the_sending() -> None:
    printer = ScriptedPrinter(takes=False)
    printer.say(FAULT_REPORT)
    with pytest.raises(PrinterError) as caught:
        printer.link().send(b"slip", 5.0)
    assert caught.value.reason == "cover_open" and printer.now < 0.2
