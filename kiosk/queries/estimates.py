"""How long one will probably wait: the mean of today's services, shared by the open counters, and how far it strays."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from contract.records import dataclass
from contract.tickets import CounterState

if TYPE_CHECKING:
    from kiosk.clock import Clock
    from kiosk.store.store import Store

FRESH_S = 5.0
ENOUGH = 10
RECENT = 50
EIGHT_OF_TEN = 1.28  # standard deviations to either side that hold eight of ten waits


@dataclass(frozen=True, slots=True)
class Pace:
    """Mean service time and its standard deviation in ms, and the counters that serve."""

    mean_ms: int
    counters: int
    deviation_ms: float


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

    def wait_span_s(self, service: str, ahead: int) -> tuple[int, int] | None:
        """Seconds within which eight of ten such waits end, each service as long as those of today by chance."""
        pace = self._fresh().get(service)
        if pace is None:
            return None
        counters = max(1, pace.counters)
        wait = ahead * pace.mean_ms / counters
        strays = EIGHT_OF_TEN * pace.deviation_ms * ahead**0.5 / counters
        return round(max(0.0, wait - strays) / 1000), round((wait + strays) / 1000)

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
                mean = sum(times) / len(times)
                deviation = (sum((one - mean) ** 2 for one in times) / len(times)) ** 0.5
                serving = sum(service in place.services and place.code in at_work for place in office.counters.values())
                paces[service] = Pace(sum(times) // len(times), serving, deviation)
        return paces
