"""Corrections are events of their own, by two persons; what they correct stays."""

from __future__ import annotations

import pytest

from kiosk.actions.corrections import approve_correction, ask_for_correction, correct_event, decline_correction
from kiosk.domain.errors import AskedAlready, BadRequest, SecondPersonNeeded, UnknownCorrection
from kiosk.domain.events.office import DayOpened
from tests.kiosk.actions.memory import MemoryUnit
from tests.office import OfficeStory


def test_two_persons_say_that_an_event_is_wrong_and_it_stays(small_office: OfficeStory) -> None:
    small_office.take_number()
    before = small_office.events()
    wrong = next(event for event in before if event["type"] == "ticket.issued")
    with small_office.unit("admin") as unit:
        assert correct_event(unit, wrong["seq"], "mistake", ("Hoa", "Lan")) == "ticket.issued"
    after = small_office.events()
    assert after[:-1] == before
    assert after[-1]["data"] == {
        "corrects": wrong["id"],
        "seq": wrong["seq"],
        "reason": "mistake",
        "confirmed_by": ["Hoa", "Lan"],
    }


@pytest.mark.parametrize(
    ("seq", "reason", "people"),
    [
        (1, "mistake", ("Hoa", "Hoa")),
        (1, "ông An nói thế", ("Hoa", "Lan")),
        (0, "mistake", ("Hoa", "Lan")),
        (99, "mistake", ("Hoa", "Lan")),
    ],
)
def test_one_person_words_or_no_event_correct_nothing(
    small_office: OfficeStory, seq: int, reason: str, people: tuple[str, str]
) -> None:
    before = small_office.events()
    with pytest.raises(BadRequest), small_office.unit("admin") as unit:
        correct_event(unit, seq, reason, people)
    assert small_office.events() == before


@pytest.fixture
def unit() -> MemoryUnit:
    """An office whose journal has one event, e1."""
    office = MemoryUnit()
    office.record(DayOpened("ba-vi", "2024-04-15"))
    return office


def test_what_one_person_asks_is_no_event_until_another_agrees(unit: MemoryUnit) -> None:
    assert ask_for_correction(unit, 1, "mistake", "Hoa") == "e1"
    assert unit.types() == ["office.day_opened"]
    with pytest.raises(SecondPersonNeeded):
        approve_correction(unit, "e1", "Hoa")
    approve_correction(unit, "e1", "Lan")
    kind, subject, data = unit.events[-1]
    assert (kind, subject) == ("access.corrected", "e1")
    assert data == {"corrects": "e1", "seq": 1, "reason": "mistake", "confirmed_by": ["Hoa", "Lan"]}
    with pytest.raises(UnknownCorrection):
        approve_correction(unit, "e1", "Lan")


def test_what_is_taken_back_or_declined_was_never_wrong(unit: MemoryUnit) -> None:
    ask_for_correction(unit, 1, "other", "Hoa")
    decline_correction(unit, "e1")
    assert unit.types() == ["office.day_opened"]
    with pytest.raises(UnknownCorrection):
        approve_correction(unit, "e1", "Lan")


def test_an_event_is_called_wrong_by_one_person_at_a_time_and_a_code_says_why(unit: MemoryUnit) -> None:
    ask_for_correction(unit, 1, "mistake", "Hoa")
    with pytest.raises(AskedAlready):
        ask_for_correction(unit, 1, "mistake", "Lan")
    for seq, reason in ((1, "vì tôi bảo thế"), (0, "mistake"), (9, "mistake")):
        with pytest.raises(BadRequest):
            ask_for_correction(unit, seq, reason, "Lan")


def test_what_was_asked_before_a_restore_corrects_nothing_behind_it(unit: MemoryUnit) -> None:
    ask_for_correction(unit, 1, "mistake", "Hoa")
    unit.begin_epoch("restored")
    with pytest.raises(BadRequest, match="begun anew"):
        approve_correction(unit, "e1", "Lan")
    decline_correction(unit, "e1")


def test_two_at_the_machine_settle_what_waited(unit: MemoryUnit) -> None:
    ask_for_correction(unit, 1, "mistake", "Hoa")
    correct_event(unit, 1, "mistake", ("Mai", "Lan"))
    with pytest.raises(UnknownCorrection):
        decline_correction(unit, "e1")
