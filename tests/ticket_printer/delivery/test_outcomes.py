"""What the driver calls PRINTED, NOT_PRINTED and UNKNOWN, on a printer that answers what the test says."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from tests.ticket_printer.delivery.scripted import COVER_OPEN, HOT, NEAR_END, PAPER_OUT, WELL, ScriptedPrinter
from ticket_printer.delivery.driver import PrintOutcome, TicketPrinter
from ticket_printer.errors import PrinterError
from ticket_printer.protocol.status import Status

SLIP = [b"\x1b@", b"\x1dv0\x00" + b"dots" * 100, b"\x1dVB\x00"]
CLEAR = b"\x10\x05\x02" + b"\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08"
TERMINATOR = bytes(24 * 72) + b"\x1b@\x1c.\x1dVB\x00"
Opened = Callable[..., TicketPrinter]


@pytest.fixture
def device() -> ScriptedPrinter:
    return ScriptedPrinter()


@pytest.fixture
def opened(device: ScriptedPrinter) -> Opened:
    """The driver of a profile, whose address leads to the device."""

    def driver(profile: str = "generic-80") -> TicketPrinter:
        printer = TicketPrinter("tcp://10.0.0.9", profile, None, device.monotonic)
        printer._connection._address = SameDevice(device)  # type: ignore[assignment]
        return printer

    return driver


class SameDevice:
    bytes_per_s = None

    def __init__(self, device: ScriptedPrinter) -> None:
        self._device = device

    @property
    def answers(self) -> bool:
        return self._device.answers

    def open(self) -> ScriptedPrinter:
        if self._device.gone:
            raise PrinterError("unreachable", retryable=True)
        return self._device


# ---- before the first byte
@pytest.mark.parametrize(
    ("status", "reason"),
    [(PAPER_OUT, "paper_out"), (COVER_OPEN, "cover_open"), (HOT, "overheat"), (None, "no_answer")],
)
def test_a_printer_that_is_not_well_is_sent_nothing_and_nothing_is_drawn(
    opened: Opened, device: ScriptedPrinter, status: dict[int, int] | None, reason: str
) -> None:
    device.status = status

    def drawn() -> Iterator[bytes]:
        raise AssertionError("nothing is drawn for a printer that prints nothing")
        yield b""

    assert opened().send(drawn(), 1) == PrintOutcome("NOT_PRINTED", reason)
    assert device.commands() == b""


def test_a_printer_that_cannot_be_reached_prints_nothing(opened: Opened, device: ScriptedPrinter) -> None:
    device.gone = True
    printer = opened()
    assert printer.status() == Status("UNKNOWN", "unreachable")
    assert printer.send(SLIP, 1) == PrintOutcome("NOT_PRINTED", "unreachable")


def test_a_presenter_that_holds_a_slip_gets_no_other_one(opened: Opened, device: ScriptedPrinter) -> None:
    device.full = b"\x20\x00\x00\x00"
    printer = opened("custom-vkp80")
    assert printer.send(SLIP, 1) == PrintOutcome("NOT_PRINTED", "not_taken")
    device.full = b"\x00\x00\x00\x00"
    assert printer.free_presenter() and not printer.occupied
    assert printer.send(SLIP, 2) == PrintOutcome("PRINTED")
    assert printer.occupied and printer.ejected == 0


def test_a_printer_without_a_presenter_is_never_occupied(opened: Opened) -> None:
    printer = opened()
    assert printer.free_presenter()
    assert (printer.occupied, printer.ejected) == (False, 0)


@pytest.mark.parametrize(
    ("profile", "status", "refusal"),
    [
        ("generic-80", Status("OK"), None),
        ("generic-80", Status("FAULT", "paper_out"), "paper_out"),
        ("generic-80", Status("UNKNOWN", "no_answer"), "no_answer"),
        ("generic-58", Status("UNKNOWN", "no_answer"), None),  # it is its nature
        ("generic-58", Status("UNKNOWN", "unreachable"), "unreachable"),
        ("generic-58", Status("FAULT", "offline"), "offline"),
    ],
)
def test_silence_refuses_a_slip_only_where_the_printer_should_answer(
    opened: Opened, profile: str, status: Status, refusal: str | None
) -> None:
    assert opened(profile).refusal(status) == refusal


def test_a_near_end_that_the_printer_has_no_sensor_for_is_not_believed(opened: Opened, device: ScriptedPrinter) -> None:
    device.status = NEAR_END
    assert opened("generic-58").status() == Status("OK")
    assert opened("epson-tm-t82").status() == Status("OK", None, near_end=True)


# ---- on its way
@pytest.mark.parametrize("profile", ["generic-80", "epson-tm-t20"])
def test_a_slip_that_was_proven_is_printed(opened: Opened, device: ScriptedPrinter, profile: str) -> None:
    printer = opened(profile)
    assert printer.send(SLIP, 1) == PrintOutcome("PRINTED")
    assert device.commands().startswith(b"".join(SLIP))
    assert printer.send(SLIP, 2) == PrintOutcome("PRINTED")
    assert CLEAR not in device.sent


def test_a_slip_that_the_printer_does_not_prove_is_unknown_and_the_printer_is_not_cleared(
    opened: Opened, device: ScriptedPrinter
) -> None:
    device.answers_barriers = False
    printer = opened()
    assert printer.send(SLIP, 1) == PrintOutcome("UNKNOWN", "no_proof")
    before = device.now
    assert printer.send(SLIP, 2) == PrintOutcome("UNKNOWN", "no_proof")
    assert device.now - before < 2.0, "it is not asked in turn again"
    assert CLEAR not in device.sent
    assert device.aborted == 0


def breaks(device: ScriptedPrinter, **state: object) -> None:
    """In mid-slip the printer becomes so."""

    def happen(data: bytes) -> None:
        if b"dots" in data:
            device.then = lambda _: None
            for name, value in state.items():
                setattr(device, name, value)

    device.then = happen


@pytest.mark.parametrize(
    ("state", "reason"),
    [
        ({"status": PAPER_OUT, "answers_barriers": False}, "paper_out"),
        ({"status": COVER_OPEN, "answers_barriers": False}, "cover_open"),
        ({"status": None, "answers_barriers": False}, "no_answer"),
    ],
)
def test_a_slip_that_a_fault_ended_is_unknown_and_the_printer_is_cleared_of_it(
    opened: Opened, device: ScriptedPrinter, state: dict[str, object], reason: str
) -> None:
    printer = opened()
    assert printer.send(SLIP, 1) == PrintOutcome("PRINTED")
    breaks(device, **state)
    assert printer.send(SLIP, 2) == PrintOutcome("UNKNOWN", reason)
    assert device.aborted == 1, "what is on the wire is dropped"
    assert device.sent.count(CLEAR) == 1


def test_a_deadline_whose_cause_the_printer_tells_afterwards_has_that_cause(
    opened: Opened, device: ScriptedPrinter
) -> None:
    printer = opened()
    assert printer.send(SLIP, 1) == PrintOutcome("PRINTED")
    breaks(device, answers_barriers=False)
    abort = device.abort

    def tell() -> None:
        abort()
        device.status = PAPER_OUT

    device.abort = tell  # type: ignore[method-assign]
    assert printer.send(SLIP, 2) == PrintOutcome("UNKNOWN", "paper_out")


def test_after_a_doubtful_slip_nothing_is_printed_until_the_printer_owes_no_answer(
    opened: Opened, device: ScriptedPrinter
) -> None:
    printer = opened()
    assert printer.send(SLIP, 1) == PrintOutcome("PRINTED")
    breaks(device, status=PAPER_OUT, answers_barriers=False)
    printer.send(SLIP, 2)
    device.status = WELL
    assert printer.send(SLIP, 3) == PrintOutcome("NOT_PRINTED", "no_answer")
    device.answers_barriers = True
    device.sent = b""
    assert printer.send(SLIP, 4) == PrintOutcome("PRINTED")
    assert device.commands().startswith(TERMINATOR), "the piece in the printer is ended and cut off first"
    assert device.commands().count(b"\x1dVB\x00") == 2


def test_a_printer_that_proves_by_process_id_gets_the_end_of_the_piece_with_its_next_slip(
    opened: Opened, device: ScriptedPrinter
) -> None:
    printer = opened("epson-tm-t20")
    printer.distrust()
    assert printer.send(SLIP, 1) == PrintOutcome("PRINTED")
    assert CLEAR in device.sent and TERMINATOR + b"".join(SLIP) in device.commands()
    device.sent = b""
    assert printer.send(SLIP, 2) == PrintOutcome("PRINTED")
    assert TERMINATOR not in device.commands(), "once"


# ---- a slip that cannot be drawn
def test_a_slip_whose_first_row_cannot_be_drawn_was_not_printed(opened: Opened, device: ScriptedPrinter) -> None:
    def parts() -> Iterator[bytes]:
        yield b"\x1b@"
        raise ValueError("no such letter")

    assert opened().send(parts(), 1) == PrintOutcome("NOT_PRINTED", "not_drawn")
    assert device.commands() == b""


def test_a_slip_whose_last_row_cannot_be_drawn_is_unknown_and_the_printer_is_cleared_of_it(
    opened: Opened, device: ScriptedPrinter
) -> None:
    def parts() -> Iterator[bytes]:
        yield b"\x1b@"
        yield from [b"\x1bJ" + bytes([30]) * 998] * 3
        raise ValueError("no such letter")

    printer = opened()
    assert printer.send(parts(), 1) == PrintOutcome("UNKNOWN", "not_drawn")
    assert device.aborted == 1
    assert printer.send(SLIP, 2) == PrintOutcome("PRINTED")
    assert CLEAR in device.sent


# ---- an idle printer
def test_a_printer_that_keeps_no_pictures_has_nothing_to_prepare(opened: Opened, device: ScriptedPrinter) -> None:
    printer = opened()
    printer.status()
    device.sent = b""
    assert printer.prepare(lambda: []) is False
    assert device.sent == b""
    assert printer.render_mode.kind == "raster"


@pytest.mark.parametrize(
    ("profile", "answers", "mute"),
    [("generic-80", True, False), ("generic-80", False, True), ("generic-58", True, True)],
)
def test_a_printer_is_mute_when_its_line_or_its_kind_tells_nothing(
    opened: Opened, device: ScriptedPrinter, profile: str, answers: bool, mute: bool
) -> None:
    device.answers = answers
    assert opened(profile).mute is mute


def test_closing_the_driver_closes_the_line(opened: Opened, device: ScriptedPrinter) -> None:
    printer = opened()
    printer.status()
    printer.close()
    assert (device.closed, device.aborted) == (1, 0)


@pytest.mark.parametrize(("width", "used"), [(None, 576), (384, 384), (510, 504)])
def test_the_office_may_set_another_width_in_whole_bytes(width: int | None, used: int) -> None:
    assert TicketPrinter("tcp://10.0.0.9", "generic-80", width).width == used
