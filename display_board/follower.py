"""Keeps the board up to date: snapshot, then the live stream behind it; reconnects by itself."""

from __future__ import annotations

import json
import logging
import queue
import threading
from collections.abc import Callable, Iterator, Sequence
from email.utils import parsedate_to_datetime
from urllib.parse import urlencode

from display_board.configured_display import ConfiguredDisplay
from display_board.service_client import ConnectService, ServiceUnavailable
from display_board.sse import Frames
from display_board.state.board import BoardCall, instant
from display_board.state.fold import Board, from_snapshot
from display_board.state.news import Following, News, Withdrawn

SILENCE_S = 5.0
RETRY_S = 0.5
REFRESH_S = 30.0
CONFIGURED = "office.configured"
NEW_EPOCH = frozenset({404, 409})
log = logging.getLogger("display_board.follower")
__all__ = ["SILENCE_S", "BoardFollower", "News"]


class BoardFollower(threading.Thread):
    """`now_ms` wall clock, `monotonic` seconds; `heard_at` is when anything last arrived (monotonic)."""

    def __init__(self, connect: ConnectService, now_ms: Callable[[], int], monotonic: Callable[[], float]) -> None:
        super().__init__(name="follower", daemon=True)
        self.news: queue.Queue[News] = queue.Queue()
        self.heard_at = monotonic()
        self.problem = ""
        self._service = connect(SILENCE_S)
        self._display = ConfiguredDisplay(self._service)
        self._now_ms = now_ms
        self._monotonic = monotonic
        self._stopped = threading.Event()
        self._arrived = threading.Event()
        self._following = Following()
        self._ahead: int | None = None
        self._service_at: int | None = None
        self._refreshed_at = monotonic()

    @property
    def board(self) -> Board | None:
        """What is known; None before the first snapshot."""
        return self._following.board

    def stop(self) -> None:
        self._stopped.set()

    def await_news(self, seconds: float) -> None:
        """Wait until there is news, at most so long."""
        self._arrived.wait(seconds)

    def take_news(self) -> Iterator[News]:
        """All that came since, oldest first."""
        self._arrived.clear()
        while True:
            try:
                yield self.news.get_nowait()
            except queue.Empty:
                return

    def run(self) -> None:
        while not self._stopped.is_set():
            try:
                if self.board is None:
                    self._begin_anew()
                if self._follow():
                    continue
                self.problem = "the stream was closed"
            except (ServiceUnavailable, ValueError, KeyError, TypeError, AttributeError) as error:
                self.problem = f"{type(error).__name__}: {error}"
                log.info("no news from the service: %s", self.problem)
            self._publish(News(self.board, (), (), False, self._ahead, self._service_at))
            self._stopped.wait(RETRY_S)

    def _begin_anew(self) -> None:
        self._display.is_stale = True
        self._hand_over(self._following.begin(self._snapshot()))

    def _refresh(self) -> None:
        self._following.refresh(self._snapshot())
        if self.board is not None:
            self._hand_over()

    def _snapshot(self) -> Board:
        """Raises ServiceUnavailable; KeyError, TypeError or ValueError when it is none."""
        display = self._display.refresh()
        response = self._service.get("/api/v1/board")
        body = json.loads(response.body)
        self._note_clock(body.get("time"), response.headers.get("Date"))
        self._refreshed_at = self._monotonic()
        return from_snapshot(body, display)

    def _follow(self) -> bool:
        """One stream until it closes or falls silent (ServiceUnavailable).

        True when another epoch of the office began, so that nothing is lost: the next stream is opened at once.
        """
        board = self.board
        if board is None:
            return False
        position = urlencode({"after": self._following.heard, "epoch": board.epoch})
        try:
            with self._service.stream(f"/api/v1/stream?{position}") as chunks:
                self._hand_over()
                return self._read(chunks)
        except ServiceUnavailable as error:
            if error.status not in NEW_EPOCH:
                raise
        self._begin_anew()
        self._stopped.wait(RETRY_S)
        return True

    def _read(self, chunks: Iterator[bytes]) -> bool:
        """Whether it ended because another epoch of the office began."""
        frames = Frames()
        for chunk in chunks:
            self.heard_at = self._monotonic()
            events = list(frames.feed(chunk))
            if events:
                self._display.is_stale |= any(event["type"] == CONFIGURED for event in events)
                self._hand_over(*self._following.hear(events))
            overdue = self._monotonic() - self._refreshed_at > REFRESH_S
            if self.board is not None and (self.board.doubtful or overdue):
                self._refresh()
            if self.board is None or self._stopped.is_set():
                return self.board is None
        return False

    def _hand_over(self, calls: Sequence[BoardCall] = (), withdrawn: Sequence[Withdrawn] = ()) -> None:
        self.heard_at = self._monotonic()
        self._publish(News(self.board, tuple(calls), tuple(withdrawn), True, self._ahead, self._service_at))

    def _publish(self, news: News) -> None:
        self.news.put(news)
        self._arrived.set()

    def _note_clock(self, time: str | None, date: str | None) -> None:
        """The service's clock: as it tells, else the second in which it answered."""
        if time or date:
            at = instant(time) if time else round(parsedate_to_datetime(date or "").timestamp() * 1000)
            self._ahead = at - self._now_ms()
            self._service_at = at - round(self._monotonic() * 1000)
