"""What one event changes on the board, event by event."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from contract.dossiers import DossierProgress
from display_board.state.board import Board, BoardCall, BoardNotice, BoardTicket, CounterRow
from display_board.state.display import Display, Sign
from display_board.state.fold import apply, call_of

TIME = "2026-03-02T08:00:00+07:00"
TIME_MS = 1_772_413_200_000
SIGNS = (
    Sign("HT", "A", "circle", "#000000", "#FFFFFF", ("ho_tich",), ("ho_tich",), 3),
    Sign("DD", "B", "square", "#000000", "#FFFFFF", ("dat_dai",)),
)
BOARD = Board(
    epoch="e1",
    seq=10,
    day="2026-03-02",
    open=True,
    next_opening=None,
    rows=(
        CounterRow("1", "Quầy 1", ("HT",), "OPEN", BoardTicket("t1", "A001", "HT", "CALLED")),
        CounterRow("2", "Quầy 2", ("DD",), "OPEN"),
    ),
    waiting={"HT": 2, "DD": 1},
    calls=(BoardCall("A001", "HT", "1", 1000, False, "t1"),),
    progress=(),
    notices=(),
    display=Display(signs=SIGNS),
)


def event(kind: str, data: dict[str, Any] | None = None, subject: str = "t1", **head: Any) -> dict[str, Any]:
    first = {"epoch": "e1", "seq": 11, "business_date": "2026-03-02", "time": TIME}
    return {**first, "type": kind, "subject": subject, "data": data or {}, **head}


def ticket(kind: str, state: str, subject: str = "t1", **data: Any) -> dict[str, Any]:
    usual = {"number": "A001", "service": "HT", "counter": "1", "state": state}
    return event(f"ticket.{kind}", {**usual, **data}, subject)


@pytest.mark.parametrize("seq", [1, 9, 10])
def test_an_event_already_contained_changes_nothing(seq: int) -> None:
    again = {**ticket("called", "CALLED", "t9", number="A009", why="turn"), "seq": seq}
    assert apply(BOARD, again) is BOARD


@pytest.mark.parametrize(("seq", "doubtful"), [(11, False), (12, True), (40, True)])
def test_a_gap_makes_the_board_doubtful(seq: int, doubtful: bool) -> None:
    after = apply(BOARD, event("counter.paused", subject="2", seq=seq))
    assert (after.seq, after.doubtful) == (seq, doubtful)


def test_doubt_stays_with_the_next_event_in_order() -> None:
    assert apply(replace(BOARD, doubtful=True), event("counter.paused", subject="2")).doubtful


def test_an_event_of_another_epoch_only_makes_the_board_doubtful() -> None:
    after = apply(BOARD, ticket("completed", "COMPLETED") | {"epoch": "e2"})
    assert after.doubtful
    assert after == BOARD


@pytest.mark.parametrize(
    ("kind", "state"), [("counter.opened", "OPEN"), ("counter.paused", "PAUSED"), ("counter.closed", "CLOSED")]
)
def test_a_counter_changes_its_state_alone(kind: str, state: str) -> None:
    before = replace(BOARD, rows=tuple(replace(row, state="X") for row in BOARD.rows))
    assert [row.state for row in apply(before, event(kind, subject="2")).rows] == ["X", state]


@pytest.mark.parametrize(
    ("happened", "waiting"),
    [
        (ticket("issued", "WAITING", "t9", number="A002", counter=None), {"HT": 3, "DD": 1}),
        (ticket("called", "CALLED", "t9", number="A009", why="turn"), {"HT": 1, "DD": 1}),
        (ticket("called", "CALLED", "t9", number="A009", why="priority"), {"HT": 1, "DD": 1}),
        (ticket("called", "CALLED", "t9", number="A009", why="arrival"), {"HT": 1, "DD": 1}),
        (ticket("called", "CALLED", "t9", number="A009", why="back"), {"HT": 2, "DD": 1}),
        (ticket("held", "ON_HOLD", "t9", number="A009", **{"from": "WAITING"}), {"HT": 1, "DD": 1}),
        (ticket("held", "ON_HOLD", **{"from": "CALLED"}), {"HT": 2, "DD": 1}),
        (ticket("returned", "WAITING", "t9", number="A009"), {"HT": 3, "DD": 1}),
        (ticket("cancelled", "CANCELLED", "t9", number="A009", **{"from": "WAITING"}), {"HT": 1, "DD": 1}),
        (ticket("cancelled", "CANCELLED", "t9", number="A009", **{"from": "ON_HOLD"}), {"HT": 2, "DD": 1}),
        (ticket("transferred", "WAITING", service="DD", counter=None), {"HT": 2, "DD": 2}),
        (ticket("undone", "WAITING", counter=None), {"HT": 3, "DD": 1}),
        (ticket("noted", "WAITING", counter=None), {"HT": 2, "DD": 1}),
        (event("office.day_closed"), {"HT": 0, "DD": 0}),
    ],
)
def test_who_waits_is_counted_by_service(happened: dict[str, Any], waiting: dict[str, int]) -> None:
    after = apply(BOARD, happened)
    assert (after.waiting, after.doubtful) == (waiting, False)


@pytest.mark.parametrize("kind", ["office.day_reopened", "office.clock_corrected", "office.clock_jumped"])
def test_a_day_taken_back_and_a_corrected_clock_are_asked_for_anew(kind: str) -> None:
    assert apply(BOARD, event(kind)).doubtful


def test_a_waiting_ticket_that_changes_service_leaves_one_queue_for_the_other() -> None:
    before = replace(BOARD, known={"t9": ("WAITING", "HT")})
    after = apply(before, ticket("transferred", "WAITING", "t9", number="A009", service="DD", counter=None))
    assert after.waiting == {"HT": 1, "DD": 2}


def test_an_abandoned_ticket_waits_no_longer() -> None:
    before = replace(BOARD, known={"t9": ("WAITING", "HT")})
    assert apply(before, ticket("abandoned", "ABANDONED", "t9", number="A009")).waiting == {"HT": 1, "DD": 1}


def test_a_ticket_whose_state_before_is_unknown_makes_the_board_doubtful() -> None:
    after = apply(BOARD, ticket("transferred", "WAITING", "t9", number="A009", counter=None))
    assert (after.doubtful, after.waiting) == (True, {"HT": 2, "DD": 1})


@pytest.mark.parametrize(
    ("happened", "at_counters"),
    [
        (ticket("serving_started", "SERVING"), ["A001 SERVING", ""]),
        (ticket("completed", "COMPLETED"), ["", ""]),
        (ticket("no_show", "NO_SHOW"), ["", ""]),
        (ticket("held", "ON_HOLD", **{"from": "CALLED"}), ["", ""]),
        (ticket("recalled", "CALLED", counter="2"), ["", "A001 CALLED"]),
        (ticket("called", "CALLED", "t9", number="B001", counter="2", why="turn"), ["A001 CALLED", "B001 CALLED"]),
    ],
)
def test_a_ticket_leaves_the_counter_it_stood_at(happened: dict[str, Any], at_counters: list[str]) -> None:
    rows = apply(BOARD, happened).rows
    assert [f"{row.ticket.number} {row.ticket.state}" if row.ticket else "" for row in rows] == at_counters


def test_a_call_stands_first_and_once_a_ticket() -> None:
    after = apply(BOARD, ticket("called", "CALLED", "t9", number="B001", service="DD", counter="2", why="turn"))
    assert [(call.number, call.time) for call in after.calls] == [("B001", TIME_MS), ("A001", 1000)]
    again = apply(BOARD, ticket("recalled", "CALLED", calls=2))
    assert again.calls == (BoardCall("A001", "HT", "1", TIME_MS, True),)


def test_a_transfer_changes_the_service_of_the_call_and_an_undo_takes_it_back() -> None:
    moved = apply(BOARD, ticket("transferred", "WAITING", service="DD", counter=None))
    assert moved.calls == (BoardCall("A001", "DD", "1", 1000, False),)
    assert apply(BOARD, ticket("undone", "WAITING", counter=None, called_at=None)).calls == ()
    earlier = apply(BOARD, ticket("undone", "CALLED", called_at=700, calls=2))
    assert earlier.calls == (BoardCall("A001", "HT", "1", 700, True),)


def test_a_new_day_has_no_calls_and_no_full_services() -> None:
    before = replace(BOARD, full=frozenset({"HT"}), known={"t1": ("CALLED", "HT")})
    after = apply(before, event("counter.closed", subject="1", business_date="2026-03-03"))
    assert (after.day, after.calls, dict(after.known), after.full) == ("2026-03-03", (), {}, frozenset())


@pytest.mark.parametrize(("number", "full"), [("A002", set()), ("A003", {"HT"}), ("A004", {"HT"}), ("B003", set())])
def test_the_last_number_of_the_day_makes_its_service_full(number: str, full: set[str]) -> None:
    assert apply(BOARD, ticket("issued", "WAITING", "t9", number=number, counter=None)).full == full


def test_a_notice_replaces_those_before_and_a_new_configuration_makes_the_board_doubtful() -> None:
    rows = [{"id": "n1", "text": "Nghỉ", "language": "vi"}]
    assert apply(BOARD, event("notice.changed", {"notices": rows})).notices == (BoardNotice("n1", "Nghỉ", "vi"),)
    assert apply(BOARD, event("office.configured")).doubtful
    assert not apply(BOARD, event("survey.submitted")).doubtful


@pytest.mark.parametrize(("data", "recall"), [({}, False), ({"calls": 1}, False), ({"calls": 2}, True)])
def test_the_second_call_of_a_ticket_is_a_recall(data: dict[str, Any], recall: bool) -> None:
    call = call_of(ticket("called", "CALLED", language="en", **data))
    assert call is not None
    assert (call.recall, call.ticket, call.language, call.time) == (recall, "t1", "en", TIME_MS)


def test_other_events_call_nobody() -> None:
    assert call_of(ticket("completed", "COMPLETED")) is None


@pytest.mark.parametrize(("field", "sensitive"), [("ho_tich", True), ("dat_dai", False), ("khac", True)])
def test_a_dossier_of_a_sensitive_or_unknown_field_is_marked(field: str, sensitive: bool) -> None:
    data = {"code": "H01.02-260302-0001", "field": field, "status": 4, "due_at": TIME}
    after = apply(BOARD, event("dossier.updated", data))
    assert [(row.field, row.due_at, row.sensitive) for row in after.progress] == [(field, TIME_MS, sensitive)]


@pytest.mark.parametrize("status", [0, 1, 3, 7, 8, 11])
def test_a_dossier_of_an_unknown_or_hidden_status_is_not_shown(status: int) -> None:
    data = {"code": "H01.02-260302-0001", "field": "dat_dai", "status": status, "due_at": None}
    assert apply(BOARD, event("dossier.updated", data)).progress == ()


def test_where_names_are_shown_a_dossier_makes_the_board_doubtful() -> None:
    row = DossierProgress("x", "dat_dai", "processing", None, False, "N** A")
    data = {"code": "H01.02-260302-0001", "field": "dat_dai", "status": 4, "due_at": None}
    assert apply(replace(BOARD, progress=(row,)), event("dossier.updated", data)).doubtful


@pytest.mark.parametrize(
    ("status", "step", "doubtful"),
    [
        (2, "received", False),
        (4, "processing", False),
        (5, "papers_asked", False),
        (6, "payment_asked", False),
        (9, "ready", True),
        (10, "returned", True),
    ],
)
def test_a_dossier_is_shown_at_its_step_and_a_decided_one_is_looked_up(status: int, step: str, doubtful: bool) -> None:
    data = {"code": "H01.02-260302-0001", "field": "dat_dai", "status": status, "due_at": None}
    after = apply(BOARD, event("dossier.updated", data))
    assert [(row.step, row.due_at) for row in after.progress] == [(step, None)]
    assert after.doubtful is doubtful


def test_a_dossier_keeps_one_row_and_leaves_the_board_when_it_is_withdrawn() -> None:
    data = {"code": "H01.02-260302-0001", "field": "dat_dai", "status": 2, "due_at": None}
    received = apply(BOARD, event("dossier.updated", data))
    processing = apply(received, event("dossier.updated", {**data, "status": 4}, seq=12))
    assert [row.step for row in processing.progress] == ["processing"]
    assert apply(processing, event("dossier.updated", {**data, "status": 7}, seq=13)).progress == ()


@pytest.mark.parametrize(("waiting", "left"), [({"HT": 2}, 1), ({"HT": 1}, 0), ({"HT": 0}, 0), ({}, 0)])
def test_nobody_is_counted_below_zero(waiting: dict[str, int], left: int) -> None:
    before = replace(BOARD, waiting=waiting)
    assert apply(before, ticket("called", "CALLED", "t9", number="A009", why="turn")).waiting == {"HT": left}


def test_the_first_ticket_of_a_service_is_one_person() -> None:
    after = apply(replace(BOARD, waiting={}), ticket("issued", "WAITING", "t9", number="A002", counter=None))
    assert after.waiting == {"HT": 1}


@pytest.mark.parametrize(("data", "recall"), [({}, False), ({"calls": 1}, False), ({"calls": 2}, True)])
def test_a_call_brought_back_by_an_undo_is_a_recall_from_the_second_on(data: dict[str, Any], recall: bool) -> None:
    assert [call.recall for call in apply(BOARD, ticket("undone", "CALLED", called_at=700, **data)).calls] == [recall]


@pytest.mark.parametrize(("rows", "doubtful"), [(0, False), (59, False), (60, True)])
def test_behind_a_full_list_other_dossiers_may_wait(rows: int, doubtful: bool) -> None:
    progress = tuple(DossierProgress(f"x{n}", "dat_dai", "received", n, False) for n in range(rows))
    data = {"code": "H01.02-260302-0001", "field": "dat_dai", "status": 2, "due_at": None}
    assert apply(replace(BOARD, progress=progress), event("dossier.updated", data)).doubtful is doubtful


def test_two_rows_of_one_masked_code_make_the_board_doubtful_one_does_not() -> None:
    data = {"code": "H01.02-260302-0001", "field": "dat_dai", "status": 2, "due_at": None}
    once = apply(BOARD, event("dossier.updated", data))
    assert not apply(once, event("dossier.updated", data, seq=12)).doubtful
    twice = replace(once, progress=once.progress * 2)
    assert apply(twice, event("dossier.updated", data, seq=12)).doubtful


def test_dossiers_stand_by_due_date_without_one_first_and_decided_ones_last() -> None:
    progress = (
        DossierProgress("decided", "dat_dai", "ready", 1, False),
        DossierProgress("later", "dat_dai", "received", 900, False),
        DossierProgress("sooner", "dat_dai", "received", 500, False),
        DossierProgress("undated", "dat_dai", "received", None, False),
    )
    data = {"code": "H01.02-260302-0001", "field": "dat_dai", "status": 7, "due_at": None}
    after = apply(replace(BOARD, progress=progress), event("dossier.updated", data))
    assert [row.code_masked for row in after.progress] == ["undated", "sooner", "later", "decided"]


@pytest.mark.parametrize(("ended", "left"), [(253, 253), (254, 128), (299, 128)])
def test_of_ended_tickets_the_last_128_are_remembered_and_all_that_may_be_called(ended: int, left: int) -> None:
    known = {"w": ("WAITING", "HT"), **{f"e{n}": ("COMPLETED", "HT") for n in range(ended)}}
    after = apply(replace(BOARD, known=known), ticket("completed", "COMPLETED")).known
    assert [one for one in after if one[0] == "e"] == [f"e{n}" for n in range(ended - left, ended)]
    assert {"w", "t1"} <= set(after)
