"""Answers carry no number: which question each belongs to, and when nobody can tell."""

from __future__ import annotations

import pytest

from tests.ticket_printer.delivery.scripted import COVER_OPEN, WELL, ScriptedPrinter
from ticket_printer.protocol.status import Status

ASKED = b"\x10\x04\x01\x10\x04\x02\x10\x04\x03\x10\x04\x04"
NO_ANSWER = Status("UNKNOWN", "no_answer")


@pytest.mark.parametrize(("late_s", "serial"), [(0.13, True), (0.3, False), (0.13, False), (0.02, True)])
def test_a_printer_whose_answers_take_their_time_is_well_each_time(late_s: float, serial: bool) -> None:
    printer = ScriptedPrinter(late_s=late_s, serial=serial)
    link = printer.link()
    for _ in range(5):
        asked_at, printer.sent = printer.now, b""
        assert link.status() == Status("OK")
        assert printer.sent == ASKED, "all at once, and no question twice"
        assert printer.now - asked_at < late_s * (4 if serial else 1) + 0.05


def test_one_late_moment_is_forgiven_at_the_next_question() -> None:
    printer = ScriptedPrinter(late_s=0.13)
    link = printer.link()
    assert link.status() == Status("OK")
    printer.late_s = 0.6
    assert link.status() == NO_ANSWER
    printer.late_s = 0.13
    assert [link.status() for _ in range(3)] == [Status("OK")] * 3
    printer.sent = b""
    began = printer.now
    assert link.status() == Status("OK") and printer.sent == ASKED
    assert printer.now - began < 0.2, "and it costs nothing later"


@pytest.mark.parametrize("missing", [1, 2, 3, 4])
def test_the_rest_of_late_answers_is_not_taken_for_that_to_the_next_questions(missing: int) -> None:
    """The last answers of one exchange come while the next one runs: the first of a well printer looks like an open
    cover when it stands at the second place."""
    printer = ScriptedPrinter()
    link = printer.link()
    assert link.status() == Status("OK")
    printer.status = None
    assert link.status() == NO_ANSWER
    printer.status = WELL
    for answer in list(WELL.values())[-missing:]:
        printer.at(printer.now + 0.1, lambda answer=answer: printer.say(bytes([answer])))  # type: ignore[misc]
    statuses = [link.status() for _ in range(4)]
    assert {status.reason for status in statuses} <= {None, "no_answer"}, "no fault that the printer does not have"
    assert statuses[-1] == Status("OK")


def test_where_each_answer_comes_twice_no_status_is_known() -> None:
    printer = ScriptedPrinter()
    say = printer.say
    printer.say = lambda data: say(data * 2)  # type: ignore[method-assign]
    link = printer.link()
    assert [link.status() for _ in range(3)] == [NO_ANSWER] * 3
    printer.say = say  # type: ignore[method-assign]
    assert link.status() == Status("OK")


def test_an_answer_that_nobody_asked_for_brings_the_next_exchange_into_doubt() -> None:
    printer = ScriptedPrinter()
    link = printer.link()
    assert link.status() == Status("OK") and link.is_synchronized
    printer.say(b"\x16")
    link.listen(0.0)
    assert not link.is_synchronized
    assert link.status() == Status("OK") and link.is_synchronized


def test_a_lost_question_is_asked_again_and_the_answers_keep_their_places() -> None:
    for lost in range(1, 4):
        printer = ScriptedPrinter(status=COVER_OPEN)
        link = printer.link()
        assert link.status() == Status("FAULT", "cover_open")
        printer.status, printer.lost_questions = WELL, lost
        assert link.status() == Status("OK")


def test_a_printer_that_is_switched_off_is_waited_for_a_second_at_most() -> None:
    printer = ScriptedPrinter(status=None)
    link = printer.link()
    for _ in range(5):
        began = printer.now
        assert link.status() == NO_ANSWER
        assert printer.now - began <= 1.01


def test_behind_much_on_a_slow_wire_the_wait_begins_when_the_question_got_through() -> None:
    printer = ScriptedPrinter(bytes_per_s=960.0, late_s=1.2)
    link = printer.link()
    link.send(bytes(960), 5.0)
    assert link.status() == Status("OK"), "a second on the wire, and then the answer"
