"""The cursor moves only over a confirmed prefix: what the agent makes of each receipt, by hand, in memory."""

from __future__ import annotations

from typing import cast

import pytest

from sync.agent import POLL_S, Agent
from sync.journal_client import JournalClient
from sync.report import FollowerReport
from tests.sync.memory import Journal, Receiver


def pair(events: int) -> tuple[Agent, Journal, Receiver]:
    journal, receiver = Journal(), Receiver()
    journal.happen(events)
    client = cast(JournalClient, journal)
    report = FollowerReport("tinh", client, "Asia/Ho_Chi_Minh", lambda: 0.0)
    return Agent(receiver, client, report, lambda: 0.5), journal, receiver


# what the receiver answers to the first batch of 10 → the cursor behind it, whether all of it is a failure
RECEIPTS = [
    ("", 10, False),
    ("partial", 1, False),
    ("short", 0, True),  # a position with the hash of another
    ("duplicate", 10, False),
    ("refusing", 10, False),
    ("foreign", 0, True),
    ("beyond", 0, True),
    ("wrong hash", 0, True),
    ("lost", 0, True),
    ("down", 0, True),
    ("late", 0, True),
]


@pytest.mark.parametrize(("answer", "cursor", "fails"), RECEIPTS)
def test_only_what_a_receipt_proves_is_behind_the_cursor(answer: str, cursor: int, fails: bool) -> None:
    agent, _, receiver = pair(10)
    receiver.script = [answer]
    pause_s = agent.run_once()
    assert agent.cursor == cursor
    assert (pause_s > 0) == fails, "after a success the next step is due at once"
    assert agent.backlog == 10 - cursor and not agent.settled


@pytest.mark.parametrize("answer", ["cursor foreign", "cursor wrong hash", "cursor lost", "cursor beyond"])
def test_before_the_receiver_has_said_where_it_is_nothing_is_sent(answer: str) -> None:
    agent, _, receiver = pair(10)
    agent.run_once()
    agent, receiver.script = restarted(agent), [answer]
    applied = list(receiver.applied)
    assert agent.run_once() > 0
    assert agent.cursor == 0 and receiver.applied == applied and agent.report.state in {"waiting", "blocked"}


def restarted(agent: Agent) -> Agent:
    report = FollowerReport("tinh", agent._journal, "Asia/Ho_Chi_Minh", lambda: 0.0)
    return Agent(agent._connector, agent._journal, report, lambda: 0.5)


def test_a_restarted_agent_goes_on_behind_what_the_receiver_has() -> None:
    agent, journal, receiver = pair(10)
    agent.run_once()
    journal.happen(5)
    agent = restarted(agent)
    agent.run_once()
    assert agent.cursor == 15 and [seq for _, seq, _ in receiver.applied] == list(range(1, 16))


def test_an_agent_with_nothing_to_send_rests_and_says_so() -> None:
    agent, journal, _ = pair(3)
    assert agent.run_once() == 0.0 and not agent.settled
    assert agent.run_once() == POLL_S and agent.settled and agent.backlog == 0
    assert journal.row is not None and (journal.row.epoch, journal.row.cursor) == ("e1", 3)
    journal.happen(1)
    assert agent.run_once() == 0.0 and agent.cursor == 4


def test_an_older_epoch_is_finished_before_the_next_one_begins() -> None:
    agent, journal, receiver = pair(3)
    journal.begin_life()
    journal.happen(1)
    for _ in range(5):
        agent.run_once()
    assert [(epoch, seq) for epoch, seq, _ in receiver.applied] == [
        ("e1", 1),
        ("e1", 2),
        ("e1", 3),
        ("e2", 1),
        ("e2", 2),
    ]
    assert (agent.epoch, agent.cursor, agent.settled) == ("e2", 2, True)


def test_waits_grow_with_each_failure_and_end_with_the_first_success() -> None:
    agent, _, receiver = pair(10)
    receiver.script = ["down", "cursor lost", "down", ""]
    assert [agent.run_once() for _ in range(4)] == [1.5, 2.5, 4.5, 0.0]
    assert agent.cursor == 10


def test_the_one_event_that_the_receiver_will_not_take_is_found_and_stays_the_first() -> None:
    agent, _, receiver = pair(8)
    receiver.script = ["unfit"] * 4
    for _ in range(4):
        agent.run_once()
    assert agent.cursor == 0 and [(row["seq"], row["code"]) for row in agent.report.refused] == [(1, "status-422")]
    agent.run_once()
    assert agent.cursor > 0 and agent.report.refused == []


def test_a_receiver_that_has_more_than_the_journal_is_told_to_the_service_until_a_new_epoch_begins() -> None:
    agent, journal, _ = pair(10)
    agent.run_once()
    agent = restarted(agent)
    del journal.lives["e1"][7:]
    assert agent.run_once() > 0
    assert agent.report.state == "blocked" and agent.report.ahead is not None
    assert (agent.report.ahead.epoch, agent.report.ahead.accepted_through) == ("e1", 10)
    journal.begin_life()
    while not agent.settled:
        agent.run_once()
    assert (agent.epoch, agent.cursor, agent.report.ahead) == ("e2", 1, None)


def test_a_service_that_comes_back_with_less_than_was_delivered_is_noticed_by_the_agent_that_ran_on() -> None:
    agent, journal, _ = pair(10)
    agent.run_once()
    agent.run_once()
    del journal.lives["e1"][7:]
    agent.run_once(), agent.run_once()
    assert agent.report.ahead is not None and agent.report.ahead.accepted_through == 10
