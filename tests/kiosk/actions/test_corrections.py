"""Corrections are events of their own, by two persons; what they correct stays."""

from __future__ import annotations

import pytest

from kiosk.actions.corrections import correct_event
from kiosk.domain.errors import BadRequest
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
