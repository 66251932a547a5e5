"""The roll of paper in one printer, counted and watched by its print thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.store.paper_rolls import PaperRolls
from kiosk.store.unit_of_work import Actor, UnitOfWork
from ticket_printer.status import Status

if TYPE_CHECKING:
    from kiosk.bootstrap import House


class RollWatch:
    """`left`: slips, None before the first look."""

    def __init__(self, house: House, printer: str, actor: Actor) -> None:
        self._house, self._printer, self._actor = house, printer, actor
        self._touched = True  # somebody may have put in a new roll since the printer was last seen well
        self.left: int | None = None

    def use(self, unit: UnitOfWork) -> None:
        """A slip less on the roll, also when nobody knows how it came out."""
        rolls = PaperRolls(unit.transaction, unit.office.code)
        rolls.put(self._printer, rolls.get(self._printer).slip(), unit.now)

    def look(self, status: Status) -> None:
        """After what the printer says of its paper."""
        with self._house.store.reading() as reading:
            roll = PaperRolls(reading.transaction, reading.office).get(self._printer)
        if status.state == "UNKNOWN" or status.reason == "cover_open":  # an open cover hides what is known of the paper
            self._touched, self.left = True, roll.left
            return
        after = roll.seen(status.reason == "paper_out", status.near_end, self._touched)
        if after != roll:
            now = self._house.clock.now_ms()
            with self._house.store.unit(self._actor, now) as unit:
                PaperRolls(unit.transaction, unit.office.code).put(self._printer, after, now)
        self._touched, self.left = status.state != "OK", after.left
