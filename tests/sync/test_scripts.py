"""Whatever a receiver answers: the cursor rests on confirmed hashes and every event has its effect once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contract.events import JournalEvent
from contract.receipts import Receipt
from sync.agent import Agent
from sync.journal_client import JournalClient
from sync.report import FollowerReport
from tests.sync.memory import WORDS, Journal, Receiver

QUIET = [HealthCheck.too_slow]
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("answer"), st.sampled_from(WORDS)),
        st.tuples(st.just("happen"), st.integers(1, 40)),
        st.tuples(st.just("restart"), st.none()),
        st.tuples(st.just("new life"), st.none()),
    ),
    max_size=30,
)


def follower(journal: Journal, receiver: Receiver) -> Agent:
    client = cast(JournalClient, journal)
    return Agent(receiver, client, FollowerReport("tinh", client, "Asia/Ho_Chi_Minh", lambda: 0.0), lambda: 0.5)


def play(steps: list[tuple[str, Any]]) -> None:
    journal, receiver = Journal(), Receiver()
    journal.happen(3)
    agent = follower(journal, receiver)
    for what, value in steps:
        if what == "happen":
            journal.happen(value)
        elif what == "restart":
            agent = follower(journal, receiver)
        elif what == "new life":
            journal.begin_life()
        else:
            receiver.script.append(value)
        before = (agent.epoch, agent.cursor)
        agent.run_once()
        moved = agent.epoch == before[0] and agent.cursor > before[1]
        if moved and value not in {"lose database", "fall back"}:
            assert len(receiver.stored.get(agent.epoch, [])) >= agent.cursor, "ahead of what the receiver has"
        assert agent.cursor <= len(journal.lives.get(agent.epoch, [])), "ahead of the journal"
    receiver.script.clear()
    finish(agent)
    for epoch, events in journal.lives.items():
        applied = [(seq, digest) for name, seq, digest in receiver.applied if name == epoch]
        assert applied == [(event["seq"], event["hash"]) for event in events], "each once, in order"


def finish(agent: Agent) -> None:
    for _ in range(700):  # an idle follower asks again after ten minutes: what was forgotten is sent by then
        agent.run_once()
    assert agent.settled, agent.report.detail


@settings(max_examples=500, deadline=None, suppress_health_check=QUIET)
@given(STEPS)
def test_any_answers_leave_the_receiver_with_the_journal_once_and_in_order(steps: list[tuple[str, Any]]) -> None:
    play(steps)


@pytest.mark.soak
@settings(max_examples=10_000, deadline=None, suppress_health_check=QUIET)
@given(STEPS)
def test_ten_thousand_scripts_of_answers(steps: list[tuple[str, Any]]) -> None:
    play(steps)


@pytest.mark.parametrize("word", [word for word in WORDS if word])
def test_one_word_of_the_script_alone_costs_at_most_a_wait(word: str) -> None:
    play([("happen", 30), ("answer", word), ("happen", 2), ("answer", word)])


class Boaster(Receiver):
    """Confirms more than it was ever sent, and keeps none of it."""

    def deliver(self, epoch: str, events: Sequence[JournalEvent]) -> Receipt:
        return Receipt(epoch, 99, "f" * 64)


def test_who_confirms_more_than_was_sent_does_not_end_an_older_life() -> None:
    journal = Journal()
    journal.happen(3)
    first = next(iter(journal.lives))
    journal.begin_life()
    journal.happen(2)
    agent = follower(journal, Boaster())
    assert agent.run_once() > 0 and (agent.epoch, agent.cursor) == (first, 0)
    assert agent.report.state == "blocked"
