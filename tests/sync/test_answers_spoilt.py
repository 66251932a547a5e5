"""What the province does to its answers, and events it will not take: every event still arrives once and in order."""

from __future__ import annotations

import pytest

from sync.http.client import HttpClient
from sync.simulator.onestop import OneStop
from tests.sync.conftest import Follower
from tests.sync.deliveries import arrived, run, same
from tests.sync.journal import Office


# N2
@pytest.mark.parametrize(
    ("mode", "options"), [("latency", {"ms": 250}), ("slow", {"bytes_per_s": 4000}), ("slice", {"bytes": 1})]
)
def test_a_province_that_answers_late_slowly_or_in_slices_only_costs_time(
    mode: str, options: dict[str, int], office: Office, province: OneStop, follower: Follower
) -> None:
    office.happen(600)
    province.fail(mode, cursor=True, **options)
    agent = run(follower(province.port, HttpClient(timeout_s=0.2)))
    assert same(province, office)
    assert follower.watched.most_under_way == 1 and agent.cursor == 600


# N4
@pytest.mark.parametrize("mode", ["cut", "reset"])
@pytest.mark.parametrize("cursor", [False, True])
def test_a_province_that_ends_the_connection_amid_its_answers_neither_doubles_nor_loses(
    mode: str, cursor: bool, office: Office, province: OneStop, follower: Follower
) -> None:
    for count in range(0, 420, 30):
        office.happen(1)
        province.fail(mode, 1, bytes=count, cursor=cursor)
        follower(province.port).run_once()
    province.heal()
    run(follower(province.port))
    assert same(province, office)


# N10
@pytest.mark.parametrize("status", [400, 413, 422])
def test_a_poisonous_event_is_shown_and_not_overtaken_until_it_is_taken(
    status: int, office: Office, province: OneStop, follower: Follower
) -> None:
    office.happen(40)
    province.fail("poison", seqs=[7], status=status)
    agent = follower(province.port)
    for _ in range(30):
        agent.run_once()
    assert len(arrived(province)) == 6 and [row["seq"] for row in office.followers["tinh"]["refused"]] == [7]
    province.heal()
    run(agent)
    assert same(province, office) and office.followers["tinh"]["refused"] == []


def test_a_refused_event_is_sent_again_when_staff_ask(office: Office, province: OneStop, follower: Follower) -> None:
    office.happen(10)
    province.fail("refuse", 1, seqs=[7, 4])
    agent = run(follower(province.port))
    assert [row["seq"] for row in office.followers["tinh"]["refused"]] == [4, 7]
    office.ask_again("tinh", {4: 1000, 7: 1000})
    office.happen(2)
    for _ in range(12):
        agent.run_once()
    assert same(province, office)
    assert office.followers["tinh"]["refused"] == [] and office.followers["tinh"]["state"] == "ok"
    assert agent.cursor == 12


def test_a_refused_event_that_a_restored_journal_no_longer_has_leaves_the_list(
    office: Office, province: OneStop, follower: Follower
) -> None:
    office.happen(10)
    province.fail("refuse", 1, seqs=[4])
    agent = run(follower(province.port))
    agent.report.refused[0]["seq"] = 18
    office.followers["tinh"]["refused"][0]["seq"] = 18
    office.ask_again("tinh", {18: 1000})
    sent = len(follower.watched.sizes)
    for _ in range(12):
        agent.run_once()
    assert office.followers["tinh"]["refused"] == [] and len(follower.watched.sizes) == sent


def test_an_event_refused_again_stays_in_sight_and_is_not_sent_for_ever(
    office: Office, province: OneStop, follower: Follower
) -> None:
    office.happen(10)
    province.fail("refuse", seqs=[4])
    agent = run(follower(province.port))
    office.ask_again("tinh", {4: 1000})
    sent = len(follower.watched.sizes)
    for _ in range(30):
        agent.run_once()
    assert len(follower.watched.sizes) == sent + 1
    assert [(row["seq"], row["tried"]) for row in office.followers["tinh"]["refused"]] == [(4, 1000)]
    assert len(arrived(province)) == 9
