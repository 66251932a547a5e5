"""The arithmetic of figures: nearest-rank percentiles of whole ms, rates in hundredths of a percent."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from contract.records import dataclass


@dataclass(frozen=True, slots=True)
class Spread:
    """Of durations in whole ms: how many, the median, the 90th percentile; None when there is none."""

    count: int
    median: int | None
    p90: int | None


def nearest_rank(ordered: Sequence[int], percent: int) -> int | None:
    """The smallest value that at least `percent` of all values do not exceed: element ceil(percent/100 * n), from 1,
    of the values in order. The median is percent 50, so it is always a value that was measured. None of nothing.
    """
    return ordered[rank_of(len(ordered), percent)] if ordered else None


def rank_of(count: int, percent: int) -> int:
    """Where, counted from 0, the value of `nearest_rank` stands among `count` of them."""
    return max(1, -(-percent * count // 100)) - 1


def duration(start: int | None, end: int | None) -> int | None:
    """Whole ms from start to end, never below 0 (a clock may have been set back); None when either is missing."""
    return None if start is None or end is None else max(0, end - start)


def rate_bp(part: int, whole: int) -> int | None:
    """Hundredths of a percent, half rounded up: 9956 is 99.56 %. None without a denominator."""
    return None if whole == 0 else (20_000 * part + whole) // (2 * whole)


def average_tenths(total: int, count: int) -> int | None:
    """Tenths of the average of whole numbers, half rounded up: 19 is 1.9. None of nothing."""
    return None if count == 0 else (20 * total + count) // (2 * count)


def spread(values: Iterable[int | None]) -> Spread:
    """Of durations in ms; those that are None do not count."""
    durations = sorted([value for value in values if value is not None])
    return Spread(len(durations), nearest_rank(durations, 50), nearest_rank(durations, 90))
