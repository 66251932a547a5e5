"""One print worker, round by round: order, outcomes, a printer that is not well, a start, an idle printer."""

from __future__ import annotations

import pytest

from config import places
from contract.tickets import PrintState
from kiosk.printing.worker import PrintWorker, open_printer
from kiosk.store.failures import StorageBusy
from tests.kiosk.printing.conftest import Opener
from tests.kiosk.printing.fake_printer import OK, OUT, SILENT, FakePrinter, PrintOffice
from tests.ticket_printer.slips import until
from ticket_printer.delivery.driver import PrintOutcome
from ticket_printer.protocol.status import Status

PRINTED, NOT_PRINTED = (PrintState.PRINTED, None), PrintState.NOT_PRINTED


# ---- order and outcomes
def test_slips_come_out_in_the_order_in_which_the_numbers_were_taken(office: PrintOffice, printer: FakePrinter) -> None:
    taken = office.take(count=5)
    while office.run():
        pass
    assert printer.numbers == [ticket.number for ticket in taken] == ["A001", "A002", "A003", "A004", "A005"]
    assert {office.outcome(ticket) for ticket in taken} == {PRINTED}


def test_one_round_prints_one_slip_and_says_whether_there_was_one(office: PrintOffice, printer: FakePrinter) -> None:
    assert office.run() is False
    office.take(count=2)
    assert (office.run(), len(printer.printed)) == (True, 1)
    assert (office.run(), len(printer.printed)) == (True, 2)
    assert office.run() is False


def test_no_two_slips_carry_the_same_job_in_their_proof(office: PrintOffice, printer: FakePrinter) -> None:
    office.take(count=3)
    while office.run():
        pass
    first = printer.jobs[0]
    assert printer.jobs == [first, first + 1, first + 2]
    began = office.clock.now_ms() // 1000 - 3
    assert began <= first <= began + 3, "nor those of a service that ran before"


@pytest.mark.parametrize(
    ("outcome", "state", "left"),
    [
        (PrintOutcome("PRINTED"), PrintState.PRINTED, 699),
        (PrintOutcome("NOT_PRINTED", "paper_out"), PrintState.NOT_PRINTED, 700),
        (PrintOutcome("UNKNOWN", "deadline"), PrintState.UNKNOWN, 699),
    ],
)
def test_each_outcome_is_recorded_as_the_printer_gave_it_and_the_roll_counts_what_may_have_come_out(
    office: PrintOffice, printer: FakePrinter, outcome: PrintOutcome, state: PrintState, left: int
) -> None:
    printer.outcomes = [outcome]
    (ticket,) = office.take()
    office.run()
    assert office.outcome(ticket) == (state, outcome.reason)
    office.clock.passes(2)
    office.run()
    assert office.health()["slips_left"] == left


def test_after_a_slip_that_was_not_proven_the_printer_is_polled_at_once(
    office: PrintOffice, printer: FakePrinter
) -> None:
    office.take()
    before = printer.polls
    office.run()
    assert printer.polls == before, "a slip that was proven says enough"
    office.clock.passes(-1)
    office.take()
    printer.outcomes, printer.now = [PrintOutcome("UNKNOWN", "paper_out")], OUT
    office.run()
    assert printer.polls > before
    assert office.health()["reason"] == "paper_out"


@pytest.mark.parametrize("reason", ["paper_out", "cover_open", "cutter", "overheat", "offline"])
def test_a_fault_that_ended_a_slip_is_in_the_journal_even_if_no_poll_saw_it(
    office: PrintOffice, printer: FakePrinter, reason: str
) -> None:
    office.take()
    printer.outcomes = [PrintOutcome("UNKNOWN", reason)]
    office.run()  # the printer is well again when it is polled after the slip
    assert office.device_events() == [("device.fault", reason), ("device.recovered", None)]


def test_a_fault_that_polls_see_too_is_one_event(office: PrintOffice, printer: FakePrinter) -> None:
    office.take()
    printer.outcomes, printer.now = [PrintOutcome("UNKNOWN", "paper_out")], OUT
    office.run()
    office.take()
    office.run()
    assert office.device_events() == [("device.fault", "paper_out")]


@pytest.mark.parametrize("reason", ["no_answer", "deadline", "no_proof", "not_taken", "not_drawn"])
def test_a_slip_that_failed_for_another_reason_is_no_fault_of_the_printer(
    office: PrintOffice, printer: FakePrinter, reason: str
) -> None:
    office.take()
    printer.outcomes = [PrintOutcome("UNKNOWN", reason)]
    office.run()
    assert office.device_events() == []


def test_a_slip_that_cannot_be_made_is_not_printed_and_the_next_one_is(
    office: PrintOffice, printer: FakePrinter, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken = office.take(count=2)
    with monkeypatch.context() as patch:
        patch.setattr("kiosk.printing.worker.ticket_slip", lambda *_: {}["gone"])
        office.run()
    office.run()
    assert office.outcome(taken[0]) == (NOT_PRINTED, "not_drawn")
    assert office.outcome(taken[1]) == PRINTED


# ---- a printer that is not well
def test_a_printer_that_stands_still_is_sent_nothing_and_everybody_is_told_at_once(
    office: PrintOffice, printer: FakePrinter
) -> None:
    printer.now = OUT
    office.clock.passes(2)
    office.run()
    waiting = office.take(count=3)
    office.run()
    assert printer.printed == []
    assert {office.outcome(ticket) for ticket in waiting} == {(NOT_PRINTED, "paper_out")}


def test_a_printer_that_was_refilled_meanwhile_prints(office: PrintOffice, printer: FakePrinter) -> None:
    printer.now = OUT
    office.clock.passes(2)
    office.run()
    printer.now = OK
    (ticket,) = office.take()
    office.run()
    assert office.outcome(ticket) == PRINTED


def test_a_printer_that_answers_nothing_is_still_tried(office: PrintOffice, printer: FakePrinter) -> None:
    printer.now = SILENT
    printer.outcomes = [PrintOutcome("UNKNOWN", "no_proof")]
    office.clock.passes(2)
    office.run()
    (ticket,) = office.take()
    office.run()
    assert office.outcome(ticket) == (PrintState.UNKNOWN, "no_proof")


def test_a_slip_waits_half_a_minute_and_not_longer(office: PrintOffice, printer: FakePrinter) -> None:
    (in_time,) = office.take()
    office.clock.passes(29.9)
    office.run()
    (late,) = office.take()
    office.clock.passes(30.1)
    office.run()
    assert (office.outcome(in_time), office.outcome(late)) == (PRINTED, (NOT_PRINTED, "waited too long"))
    assert len(printer.printed) == 1


def test_a_slip_that_waited_too_long_says_what_is_wrong_with_the_printer(
    office: PrintOffice, printer: FakePrinter
) -> None:
    printer.now = OUT
    office.clock.passes(2)
    office.run()
    (ticket,) = office.take()
    office.clock.passes(31)
    office.run()
    assert office.outcome(ticket) == (NOT_PRINTED, "paper_out")


def test_stale_slips_are_settled_in_one_round_however_many_there_are(
    office: PrintOffice, printer: FakePrinter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kiosk.actions.slips.EXPIRE_AT_ONCE", 1)
    waiting = office.take(count=3)
    office.clock.passes(40)
    office.run()
    assert {office.outcome(ticket) for ticket in waiting} == {(NOT_PRINTED, "waited too long")}


# ---- a busy database
def test_an_outcome_that_could_not_be_recorded_is_recorded_in_the_next_round(
    office: PrintOffice, printer: FakePrinter, monkeypatch: pytest.MonkeyPatch
) -> None:
    (ticket,) = office.take()

    def busy(*_: object) -> None:
        raise StorageBusy("held by another program")

    with monkeypatch.context() as patch:
        patch.setattr("kiosk.printing.worker.settle", busy)
        with pytest.raises(StorageBusy):
            office.run()
    assert office.outcome(ticket)[0] is PrintState.SENDING
    assert office.run() is False
    assert office.outcome(ticket) == PRINTED
    assert len(printer.printed) == 1, "it is not printed again"
    assert office.workers["hall"]._retry_when_busy(lambda: bool(busy())) is False


# ---- after a start
def test_a_slip_that_was_being_sent_when_the_service_died_is_unknown_and_the_printer_is_cleared(
    opener: Opener,
) -> None:
    office = opener(hall=None)
    (ticket,) = office.take()
    assert office.workers["hall"]._queue.claim() is not None
    office.run()
    assert office.outcome(ticket) == (PrintState.UNKNOWN, "interrupted")
    assert office.printers["hall"].distrusted == 1
    office.run()
    assert office.printers["hall"].distrusted == 1, "once"


def test_a_printer_whose_last_slip_was_proven_is_trusted_after_a_start(office: PrintOffice) -> None:
    office.take()
    office.run()
    office.workers["hall"].close()
    again = PrintWorker(office.app, office.app.configuration.printer[0])
    again.run_once()
    assert office.printers["hall"].distrusted == 0


def test_a_trial_in_which_the_service_died_leaves_a_mark_and_the_printer_is_cleared(
    office: PrintOffice, printer: FakePrinter
) -> None:
    places.trial_mark("hall").touch()
    office.workers["hall"].close()
    PrintWorker(office.app, office.app.configuration.printer[0]).run_once()
    assert printer.distrusted == 1


@pytest.mark.parametrize(
    ("outcome", "stays"),
    [
        (PrintOutcome("PRINTED"), False),
        (PrintOutcome("UNKNOWN", "no_proof"), False),
        (PrintOutcome("UNKNOWN", "deadline"), True),
    ],
)
def test_the_mark_of_a_trial_goes_with_the_first_whole_slip(
    office: PrintOffice, printer: FakePrinter, outcome: PrintOutcome, stays: bool
) -> None:
    places.trial_mark("hall").touch()
    printer.outcomes = [outcome]
    office.take()
    office.run()
    assert places.trial_mark("hall").exists() is stays


# ---- idle
def test_an_idle_printer_is_polled_once_a_second_and_fills_its_memory_between(
    office: PrintOffice, printer: FakePrinter
) -> None:
    printer.more_to_prepare = printer.prepared + 2
    polls = printer.polls
    assert [office.run(), office.run(), office.run()] == [True, True, False]
    assert printer.polls == polls
    office.clock.passes(1.01)
    office.run()
    assert printer.polls == polls + 1
    office.take()
    prepared = printer.prepared
    office.run()
    assert printer.prepared == prepared, "a slip that waits comes first"


def test_an_idle_worker_waits_until_it_is_wakened(
    office: PrintOffice, printer: FakePrinter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kiosk.printing.worker.IDLE_S", 60.0)
    worker, before = office.workers["hall"], printer.prepared
    worker.start()
    for rounds in (before + 1, before + 2):
        assert until(lambda: printer.prepared >= rounds)  # noqa: B023
        assert not until(lambda: printer.prepared > rounds + 1, 0.3), "it does not go round for nothing"  # noqa: B023
        worker.wake()
    worker.stop()
    worker.join(10)


def test_a_worker_that_is_stopped_closes_its_line_at_once(
    office: PrintOffice, printer: FakePrinter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kiosk.printing.worker.IDLE_S", 60.0)
    worker = office.workers["hall"]
    worker.start()
    office.app.store.after_commit.append(worker.wake)
    (ticket,) = office.take()
    worker.wake()
    worker.stop()
    worker.join(10)
    assert not worker.is_alive() and printer.closed
    assert office.outcome(ticket) in {PRINTED, (PrintState.QUEUED, None)}


def test_a_printer_whose_profile_cannot_be_used_prints_nothing_and_says_so(
    office: PrintOffice, caplog: pytest.LogCaptureFixture
) -> None:
    section = office.app.configuration.printer[0].model_copy(update={"profile": "brother", "width_dots": 384})
    opened = open_printer(section, office.clock.monotonic)
    assert 'there is no profile "brother"' in caplog.text
    assert opened.status() == Status("UNKNOWN", "unsupported") and opened.width == 384
    assert open_printer(office.app.configuration.printer[0], office.clock.monotonic).width == 576
