from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import pytest

from display_board.follower import BoardFollower, News
from display_board.sse import Frames
from kiosk.commands.service_client import board_clients
from tests.display_board.office import NOW, snapshot
from tests.display_board.service import Service
from tests.display_board.state.test_fold_equals_fresh_look import event


@pytest.fixture
def service() -> Iterator[Service]:
    made = Service()
    yield made
    made.end()


@pytest.fixture
def follower(service: Service) -> Iterator[BoardFollower]:
    made = BoardFollower(board_clients(service.address, "secret"), lambda: NOW, time.monotonic)
    made.start()
    yield made
    made.stop()


def until(follower: BoardFollower, wanted: Callable[[News], object]) -> News:
    end = time.monotonic() + 30
    while time.monotonic() < end:
        news = follower.news.get(timeout=30)
        if wanted(news):
            return news
    raise AssertionError("it never came")


def test_the_board_follows_the_stream_and_says_when_it_closed(service: Service, follower: BoardFollower) -> None:
    service.tell(event(101, "ticket.called", why="arrival"))
    news = until(follower, lambda n: n.board and n.board.seq == 101)
    assert [call.number for call in news.calls] == ["A013"]
    service.body = snapshot(epoch="e2", seq=5)
    service.cut()
    assert until(follower, lambda n: not n.connected).board is not None
    found = until(follower, lambda n: n.board and n.board.epoch == "e2").board
    assert found is not None and found.seq == 5


def test_another_life_of_the_office_leaves_no_moment_without_a_board(service: Service, follower: BoardFollower) -> None:
    until(follower, lambda n: n.connected and n.board)
    service.body = snapshot(epoch="e2", seq=5)
    service.tell(event(101, "ticket.called", why="arrival") | {"epoch": "e2"})
    seen: list[News] = []
    until(follower, lambda n: seen.append(n) or (n.board and n.board.epoch == "e2"))  # type: ignore[func-returns-value]
    assert all(news.connected and news.board for news in seen), "neither dark nor called out of date"


def test_the_board_is_back_within_two_seconds_of_the_service(service: Service, follower: BoardFollower) -> None:
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
    service: Service, follower: BoardFollower
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
    follower = BoardFollower(board_clients(service.address, "secret"), lambda: ours[0], time.monotonic)
    follower.start()
    news = until(follower, lambda n: n.connected and n.board)
    follower.stop()
    ours[0] = 1_900_000_000_000
    assert abs(news.service_ms(time.monotonic(), ours[0]) - time.time() * 1000) < 2500
    assert news.service_ahead_ms is not None and news.service_ahead_ms > 600_000_000_000


def test_the_looks_of_the_office_are_asked_for_once_and_again_only_when_they_changed(
    service: Service, follower: BoardFollower
) -> None:
    first = until(follower, lambda n: n.connected and n.board).board
    assert first is not None and first.display.office == service.shown["office"]["name"]
    service.body = snapshot(seq=101)
    service.tell(
        event(101, "dossier.updated", code="000.00.53.H48-240414-0001", status=9, field="Đất đai", due_at=None)
    )
    until(follower, lambda n: n.board and n.board.seq == 101 and not n.board.doubtful)
    assert service.asked.count("/api/v1/page/board") == 1, (
        "a new look at the board needs no new look at the configuration"
    )
    service.shown["office"]["name"] = "UBND xã Tân Lập"
    service.body = snapshot(seq=102)
    service.tell(event(102, "office.configured", changed=["office"]))
    news = until(follower, lambda n: n.board and n.board.display.office == "UBND xã Tân Lập")
    assert news.connected and service.asked.count("/api/v1/page/board") == 2


def test_looks_that_did_not_change_are_kept_by_their_etag(service: Service, follower: BoardFollower) -> None:
    until(follower, lambda n: n.connected and n.board)
    service.body = snapshot(seq=101)
    service.tell(event(101, "office.configured", changed=["office"]))
    news = until(follower, lambda n: n.board and n.board.seq == 101 and not n.board.doubtful)
    assert service.not_modified == 1
    assert news.board is not None and news.board.display.office == service.shown["office"]["name"]


def test_news_wakes_whoever_waits_for_it(service: Service, follower: BoardFollower) -> None:
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
