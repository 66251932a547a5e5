"""So often within so long, each for himself."""

from __future__ import annotations

import pytest

from kiosk.domain.errors import TooMany
from kiosk.web.http import rates
from kiosk.web.http.rates import Rates


def test_each_has_his_own_count_and_it_passes() -> None:
    now = [0.0]
    office = Rates(lambda: now[0])
    for _ in range(3):
        office.take("pairing", "10.0.0.1", 3, 60)
    with pytest.raises(TooMany, match=r"too often from 10\.0\.0\.1; wait 60 s"):
        office.take("pairing", "10.0.0.1", 3, 60)
    office.take("pairing", "10.0.0.2", 3, 60)
    office.take("collecting", "10.0.0.1", 3, 60)
    now[0] = 60.0
    office.take("pairing", "10.0.0.1", 3, 60)


def test_made_up_addresses_do_not_fill_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rates, "REMEMBERED", 5)
    office = Rates(lambda: 0.0)
    for n in range(50):
        office.take("pairing", f"10.0.0.{n}", 3, 60)
    assert len(office._times) == 5
