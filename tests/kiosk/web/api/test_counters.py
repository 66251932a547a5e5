"""A clerk finishes and leaves with one call."""

from __future__ import annotations

import pytest

from tests.office import OfficeStory

FINISH = "/api/v1/counters/1/finish"


@pytest.mark.parametrize(("then", "state"), [("pause", "PAUSED"), ("close", "CLOSED")])
def test_a_counter_is_finished_and_left_in_one_call(small_office: OfficeStory, then: str, state: str) -> None:
    ticket = small_office.take_number()
    small_office.call_next("1")
    answer = small_office.send("POST", FINISH, "counter", {"then": then}, counter="1")
    assert answer.status_code == 200 and answer.json is not None
    assert (answer.json["state"], answer.json["ticket"], answer.json["undo_ticket"]) == (state, None, ticket.id)
    assert small_office.types()[-2:] == ["ticket.completed", f"counter.{state.lower()}"]


def test_another_counter_is_not_finished(small_office: OfficeStory) -> None:
    answer = small_office.send("POST", FINISH, "counter", {"then": "pause"}, counter="2")
    assert answer.status_code == 403


@pytest.mark.parametrize("body", [{}, {"then": "lunch"}])
def test_what_follows_must_be_named(small_office: OfficeStory, body: dict[str, str]) -> None:
    answer = small_office.send("POST", FINISH, "counter", body, counter="1")
    assert answer.status_code == 400
