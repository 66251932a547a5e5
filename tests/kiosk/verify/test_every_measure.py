"""Every measure of the catalogue is counted a second time: where its figure stands in the recount."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from contract.tickets import CounterState
from kiosk.actions import counters
from kiosk.actions.devices import record_device_change
from kiosk.domain.followers import FollowerStatus
from kiosk.maintenance.verification import verify_store
from kiosk.reports.measures.registry import MEASURES
from kiosk.verify import day, periods
from tests.kiosk.verify.test_office_rules import ALL, asking, points

DAY, YEAR, GIVEN = "2024-04-15 measures", "dossiers up to 2024-12-14", "criteria 2024-04-01 to 2024-04-30"
WHERE = {
    "tickets": f"{DAY}/tickets/service/HT/served",
    "waiting-time": f"{DAY}/waiting-time/total/median",
    "service-time": f"{DAY}/service-time/total/p90",
    "load": f"{DAY}/load/0/08",
    "occupancy": f"{DAY}/occupancy/1/busy_bp",
    "devices": f"{DAY}/devices/board/tv/faults",
    "ratings": f"{DAY}/ratings/total/satisfied_bp",
    "response-rate": f"{DAY}/response-rate",
    "further-answers": f"{DAY}/further-answers/contacts/none/share_bp",
    "criterion-3": f"{DAY}/criterion-3/points",
    "criterion-4": f"{GIVEN}/4/counted",
    "criterion-6": f"{GIVEN}/6/counted",
    "criterion-7": f"{GIVEN}/7/counted",
    "criterion-1": f"{YEAR}/criterion_1_points",
    "criterion-9": f"{YEAR}/criterion_9",
    "criteria": f"{GIVEN}/band",
    "dossier-answers": f"{YEAR}/criterion_3_points",
    "resolution": f"{YEAR}/field/Hộ tịch/carried_over",
    "on-time": f"{YEAR}/of_received",
    "online-share": f"{YEAR}/procedures_bp",
    "digitisation": f"{YEAR}/digitised",
    "index-766": f"{YEAR}/index-766/satisfaction/part",
    "sync-delay": "sync-delay/tinh/oldest_ms",
}


def test_every_measure_stands_in_the_recount(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    story, compared = asking(home), set()
    points(home, *ALL)
    with story.unit() as unit:
        record_device_change(unit, "board", "tv", "fault", None)
        counters.set_state(unit, "1", CounterState.CLOSED)
    with story.app.store.writing() as tables:
        tables.followers.put(FollowerStatus("tinh", "another", 1, "ok", None, [], 0, 0))

    def noted(where: str, reported: Mapping[str, object], recounted: Mapping[str, object]) -> list[str]:
        assert reported == recounted
        compared.update(f"{where}{path}" for path in recounted)
        return []

    for module in (day, periods):
        monkeypatch.setattr(module, "differing", noted)
    assert verify_store(story.app.store).listed == []
    story.close()
    assert set(WHERE) == set(MEASURES)
    assert {name for name, path in WHERE.items() if path not in compared} == set()
