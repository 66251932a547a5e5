"""The roll of paper in one printer: its slips are counted and its state is stored by the print worker."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.store.unit_of_work import Actor, UnitOfWork
from ticket_printer.protocol.status import Status

if TYPE_CHECKING:
    from kiosk.app import App


class PaperSupply:
    """`left`: slips on the roll; None before the printer was asked first."""

    def __init__(self, app: App, printer: str, actor: Actor) -> None:
        self._app, self._printer, self._actor = app, printer, actor
        self._opened = True  # somebody may have put in a new roll since the printer was last known to be well
        self.left: int | None = None

    def use_slip(self, unit: UnitOfWork) -> None:
        """Count one slip, also when nobody knows how it came out."""
        rolls = unit.paper_rolls
        rolls.put(self._printer, rolls.get(self._printer).use_slip(), unit.now)

    def observe(self, status: Status) -> None:
        """Store what the printer tells of its paper."""
        with self._app.store.reading() as reading:
            roll = reading.paper_rolls.get(self._printer)
        if status.state == "UNKNOWN" or status.reason == "cover_open":  # an open cover hides what is known of the paper
            self._opened, self.left = True, roll.left
            return
        after = roll.observe(status.reason == "paper_out", status.near_end, self._opened)
        if after != roll:
            now = self._app.clock.now_ms()
            with self._app.store.unit(self._actor, now) as unit:
                unit.paper_rolls.put(self._printer, after, now)
        self._opened, self.left = status.state != "OK", after.left
