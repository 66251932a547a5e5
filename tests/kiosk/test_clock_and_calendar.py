"""Summer time, winter time and a leap day are no jumps: the business date changes once at local midnight."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.maintenance.housekeeping import Housekeeper
from kiosk.maintenance.verification import verify_store
from tests.office import FixedClock, OfficeStory, sample_configuration


@pytest.mark.parametrize(
    ("zone", "evening", "dates"),
    [
        ("Europe/Berlin", "2024-03-30T23:50:00+01:00", ["2024-03-30", "2024-03-31", "2024-04-01"]),
        ("Europe/Berlin", "2024-10-26T23:50:00+02:00", ["2024-10-26", "2024-10-27", "2024-10-28"]),
        ("Asia/Ho_Chi_Minh", "2024-02-28T23:50:00+07:00", ["2024-02-28", "2024-02-29", "2024-03-01"]),
        ("Asia/Ho_Chi_Minh", "2024-12-31T23:50:00+07:00", ["2024-12-31", "2025-01-01", "2025-01-02"]),
        ("Pacific/Kiritimati", "2024-04-15T23:50:00+14:00", ["2024-04-15", "2024-04-16", "2024-04-17"]),
    ],
)
def test_each_local_midnight_changes_the_date_once(
    home: Path, monkeypatch: pytest.MonkeyPatch, zone: str, evening: str, dates: list[str]
) -> None:
    monkeypatch.setattr("tests.office.FixedClock", lambda: FixedClock(evening))
    configuration = sample_configuration(f"sqlite:///{home / 'office.db'}", timezone=zone, opening="always")
    told = OfficeStory("", configuration)
    keeper = Housekeeper(told.app, [])
    keeper.run_once()
    told.take_number()
    for _ in range(26):
        told.clock.passes(3600)
        keeper.run_once()
        told.take_number()
    opened = [event["business_date"] for event in told.events() if event["type"] == "office.day_opened"]
    assert opened == dates
    assert not [kind for kind in told.types() if kind.startswith("office.clock")]
    assert verify_store(told.app.store).listed == []
    told.close()
