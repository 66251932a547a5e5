"""What each bit of an answer means, by the tables of the makers' command references."""

from __future__ import annotations

import pytest

from ticket_printer.protocol.replies import Automatic, FullStatus
from ticket_printer.protocol.status import Status, from_answers, from_automatic

WELL = {1: 0x12, 2: 0x12, 3: 0x12, 4: 0x12}


def bit(question: int, bits: int) -> dict[int, int]:
    return {**WELL, question: 0x12 | bits}


@pytest.mark.parametrize(
    ("question", "bits", "reason"),
    [
        (1, 0x04, None),  # drawer pin
        (1, 0x08, "offline"),
        (1, 0x20, "offline"),  # waits for its button
        (1, 0x40, "offline"),  # feed button held
        (2, 0x04, "cover_open"),
        (2, 0x08, "offline"),  # fed by the button
        (2, 0x20, "paper_out"),
        (2, 0x40, "offline"),  # an error
        (3, 0x04, "offline"),  # a mechanical error
        (3, 0x08, "cutter"),
        (3, 0x20, "offline"),  # an error that cannot be recovered
        (3, 0x40, "overheat"),
        (4, 0x20, "paper_out"),
        (4, 0x40, "paper_out"),
        (4, 0x60, "paper_out"),
    ],
)
def test_each_bit_of_the_four_answers_has_its_meaning(question: int, bits: int, reason: str | None) -> None:
    expected = Status("OK") if reason is None else Status("FAULT", reason)
    assert from_answers(bit(question, bits)) == expected


@pytest.mark.parametrize("bits", [0x04, 0x08, 0x0C])
def test_the_near_end_of_the_roll_is_a_warning_and_no_fault(bits: int) -> None:
    assert from_answers(bit(4, bits)) == Status("OK", None, near_end=True)


@pytest.mark.parametrize(
    ("answers", "reason"),
    [
        ({1: 0x1A, 2: 0x36, 3: 0x1A, 4: 0x72}, "cover_open"),  # also no paper, a jam, offline
        ({1: 0x1A, 2: 0x72, 3: 0x5A, 4: 0x72}, "paper_out"),  # also a jam and a hot head
        ({1: 0x1A, 2: 0x52, 3: 0x5A, 4: 0x12}, "cutter"),  # also a hot head
        ({1: 0x1A, 2: 0x52, 3: 0x52, 4: 0x12}, "overheat"),  # also offline
    ],
)
def test_of_several_causes_the_first_to_act_on_is_told(answers: dict[int, int], reason: str) -> None:
    assert from_answers(answers) == Status("FAULT", reason)


@pytest.mark.parametrize("missing", [1, 2, 3, 4])
def test_an_answer_that_did_not_come_leaves_a_printer_that_told_no_fault_unknown(missing: int) -> None:
    answers = {question: byte for question, byte in WELL.items() if question != missing}
    assert from_answers(answers) == Status("UNKNOWN", "no_answer")
    assert from_answers({}) == Status("UNKNOWN", "no_answer"), "silence is never OK"


def test_a_fault_counts_whatever_was_left_unanswered() -> None:
    assert from_answers({2: 0x16}) == Status("FAULT", "cover_open")
    assert from_answers({4: 0x1E}) == Status("UNKNOWN", "no_answer", near_end=True)


@pytest.mark.parametrize(
    ("data", "status"),
    [
        ("10 00 00 0f", Status("OK")),
        ("14 00 00 0f", Status("OK")),
        ("18 00 00 0f", Status("FAULT", "offline")),
        ("50 00 00 0f", Status("FAULT", "offline")),
        ("30 00 00 0f", Status("FAULT", "cover_open")),
        ("10 01 00 0f", Status("FAULT", "offline")),
        ("10 02 00 0f", Status("FAULT", "offline")),
        ("10 04 00 0f", Status("FAULT", "offline")),
        ("10 08 00 0f", Status("FAULT", "cutter")),
        ("10 20 00 0f", Status("FAULT", "offline")),
        ("10 40 00 0f", Status("FAULT", "overheat")),
        ("10 00 01 0f", Status("OK", None, near_end=True)),
        ("10 00 02 0f", Status("OK", None, near_end=True)),
        ("10 00 04 0f", Status("FAULT", "paper_out")),
        ("18 00 0f 0f", Status("FAULT", "paper_out", near_end=True)),
        ("38 40 0c 0f", Status("FAULT", "cover_open")),
    ],
)
def test_each_bit_of_a_report_has_its_meaning(data: str, status: Status) -> None:
    assert from_automatic(Automatic(bytes.fromhex(data))) == status


@pytest.mark.parametrize(
    ("data", "status"),
    [
        ("00 00 00 00", Status("OK")),
        ("01 00 00 00", Status("FAULT", "paper_out")),
        ("04 00 00 00", Status("OK", None, near_end=True)),
        ("20 00 00 00", Status("OK", None, slip_waiting=True)),
        ("21 00 00 00", Status("FAULT", "paper_out", slip_waiting=True)),
        ("00 01 00 00", Status("FAULT", "cover_open")),
        ("00 02 00 00", Status("FAULT", "cover_open")),
        ("00 00 01 00", Status("FAULT", "overheat")),
        ("00 00 02 00", Status("FAULT", "offline")),
        ("00 00 08 00", Status("FAULT", "offline")),
        ("00 00 40 00", Status("FAULT", "cutter")),
        ("00 00 20 00", Status("OK")),  # an order that it did not understand
        ("00 00 80 00", Status("OK")),  # a mark that it did not find
        ("00 00 00 01", Status("FAULT", "cutter")),
        ("00 00 00 02", Status("FAULT", "cutter")),
        ("00 00 00 04", Status("FAULT", "offline")),
        ("00 00 00 08", Status("FAULT", "offline")),
    ],
)
def test_each_bit_of_a_presenters_own_answer_has_its_meaning(data: str, status: Status) -> None:
    assert from_answers(WELL, FullStatus(bytes.fromhex(data))) == status


def test_the_cause_to_act_on_is_chosen_among_both_kinds_of_answers() -> None:
    jam = FullStatus(bytes.fromhex("00 00 40 00"))
    assert from_answers(bit(2, 0x04), jam) == Status("FAULT", "cover_open")
    assert from_answers(bit(1, 0x08), jam) == Status("FAULT", "cutter")
    assert from_answers({1: 0x12}, FullStatus(bytes.fromhex("24 00 00 00"))) == Status(
        "UNKNOWN", "no_answer", near_end=True, slip_waiting=True
    )


@pytest.mark.parametrize(
    ("status", "still"),
    [
        (Status("OK"), False),
        (Status("FAULT", "paper_out"), True),
        (Status("FAULT", "overheat"), False),
        (Status("UNKNOWN", "no_answer"), False),
    ],
)
def test_a_hot_head_ends_by_itself_and_other_faults_wait_for_somebody(status: Status, still: bool) -> None:
    assert status.stands_still is still
