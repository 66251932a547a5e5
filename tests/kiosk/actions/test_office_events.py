"""A new configuration is an event of the office."""

from __future__ import annotations

from dataclasses import replace

from kiosk.actions.office_events import record_configuration
from tests.kiosk.actions.memory import MemoryUnit


def test_a_configuration_is_recorded_once_with_its_notices() -> None:
    unit = MemoryUnit()
    unit.office = replace(unit.office, notices=(("n1", "Nghỉ lễ", "vi"),))
    record_configuration(unit, "mark-1", ("office",))
    record_configuration(unit, "mark-1", ("office",))
    assert unit.state.configured == "mark-1"
    assert unit.events == [
        ("office.configured", "ba-vi", {"changed": ["office"]}),
        ("notice.changed", "ba-vi", {"notices": [{"id": "n1", "text": "Nghỉ lễ", "language": "vi"}]}),
    ]
    record_configuration(unit, "mark-2", ("office",))
    assert len(unit.events) == 4
