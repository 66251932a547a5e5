"""Visits to the filing PC are counted: how many, and what was opened."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from kiosk.domain.errors import BadRequest
from kiosk.domain.events.filing import FilingVisited

if TYPE_CHECKING:
    from kiosk.actions.ports import Unit


def record_filing_visit(unit: Unit, opened: str, device: str, codes: Collection[str]) -> None:
    """`codes`: of the portals and guides that there are. Raises BadRequest for another."""
    if opened not in codes:
        raise BadRequest(f'there is no portal or guide "{opened}"; reload the page')
    unit.record(FilingVisited(opened, device))
