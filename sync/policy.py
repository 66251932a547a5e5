"""When to try again and how much to send: arithmetic only. Times are seconds."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC
from email.utils import parsedate_to_datetime

from contract.envelope import MAX_BATCH_BYTES, MAX_BATCH_EVENTS
from contract.records import dataclass

SHORTEST_S = 1.0
LONGEST_S = 300.0
RETRY_AFTER_CAP_S = 3600.0
LONGEST_TIMEOUT_S = 240.0  # for one exchange


def retry_delay(attempts: int, random: Callable[[], float], retry_after_s: float | None = None) -> float:
    """Seconds to wait after `attempts` failures in a row: full jitter, 1 s to 5 min; `random` gives [0, 1).

    What the receiver asked for (`retry_after_s`) is obeyed instead, up to an hour.
    """
    if retry_after_s is not None:
        return min(max(retry_after_s, SHORTEST_S), RETRY_AFTER_CAP_S)
    ceiling = min(LONGEST_S, 2.0 ** min(max(attempts, 1), 16))
    return SHORTEST_S + random() * (ceiling - SHORTEST_S)


def retry_after_s(header: str | None, wall: Callable[[], float], date: str | None = None) -> float | None:
    """Seconds asked for by a Retry-After header (RFC 9110, 10.2.3), at most an hour; None when it says nothing usable.

    A date is compared with the server's own `Date` header when it sent one (either clock may be wrong by a day), else
    with `wall`, seconds since 1970. One that has passed asks for no wait beyond the shortest one.
    """
    text = (header or "").strip()
    if text.isascii() and text.isdigit():
        return min(float(text[:10]), RETRY_AFTER_CAP_S)
    until = _http_date_s(text)
    if until is None:
        return None
    now = _http_date_s(date or "")
    return min(max(until - (wall() if now is None else now), 0.0), RETRY_AFTER_CAP_S)


def _http_date_s(text: str) -> float | None:
    """Seconds since 1970 of an HTTP date; None when it is none."""
    try:
        moment = parsedate_to_datetime(text)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
    except (ValueError, OverflowError):
        return None


@dataclass(frozen=True, slots=True)
class AdaptiveTimeout:
    """How long a whole exchange may take: doubled by a silence, shortened again by quick answers.

    Starts at `shortest_s`; on a line where an answer takes 40 s it ends at three times that.
    """

    shortest_s: float
    wait_s: float
    longest_s: float = LONGEST_TIMEOUT_S

    @classmethod
    def starting_at(cls, shortest_s: float) -> AdaptiveTimeout:
        return cls(shortest_s, shortest_s)

    @classmethod
    def fixed(cls, wait_s: float) -> AdaptiveTimeout:
        """One that neither grows nor shrinks."""
        return cls(wait_s, wait_s, wait_s)

    @property
    def connect_s(self) -> float:
        """For the TCP connection alone; the lookup of a name takes up to 5 s more (`sync.http.resolver`)."""
        return self.wait_s / 4

    def lengthened(self) -> AdaptiveTimeout:
        return replace(self, wait_s=min(max(self.longest_s, self.shortest_s), self.wait_s * 2))

    def shortened(self, took_s: float) -> AdaptiveTimeout:
        """After an answer that took `took_s`; never longer than before."""
        return replace(self, wait_s=min(self.wait_s, max(self.shortest_s, took_s * 3)))


@dataclass(frozen=True, slots=True)
class BatchSize:
    """How many events go into the next batch: halved by a failure, doubled by a success."""

    most: int = MAX_BATCH_EVENTS
    size: int = MAX_BATCH_EVENTS

    def smaller(self) -> BatchSize:
        return BatchSize(self.most, max(1, self.size // 2))

    def larger(self) -> BatchSize:
        return BatchSize(self.most, min(self.most, self.size * 2))


def fitting(items: Iterable[bytes], max_bytes: int = MAX_BATCH_BYTES) -> list[bytes]:
    """The first items that fit into `max_bytes` with their commas and brackets, at least one; no more are made."""
    total, fits = 2, list[bytes]()
    for item in items:
        total += len(item) + 1
        if fits and total > max_bytes:
            break
        fits.append(item)
    return fits
