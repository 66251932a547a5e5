"""The follower against the simulated one-stop system."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from contract.receipts import Receipt
from sync.agent import Agent
from sync.connectors.cloudevents_http import CloudEventsHttp
from sync.errors import SyncError
from sync.http.client import STATUS
from sync.simulator.onestop import OneStop
from tests.sync.conftest import Wall
from tests.sync.deliveries import arrived, run
from tests.sync.journal import Office
from tests.sync.proxy import Proxy

Follower = Callable[..., Agent]


def test_every_event_arrives_once_and_in_pages_of_at_most_500(
    office: Office, province: OneStop, follower: Follower
) -> None:
    office.happen(1204)
    agent = run(follower(province.port))
    assert arrived(province) == office.known()
    assert office.followers["tinh"] == {"epoch": "e1", "cursor": 1204, "state": "ok", "detail": None, "refused": []}
    assert max(office.limits) <= 500 and agent.backlog == 0


MODES = ["500", "503", "html", "empty", "truncate", "hang", "wrong_hash", "wrong_epoch", "big"]


@pytest.mark.parametrize("mode", MODES)
def test_a_failing_province_moves_nothing_and_loses_nothing(
    mode: str, office: Office, province: OneStop, follower: Follower
) -> None:
    office.happen(20)
    province.fail(mode, seconds=2)
    agent = follower(province.port)
    assert agent.run_once() >= 1.0
    assert agent.cursor == 0 and office.followers["tinh"]["state"] == ("blocked" if mode == "wrong_hash" else "waiting")
    assert office.followers["tinh"]["detail"].startswith("đang chờ 20 sự kiện từ 09:12, ")
    province.heal()
    run(agent)
    assert arrived(province) == office.known()


def test_a_dead_line_is_told_in_words(office: Office, follower: Follower) -> None:
    office.happen(1204)
    agent = follower(1)
    agent.run_once()
    assert office.followers["tinh"]["detail"] == "đang chờ 1.204 sự kiện từ 09:12, máy chủ không trả lời"


def test_a_partial_receipt_is_continued_where_it_ends(office: Office, province: OneStop, follower: Follower) -> None:
    office.happen(90)
    province.fail("partial", 3, count=7)
    agent = follower(province.port)
    assert agent.run_once() == 0 and agent.cursor == 7
    run(agent)
    assert arrived(province) == office.known()


def test_a_province_that_lost_its_database_gets_everything_again(
    office: Office, province: OneStop, follower: Follower
) -> None:
    office.happen(30)
    agent = run(follower(province.port))
    province.fail("lose_database")
    office.happen(5)
    run(agent)
    assert arrived(province) == office.known()


def test_a_rewritten_history_is_seen_and_nothing_is_sent(office: Office, province: OneStop, follower: Follower) -> None:
    office.happen(10)
    run(follower(province.port))
    office.epochs["e1"] = [{**event, "hash": "a" * 64} for event in office.epochs["e1"]]
    before = province.received
    agent = follower(province.port)
    agent.run_once()
    assert agent.cursor == 0 and province.received == before
    assert "không khớp" in office.followers["tinh"]["detail"]


def test_older_epochs_go_first_and_the_next_one_follows(office: Office, province: OneStop, follower: Follower) -> None:
    office.happen(12, "e1")
    office.happen(8, "e2")
    agent = run(follower(province.port))
    assert arrived(province, "e1", "e2") == office.known() and agent.epoch == "e2"
    office.happen(4, "e3")
    run(agent)
    assert arrived(province, "e1", "e2", "e3") == office.known()


def test_a_backup_older_than_what_was_delivered_goes_on_with_its_new_epoch(
    office: Office, province: OneStop, follower: Follower
) -> None:
    office.happen(12, "e1")
    run(follower(province.port))
    del office.epochs["e1"][9:]
    office.happen(3, "e2")
    agent = run(follower(province.port))
    assert (agent.epoch, agent.cursor) == ("e2", 3)


def test_a_refused_event_is_parked_in_sight_and_the_rest_arrives(
    office: Office, province: OneStop, follower: Follower
) -> None:
    office.happen(10)
    province.fail("refuse", 1, seq=4)
    run(follower(province.port))
    row = office.followers["tinh"]
    assert [(r["epoch"], r["seq"], r["code"]) for r in row["refused"]] == [("e1", 4, "refused")]
    assert row["cursor"] == 10 and "1 sự kiện bị từ chối" in row["detail"]
    assert office.known() - arrived(province) == {k for k in office.known() if k[1] == 4}
    assert run(follower(province.port)).report.refused == row["refused"]


def test_an_event_that_makes_the_province_refuse_the_request_is_shown_and_not_overtaken(
    office: Office, province: OneStop, follower: Follower
) -> None:
    office.happen(10)
    office.epochs["e1"][3]["type"] = "spoilt"
    agent = follower(province.port)
    for _ in range(20):
        agent.run_once()
    assert agent.cursor == 3 and office.followers["tinh"]["refused"][0]["seq"] == 4
    assert len(arrived(province)) == 3


def test_an_answer_cut_at_any_byte_never_doubles_or_loses_an_event(
    office: Office, province: OneStop, follower: Follower
) -> None:
    proxy = Proxy(province.port)
    try:
        agent = follower(proxy.port)
        for cut in range(0, 400, 23):
            office.happen(2)
            proxy.cut_reply_at = cut
            follower(proxy.port).run_once()
            proxy.cut_reply_at, proxy.cut_request_at = None, cut * 4
            follower(proxy.port).run_once()
            proxy.cut_request_at = None
        run(agent)
        assert arrived(province) == office.known()
    finally:
        proxy.close()


def test_an_acknowledgement_lost_on_the_way_is_asked_for_again(
    office: Office, province: OneStop, follower: Follower
) -> None:
    office.happen(5)
    province.fail("truncate", 1)
    agent = follower(province.port)
    agent.run_once()
    assert agent.cursor == 0 and len(arrived(province)) == 5
    run(agent)
    assert province.received == 1 and arrived(province) == office.known()


def test_a_wrong_token_is_told_and_its_repair_is_enough(office: Office, follower: Follower) -> None:
    office.happen(3)
    province = OneStop(token="secret")
    port = province.start()
    try:
        follower(port, token="wrong").run_once()
        assert "không chấp nhận mã truy cập" in office.followers["tinh"]["detail"]
        run(follower(port, token="secret"))
        assert arrived(province) == office.known()
    finally:
        province.stop()


def test_a_restart_while_the_line_is_dead_does_not_forget_how_far_it_was(
    office: Office, province: OneStop, follower: Follower
) -> None:
    office.happen(10)
    run(follower(province.port))
    office.happen(2)
    follower(1).run_once()
    row = office.followers["tinh"]
    assert row["cursor"] == 10 and row["detail"].startswith("đang chờ 2 sự kiện")


def test_since_when_a_line_waits_is_not_forgotten_at_every_attempt(
    office: Office, province: OneStop, follower: Follower, wall: Wall, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.happen(2)
    agent = follower(province.port)

    def refuse(*_: object) -> Receipt:
        raise SyncError(STATUS, retryable=False, status=422, facts={"status": 422})

    with monkeypatch.context() as there:
        there.setattr(CloudEventsHttp, "deliver", refuse)
        for _ in range(6):
            agent.run_once()
            wall.now += 60
    states = [row["state"] for row in office.history if row["state"] != "ok"]
    assert states[0] == "sending" and set(states[1:]) == {"blocked"}, "the receiver answers, yet nothing goes through"
    office.history.clear()
    run(agent)
    assert [row["state"] for row in office.history][-1] == "ok" and arrived(province) == office.known()
