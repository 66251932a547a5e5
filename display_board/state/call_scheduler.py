"""Which call is in the spotlight: in order, each once, none merged. Policy without sound, screen or clock."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

from contract.records import dataclass
from display_board.state.board import BoardCall

LEAST_S = 8.0
SHOWN_S = 20.0
FRESH_MS = 60_000
CROWD = 3
REMEMBERED = 512


@dataclass(frozen=True, slots=True)
class Spotlight:
    """`since`: monotonic seconds at which it lit up; `times`: how often the sentence is spoken."""

    call: BoardCall
    since: float
    times: int


class CallScheduler:
    """`begin` is told each call as it lights up; `voice_done` says whether nothing is being spoken."""

    def __init__(self, begin: Callable[[BoardCall, int], None], voice_done: Callable[[], bool]) -> None:
        self._begin = begin
        self._voice_done = voice_done
        self._waiting: deque[BoardCall] = deque()
        self._seen: deque[tuple[str, str, int]] = deque(maxlen=REMEMBERED)
        self.spotlight: Spotlight | None = None

    def hear(self, call: BoardCall, now_ms: int) -> None:
        """Take a call unless it was taken before or is older than a minute (`now_ms` by the service's clock)."""
        key = (call.number, call.counter, call.time)
        if key in self._seen or now_ms - call.time > FRESH_MS:
            return
        self._seen.append(key)
        self._waiting.append(call)

    def withdraw(self, ticket: str, since: int = -1) -> None:
        """Calls of a ticket made after `since` (ms) were undone: before their turn they send nobody."""
        self._waiting = deque(call for call in self._waiting if call.ticket != ticket or call.time <= since)

    def tick(self, now: float) -> None:
        """Move on where it is time; `now` in monotonic seconds."""
        lit = self.spotlight
        if lit is not None:
            least = LEAST_S if self._waiting else SHOWN_S
            if now - lit.since < least or not self._voice_done():
                return
            self.spotlight = None
        if self._waiting:
            times = 1 if len(self._waiting) > CROWD else 2
            call = self._waiting.popleft()
            self.spotlight = Spotlight(call, now, times)
            self._begin(call, times)
