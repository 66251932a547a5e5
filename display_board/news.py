"""What the follower hands to the screen, and how the stream's events become it. Pure but for the list it keeps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from display_board.board import Board, apply, call_of
from display_board.state import Call

Withdrawn = tuple[str, int]


@dataclass(frozen=True, slots=True)
class News:
    """One look at the office and the calls that led to it.

    `service_ahead_ms`: the service's clock minus ours, None until an answer carried a date. `service_at`: the
    service's clock (ms) at our monotonic 0, which holds when our own clock is set meanwhile. `withdrawn`: tickets
    whose calls after a moment (ms) were undone.
    """

    board: Board | None
    calls: tuple[Call, ...] = ()
    withdrawn: tuple[Withdrawn, ...] = ()
    connected: bool = True
    service_ahead_ms: int | None = None
    service_at: int | None = None

    def service_ms(self, monotonic: float, now_ms: int) -> int:
        """The service's clock now; ours while it never told."""
        return now_ms if self.service_at is None else self.service_at + round(monotonic * 1000)


def fold(
    board: Board, events: Sequence[Mapping[str, Any]], heard: int
) -> tuple[Board, list[Call], list[Withdrawn], int]:
    """The board after the events, the calls among those behind `heard`, what was undone, and the last seq heard.

    A snapshot may run ahead of the stream: its state needs an event no more, but the call in it is still to be made.
    """
    calls: list[Call] = []
    withdrawn: list[Withdrawn] = []
    for event in events:
        board = apply(board, event)
        if event["epoch"] != board.epoch or event["seq"] <= heard:
            continue
        heard = event["seq"]
        if event["type"] == "ticket.undone":
            undone = (event["subject"], event["data"].get("called_at") or 0)
            withdrawn.append(undone)
            calls = [call for call in calls if call.ticket != undone[0] or call.time <= undone[1]]
        call = call_of(event)
        if call is not None:
            calls.append(call)
    return board, calls, withdrawn, heard
