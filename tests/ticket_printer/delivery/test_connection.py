"""When a line is opened again, and when its printer is cleared of a piece of an earlier slip."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.ticket_printer.delivery.scripted import WELL, ScriptedPrinter
from ticket_printer.delivery.connection import Connection, retry_delay
from ticket_printer.errors import PrinterError
from ticket_printer.protocol.status import Status

CLEAR = b"\x10\x05\x02" + b"\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08"
TERMINATOR = bytes(9) + b"\x1dVB\x00"


@pytest.mark.parametrize(
    ("failures", "seconds"),
    [(0, 0.0), (1, 0.25), (2, 0.5), (3, 1.0), (4, 2.0), (5, 2.0), (17, 2.0), (10_000, 2.0)],
)
def test_the_wait_for_the_next_try_doubles_up_to_two_seconds(failures: int, seconds: float) -> None:
    assert retry_delay(failures) == seconds


class Plug:
    """Where the address leads: to `printer`, or to an error."""

    def __init__(self, printer: ScriptedPrinter) -> None:
        self.printer = printer
        self.error: PrinterError | None = None
        self.opened = 0
        self.answers = True
        self.then: Callable[[], None] = lambda: None

    def open(self) -> ScriptedPrinter:
        self.opened += 1
        self.then()
        if self.error is not None:
            raise self.error
        return self.printer


@pytest.fixture
def printer() -> ScriptedPrinter:
    return ScriptedPrinter()


@pytest.fixture
def plug(printer: ScriptedPrinter) -> Plug:
    return Plug(printer)


@pytest.fixture
def connection(plug: Plug, printer: ScriptedPrinter) -> Connection:
    made = Connection("tcp://10.0.0.9", False, printer.monotonic)
    made._address = plug  # type: ignore[assignment]
    return made


def test_a_line_is_opened_once_and_kept(connection: Connection, plug: Plug) -> None:
    assert connection.clean_link is None, "nothing is opened without need"
    assert connection.link() is connection.link() is connection.clean_link
    assert plug.opened == 1


def test_a_printer_that_is_away_is_tried_again_only_when_it_is_time(
    connection: Connection, plug: Plug, printer: ScriptedPrinter
) -> None:
    plug.error = PrinterError("unreachable", retryable=True)
    tries = []
    for tenth in range(60):
        printer.now = tenth / 10
        with pytest.raises(PrinterError) as caught:
            connection.link()
        assert caught.value.reason == "unreachable"
        if len(tries) < plug.opened:
            tries.append(printer.now)
    assert tries == [0.0, 0.3, 0.8, 1.8, 3.8, 5.8]
    plug.error = None
    printer.now = 8.0
    assert connection.link()


def test_an_error_that_no_later_try_can_end_waits_longest_at_once(
    connection: Connection, plug: Plug, printer: ScriptedPrinter
) -> None:
    plug.error = PrinterError("unsupported", retryable=False)
    for tenth in range(21):
        printer.now = tenth / 10
        with pytest.raises(PrinterError) as caught:
            connection.link()
        assert caught.value.reason == "unsupported"
    assert plug.opened == 2


def test_a_line_that_worked_forgets_its_failures(connection: Connection, plug: Plug, printer: ScriptedPrinter) -> None:
    plug.error = PrinterError("unreachable", retryable=True)
    for second in range(0, 10, 2):
        printer.now = float(second)
        with pytest.raises(PrinterError):
            connection.link()
    plug.error, printer.now = None, 20.0
    connection.link()
    connection.drop()
    plug.error = PrinterError("unreachable", retryable=True)
    with pytest.raises(PrinterError):
        connection.link()
    printer.now += 0.25
    opened = plug.opened
    with pytest.raises(PrinterError):
        connection.link()
    assert plug.opened == opened + 1, "the first wait is short again"


def test_a_doubtful_printer_is_cleared_on_the_next_line_and_counts_as_cleared_when_it_answers(
    connection: Connection, printer: ScriptedPrinter
) -> None:
    connection.link()
    connection.distrust()
    assert printer.aborted == 1 and connection.doubtful
    assert connection.clean_link is None
    connection.link()
    assert printer.sent == CLEAR
    assert connection.clean_link is None, "a write alone proves nothing"
    connection.link()
    assert printer.sent == CLEAR, "once a line"
    connection.confirm_answer()
    assert connection.clean_link is connection.link()
    assert connection.doubtful, "its answers are in doubt until a slip was proven"
    connection.trust()
    assert not connection.doubtful


def test_an_answer_on_another_line_than_the_one_that_was_cleared_confirms_nothing(
    connection: Connection, printer: ScriptedPrinter
) -> None:
    connection.distrust()
    connection.link()
    connection.drop()
    connection.confirm_answer()
    connection.link()
    assert printer.sent == CLEAR * 2
    connection.confirm_answer()
    connection.link()
    assert printer.sent == CLEAR * 2


def test_a_printer_too_full_to_be_cleared_is_tried_again_and_one_that_is_gone_is_an_error(
    connection: Connection, printer: ScriptedPrinter
) -> None:
    connection.distrust()
    printer.takes = False
    assert connection.link() and connection.clean_link is None
    printer.takes = True
    connection.link()
    assert printer.sent == CLEAR
    connection.distrust()
    printer.gone = True
    with pytest.raises(PrinterError):
        connection.link()
    printer.gone = False
    connection.link()
    assert printer.sent == CLEAR * 2


def test_closing_ends_the_line_and_hands_over_what_is_on_its_way(
    connection: Connection, printer: ScriptedPrinter
) -> None:
    connection.close()
    assert printer.closed == 0
    connection.link()
    connection.close()
    assert (printer.closed, printer.aborted, connection.clean_link) == (1, 0, None)
    connection.close()
    assert printer.closed == 1


def test_whether_anything_can_come_back_is_asked_of_the_open_line_first(
    connection: Connection, plug: Plug, printer: ScriptedPrinter
) -> None:
    plug.answers = False
    assert not connection.answers
    connection.link()
    assert connection.answers
    printer.answers = False
    assert not connection.answers


# ---- a line that fell silent
def test_a_line_that_fell_silent_is_asked_once_more_and_then_opened_anew(
    connection: Connection, plug: Plug, printer: ScriptedPrinter
) -> None:
    assert connection.status() == Status("OK")
    printer.status = None
    plug.then = lambda: setattr(printer, "status", WELL)
    began, printer.sent = printer.now, b""
    assert connection.status() == Status("OK"), "the new line answers"
    assert (plug.opened, printer.aborted) == (2, 1)
    assert printer.now - began < 2.0
    assert printer.sent.count(b"\x10\x04\x01") == 3, "one silent moment alone drops no line"


def test_one_silent_moment_drops_no_line(connection: Connection, plug: Plug, printer: ScriptedPrinter) -> None:
    assert connection.status() == Status("OK")
    printer.lost_questions = 4
    assert connection.status() == Status("OK")
    assert plug.opened == 1


def test_a_line_that_never_answered_is_opened_anew_after_each_third_silence(
    connection: Connection, plug: Plug, printer: ScriptedPrinter
) -> None:
    printer.status = None
    opened = []
    for _ in range(7):
        began = printer.now
        assert connection.status() == Status("UNKNOWN", "no_answer")
        assert printer.now - began < 2.1
        opened.append(plug.opened)
    assert opened == [1, 1, 2, 2, 2, 3, 3]


def test_a_printer_of_which_nothing_is_expected_keeps_its_line(plug: Plug, printer: ScriptedPrinter) -> None:
    connection = Connection("tcp://10.0.0.9", False, printer.monotonic, expects_answers=False)
    connection._address = plug  # type: ignore[assignment]
    printer.status = None
    for _ in range(8):
        assert connection.status() == Status("UNKNOWN", "no_answer")
    assert (plug.opened, printer.aborted) == (1, 0), "a slip that proves nothing may still be on its way"


def test_a_fault_that_the_port_tells_is_no_silence(
    connection: Connection, plug: Plug, printer: ScriptedPrinter
) -> None:
    assert connection.status() == Status("OK")
    printer.status, printer.fault = None, "paper_out"
    assert connection.status() == Status("FAULT", "paper_out")
    assert plug.opened == 1


def test_late_answers_to_the_line_before_are_not_believed_on_the_new_one(
    connection: Connection, plug: Plug, printer: ScriptedPrinter
) -> None:
    """A serial port brings what the printer still says, whoever opened it."""
    assert connection.status() == Status("OK")
    printer.late_s = 3.0
    assert connection.status().state == "UNKNOWN"
    connection.drop()
    printer.late_s = 0.0
    printer.at(printer.now + 0.02, lambda: printer.say(b"\x12"))
    statuses = [connection.status() for _ in range(4)]
    assert {status.reason for status in statuses} <= {None, "no_answer"}
    assert statuses[-1] == Status("OK")


# ---- answers of an earlier slip
def test_a_printer_that_owes_nothing_is_in_step_after_one_question(
    connection: Connection, printer: ScriptedPrinter
) -> None:
    connection.distrust()
    connection.link()
    printer.sent = b""
    assert connection.resynchronise(TERMINATOR)
    assert printer.sent == TERMINATOR + b"\x1dr\x01", "what was cut short is ended first"
    printer.sent = b""
    assert connection.resynchronise(TERMINATOR)
    assert printer.sent == b"\x1dr\x01", "once"


def test_an_old_answer_is_not_taken_for_the_new_one(connection: Connection, printer: ScriptedPrinter) -> None:
    link = connection.link()
    old = [b"\x00", b""]

    def answer_the_slip_before(data: bytes) -> None:
        if data == b"\x1dr\x01" and old:
            printer.say(old.pop(0))

    printer.then = answer_the_slip_before
    printer.at(0.1, lambda: printer.say(b"\x37\x220042\0"))
    assert connection.resynchronise(TERMINATOR)
    assert link.marks == set(), "nor is an old proof kept"
    assert printer.sent == b"\x1dr\x01" * 2, "two answers came for the first question, so it is asked again"
    assert (list(link.owed), link.stray) == ([], 0)


def test_a_printer_that_answers_nothing_in_turn_is_not_in_step_and_is_not_waited_for_long(
    connection: Connection, printer: ScriptedPrinter
) -> None:
    printer.answers_barriers = False
    assert not connection.resynchronise(b"")
    assert 4.0 <= printer.now < 8.0


def test_a_line_that_never_falls_silent_is_not_listened_to_for_ever(
    connection: Connection, printer: ScriptedPrinter
) -> None:
    read = printer.read

    def chatter(timeout_s: float) -> bytes:
        printer.now += min(0.1, timeout_s)
        return read(0.0) + b"\x12"

    printer.read = chatter  # type: ignore[method-assign]
    assert not connection.resynchronise(b"")
    assert printer.now < 20.0


def test_a_line_that_breaks_while_it_is_brought_into_step_is_dropped(
    connection: Connection, printer: ScriptedPrinter
) -> None:
    connection.link()
    printer.gone = True
    assert not connection.resynchronise(TERMINATOR)
    assert printer.aborted == 1 and connection.clean_link is None
