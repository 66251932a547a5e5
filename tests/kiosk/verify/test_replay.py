"""A ticket replayed from its events: times, places and what an undo takes back."""

from __future__ import annotations

from typing import Any

import pytest

from kiosk.verify.replay import TicketEvents, ms, replay
from tests.kiosk.verify.events import EIGHT_MS, absent, at, called, completed, event, issued, started

MINUTE = 60_000


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1970-01-01T00:00:00.000Z", 0),
        ("1970-01-01T00:00:01.250Z", 1250),
        ("2024-04-15T01:00:00.000Z", EIGHT_MS),
        ("2024-02-29T23:59:59.999Z", 1_709_251_199_999),
    ],
)
def test_a_time_is_read_to_the_millisecond(text: str, expected: int) -> None:
    assert ms(text) == expected


def test_a_ticket_that_only_waits_has_no_counter_and_no_times() -> None:
    ticket = replay([issued(3)])
    assert (ticket.number, ticket.issued_service, ticket.service, ticket.state) == ("A001", "HT", "HT", "WAITING")
    assert ticket.issued_at == EIGHT_MS + 3 * MINUTE
    assert (ticket.counter, ticket.first_called_at, ticket.serving_at, ticket.ended_at, ticket.calls) == (
        None,
        None,
        None,
        None,
        0,
    )


def test_a_whole_visit_has_the_times_of_its_steps() -> None:
    ticket = replay([issued(), called(10), started(12), completed(20)])
    assert ticket.first_called_at == EIGHT_MS + 10 * MINUTE
    assert ticket.serving_at == EIGHT_MS + 12 * MINUTE
    assert ticket.ended_at == EIGHT_MS + 20 * MINUTE
    assert (ticket.state, ticket.counter, ticket.calls) == ("COMPLETED", "1", 1)


def test_completed_straight_from_the_call_counts_from_the_call() -> None:
    assert replay([issued(), called(10), completed(20)]).serving_at == EIGHT_MS + 10 * MINUTE


def test_an_absent_citizen_was_never_served() -> None:
    ticket = replay([issued(), called(10), absent(15)])
    assert (ticket.serving_at, ticket.ended_at) == (None, EIGHT_MS + 15 * MINUTE)


def test_a_recall_counts_and_leaves_the_first_call_as_it_was() -> None:
    again = event("recalled", at(11), state="CALLED", counter="1", calls=2)
    ticket = replay([issued(), called(10), again, started(12)])
    assert ticket.calls == 2
    assert ticket.first_called_at == EIGHT_MS + 10 * MINUTE
    assert ticket.called_at == EIGHT_MS + 11 * MINUTE


def test_a_citizen_who_returns_is_waiting_again_without_an_end() -> None:
    back = event("returned", at(16), state="WAITING", counter="1", reason=None)
    ticket = replay([issued(), called(10), absent(15), back])
    assert (ticket.state, ticket.ended_at) == ("WAITING", None)


def test_called_once_more_after_an_absence_is_open_again() -> None:
    ticket = replay([issued(), called(10), absent(15), called(18)])
    assert (ticket.state, ticket.calls, ticket.ended_at, ticket.serving_at) == ("CALLED", 2, None, None)
    assert ticket.first_called_at == EIGHT_MS + 10 * MINUTE


@pytest.mark.parametrize(("kind", "state"), [("held", "ON_HOLD"), ("transferred", "WAITING")])
def test_hold_and_transfer_forget_the_start_of_serving(kind: str, state: str) -> None:
    moved = event(kind, at(14), state=state, counter="1")
    assert replay([issued(), called(10), started(12), moved]).serving_at is None


def test_a_transfer_keeps_the_service_of_the_issue() -> None:
    moved = event("transferred", at(14), state="WAITING", service="DD")
    ticket = replay([issued(), moved])
    assert (ticket.issued_service, ticket.service) == ("HT", "DD")


@pytest.mark.parametrize(("kind", "state"), [("cancelled", "CANCELLED"), ("abandoned", "ABANDONED")])
def test_other_ends_have_a_time_and_no_service(kind: str, state: str) -> None:
    ticket = replay([issued(), event(kind, at(40), state=state)])
    assert (ticket.ended_at, ticket.serving_at, ticket.state) == (EIGHT_MS + 40 * MINUTE, None, state)


def test_a_dossier_is_linked_once_however_often_it_was_typed() -> None:
    link = [
        event("dossier_linked", at(13), state="SERVING", counter="1", dossier=code) for code in ("X-1", "X-2", "X-1")
    ]
    assert replay([issued(), called(10), *link]).dossiers == ["X-1", "X-2"]


def test_a_note_changes_nothing_that_is_counted() -> None:
    note = event("noted", at(13), state="SERVING", counter="1", note="n1")
    before, after = [issued(), called(10), started(12)], [issued(), called(10), started(12), note]
    assert replay(before) == replay(after)


def test_what_follows_a_note_still_counts() -> None:
    note = event("noted", at(13), state="SERVING", counter="1", note="n1")
    assert replay([issued(), called(10), note, completed(20)]).state == "COMPLETED"


def test_a_link_that_was_removed_is_gone_and_the_other_stays() -> None:
    links = [event("dossier_linked", at(13), state="SERVING", counter="1", dossier=code) for code in ("X-1", "X-2")]
    gone = event("dossier_unlinked", at(14), state="SERVING", counter="1", dossier="X-1")
    assert replay([issued(), called(10), *links, gone]).dossiers == ["X-2"]


def test_a_corrected_clock_moves_the_times_of_this_boot_and_no_earlier_one() -> None:
    """The machine began again at ten past eight, and its clock was an hour slow."""
    correction = {
        "type": "office.clock_corrected",
        "data": {"by_ms": 60 * MINUTE, "since_ms": EIGHT_MS + 10 * MINUTE, "business_date": "2024-04-15"},
    }
    ticket = replay([issued(5), called(10), started(12), correction, completed(80)])
    minutes = {
        name: (getattr(ticket, name) - EIGHT_MS) / MINUTE
        for name in ("issued_at", "first_called_at", "called_at", "serving_at", "ended_at")
    }
    assert minutes == {"issued_at": 5, "first_called_at": 70, "called_at": 70, "serving_at": 72, "ended_at": 80}


def undone(undoes: str, **restored: Any) -> dict[str, Any]:
    return event("undone", at(21), undoes=undoes, **restored)


def restored_waiting() -> dict[str, Any]:
    return {
        "state": "WAITING",
        "counter": None,
        "calls": 0,
        "first_called_at": None,
        "called_at": None,
        "serving_at": None,
        "ended_at": None,
    }


def test_an_undone_call_never_happened() -> None:
    events, call = TicketEvents(), called(10)
    assert events.add(issued()) is None
    assert events.add(call) is None
    assert events.add(undone(call["id"], **restored_waiting())) is None
    assert replay(events.events).calls == 0


def test_only_the_last_step_can_be_undone() -> None:
    events, call = TicketEvents(), called(10)
    for one in (issued(), call, started(12)):
        events.add(one)
    wrong = events.add(undone(call["id"], **restored_waiting()))
    assert wrong is not None
    assert "is not the ticket's last" in wrong
    assert len(events.events) == 3


def test_the_last_of_three_steps_is_taken_out_and_the_others_stay() -> None:
    events = TicketEvents()
    steps = [issued(), called(10), started(12)]
    for step in steps:
        events.add(step)
    restored = {**restored_waiting(), "state": "CALLED", "counter": "1", "calls": 1}
    restored |= {"first_called_at": EIGHT_MS + 10 * MINUTE, "called_at": EIGHT_MS + 10 * MINUTE}
    assert events.add(undone(steps[2]["id"], **restored)) is None
    assert [one["id"] for one in events.events] == [steps[0]["id"], steps[1]["id"]]


def test_a_note_between_a_step_and_its_undo_is_no_step() -> None:
    events, call = TicketEvents(), called(10)
    for one in (issued(), call, event("noted", at(11), state="CALLED", counter="1", note="n1")):
        events.add(one)
    assert events.add(undone(call["id"], **restored_waiting())) is None


def test_the_issue_itself_cannot_be_undone() -> None:
    events, first = TicketEvents(), issued()
    events.add(first)
    wrong = events.add(undone(first["id"], **restored_waiting()))
    assert wrong is not None
    assert "undoes the issue itself" in wrong


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("state", "CALLED"),
        ("service", "DD"),
        ("counter", "2"),
        ("clerk", "lan"),
        ("calls", 1),
        ("first_called_at", 5),
        ("called_at", 5),
        ("serving_at", 5),
        ("ended_at", 5),
    ],
)
def test_an_undo_that_restores_something_else_is_named(field: str, value: object) -> None:
    events, call = TicketEvents(), called(10)
    events.add(issued())
    events.add(call)
    wrong = events.add(undone(call["id"], **{**restored_waiting(), field: value}))
    assert wrong is not None
    assert wrong.endswith(f"does not restore {field}")
    assert wrong.startswith("A001: seq ")
