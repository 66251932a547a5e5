"""Keeps the board up to date: snapshot, then the live stream behind it; reconnects by itself."""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import Any

import requests

from display_board.board import Board, apply, call_of, from_snapshot
from display_board.sse import Frames
from display_board.state import Call

SILENCE_S = 5.0
RETRY_S = 0.7
REFRESH_S = 30.0
NEW_LIFE = frozenset({404, 409})
log = logging.getLogger("display_board.follower")


@dataclass(frozen=True, slots=True)
class News:
    """What the follower hands to the screen.

    `service_ahead_ms`: the service's clock minus ours, None until an answer carried a date.
    `withdrawn`: ids of tickets whose call was undone.
    """

    board: Board | None
    calls: tuple[Call, ...] = ()
    withdrawn: tuple[str, ...] = ()
    connected: bool = True
    service_ahead_ms: int | None = None


class Follower(threading.Thread):
    """`now_ms` wall clock, `monotonic` seconds; `heard_at` is when anything last arrived (monotonic)."""

    def __init__(self, address: str, token: str, now_ms: Callable[[], int], monotonic: Callable[[], float]) -> None:
        super().__init__(name="follower", daemon=True)
        self.news: queue.Queue[News] = queue.Queue()
        self.heard_at = monotonic()
        self.board: Board | None = None
        self.problem = ""
        self._address = address
        self._session = requests.Session()
        self._session.trust_env = False
        self._session.headers["Authorization"] = f"Bearer {token}"
        self._now_ms = now_ms
        self._monotonic = monotonic
        self._stopped = threading.Event()
        self._ahead: int | None = None
        self._refreshed_at = monotonic()

    def stop(self) -> None:
        self._stopped.set()

    def run(self) -> None:
        while not self._stopped.is_set():
            try:
                if self.board is None:
                    self._take_snapshot(announce=True)
                self._follow()
                self.problem = "the stream was closed"
            except (requests.RequestException, ValueError, KeyError, TypeError) as error:
                self.problem = f"{type(error).__name__}: {error}"
                log.info("no news from the service: %s", self.problem)
            self.news.put(News(self.board, connected=False, service_ahead_ms=self._ahead))
            self._stopped.wait(RETRY_S)

    def _take_snapshot(self, announce: bool) -> None:
        """The office as it is; calls of it are announced when this board has not followed it before."""
        answer = self._session.get(f"{self._address}/api/v1/board", timeout=(2, SILENCE_S))
        answer.raise_for_status()
        self._note_date(answer)
        fresh = from_snapshot(answer.json())
        self._refreshed_at = self._monotonic()
        known = self.board
        if known is not None and known.epoch == fresh.epoch and fresh.seq < known.seq:
            return
        self.board = fresh
        called = {row.ticket.number for row in fresh.rows if row.ticket and row.ticket.state == "CALLED"}
        calls = tuple(c for c in reversed(fresh.calls) if announce and c.number in called)
        self._hand_over(calls)

    def _follow(self) -> None:
        """One stream until it closes or falls silent (requests.RequestException)."""
        board = self.board
        if board is None:
            return
        where = {"after": str(board.seq), "epoch": board.epoch}
        url = f"{self._address}/api/v1/stream"
        with self._session.get(url, params=where, stream=True, timeout=(2, SILENCE_S)) as answer:
            if answer.status_code in NEW_LIFE:
                self.board = None
                self._take_snapshot(announce=True)
                return
            answer.raise_for_status()
            self._hand_over()
            self._read(answer)

    def _read(self, answer: requests.Response) -> None:
        frames = Frames()
        for chunk in answer.iter_content(chunk_size=None):
            self.heard_at = self._monotonic()
            events = list(frames.feed(chunk))
            if events:
                self._fold(events)
            overdue = self._monotonic() - self._refreshed_at > REFRESH_S
            if self.board is None or self.board.doubtful or overdue:
                self._take_snapshot(announce=False)
            if self._stopped.is_set():
                return

    def _fold(self, events: Sequence[Mapping[str, Any]]) -> None:
        calls: list[Call] = []
        withdrawn: list[str] = []
        for event in events:
            if self.board is not None:
                self.board = apply(self.board, event)
            call = call_of(event)
            if call is not None:
                calls.append(call)
            if event["type"] == "ticket.undone":
                withdrawn.append(event["subject"])
                calls = [call for call in calls if call.ticket != event["subject"]]
        self._hand_over(tuple(calls), tuple(withdrawn))

    def _hand_over(self, calls: tuple[Call, ...] = (), withdrawn: tuple[str, ...] = ()) -> None:
        self.heard_at = self._monotonic()
        self.news.put(News(self.board, calls, withdrawn, True, self._ahead))

    def _note_date(self, answer: requests.Response) -> None:
        text = answer.headers.get("Date")
        if text:
            self._ahead = round(parsedate_to_datetime(text).timestamp() * 1000) - self._now_ms()
