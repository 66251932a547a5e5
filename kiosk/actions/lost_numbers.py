"""Numbers that may be on paper although the journal lacks them: skipped, told to staff, entered again by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.domain.errors import UnknownTicket

if TYPE_CHECKING:
    from kiosk.actions.ports import Unit
    from kiosk.domain.lost_numbers import LostNumbers


def skip_lost_numbers(unit: Unit, epoch: str, reason: str, lost: LostNumbers) -> None:
    """At the beginning of `epoch`: no lost number is given again, and staff are told until they dismiss it."""
    for one in lost.ranges:
        unit.tickets.raise_series(lost.business_date, one.letter, one.last)
    unit.lost_numbers.add(epoch, reason, unit.now, lost)


def lost_issue_time(unit: Unit, letter: str, ordinal: int) -> int | None:
    """About when a lost number of today was given, in ms since 1970; None for one that was not lost.

    All of them were given before the epoch that lacks them began, in the order of their numbers.
    """
    for notice in unit.lost_numbers.of_day(unit.business_date):
        found = notice.lost.range_of(letter, ordinal)
        if found is not None:
            return notice.started_at - (found.last - ordinal) - 1
    return None


def dismiss_lost_numbers(unit: Unit, epoch: str) -> None:
    """Staff have seen to those who held lost numbers. Raises UnknownTicket when nothing was lost in that epoch."""
    if not unit.lost_numbers.dismiss(epoch, unit.now):
        raise UnknownTicket(f'no numbers were lost at the beginning of epoch "{epoch}"')
