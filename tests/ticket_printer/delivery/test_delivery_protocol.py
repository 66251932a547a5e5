"""What counts as PRINTED, rule by rule, on a printer that answers what the test says."""

from __future__ import annotations

import pytest

from tests.ticket_printer.delivery.scripted import (
    COVER_OPEN,
    HOT,
    JAMMED,
    PAPER_OUT,
    PROCESS_ID,
    ScriptedPrinter,
)
from ticket_printer.delivery.delivery_protocol import DeliveryProtocol, Proof, job_mark
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


# ---- proven
@pytest.mark.parametrize("proof", ["queue", "process_id"])
def test_a_slip_whose_questions_are_answered_by_a_printer_that_is_well_is_proven(proof: Proof) -> None:
    printer = ScriptedPrinter()
    assert delivery(printer, proof).run(iter(SLIP)) is None
    assert printer.sent.replace(b"\x1dr\x01", b"").startswith(b"".join(SLIP)), "in its order, whole"
    assert printer.finished == 1


def test_the_last_question_before_the_verdict_is_for_the_status() -> None:
    printer = ScriptedPrinter()
    delivery(printer).run(iter(SLIP))
    assert printer.sent.endswith(b"\x10\x04\x01\x10\x04\x02\x10\x04\x03\x10\x04\x04")


# ---- the barrier was answered, and then a fault
@pytest.mark.parametrize("proof", ["queue", "process_id"])
@pytest.mark.parametrize(
    ("status", "reason"),
    [(PAPER_OUT, "paper_out"), (COVER_OPEN, "cover_open"), (JAMMED, "cutter"), (HOT, "overheat"), (None, "no_answer")],
)
def test_a_slip_is_not_proven_when_the_printer_is_not_well_after_the_barrier(
    proof: Proof, status: dict[int, int] | None, reason: str
) -> None:
    printer = ScriptedPrinter()
    link = printer.link()
    whole = DeliveryProtocol(link, proof, JOB, printer.monotonic, True, True)
    ask = link.status

    def after_the_proof() -> object:
        printer.status = status
        return ask()

    link.status = after_the_proof  # type: ignore[method-assign, assignment]
    assert whole.run(iter(SLIP)) == reason


def test_a_slip_behind_whose_barriers_too_many_answers_came_is_not_proven() -> None:
    printer = ScriptedPrinter()

    def echo_one_more(data: bytes) -> None:
        if data == b"\x1dr\x01":
            printer.then = lambda _: None
            printer.say(b"\x00")

    printer.then = echo_one_more
    assert delivery(printer).run(iter(SLIP)) == "garbled"


def test_noise_between_barriers_makes_a_slip_doubtful_but_not_a_process_id() -> None:
    for proof, verdict in (("queue", "garbled"), ("process_id", None)):
        printer = ScriptedPrinter(noise_after_cut=b"\xff")
        assert delivery(printer, proof).run(iter(SLIP)) == verdict  # type: ignore[arg-type]


@pytest.mark.parametrize("proof", ["process_id", "queue"])
@pytest.mark.parametrize("surplus", [b"\x00", b"\x12"])
def test_an_answer_that_nobody_asked_for_makes_every_slip_doubtful(proof: Proof, surplus: bytes) -> None:
    printer = ScriptedPrinter(noise_after_cut=surplus)
    assert delivery(printer, proof).run(iter(SLIP)) == "garbled"


def test_a_process_id_that_comes_twice_proves_nothing() -> None:
    printer = ScriptedPrinter()
    answer = printer._answer

    def twice(data: bytes) -> None:
        answer(data)
        if data.startswith(b"\x1d(H"):
            answer(data)

    printer._answer = twice  # type: ignore[method-assign]
    assert delivery(printer, "process_id").run(iter(SLIP)) == "garbled"


# ---- answers of an earlier job
def test_answers_that_wait_on_the_line_before_the_slip_prove_nothing() -> None:
    printer = ScriptedPrinter(answers_barriers=False)
    printer.say(b"\x00" * 8)
    assert delivery(printer).run(iter(SLIP)) == "no_proof"


def test_the_process_id_of_another_job_proves_nothing() -> None:
    printer = ScriptedPrinter(process_id=b"%04d" % (job_mark(JOB - 1) + 1))
    assert failure(printer, "process_id") == "deadline"


def test_a_process_id_that_came_before_the_slip_proves_nothing() -> None:
    printer = ScriptedPrinter(answers_process_id=False)
    printer.say(b"\x37\x22%04d\x00" % (job_mark(JOB) + 1))
    assert failure(printer, "process_id") == "deadline"


def test_a_process_id_without_the_answers_before_it_is_garbled() -> None:
    printer = ScriptedPrinter(answers_barriers=False)
    assert failure(printer, "process_id", True) == "garbled"


def test_a_process_id_that_does_not_come_is_not_asked_for_in_another_way() -> None:
    printer = ScriptedPrinter(answers_barriers=False, answers_process_id=False)
    assert failure(printer, "process_id") == "deadline"
    assert printer.sent.count(b"\x1dr\x01") == 3, "one for each piece: start, picture, cut"


# ---- silence
def test_silence_is_never_a_proof() -> None:
    printer = ScriptedPrinter()
    printer.then = lambda data: setattr(printer, "status", None) or setattr(printer, "answers_barriers", False)  # type: ignore[func-returns-value]
    assert failure(printer, "queue", True) == "no_answer"


def test_a_printer_that_is_well_and_never_answers_in_turn_is_sent_the_slip_and_proves_nothing() -> None:
    printer = ScriptedPrinter(answers_barriers=False)
    whole = delivery(printer)
    assert whole.run(iter(LONG)) == "no_proof"
    assert not whole.answers_in_turn
    assert printer.commands() == b"".join(LONG)


def test_the_question_is_put_twice_before_a_printer_counts_as_one_that_does_not_answer() -> None:
    printer = ScriptedPrinter(answers_barriers=False)
    whole = delivery(printer)
    assert whole.run(iter(SLIP)) == "no_proof"
    assert printer.sent.count(b"\x1dr\x01") == 3 + 3 + 1, "one for each piece, three barriers, one repeated"
    assert 4.0 < printer.now < 6.0, "two seconds for each"


def test_a_printer_that_did_answer_once_and_stops_is_a_fault_and_not_a_slow_one() -> None:
    printer = ScriptedPrinter(answers_barriers=False)
    assert failure(printer, "queue", True) == "deadline"
    assert printer.now > 3.0


def test_a_printer_without_proof_is_only_watched() -> None:
    printer = ScriptedPrinter()
    assert delivery(printer, "none").run(iter(SLIP)) == "no_proof"
    assert b"\x1dr" not in printer.sent and PROCESS_ID not in printer.sent


def test_a_line_that_brings_nothing_back_can_prove_nothing() -> None:
    printer = ScriptedPrinter(answers=False)
    assert delivery(printer, "queue", status_known=False).run(iter(SLIP)) == "no_proof"
    assert printer.sent == b"".join(SLIP)


# ---- the mark of a job
@pytest.mark.parametrize(("job", "mark"), [(0, 19), (1, 28), (42, 435), (998, 9991), (999, 19)])
def test_the_mark_of_a_job_has_three_figures_and_a_check_figure(job: int, mark: int) -> None:
    """The figures 001 to 999, then 3a + 7b + 9c modulo 10; the command counts from one."""
    assert job_mark(job) + 1 == mark
