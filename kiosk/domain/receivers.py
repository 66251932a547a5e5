"""What receivers of the journal say of how far they have it, and what follows when that is further than the journal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field

from contract.records import dataclass
from kiosk.domain.lost_numbers import LostNumbers, missing_ranges

RECEIVER_AHEAD = "receiver_ahead"
DAY_MS = 24 * 3600 * 1000
MOST_LOST = 500  # numbers of a letter that unknown events are taken for, at most


@dataclass(frozen=True, slots=True)
class ReceiverPosition:
    """A receiver has `seq` events of `epoch`, and these highest numbers of a business date (None: it does not say)."""

    epoch: str
    seq: int
    business_date: str | None = None
    highest: Mapping[str, int] = field(default_factory=dict)


def is_believed(epoch_starts: Iterable[tuple[str, int]], now: int) -> bool:
    """Whether receivers' words may begin an epoch; `epoch_starts`: (reason, ms since 1970) of those so far."""
    return not any(reason == RECEIVER_AHEAD and abs(now - at) < DAY_MS for reason, at in epoch_starts)


def highest_numbers(words: Iterable[ReceiverPosition], day: str) -> dict[str, int]:
    """The highest number of each letter that any receiver holds of `day`; empty when none says."""
    highest = dict[str, int]()
    for word in words:
        if word.business_date is not None and word.business_date >= day:
            for letter, ordinal in word.highest.items():
                highest[letter] = max(ordinal, highest.get(letter, 0))
    return highest


def lost_by_word(ahead: Sequence[ReceiverPosition], seq: int, day: str, journaled: Mapping[str, int]) -> LostNumbers:
    """What the journal lacks that ends at `seq` with the last numbers `journaled` of `day`.

    Receivers get events after they were acknowledged, so what they hold is a lower bound. Of one that tells no numbers
    each missing event may have been a number.
    """
    farthest = max(word.seq for word in ahead)
    highest = highest_numbers(ahead, day)
    if any(word.business_date is None for word in ahead):
        unknown = min(farthest - seq, MOST_LOST)
        highest = {one: max(highest.get(one, 0), last + unknown) for one, last in journaled.items()}
    return LostNumbers(day, missing_ranges(journaled, highest, journaled), farthest)
