"""What happens to the office itself: its configuration."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.domain.events.office import NoticesChanged, OfficeConfigured

if TYPE_CHECKING:
    from kiosk.actions.ports import Unit


def record_configuration(unit: Unit, fingerprint: str, changed: tuple[str, ...]) -> None:
    """Record once that the configuration differs from the one before; `changed` names its sections."""
    if unit.state.configured == fingerprint:
        return
    unit.state.configured = fingerprint
    unit.record(OfficeConfigured(unit.office.code, changed))
    unit.record(NoticesChanged(unit.office.code, unit.office.notices))
