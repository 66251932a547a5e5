"""A presenter's slip before the next one: taken, ejected in time, or waited for."""

from __future__ import annotations

import pytest

from tests.ticket_printer.delivery.scripted import ScriptedPrinter
from ticket_printer.delivery.presenter import TAKE_S, PresenterDriver
from ticket_printer.errors import PrinterError
from ticket_printer.protocol.status import Status

EMPTY, HOLDS = b"\x00\x00\x00\x00", b"\x20\x00\x00\x00"
EJECT = b"\x1de\x05"


class OneLink:
    """A connection with one line."""

    def __init__(self, printer: ScriptedPrinter) -> None:
        self._link = printer.link(presenter=True)
        self.dropped = 0

    def status(self) -> Status:
        return self.link().status()

    def link(self) -> object:
        return self._link

    def drop(self) -> None:
        self.dropped += 1


@pytest.fixture
def printer() -> ScriptedPrinter:
    return ScriptedPrinter(full=EMPTY)


@pytest.fixture
def connection(printer: ScriptedPrinter) -> OneLink:
    return OneLink(printer)


@pytest.fixture
def presenter(connection: OneLink, printer: ScriptedPrinter) -> PresenterDriver:
    return PresenterDriver(connection, printer.monotonic)  # type: ignore[arg-type]


def obeys(printer: ScriptedPrinter, after: bytes | None = EMPTY) -> None:
    """It ejects its slip when told to."""

    def eject(data: bytes) -> None:
        if EJECT in data:
            printer.full = after

    printer.then = eject


def test_at_first_nobody_knows_whether_a_slip_waits_so_the_printer_is_asked(
    presenter: PresenterDriver, printer: ScriptedPrinter
) -> None:
    assert presenter.occupied
    assert presenter.free() and not presenter.occupied
    printer.sent = b""
    assert presenter.free() and printer.sent == b"", "once it is known it is not asked again"


def test_behind_a_slip_that_was_just_printed_the_next_one_waits(
    presenter: PresenterDriver, printer: ScriptedPrinter
) -> None:
    presenter.free()
    printer.full = HOLDS
    presenter.note_presented()
    assert presenter.occupied and not presenter.free()
    assert EJECT not in printer.sent
    printer.full = EMPTY
    assert presenter.free() and not presenter.occupied


def test_a_slip_that_nobody_takes_is_ejected_after_twenty_seconds_and_counted(
    presenter: PresenterDriver, printer: ScriptedPrinter
) -> None:
    printer.full = HOLDS
    obeys(printer)
    printer.now += 5.0
    presenter.note_presented()
    printer.now += TAKE_S - 0.5
    assert not presenter.free() and EJECT not in printer.sent
    printer.now += 0.5
    assert presenter.free()
    assert (printer.sent.count(EJECT), presenter.ejected, presenter.occupied) == (1, 1, False)


def test_a_slip_that_no_order_moves_is_not_counted_as_ejected(
    presenter: PresenterDriver, printer: ScriptedPrinter
) -> None:
    printer.full = HOLDS
    printer.now += TAKE_S
    began = printer.now
    assert not presenter.free()
    assert (presenter.ejected, presenter.occupied) == (0, True)
    assert 2.0 <= printer.now - began < 3.0


def test_a_printer_that_falls_silent_while_it_ejects_has_not_said_so(
    presenter: PresenterDriver, printer: ScriptedPrinter
) -> None:
    printer.full = HOLDS
    obeys(printer, after=None)
    printer.now += TAKE_S
    assert presenter.free(), "what is wrong shows in the status before the slip"
    assert (presenter.ejected, presenter.occupied) == (0, True), "silence does not mean that the slip was taken"


def test_a_line_that_is_gone_holds_nobody_back(
    presenter: PresenterDriver, printer: ScriptedPrinter, connection: OneLink
) -> None:
    printer.gone = True
    assert presenter.free() and presenter.occupied
    assert connection.dropped == 1
    with pytest.raises(PrinterError):
        printer.link().status()
