"""A technician puts a new roll of paper into a printer."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kiosk.actions.ports import Unit


def put_in_new_roll(unit: Unit, printer: str) -> int:
    """Count the slips of the printer's roll anew; returns how many are left on it. Raises UnknownPrinter."""
    unit.office.require_printer(printer)
    roll = unit.paper_rolls.get(printer).renewed()
    unit.paper_rolls.put(printer, roll, unit.now)
    return roll.left
