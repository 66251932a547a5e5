"""A new epoch of the journal: whoever received events of the epoch before knows both, and what was lost stays apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.actions.lost_numbers import skip_lost_numbers
from kiosk.domain.events.office import EpochStarted
from kiosk.domain.receivers import RECEIVER_AHEAD, ReceiverPosition, is_believed, lost_by_word

if TYPE_CHECKING:
    from kiosk.actions.ports import Unit
    from kiosk.domain.lost_numbers import LostNumbers


def begin_epoch(unit: Unit, reason: str, lost: LostNumbers | None = None) -> str:
    """`lost` is told in the event, and its numbers are never given again; returns the epoch's name."""
    before = unit.begin_epoch(reason)
    epoch = unit.state.head.epoch
    unit.record(EpochStarted(unit.office.code, reason, before, lost))
    if lost is not None:
        skip_lost_numbers(unit, epoch, reason, lost)
    return epoch


def heed_receivers(unit: Unit, words: list[ReceiverPosition]) -> str | None:
    """Receivers say how far they have the current epoch. One that has more than the journal proves that the journal
    lost its end: a new epoch begins, and the series go on far behind what is on paper. Its name, or None.

    A word is believed once a day: receivers must not be able to drive the numbers up.
    """
    head = unit.state.head
    ahead = [word for word in words if word.epoch == head.epoch and word.seq > head.seq]
    if not ahead or not is_believed(unit.epoch_starts(), unit.now):
        return None
    day = max(unit.business_date, unit.office.hours.civil_date(unit.now))
    letters = {service.letter for service in unit.office.services.values()}
    journaled = {letter: unit.tickets.last_ordinal(day, letter) for letter in letters}
    return begin_epoch(unit, RECEIVER_AHEAD, lost_by_word(ahead, head.seq, day, journaled))
