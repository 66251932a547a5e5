"""Numbers that may be on paper although the journal does not know them: after a restore, or when the database lost its
latest actions. They are never given again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from contract.records import dataclass

BEYOND = 100  # numbers left free above the next hundred when nobody knows how far a series was


@dataclass(frozen=True, slots=True)
class NumberRange:
    """Numbers `first` to `last` of one letter, both included."""

    letter: str
    first: int
    last: int

    def __contains__(self, ordinal: int) -> bool:
        return self.first <= ordinal <= self.last


@dataclass(frozen=True, slots=True)
class LostNumbers:
    """What is missing of one business date. `seq`: the last event known to have been there; None when not known."""

    business_date: str
    ranges: tuple[NumberRange, ...] = ()
    seq: int | None = None

    def range_of(self, letter: str, ordinal: int) -> NumberRange | None:
        return next((one for one in self.ranges if one.letter == letter and ordinal in one), None)


@dataclass(frozen=True, slots=True)
class LostNumbersNotice:
    """`epoch` began at `started_at` (ms since 1970) without what was lost; `reason` as in its first event."""

    epoch: str
    reason: str
    started_at: int
    lost: LostNumbers


def safe_last(last: int) -> int:
    """Where a series goes on when nobody knows how far it was: behind the next hundred and 100 more (57 → 200)."""
    return (last // 100 + 1) * 100 + BEYOND


def missing_ranges(
    journaled: Mapping[str, int], highest: Mapping[str, int], uncertain: Iterable[str] = ()
) -> tuple[NumberRange, ...]:
    """The numbers behind the journal's last up to the highest given, by letter.

    `uncertain`: letters of which nobody knows the highest; what `highest` says of them is a lower bound.
    """
    reached = dict(highest)
    for letter in uncertain:
        reached[letter] = safe_last(max(reached.get(letter, 0), journaled.get(letter, 0)))
    return tuple(
        NumberRange(letter, journaled.get(letter, 0) + 1, last)
        for letter, last in sorted(reached.items())
        if last > journaled.get(letter, 0)
    )
