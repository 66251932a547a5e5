"""How long one will probably wait: the mean of today's services, shared by the open counters."""

from __future__ import annotations

import threading
from dataclasses import dataclass

from contract.tickets import CounterState
from kiosk.clock import Clock
from kiosk.store.store import Store

FRESH_S = 5.0
ENOUGH = 10
RECENT = 50


@dataclass(frozen=True, slots=True)
class Pace:
    """Mean service time in ms and the counters that serve; None before ten were served today."""

    mean_ms: int
    counters: int


class Estimates:
    """Read at most every five seconds; an estimate is a forecast, never a statistic."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._read_at = float("-inf")
        self._paces: dict[str, Pace] = {}
        self._lock = threading.Lock()

    def wait_s(self, service: str, ahead: int) -> int | None:
        """Seconds until the call of a ticket with `ahead` people before it; None while too few were served."""
        pace = self._fresh().get(service)
        return None if pace is None else round(ahead * pace.mean_ms / max(1, pace.counters) / 1000)

    def _fresh(self) -> dict[str, Pace]:
        now = self._clock.monotonic()
        if now - self._read_at > FRESH_S and self._lock.acquire(blocking=False):
            try:
                self._paces = self._read()
                self._read_at = now
            finally:
                self._lock.release()
        return self._paces

    def _read(self) -> dict[str, Pace]:
        office = self._store.office
        with self._store.reading() as reading:
            day = reading.state.business_date
            at_work = {c.code for c in reading.counters.all() if c.state is CounterState.OPEN}
            recent = reading.statistics.recent_service_ms(day, RECENT)
        paces = {}
        for service, times in recent.items():
            if len(times) >= ENOUGH:
                serving = sum(service in place.services and place.code in at_work for place in office.counters.values())
                paces[service] = Pace(sum(times) // len(times), serving)
        return paces
