"""The survey: which answers it takes, and when a ticket may be rated."""

from __future__ import annotations

import pytest

from contract.tickets import TicketState
from kiosk.domain.errors import AlreadyRated, BadRequest, NotServed, TooLate
from kiosk.domain.survey import MAX_TAP_AGE_MS, REASONS_WINDOW_MS, REMARK_WINDOW_MS, FurtherQuestion, Survey
from kiosk.domain.ticket import Ticket

SURVEY = Survey("attitude", ("good", "fair", "bad"), frozenset({"slow", "rude"}), 15 * 60_000)
ENDED = 10_000_000
SERVED = Ticket("t1", "A012", "HT", "HT", TicketState.COMPLETED, "2024-04-15", 1, 1, "s:HT", ended_at=ENDED)


@pytest.mark.parametrize("level", ["good", "fair", "bad"])
@pytest.mark.parametrize("reasons", [[], ["slow"], ["rude", "slow"]])
def test_a_level_with_known_reasons_is_taken(level: str, reasons: list[str]) -> None:
    SURVEY.check_answers({"attitude": level}, reasons)


@pytest.mark.parametrize(
    ("answers", "reasons", "why"),
    [
        ({}, [], 'answers must hold exactly the question "attitude"'),
        ({"speed": "good"}, [], "exactly the question"),
        ({"attitude": "good", "speed": "good"}, [], "exactly the question"),
        ({"attitude": "great"}, [], '"great" is not a level; levels: good, fair, bad'),
        ({"attitude": "bad"}, ["slow", "cold", "ugly"], "^unknown reasons: cold, ugly$"),
        ({"attitude": "bad"}, ["slow", "slow"], "a reason stands twice"),
    ],
)
def test_what_the_survey_does_not_hold_is_refused(answers: dict[str, str], reasons: list[str], why: str) -> None:
    with pytest.raises(BadRequest, match=why):
        SURVEY.check_answers(answers, reasons)


PAGE = (FurtherQuestion("contacts", "Mấy lần?", {"none": "Không", "one": "Một"}),)
TWO_PAGES = Survey("attitude", ("good", "bad"), further=PAGE)


@pytest.mark.parametrize("answers", [{"attitude": "bad"}, {"contacts": "one", "attitude": "good"}])
def test_the_second_page_may_be_answered(answers: dict[str, str]) -> None:
    TWO_PAGES.check_answers(answers, [])


@pytest.mark.parametrize(
    ("answers", "why"),
    [
        ({"contacts": "one"}, 'exactly the question "attitude", beside it only contacts'),
        ({"attitude": "good", "speed": "one"}, "beside it only contacts"),
        ({"attitude": "good", "contacts": "good"}, '"good" does not answer "contacts"; choices: none, one'),
    ],
)
def test_the_second_page_alone_and_what_it_does_not_hold_are_refused(answers: dict[str, str], why: str) -> None:
    with pytest.raises(BadRequest, match=why):
        TWO_PAGES.check_answers(answers, [])


@pytest.mark.parametrize("state", sorted(set(TicketState) - {TicketState.COMPLETED}))
def test_only_a_served_ticket_is_rated(state: TicketState) -> None:
    with pytest.raises(NotServed, match=f"A012 is {state.value}, its service has not ended") as refused:
        SURVEY.check_ratable(SERVED._replace(state=state), ENDED)
    assert refused.value.facts == {"number": "A012"}


def test_a_service_without_an_end_is_not_rated() -> None:
    with pytest.raises(NotServed):
        SURVEY.check_ratable(SERVED._replace(ended_at=None), ENDED)


def test_a_ticket_is_rated_once() -> None:
    with pytest.raises(AlreadyRated, match="A012 has been rated") as refused:
        SURVEY.check_ratable(SERVED._replace(rated=True), ENDED)
    assert refused.value.facts == {"number": "A012"}


@pytest.mark.parametrize("after", [0, 1, 15 * 60_000])
def test_a_rating_is_taken_within_the_window(after: int) -> None:
    SURVEY.check_ratable(SERVED, ENDED + after)


def test_a_rating_after_the_window_is_too_late() -> None:
    with pytest.raises(TooLate, match="A012 was served more than 15 minutes ago") as refused:
        SURVEY.check_ratable(SERVED, ENDED + 15 * 60_000 + 1)
    assert refused.value.facts == {"number": "A012"}


def test_a_survey_of_which_nothing_else_is_said_has_no_reasons_and_a_window_of_a_quarter_of_an_hour() -> None:
    plain = Survey("attitude", ("good", "bad"))
    plain.check_answers({"attitude": "bad"}, [])
    plain.check_ratable(SERVED, ENDED + 900_000)
    with pytest.raises(TooLate):
        plain.check_ratable(SERVED, ENDED + 900_001)
    with pytest.raises(BadRequest):
        plain.check_reasons(["slow"])


def test_taps_of_a_day_count_and_reasons_follow_within_a_minute() -> None:
    assert (MAX_TAP_AGE_MS, REASONS_WINDOW_MS, REMARK_WINDOW_MS) == (86_400_000, 60_000, 600_000)
    SURVEY.check_reasons(["slow"])
