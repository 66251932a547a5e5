"""Keeps the board up to date: snapshot, then the live stream behind it; reconnects by itself."""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable, Iterator, Sequence
from email.utils import parsedate_to_datetime

import requests

from display_board.board import Board, from_snapshot
from display_board.news import Following, News, Withdrawn
from display_board.sse import Frames
from display_board.state import Call, instant

SILENCE_S = 5.0
CONNECT_S = 1.0
RETRY_S = 0.5
REFRESH_S = 30.0
NEW_LIFE = frozenset({404, 409})
log = logging.getLogger("display_board.follower")
__all__ = ["SILENCE_S", "Follower", "News"]


class Follower(threading.Thread):
    """`now_ms` wall clock, `monotonic` seconds; `heard_at` is when anything last arrived (monotonic)."""

    def __init__(self, address: str, token: str, now_ms: Callable[[], int], monotonic: Callable[[], float]) -> None:
        super().__init__(name="follower", daemon=True)
        self.news: queue.Queue[News] = queue.Queue()
        self.heard_at = monotonic()
        self.problem = ""
        self._address = address
        self._session = requests.Session()
        self._session.trust_env = False
        self._session.headers["Authorization"] = f"Bearer {token}"
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
            except (requests.RequestException, ValueError, KeyError, TypeError, AttributeError) as error:
                self.problem = f"{type(error).__name__}: {error}"
                log.info("no news from the service: %s", self.problem)
            self._tell(News(self.board, (), (), False, self._ahead, self._service_at))
            self._stopped.wait(RETRY_S)

    def _begin_anew(self) -> None:
        self._hand_over(self._following.begin(self._snapshot()))

    def _refresh(self) -> None:
        self._following.refresh(self._snapshot())
        if self.board is not None:
            self._hand_over()

    def _snapshot(self) -> Board:
        """Raises requests.RequestException; KeyError, TypeError or ValueError when it is none."""
        answer = self._session.get(f"{self._address}/api/v1/board", timeout=(CONNECT_S, SILENCE_S))
        answer.raise_for_status()
        body = answer.json()
        self._note_clock(body.get("time"), answer.headers.get("Date"))
        self._refreshed_at = self._monotonic()
        return from_snapshot(body)

    def _follow(self) -> bool:
        """One stream until it closes or falls silent (requests.RequestException).

        True when another life of the office began, so that nothing is lost: the next stream is opened at once.
        """
        board = self.board
        if board is None:
            return False
        where = {"after": str(self._following.heard), "epoch": board.epoch}
        url = f"{self._address}/api/v1/stream"
        with self._session.get(url, params=where, stream=True, timeout=(CONNECT_S, SILENCE_S)) as answer:
            if answer.status_code in NEW_LIFE:
                self._begin_anew()
                self._stopped.wait(RETRY_S)
                return True
            answer.raise_for_status()
            self._hand_over()
            return self._read(answer)

    def _read(self, answer: requests.Response) -> bool:
        """Whether it ended because another life of the office began."""
        frames = Frames()
        for chunk in answer.iter_content(chunk_size=None):
            self.heard_at = self._monotonic()
            events = list(frames.feed(chunk))
            if events:
                self._hand_over(*self._following.hear(events))
            overdue = self._monotonic() - self._refreshed_at > REFRESH_S
            if self.board is not None and (self.board.doubtful or overdue):
                self._refresh()
            if self.board is None or self._stopped.is_set():
                return self.board is None
        return False

    def _hand_over(self, calls: Sequence[Call] = (), withdrawn: Sequence[Withdrawn] = ()) -> None:
        self.heard_at = self._monotonic()
        self._tell(News(self.board, tuple(calls), tuple(withdrawn), True, self._ahead, self._service_at))

    def _tell(self, news: News) -> None:
        self.news.put(news)
        self._arrived.set()

    def _note_clock(self, told: str | None, date: str | None) -> None:
        """The service's clock: as it tells, else the second in which it answered."""
        if told or date:
            at = instant(told) if told else round(parsedate_to_datetime(date or "").timestamp() * 1000)
            self._ahead = at - self._now_ms()
            self._service_at = at - round(self._monotonic() * 1000)
