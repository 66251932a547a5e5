"""How snapshots and the stream's events become the board and the calls to be made. No line, no thread, no clock."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import field, replace
from typing import Any

from contract.records import dataclass
from display_board.state.board import BoardCall
from display_board.state.fold import Board, apply, call_of

Withdrawn = tuple[str, int]
log = logging.getLogger("display_board.state.news")


@dataclass(frozen=True, slots=True)
class News:
    """One look at the office and the calls that led to it.

    `service_ahead_ms`: the service's clock minus ours, None until an answer carried a date. `service_at`: the
    service's clock (ms) at our monotonic 0, which holds when our own clock is set meanwhile. `withdrawn`: tickets
    whose calls after a moment (ms) were undone.
    """

    board: Board | None
    calls: tuple[BoardCall, ...] = ()
    withdrawn: tuple[Withdrawn, ...] = ()
    connected: bool = True
    service_ahead_ms: int | None = None
    service_at: int | None = None

    def service_ms(self, monotonic: float, now_ms: int) -> int:
        """The service's clock now; ours while it never told."""
        return now_ms if self.service_at is None else self.service_at + round(monotonic * 1000)


class Gap(ValueError):
    """Events are missing before the one that came: ask again behind the last one heard."""


@dataclass
class Following:
    """`heard`: the last event that came by the stream. A snapshot may run ahead of it: the board then needs the
    events between no more, but the calls in them are still to be made, in their order.
    """

    board: Board | None = None
    heard: int = 0
    _gap: int = field(default=-1, repr=False)

    def begin(self, fresh: Board) -> list[BoardCall]:
        """A life of the office not followed before: of its calls those that still wait for somebody are made."""
        self.board, self.heard = fresh, fresh.seq
        called = {row.ticket.number for row in fresh.rows if row.ticket and row.ticket.state == "CALLED"}
        return [call for call in reversed(fresh.calls) if call.number in called]

    def refresh(self, fresh: Board) -> None:
        """A newer look; of another life nothing is known yet, so `begin` is due."""
        if self.board is None or fresh.epoch != self.board.epoch:
            self.board = None
        elif fresh.seq >= self.board.seq:
            self.board = fresh

    def hear(self, events: Sequence[Mapping[str, Any]]) -> tuple[list[BoardCall], list[Withdrawn]]:
        """The calls to be made, and what was undone. Raises Gap, once for each place where events are missing."""
        calls: list[BoardCall] = []
        withdrawn: list[Withdrawn] = []
        for event in events:
            if self.board is None or self._is_early(event, self.board.epoch, bool(calls or withdrawn)):
                break
            self.board = _after(self.board, event)
            if event["epoch"] != self.board.epoch or event["seq"] <= self.heard:
                continue
            self.heard = event["seq"]
            if event["type"] == "ticket.undone":
                undone = (event["subject"], event["data"].get("called_at") or -1)
                withdrawn.append(undone)
                calls = [call for call in calls if call.ticket != undone[0] or call.time <= undone[1]]
            call = _call_of(event)
            if call is not None:
                calls.append(call)
        return calls, withdrawn

    def _is_early(self, event: Mapping[str, Any], epoch: str, holding: bool) -> bool:
        """Whether an event must wait for those before it; raises Gap unless there are calls to hand over first."""
        if event["epoch"] != epoch or event["seq"] <= self.heard + 1 or self._gap == self.heard:
            return False
        if not holding:
            self._gap = self.heard
            raise Gap(f"event {event['seq']} came after {self.heard}")
        return True


def _after(board: Board, event: Mapping[str, Any]) -> Board:
    """An event that cannot be understood must not stop the screen: it is passed over and the whole looked at anew."""
    try:
        return apply(board, event)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        log.warning("event %s is not understood: %r", event["seq"], error)
        return replace(board, seq=max(board.seq, event["seq"]), doubtful=True)


def _call_of(event: Mapping[str, Any]) -> BoardCall | None:
    try:
        return call_of(event)
    except (KeyError, TypeError, ValueError) as error:
        log.warning("the call of event %s is not understood: %r", event["seq"], error)
        return None
