from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import pytest

from display_board.follower import Follower, News
from display_board.sse import Frames
from tests.display_board.office import NOW, snapshot
from tests.display_board.service import Service
from tests.display_board.test_board import event


@pytest.fixture
def service() -> Iterator[Service]:
    made = Service()
    yield made
    made.end()


@pytest.fixture
def follower(service: Service) -> Iterator[Follower]:
    made = Follower(service.address, "secret", lambda: NOW, time.monotonic)
    made.start()
    yield made
    made.stop()


def until(follower: Follower, wanted: Callable[[News], object]) -> News:
    end = time.monotonic() + 30
    while time.monotonic() < end:
        news = follower.news.get(timeout=30)
        if wanted(news):
            return news
    raise AssertionError("it never came")


def test_the_board_follows_the_stream_and_says_when_it_closed(service: Service, follower: Follower) -> None:
    service.tell(event(101, "ticket.called", why="arrival"))
    news = until(follower, lambda n: n.board and n.board.seq == 101)
    assert [call.number for call in news.calls] == ["A013"]
    service.body = snapshot(epoch="e2", seq=5)
    service.cut()
    assert until(follower, lambda n: not n.connected).board is not None
    found = until(follower, lambda n: n.board and n.board.epoch == "e2").board
    assert found is not None and found.seq == 5


def test_another_life_of_the_office_leaves_no_moment_without_a_board(service: Service, follower: Follower) -> None:
    until(follower, lambda n: n.connected and n.board)
    service.body = snapshot(epoch="e2", seq=5)
    service.tell(event(101, "ticket.called", why="arrival") | {"epoch": "e2"})
    seen: list[News] = []
    until(follower, lambda n: seen.append(n) or (n.board and n.board.epoch == "e2"))  # type: ignore[func-returns-value]
    assert all(news.connected and news.board for news in seen), "neither dark nor called out of date"


def test_the_board_is_back_within_two_seconds_of_the_service(service: Service, follower: Follower) -> None:
    until(follower, lambda n: n.connected and n.board)
    port = service.server_port
    service.end()
    until(follower, lambda n: not n.connected)
    until(follower, lambda n: not n.connected)
    again = Service(port)
    began = time.monotonic()
    again.tell(event(101, "ticket.called", why="arrival"))
    news = until(follower, lambda n: n.calls)
    assert time.monotonic() - began < 2.0
    assert [call.number for call in news.calls] == ["A013"]
    assert sum("stream" in path for path in again.asked) == 1
    assert "after=100" in again.asked[-1], "it goes on behind the last event that it heard"
    again.end()


def test_every_call_is_handed_over_once_though_the_line_breaks_between_them(
    service: Service, follower: Follower
) -> None:
    heard: list[str] = []
    until(follower, lambda n: n.connected and n.board)
    for n in range(6):
        service.tell(event(101 + n, "ticket.called", number=f"A{100 + n}", why="arrival"))
        heard += [call.number for call in until(follower, lambda news: news.calls).calls]
        service.cut()
        until(follower, lambda news: not news.connected)
        service.close_stream.clear()
    assert heard == [f"A{100 + n}" for n in range(6)]


def test_the_clock_of_the_service_is_known_though_ours_is_set_meanwhile(service: Service) -> None:
    ours = [1_000_000_000_000]
    follower = Follower(service.address, "secret", lambda: ours[0], time.monotonic)
    follower.start()
    news = until(follower, lambda n: n.connected and n.board)
    follower.stop()
    ours[0] = 1_900_000_000_000
    assert abs(news.service_ms(time.monotonic(), ours[0]) - time.time() * 1000) < 2500
    assert news.service_ahead_ms is not None and news.service_ahead_ms > 600_000_000_000


def test_news_wakes_whoever_waits_for_it(service: Service, follower: Follower) -> None:
    follower.await_news(5)
    assert list(follower.take_news())
    began = time.monotonic()
    service.tell(event(101, "ticket.called", why="arrival"))
    while not any(news.calls for news in follower.take_news()):
        follower.await_news(5)
    assert time.monotonic() - began < 2


def test_events_cut_anywhere_arrive_whole() -> None:
    raw = b': beat\n\nid: 1\ndata: {"a": "\xe1\xba\xa5"}\n\nid: 2\ndata: {"a": 2}\n\n'
    frames = Frames()
    found = [item for i in range(len(raw)) for item in frames.feed(raw[i : i + 1])]
    assert found == [{"a": "ấ"}, {"a": 2}]
