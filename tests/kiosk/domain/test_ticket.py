"""A ticket's steps: which state allows which, and what a step changes."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from contract.tickets import PrintState, TicketState
from kiosk.domain.errors import IllegalTransition, TooLate
from kiosk.domain.ticket import Ticket

W, C, S, H = TicketState.WAITING, TicketState.CALLED, TicketState.SERVING, TicketState.ON_HOLD
DONE, ABSENT = TicketState.COMPLETED, TicketState.NO_SHOW
CANCELLED, ABANDONED = TicketState.CANCELLED, TicketState.ABANDONED

ISSUED, CALLED_AT, SERVING_AT, NOW = 1_000_000, 1_060_000, 1_070_000, 1_100_000
GRACE = 900_000


def ticket(state: TicketState, **changes: object) -> Ticket:
    """A012 of the service HT as it stands in a state; called by clerk Lan at counter 2 unless it still waits."""
    made = Ticket("t1", "A012", "HT", "HT", state, "2024-04-15", 12, ISSUED, "s:HT", version=5)
    if state is not W:
        made = made._replace(counter="2", clerk="Lan", calls=1, first_called_at=CALLED_AT, called_at=CALLED_AT)
    if state in {S, DONE}:
        made = made._replace(serving_at=SERVING_AT)
    if state in {DONE, ABSENT, CANCELLED, ABANDONED}:
        made = made._replace(ended_at=NOW - 1_000)
    return made._replace(**changes)  # type: ignore[arg-type]


STEPS: dict[str, Callable[[Ticket], Ticket]] = {
    "call": lambda t: t.call("3", "Minh", NOW, GRACE),
    "recall": lambda t: t.recall("3", "Minh", NOW, GRACE),
    "start": lambda t: t.start(NOW),
    "complete": lambda t: t.complete(NOW),
    "no-show": lambda t: t.mark_no_show(NOW),
    "hold": lambda t: t.hold("papers"),
    "return": lambda t: t.return_to_queue(),
    "transfer": lambda t: t.transfer("DD", "s:DD", keep=False),
    "cancel": lambda t: t.cancel(NOW, "mistake"),
    "close of day": lambda t: t.close_of_day(NOW),
}
# The table of states in docs/architecture.md, written once more: what is not named here is refused.
ALLOWED: dict[str, dict[TicketState, TicketState]] = {
    "call": {W: C, H: C, ABSENT: C},
    "recall": {C: C, H: C, ABSENT: C},
    "start": {C: S},
    "complete": {C: DONE, S: DONE},
    "no-show": {C: ABSENT},
    "hold": {W: H, C: H, S: H},
    "return": {H: W, ABSENT: W},
    "transfer": {W: W, H: W, C: W, S: W},
    "cancel": {W: CANCELLED, H: CANCELLED},
    "close of day": {W: ABANDONED, H: ABANDONED, C: ABSENT, S: DONE},
}
EVERY = [(step, state) for step in STEPS for state in TicketState]


@pytest.mark.parametrize(("step", "state"), [(s, t) for s, t in EVERY if t in ALLOWED[s]])
def test_an_allowed_step_leads_to_the_state_of_the_table(step: str, state: TicketState) -> None:
    before = ticket(state)
    after = STEPS[step](before)
    assert after.state is ALLOWED[step][state]
    assert after.version == 6
    assert (after.id, after.number, after.arrival, after.issued_at) == ("t1", "A012", 12, ISSUED)
    assert before == ticket(state)


@pytest.mark.parametrize(("step", "state"), [(s, t) for s, t in EVERY if t not in ALLOWED[s]])
def test_every_other_step_is_refused_naming_number_and_state(step: str, state: TicketState) -> None:
    with pytest.raises(IllegalTransition) as refused:
        STEPS[step](ticket(state))
    assert refused.value.facts == {"number": "A012", "state": state.value}
    assert refused.value.detail.startswith(f"A012 is {state.value}, cannot ")


@pytest.mark.parametrize(
    ("step", "words"),
    [
        ("call", "call"),
        ("recall", "recall"),
        ("start", "start serving"),
        ("complete", "complete"),
        ("no-show", "mark as no-show"),
        ("hold", "hold"),
        ("return", "return to the queue"),
        ("transfer", "transfer"),
        ("cancel", "cancel"),
        ("close of day", "close the day of"),
    ],
)
def test_a_refusal_says_which_step_cannot_be_done(step: str, words: str) -> None:
    with pytest.raises(IllegalTransition, match=f"A012 is CANCELLED, cannot {words}$"):
        STEPS[step](ticket(CANCELLED))


def test_a_first_call_notes_counter_clerk_and_time() -> None:
    called = ticket(W, reason="lunch").call("3", "Minh", NOW, GRACE)
    assert (called.counter, called.clerk, called.calls) == ("3", "Minh", 1)
    assert (called.first_called_at, called.called_at) == (NOW, NOW)
    assert (called.serving_at, called.ended_at, called.reason) == (None, None, None)


def test_a_second_call_keeps_the_time_of_the_first() -> None:
    back = ticket(ABSENT, serving_at=SERVING_AT, reason="gone").call("3", None, NOW, GRACE)
    assert (back.calls, back.first_called_at, back.called_at) == (2, CALLED_AT, NOW)
    assert (back.counter, back.clerk, back.serving_at, back.ended_at, back.reason) == ("3", None, None, None, None)


def test_a_first_call_at_the_epoch_counts_as_a_call() -> None:
    assert ticket(H, first_called_at=0).call("3", None, NOW, GRACE).first_called_at == 0


def test_a_recall_of_a_called_ticket_stays_at_its_counter() -> None:
    again = ticket(C).recall("3", "Minh", NOW, GRACE)
    assert (again.counter, again.clerk, again.calls, again.called_at) == ("2", "Lan", 2, NOW)
    assert again.first_called_at == CALLED_AT


def test_a_recall_of_a_held_ticket_moves_it_to_the_counter_that_calls() -> None:
    back = ticket(H).recall("3", "Minh", NOW, GRACE)
    assert (back.counter, back.clerk, back.calls) == ("3", "Minh", 2)


@pytest.mark.parametrize("step", ["call", "recall"])
@pytest.mark.parametrize(("absent_for", "allowed"), [(0, True), (GRACE, True), (GRACE + 1, False)])
def test_an_absent_citizen_comes_back_only_within_the_grace_time(step: str, absent_for: int, allowed: bool) -> None:
    absent = ticket(ABSENT, ended_at=NOW - absent_for)
    if allowed:
        assert STEPS[step](absent).state is C
        return
    with pytest.raises(TooLate, match="A012 was absent more than 15 minutes ago; return it") as refused:
        STEPS[step](absent)
    assert refused.value.facts == {"number": "A012"}


def test_the_grace_time_binds_only_absent_tickets() -> None:
    assert ticket(H, ended_at=NOW - GRACE - 1).call("3", None, NOW, GRACE).state is C
    assert ticket(ABSENT, ended_at=None).call("3", None, NOW, GRACE).state is C


def test_service_begins_when_it_is_started() -> None:
    assert ticket(C).start(NOW).serving_at == NOW


@pytest.mark.parametrize(
    ("before", "began"),
    [(ticket(S), SERVING_AT), (ticket(C), CALLED_AT), (ticket(S, serving_at=0), 0)],
)
def test_service_ends_and_counts_from_its_start_else_from_the_call(before: Ticket, began: int) -> None:
    after = before.complete(NOW)
    assert (after.serving_at, after.ended_at) == (began, NOW)


def test_absence_is_noted_with_its_time() -> None:
    assert ticket(C).mark_no_show(NOW).ended_at == NOW


def test_a_held_ticket_keeps_its_reason_and_forgets_the_service_begun() -> None:
    held = ticket(S).hold("papers")
    assert (held.reason, held.serving_at, held.counter) == ("papers", None, "2")


def test_a_returned_ticket_waits_as_if_it_had_not_ended() -> None:
    back = ticket(ABSENT, reason="papers").return_to_queue()
    assert (back.reason, back.ended_at, back.pool, back.arrival) == (None, None, "s:HT", 12)


def test_a_transfer_changes_service_and_pool_and_keeps_the_place() -> None:
    moved = ticket(S, reason="papers").transfer("DD", "s:DD", keep=False)
    assert (moved.service, moved.pool, moved.issued_service) == ("DD", "s:DD", "HT")
    assert (moved.serving_at, moved.reason, moved.kept, moved.counter) == (None, None, (), "2")


def test_a_transfer_for_a_second_service_notes_the_first() -> None:
    assert ticket(S, kept=("KQ",)).transfer("DD", "s:DD", keep=True).kept == ("KQ", "HT")


def test_a_cancelled_ticket_keeps_time_and_reason() -> None:
    after = ticket(W).cancel(NOW, "mistake")
    assert (after.ended_at, after.reason) == (NOW, "mistake")


@pytest.mark.parametrize("state", [W, H, C, S])
def test_the_close_of_day_ends_every_open_ticket_at_once(state: TicketState) -> None:
    assert ticket(state).close_of_day(NOW).ended_at == NOW


def test_a_dossier_is_linked_once() -> None:
    linked = ticket(S).link_dossier("H48-1")
    assert (linked.dossiers, linked.version) == (("H48-1",), 6)
    assert linked.link_dossier("H48-1") is linked
    assert linked.link_dossier("H48-2").dossiers == ("H48-1", "H48-2")


def test_what_a_step_changed_can_be_put_back() -> None:
    before = ticket(C)
    after = before.complete(NOW)
    changed = before.differences(after)
    assert changed == {"state": C, "serving_at": None, "ended_at": None}
    assert after.restored(changed) == before._replace(version=7)


def test_a_new_ticket_is_vietnamese_unprinted_and_unrated() -> None:
    new = Ticket("t1", "A012", "HT", "HT", W, "2024-04-15", 12, ISSUED, "s:HT")
    assert (new.language, new.print_state, new.rated, new.version) == ("vi", PrintState.NOT_PRINTED, False, 1)
    assert (new.calls, new.priority, new.counter, new.kept, new.dossiers) == (0, None, None, (), ())
    assert (new.issued_by, new.public_token) == ("", "")
    assert new.hold(None).version == 2


def test_a_rating_is_a_step_of_the_ticket() -> None:
    rated = ticket(DONE).rate()
    assert (rated.rated, rated.version, rated.state) == (True, 6, DONE)
