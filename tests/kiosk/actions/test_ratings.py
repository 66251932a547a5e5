"""Rating: at most one a served ticket, within the window, from whoever may rate it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.actions import calling, ratings
from kiosk.actions.ratings import Rater, RatingInput
from kiosk.domain.errors import (
    AlreadyRated,
    BadRequest,
    Forbidden,
    NotServed,
    TooLate,
    UnknownRating,
    UnknownTicket,
)
from kiosk.domain.rating import Rating
from kiosk.domain.ticket import Ticket
from kiosk.domain.tokens import hash_token
from tests.kiosk.actions.memory import MINUTE, MemoryUnit
from tests.kiosk.actions.test_calling import called

TABLET = Rater("tablet", "tablet-1", "1")


@pytest.fixture
def unit() -> MemoryUnit:
    return MemoryUnit()


def served(unit: MemoryUnit, code: str = "1") -> Ticket:
    unit.passes(MINUTE)
    ticket = called(unit, code)
    unit.passes(MINUTE)
    return calling.complete(unit, ticket.id)


def tap(unit: MemoryUnit, ticket: Ticket, ago: int = 0, level: str = "fair", comment: str | None = None) -> RatingInput:
    return RatingInput(ticket.id, {"attitude": level}, ("slow",), comment, unit.now - ago)


def test_a_rating_is_kept_with_who_served_and_is_one_event(unit: MemoryUnit) -> None:
    ticket = served(unit)
    unit.passes(MINUTE)
    rating = ratings.submit_rating(unit, tap(unit, ticket, ago=1_000), TABLET)
    assert unit.ratings.get(rating) == Rating(
        id=rating,
        ticket=ticket.id,
        counter="1",
        clerk=None,
        service="HT",
        question="attitude",
        level="fair",
        reasons=("slow",),
        tapped_at=unit.now - 1_000,
        stored_at=unit.now,
        business_date="2024-04-15",
        device="tablet-1",
    )
    after = unit.tickets.get(ticket.id)
    assert (after.rated, after.version) == (True, ticket.version + 1)
    kind, subject, data = unit.events[-1]
    assert (kind, subject) == ("rating.submitted", ticket.id)
    assert (data["rating"], data["answers"], data["reasons"]) == (rating, {"attitude": "fair"}, ["slow"])


def test_a_comment_lies_apart_from_the_journal(unit: MemoryUnit) -> None:
    ticket = served(unit)
    rating = ratings.submit_rating(unit, tap(unit, ticket, comment="cảm ơn"), TABLET)
    assert [row[1:] for row in unit.free_texts.rows] == [("comment", rating, "cảm ơn", unit.now)]
    assert "cảm ơn" not in str(unit.events)


@pytest.mark.parametrize("comment", [None, ""])
def test_no_comment_is_kept_where_none_was_written(unit: MemoryUnit, comment: str | None) -> None:
    ratings.submit_rating(unit, tap(unit, served(unit), comment=comment), TABLET)
    assert unit.free_texts.rows == []


def test_a_ticket_is_rated_once(unit: MemoryUnit) -> None:
    ticket = served(unit)
    ratings.submit_rating(unit, tap(unit, ticket), TABLET)
    with pytest.raises(AlreadyRated):
        ratings.submit_rating(unit, tap(unit, ticket), TABLET)


def test_answers_that_the_survey_does_not_hold_are_refused(unit: MemoryUnit) -> None:
    ticket = served(unit)
    with pytest.raises(BadRequest):
        ratings.submit_rating(unit, tap(unit, ticket, level="great"), TABLET)
    with pytest.raises(BadRequest):
        ratings.submit_rating(unit, RatingInput(ticket.id, {"attitude": "bad"}, ("x",), None, unit.now), TABLET)


def test_a_ticket_being_served_is_not_rated(unit: MemoryUnit) -> None:
    with pytest.raises(NotServed):
        ratings.submit_rating(unit, tap(unit, called(unit)), TABLET)


@pytest.mark.parametrize(("waited", "ago", "taken"), [(15, 0, True), (16, 0, False), (16, 2, True), (600, 590, True)])
def test_the_window_is_judged_at_the_tap(unit: MemoryUnit, waited: int, ago: int, taken: bool) -> None:
    ticket = served(unit)
    unit.passes(waited * MINUTE)
    if taken:
        ratings.submit_rating(unit, tap(unit, ticket, ago * MINUTE), TABLET)
        return
    with pytest.raises(TooLate):
        ratings.submit_rating(unit, tap(unit, ticket, ago * MINUTE), TABLET)


@pytest.mark.parametrize(("before_the_end", "taken"), [(0, True), (5_000, True), (5_001, False)])
def test_a_tap_before_the_end_of_service_is_not_taken(unit: MemoryUnit, before_the_end: int, taken: bool) -> None:
    ticket = served(unit)
    if taken:
        ratings.submit_rating(unit, tap(unit, ticket, before_the_end), TABLET)
        return
    with pytest.raises(NotServed, match="A001 was still being served at the tap") as refused:
        ratings.submit_rating(unit, tap(unit, ticket, before_the_end), TABLET)
    assert refused.value.facts == {"number": "A001"}


def test_a_tablet_rates_only_what_its_counter_served(unit: MemoryUnit) -> None:
    ticket = served(unit, "2")
    with pytest.raises(Forbidden, match="A001 was not served at counter 1") as refused:
        ratings.submit_rating(unit, tap(unit, ticket), TABLET)
    assert refused.value.facts == {"counter": "1"}
    assert not unit.tickets.get(ticket.id).rated
    ratings.submit_rating(unit, tap(unit, ticket), Rater("tablet", "tablet-2", "2"))


def test_a_tablet_of_no_counter_rates_nothing_without_a_token(unit: MemoryUnit) -> None:
    ticket, tablet = served(unit), Rater("tablet", "tablet-9", None)
    with pytest.raises(Forbidden, match="pair this tablet with a counter"):
        ratings.submit_rating(unit, tap(unit, ticket), tablet)
    token = ratings.make_rating_token(unit, ticket.id)
    assert ratings.submit_rating(unit, tap(unit, ticket), replace(tablet, token=token))


@pytest.mark.parametrize(("ago", "taken"), [(0, False), (MINUTE, False), (2 * MINUTE, True), (3 * MINUTE, True)])
def test_a_tablet_rates_what_its_counter_served_last_at_the_tap(unit: MemoryUnit, ago: int, taken: bool) -> None:
    first = served(unit)
    unit.passes(2 * MINUTE)
    served(unit, "2")
    second = served(unit)  # four minutes behind the other
    unit.passes(2 * MINUTE)
    assert (second.ended_at or 0) - (first.ended_at or 0) == 6 * MINUTE
    if taken:
        assert ratings.submit_rating(unit, tap(unit, first, ago), TABLET)
        return
    with pytest.raises(Forbidden, match="A001 is not the last that counter 1 served"):
        ratings.submit_rating(unit, tap(unit, first, ago), TABLET)


@pytest.mark.parametrize("role", ["kiosk", "none", "counter"])
def test_whoever_is_no_tablet_needs_the_token_of_the_ticket(unit: MemoryUnit, role: str) -> None:
    ticket, other = served(unit), served(unit, "2")
    token = ratings.make_rating_token(unit, ticket.id)
    with pytest.raises(Forbidden, match="send the rating_token of the ticket"):
        ratings.submit_rating(unit, tap(unit, ticket), Rater(role, "someone"))
    for wrong in ("guessed", "", ratings.make_rating_token(unit, other.id)):
        with pytest.raises(Forbidden, match="the rating token does not belong to this ticket"):
            ratings.submit_rating(unit, tap(unit, ticket), Rater(role, "someone", token=wrong))
    assert ratings.submit_rating(unit, tap(unit, ticket), Rater(role, "someone", token=token))


def test_a_token_is_checked_also_when_a_tablet_sends_it(unit: MemoryUnit) -> None:
    ticket = served(unit, "2")
    with pytest.raises(Forbidden):
        ratings.submit_rating(unit, tap(unit, ticket), replace(TABLET, token="guessed"))
    token = ratings.make_rating_token(unit, ticket.id)
    assert ratings.submit_rating(unit, tap(unit, ticket), replace(TABLET, token=token))


def test_only_the_hash_of_a_rating_token_is_kept(unit: MemoryUnit) -> None:
    ticket = served(unit)
    token = ratings.make_rating_token(unit, ticket.id)
    assert unit.ratings.tokens == {hash_token(token): (ticket.id, unit.now)}


def test_no_token_is_made_for_a_ticket_that_cannot_be_rated(unit: MemoryUnit) -> None:
    ticket = called(unit)
    with pytest.raises(NotServed):
        ratings.make_rating_token(unit, ticket.id)
    calling.complete(unit, ticket.id)
    unit.passes(16 * MINUTE)
    with pytest.raises(TooLate):
        ratings.make_rating_token(unit, ticket.id)


def test_a_token_is_over_for_touches_after_a_day_although_nobody_swept_it_away(unit: MemoryUnit) -> None:
    ticket = served(unit)
    token = ratings.make_rating_token(unit, ticket.id)
    unit.passes(24 * 60 * MINUTE + 1)
    with pytest.raises(Forbidden, match="does not belong to this ticket"):
        ratings.submit_rating(unit, tap(unit, ticket), Rater("none", "anonymous", token=token))


def test_what_was_touched_in_time_is_taken_for_a_month(unit: MemoryUnit) -> None:
    ticket = served(unit)
    token = ratings.make_rating_token(unit, ticket.id)
    in_time = tap(unit, ticket)  # it lay in the phone since
    unit.passes(31 * 24 * 60 * MINUTE + 1)
    with pytest.raises(Forbidden, match="does not belong to this ticket"):
        ratings.submit_rating(unit, in_time, Rater("none", "anonymous", token=token))
    unit.passes(-1)
    assert ratings.submit_rating(unit, in_time, Rater("none", "anonymous", token=token))


def test_a_phone_gets_a_token_by_the_address_of_its_ticket(unit: MemoryUnit) -> None:
    ticket = served(unit)
    found, token = ratings.make_rating_token_for_phone(unit, ticket.public_token)
    assert (found.id, unit.ratings.ticket_of_token(hash_token(token))) == (ticket.id, ticket.id)
    with pytest.raises(UnknownTicket, match="this address is not of a ticket of today"):
        ratings.make_rating_token_for_phone(unit, "123456789abc")
    unit.state.business_date = "2024-04-16"
    with pytest.raises(UnknownTicket):
        ratings.make_rating_token_for_phone(unit, ticket.public_token)


@pytest.mark.parametrize(("later", "taken"), [(0, True), (60_000, True), (60_001, False)])
def test_reasons_follow_within_a_minute(unit: MemoryUnit, later: int, taken: bool) -> None:
    ticket = served(unit)
    rating = ratings.submit_rating(unit, tap(unit, ticket), TABLET)
    unit.passes(later)
    if not taken:
        with pytest.raises(TooLate, match="reasons can be given within a minute"):
            ratings.give_reasons(unit, rating, ["rude"], TABLET)
        return
    assert ratings.give_reasons(unit, rating, ["rude", "slow"], TABLET).id == ticket.id
    stored = unit.ratings.get(rating)
    assert stored is not None and stored.reasons == ("rude", "slow")
    kind, subject, data = unit.events[-1]
    assert (kind, subject, data["rating"]) == ("rating.reasons_given", ticket.id, rating)
    assert (data["answers"], data["reasons"]) == ({"attitude": "fair"}, ["rude", "slow"])


def test_reasons_come_from_the_device_that_rated(unit: MemoryUnit) -> None:
    rating = ratings.submit_rating(unit, tap(unit, served(unit)), TABLET)
    for rated, device in ((rating, "tablet-2"), ("unknown", "tablet-1")):
        with pytest.raises(UnknownRating, match="there is no such rating from this device"):
            ratings.give_reasons(unit, rated, ["rude"], Rater("tablet", device, "1"))


@pytest.mark.parametrize("reasons", [[], ["cold"], ["slow", "slow"]])
def test_reasons_are_those_of_the_survey(unit: MemoryUnit, reasons: list[str]) -> None:
    rating = ratings.submit_rating(unit, tap(unit, served(unit)), TABLET)
    with pytest.raises(BadRequest):
        ratings.give_reasons(unit, rating, reasons, TABLET)


def rated_by_phone(unit: MemoryUnit) -> tuple[str, Rater]:
    ticket = served(unit)
    _, token = ratings.make_rating_token_for_phone(unit, ticket.public_token)
    phone = Rater("none", "anonymous", token=token)
    return ratings.submit_rating(unit, tap(unit, ticket), phone), phone


def test_whoever_knows_the_id_of_a_phones_rating_cannot_give_its_reasons(unit: MemoryUnit) -> None:
    other = ratings.make_rating_token(unit, served(unit).id)
    rating, phone = rated_by_phone(unit)
    for stranger in (Rater("none", "anonymous"), Rater("none", "anonymous", token=other), TABLET):
        with pytest.raises(UnknownRating):
            ratings.give_reasons(unit, rating, ["rude"], stranger)
        with pytest.raises(UnknownRating):
            ratings.give_remark(unit, rating, "x", stranger)
    ratings.give_reasons(unit, rating, ["rude"], phone)


def test_a_phones_token_is_not_kept_beside_its_rating(unit: MemoryUnit) -> None:
    rating, phone = rated_by_phone(unit)
    stored = unit.ratings.get(rating)
    assert stored is not None and phone.token is not None and phone.token not in stored.device
    assert stored.device.startswith("phone/")


@pytest.mark.parametrize(("later", "taken"), [(0, True), (10 * MINUTE, True), (10 * MINUTE + 1, False)])
def test_a_remark_follows_within_ten_minutes_and_lies_apart(unit: MemoryUnit, later: int, taken: bool) -> None:
    rating = ratings.submit_rating(unit, tap(unit, served(unit)), TABLET)
    unit.passes(later)
    if not taken:
        with pytest.raises(TooLate, match="a remark can be given within ten minutes"):
            ratings.give_remark(unit, rating, "đợi lâu", TABLET)
        return
    ratings.give_remark(unit, rating, "đợi", TABLET)
    ratings.give_remark(unit, rating, "đợi lâu", TABLET)
    assert [row[1:4] for row in unit.free_texts.rows] == [("comment", rating, "đợi lâu")]
    assert "đợi" not in str(unit.events)


DAY = 24 * 60 * MINUTE


@pytest.mark.parametrize(
    ("given_at", "delivered", "taken"), [(MINUTE, 3 * DAY, True), (9 * MINUTE, DAY, True), (11 * MINUTE, DAY, False)]
)
def test_words_that_lay_on_a_device_are_judged_at_the_time_they_were_given(
    unit: MemoryUnit, given_at: int, delivered: int, taken: bool
) -> None:
    rating = ratings.submit_rating(unit, tap(unit, served(unit)), TABLET)
    unit.passes(delivered)
    if not taken:
        with pytest.raises(TooLate):
            ratings.give_remark(unit, rating, "đợi lâu", TABLET, delivered - given_at)
        return
    ratings.give_remark(unit, rating, "đợi lâu", TABLET, delivered - given_at)
    assert [row[1:4] for row in unit.free_texts.rows] == [("comment", rating, "đợi lâu")]


@pytest.mark.parametrize(("delivered", "late"), [(DAY, False), (3 * DAY, True)])
def test_reasons_that_lay_on_a_device_for_more_than_a_day_say_so(unit: MemoryUnit, delivered: int, late: bool) -> None:
    rating = ratings.submit_rating(unit, tap(unit, served(unit)), TABLET)
    unit.passes(delivered)
    ratings.give_reasons(unit, rating, ["slow"], TABLET, delivered - MINUTE)
    kind, _, data = unit.events[-1]
    assert (kind, data["reasons"], data.get("late", False)) == ("rating.reasons_given", ["slow"], late)
    with pytest.raises(TooLate):
        ratings.give_reasons(unit, rating, ["rude"], TABLET, delivered - MINUTE - 1)


def test_a_kiosk_gets_a_token_by_a_number_of_today_within_its_window(unit: MemoryUnit) -> None:
    ticket = served(unit)
    owner, token = ratings.make_rating_token_by_number(unit, ticket.number)
    assert (owner.id, unit.ratings.ticket_of_token(hash_token(token))) == (ticket.id, ticket.id)
    with pytest.raises(UnknownTicket, match="there is no number A099 today"):
        ratings.make_rating_token_by_number(unit, "A099")
    unit.passes(16 * MINUTE)
    with pytest.raises(TooLate):
        ratings.make_rating_token_by_number(unit, ticket.number)
