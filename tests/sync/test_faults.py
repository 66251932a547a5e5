"""The worst line and the worst province: whatever happens between, every event arrives once and in order."""

from __future__ import annotations

import socket
import threading
import time
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest

from sync.agent import Agent
from sync.errors import SyncError
from sync.http.client import MEBIBYTE, HttpClient
from sync.simulator.onestop import OneStop
from tests.sync.conftest import Follower, Wall
from tests.sync.deliveries import run, same
from tests.sync.journal import Office
from tests.sync.proxy import Proxy


def wait_out(agent: Agent, wall: Wall, seconds: float) -> int:
    """Let the follower try for so long by its own waits; returns how often it tried."""
    until, tries = wall.now + seconds, 0
    while wall.now < until:
        wall.now += agent.run_once()
        tries += 1
    return tries


# N1
def two_weeks(office: Office, province: OneStop, line: Proxy, agent: Agent, wall: Wall, away_s: float) -> None:
    office.happen(1204)
    line.off = True
    tries = wait_out(agent, wall, away_s)
    assert away_s / 300 <= tries <= 20 + away_s / 100, "it neither gives up nor floods the line"
    assert office.followers["tinh"]["detail"].startswith("đang chờ 1.204 sự kiện từ 09:12")
    line.off = False
    run(agent)
    assert same(province, office)
    assert office.followers["tinh"]["detail"] is None


def test_a_line_that_was_down_for_a_day_is_caught_up(
    office: Office, province: OneStop, line: Proxy, follower: Follower, wall: Wall
) -> None:
    two_weeks(office, province, line, follower(line.port), wall, timedelta(days=1).total_seconds())


@pytest.mark.soak
def test_a_line_that_was_down_for_two_weeks_is_caught_up(
    office: Office, province: OneStop, line: Proxy, follower: Follower, wall: Wall
) -> None:
    two_weeks(office, province, line, follower(line.port), wall, timedelta(days=14).total_seconds())


# N2; times are a hundredth, rates a hundredfold
LINES: dict[str, dict[str, Any]] = {
    "loss": {"loss": 0.3, "again_s": 0.05},
    "latency": {"delay_s": 0.2},
    "slow": {"rate": 200_000},
    "sliced": {"slices": 1},
    "all": {"loss": 0.3, "again_s": 0.02, "delay_s": 0.2, "rate": 200_000, "slices": 1},
}


@pytest.mark.parametrize("kind", LINES)
def test_a_bad_line_only_costs_time(
    kind: str, office: Office, province: OneStop, line: Proxy, follower: Follower
) -> None:
    office.happen(600)
    vars(line).update(LINES[kind])
    agent = run(follower(line.port, HttpClient(timeout_s=0.2)))
    assert same(province, office)
    assert follower.watched.most_under_way == 1 and agent.cursor == 600


@pytest.mark.soak
@pytest.mark.parametrize("kind", LINES)
def test_a_bad_line_for_a_minute_at_a_tenth_of_its_times(
    kind: str, office: Office, province: OneStop, line: Proxy, follower: Follower
) -> None:
    tenth = {"again_s": 10, "delay_s": 10, "rate": 0.1}
    vars(line).update({key: value * tenth.get(key, 1) for key, value in LINES[kind].items()})
    agent = follower(line.port, HttpClient(timeout_s=2.0))
    until = time.monotonic() + 60
    while time.monotonic() < until:
        office.happen(20)
        agent.run_once()
    run(agent, 2000)
    assert same(province, office)


def test_batches_shrink_to_one_event_on_a_failing_line_and_grow_again(
    office: Office, province: OneStop, follower: Follower
) -> None:
    office.happen(900)
    province.fail("503", 9)
    run(follower(province.port))
    sizes = follower.watched.sizes
    assert sizes[:10] == [500, 250, 125, 62, 31, 15, 7, 3, 1, 1] and sizes[10:15] == [2, 4, 8, 16, 32]
    assert same(province, office)


# N4
def cut_everywhere(office: Office, province: OneStop, line: Proxy, follower: Follower, step: int) -> None:
    """Connections end after k bytes of request or answer, asking for the cursor and delivering included."""
    for reset in (False, True):
        line.reset = reset
        for k in range(0, 1600, step):
            office.happen(1)
            line.cut_request_at = k
            follower(line.port).run_once()
            line.cut_request_at, line.cut_reply_at = None, k
            follower(line.port).run_once()
            line.cut_reply_at = None
    run(follower(line.port))
    assert same(province, office)


def test_a_connection_cut_at_any_byte_neither_doubles_nor_loses(
    office: Office, province: OneStop, line: Proxy, follower: Follower
) -> None:
    cut_everywhere(office, province, line, follower, step=67)


@pytest.mark.soak
def test_a_connection_cut_at_every_byte_neither_doubles_nor_loses(
    office: Office, province: OneStop, line: Proxy, follower: Follower
) -> None:
    cut_everywhere(office, province, line, follower, step=1)


def test_a_half_open_connection_is_given_up_at_the_deadline(
    office: Office, province: OneStop, line: Proxy, follower: Follower
) -> None:
    office.happen(10)
    agent = run(follower(line.port, HttpClient(timeout_s=0.3)))
    office.happen(10)
    line.silent = True
    began = time.monotonic()
    agent.run_once()
    assert 0.2 < time.monotonic() - began < 3
    assert "không trả lời" in office.followers["tinh"]["detail"]
    line.silent = False
    run(agent)
    assert same(province, office)


def test_an_answer_that_comes_too_late_is_not_taken_for_the_next_one(province: OneStop) -> None:
    address = f"http://127.0.0.1:{province.port}/events"
    line = HttpClient(timeout_s=0.3)
    province.fail("hang", 1, seconds=0.5)
    with pytest.raises(SyncError, match="does not answer"):
        line.request("POST", address, b"[]")
    assert line.request("GET", f"{address}/cursor?source=urn:motcua:ba-vi:e1").status == 200


# N6
NINE_DAYS = "in nine days"  # as a date, when the test runs
ASKED: list[tuple[str | None, float, float]] = [
    ("5", 5, 5),
    ("86400", 3600, 3600),
    (NINE_DAYS, 3600, 3600),
    ("bald", 1, 2),
    ("-7", 1, 2),
    (None, 1, 2),
]


@pytest.mark.parametrize(("asked", "least", "most"), ASKED)
@pytest.mark.parametrize("status", [500, 502, 503, 429])
def test_a_busy_province_is_left_alone_as_long_as_it_asks(
    status: int, asked: str | None, least: float, most: float, office: Office, province: OneStop, follower: Follower
) -> None:
    office.happen(3)
    if asked == NINE_DAYS:
        asked = format_datetime(datetime.now(UTC) + timedelta(days=9), usegmt=True)
    province.fail("status", status=status, **({} if asked is None else {"retry_after": asked}))
    agent = follower(province.port)
    assert least <= agent.run_once() <= most
    assert str(status) in office.followers["tinh"]["detail"] and agent.cursor == 0
    province.heal()
    run(agent)
    assert same(province, office)


# N8
LIES: list[tuple[str, dict[str, Any]]] = [
    ("html", {}),
    ("html", {"cursor": True}),
    ("empty", {}),
    ("truncate", {}),
    ("wrong_schema", {}),
    ("redirect", {}),
    ("big", {"mib": 100}),
    ("gzip_bomb", {"mib": 100}),
    ("drip", {"seconds": 3}),
    ("empty", {"cursor": True}),
    ("gzip_bomb", {"mib": 2000, "cursor": True}),
    ("lost", {}),
]


@pytest.mark.parametrize(("mode", "options"), LIES, ids=lambda value: str(value))
def test_an_answer_that_is_no_receipt_moves_nothing(
    mode: str, options: dict[str, Any], office: Office, province: OneStop, line: Proxy, follower: Follower
) -> None:
    if options.get("mib", 0) > 1000:
        options = {**options, "mib": 200}
    office.happen(30)
    province.fail(mode, **options)
    agent = follower(line.port)
    began = time.monotonic()
    assert agent.run_once() >= 1.0
    assert time.monotonic() - began < 5 and agent.cursor == 0
    assert line.sent["down"] < 12 * MEBIBYTE, "what was on its way when the follower hung up"
    province.heal()
    run(agent)
    assert same(province, office)


def test_not_more_than_that_of_a_head_is_ever_read() -> None:
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        client, _ = listener.accept()
        client.recv(65536)
        with suppress(OSError):
            client.sendall(b"HTTP/1.1 200 OK\r\n" + b"".join(b"X-%d: %s\r\n" % (n, b"y" * 65_000) for n in range(90)))
            client.sendall(b"Content-Length: 2\r\n\r\n{}")
        client.close()

    threading.Thread(target=serve, daemon=True).start()
    with pytest.raises(SyncError, match="too long"):
        HttpClient(max_bytes=MEBIBYTE).request("GET", f"http://127.0.0.1:{listener.getsockname()[1]}/")
    listener.close()


def test_not_more_than_a_mebibyte_of_an_answer_is_ever_held(province: OneStop) -> None:
    province.fail("big", mib=4)
    line = HttpClient(max_bytes=MEBIBYTE)
    with pytest.raises(SyncError, match="too long"):
        line.request("POST", f"http://127.0.0.1:{province.port}/events", b"[]")


# N9
@pytest.mark.parametrize("off_days", [-1, 1])
def test_a_province_whose_clock_is_a_day_wrong_is_understood(
    off_days: int, office: Office, province: OneStop, follower: Follower
) -> None:
    office.happen(3)
    theirs = datetime.now(UTC) + timedelta(days=off_days, seconds=90)
    off_s = timedelta(days=off_days).total_seconds()
    province.fail("status", status=503, retry_after=format_datetime(theirs, usegmt=True), clock_off_s=off_s)
    assert 85 <= follower(province.port).run_once() <= 91


FALLS = [("lose_database", {}), ("rewind", {"after": 700}), ("rewind", {"after": 1})]


@pytest.mark.parametrize(("mode", "options"), FALLS)
def test_a_province_that_fell_back_is_filled_up_again(
    mode: str, options: dict[str, int], office: Office, province: OneStop, follower: Follower
) -> None:
    office.happen(900)
    agent = run(follower(province.port))
    province.fail(mode, **options)
    office.happen(1)
    run(agent)
    assert same(province, office)


def test_an_idle_follower_notices_that_the_province_lost_its_data(
    office: Office, province: OneStop, follower: Follower
) -> None:
    office.happen(40)
    agent = run(follower(province.port))
    province.fail("lose_database")
    for _ in range(610):
        agent.run_once()
    assert same(province, office)
