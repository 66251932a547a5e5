"""What a printer can really do: derive_profile from its behaviour, never from its word."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from tests.ticket_printer.slips import until
from ticket_printer.commissioning.examination import Examination, ExaminationResult, derive_profile, raster_commands
from ticket_printer.protocol.profiles import profile
from ticket_printer.rendering.band_commands import Dialect
from ticket_printer.simulator.printer import SimulatedPrinter
from ticket_printer.transport import open_transport

PAGE = Image.new("1", (576, 200), 1)
CAREFUL = profile("generic-80")
WAIT_S = 6.0


@pytest.fixture
def exam(either: tuple[SimulatedPrinter, str]) -> Iterator[Examination]:
    """An examination on an open line, over TCP and over a serial line."""
    transport = open_transport(either[1])
    yield Examination(transport, time.monotonic)
    transport.close()


def by_hand(device: SimulatedPrinter, order: dict[str, object], after_s: float = 0.3) -> None:
    """Somebody does it a moment after being asked."""
    threading.Timer(after_s, device.obey, [order]).start()


def nobody() -> bool:
    return False


def whole_round(device: SimulatedPrinter, exam: Examination) -> ExaminationResult:
    exam.greet()
    exam.print(PAGE, CAREFUL)
    by_hand(device, {"cover": "open"})
    if exam.wait_for("cover_open", WAIT_S, nobody):
        exam.saw_cover()
    device.obey({"cover": "closed"})
    assert exam.wait_for(None, WAIT_S, nobody)
    by_hand(device, {"paper": "out"})
    if seen := exam.wait_for("paper_out", WAIT_S, nobody):
        exam.saw_paper(seen)
        exam.try_honesty()
    device.obey({"paper": "ok"})
    assert exam.wait_for(None, WAIT_S, nobody)
    return exam.result


def test_a_printer_that_tells_everything_is_found_to_do_so(
    either: tuple[SimulatedPrinter, str], exam: Examination
) -> None:
    found = whole_round(either[0], exam)
    assert 1 <= found.answer_ms < 1000
    assert found == ExaminationResult(True, True, True, True, True, True, True, True, found.answer_ms)
    known = derive_profile(profile("generic-80"), found, {})
    assert known.answer_ms == found.answer_ms
    assert (known.proof, known.status_trusted, known.near_end, known.status_back) == ("process_id", True, True, True)


def test_without_process_ids_the_queue_is_the_proof(either: tuple[SimulatedPrinter, str], exam: Examination) -> None:
    either[0].process_id = False
    assert derive_profile(profile("generic-80"), whole_round(either[0], exam), {}).proof == "queue"


def test_a_printer_that_says_nothing_is_trusted_with_nothing(
    either: tuple[SimulatedPrinter, str], exam: Examination
) -> None:
    device = either[0]
    device.obey({"silent": True})
    assert exam.greet().state == "UNKNOWN"
    assert exam.print(PAGE, CAREFUL) is False
    assert until(lambda: device.count == 1)
    assert exam.result == ExaminationResult()
    known = derive_profile(profile("epson-tm-t20"), exam.result, {})
    assert (known.proof, known.status_trusted, known.near_end, known.status_back) == ("none", False, False, False)


def test_an_answer_given_while_the_paper_is_out_is_no_proof() -> None:
    boasting = ExaminationResult(answers=True, cover=True, paper=True, in_turn=True, process_id=True, honest=False)
    assert derive_profile(profile("generic-80"), boasting, {}).proof == "none"
    untried = ExaminationResult(answers=True, cover=True, paper=True, in_turn=True)
    assert derive_profile(profile("generic-80"), untried, {}).proof == "none"


class Boaster:
    """A clone that answers everything at once and always well, whatever its paper does."""

    bytes_per_s: float | None = None
    answers = True

    def __init__(self) -> None:
        self._waiting = b""

    def write(self, data: bytes, timeout_s: float) -> int:
        self._waiting += b"\x12" * data.count(b"\x10\x04") + b"\0" * data.count(b"\x1dr\x01")
        return len(data)

    def read(self, timeout_s: float) -> bytes:
        found, self._waiting = self._waiting, b""
        if not found:
            threading.Event().wait(min(timeout_s, 0.01))
        return found

    def finish(self, timeout_s: float) -> None: ...
    def port_fault(self) -> str | None:
        return None

    def abort(self) -> None: ...
    def close(self) -> None: ...


def test_a_clone_that_is_always_well_is_not_believed() -> None:
    exam = Examination(Boaster(), time.monotonic)
    assert exam.greet().state == "OK"
    assert exam.print(PAGE, CAREFUL) is True
    assert exam.wait_for("cover_open", 0.4, nobody) is None
    assert exam.wait_for("paper_out", 0.4, nobody) is None
    known = derive_profile(profile("generic-80"), exam.result, {})
    assert (known.proof, known.status_trusted) == ("none", False)
    exam.try_honesty()
    assert exam.result.honest is False


def test_who_will_not_wait_is_not_kept_waiting(either: tuple[SimulatedPrinter, str], exam: Examination) -> None:
    began = time.monotonic()
    assert exam.wait_for("paper_out", 30.0, lambda: True) is None
    assert time.monotonic() - began < 5.0


def test_a_printer_that_stands_still_ends_the_page_at_once(
    either: tuple[SimulatedPrinter, str], exam: Examination
) -> None:
    exam.greet()
    either[0].obey({"paper_out_at_row": 40})
    began = time.monotonic()
    assert exam.print(Image.new("1", (576, 2000), 1), CAREFUL) is False
    assert time.monotonic() - began < 15.0


@pytest.mark.parametrize("eyes", [{"width_dots": 512, "dpi": 180}, {"native_qr": True, "cutter": "none"}])
def test_what_eyes_read_stands_in_the_profile_and_the_rest_stays(eyes: dict[str, object]) -> None:
    base = profile("xprinter-80")
    known = derive_profile(base, ExaminationResult(), eyes)
    assert {name: getattr(known, name) for name in eyes} == eyes
    assert known.centring == base.centring and known.cut == base.cut


def test_the_page_is_sent_in_bands_without_a_command_hidden_in_it() -> None:
    picture = Image.frombytes("1", (576, 60), b"\x10\x04\x01" * (72 * 60 // 3))
    sent = raster_commands(picture)
    assert len(sent) == 3 and all(band.startswith(b"\x1dv0\0") for band in sent)
    assert not any(b"\x10\x04" in band for band in sent)


def test_the_profile_of_the_office_comes_before_the_shipped_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MOTCUA_HOME", str(tmp_path))
    assert profile("generic-80").width_dots == 576
    folder = tmp_path / "profiles"
    folder.mkdir()
    text = (Path(__file__).parents[3] / "ticket_printer/protocol/profiles.toml").read_text(encoding="utf-8")
    (folder / "hall.toml").write_text(text.replace("width_dots = 576", "width_dots = 512"), encoding="utf-8")
    assert profile("generic-80").width_dots == 512


def test_a_slip_ends_as_its_printer_wants_it() -> None:
    assert Dialect.of(CAREFUL).ending == b"\x1dVB\0"
    assert Dialect.of(profile("custom-vkp80")).ending == b"\x1bi\x1de\x03\x0c"
    assert Dialect.of(CAREFUL.model_copy(update={"cutter": "none"})).ending == b"\x1bd\x05"
