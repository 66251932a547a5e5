"""An office that follows dossiers at a simulated national portal."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from config.followers import ConnectorSection
from config.portal_schema import PortalSection
from kiosk.domain.dossier import Dossier
from kiosk.samples.ba_vi_2024 import Kind, dossiers
from sync.dossiers.edge import edge_for
from sync.journal_client import JournalClient
from sync.line import Line
from sync.portal.mapping import load_mapping
from sync.portal.national_portal import MOST_BYTES, NationalPortal
from sync.portal.watch import PortalWatch
from sync.report import Report
from sync.simulator.onestop import OneStop
from tests.office import OfficeStory
from tests.pages.conftest import House
from tests.sync.exports import ZONE, owner, portal_item, portal_procedures

UNIT = "000.00.53.H48"


def section(port: int, **portal: Any) -> ConnectorSection:
    asked = PortalSection(**{
        "username": "motcua", "password": "motcua", "dstcode": "VN:GOV:SIM", "unit": UNIT, "calls_per_minute": 600,
        **portal,
    })  # fmt: skip
    return ConnectorSection(name="cong", kind="national_portal", url=f"http://127.0.0.1:{port}/portal", portal=asked)


def portal(province: OneStop, monotonic: float = 0.0, **more: Any) -> NationalPortal:
    line = Line(most_bytes=MOST_BYTES, read_s=5.0)
    return NationalPortal(section(province.port, **more), load_mapping(), lambda: monotonic, line)


def watch(house: House, province: OneStop, **more: Any) -> PortalWatch:
    """Follows with the office's own clock; `exchange` never waits."""
    asked = section(province.port, **more)
    assert asked.portal is not None
    journal = JournalClient(house.address, house.story.token("sync"))
    report = Report(asked.name, journal, "Asia/Ho_Chi_Minh", lambda: house.story.clock.ms / 1000)
    edge = edge_for(house.story.house.configuration)
    return PortalWatch(
        portal(province, **more), asked.portal, load_mapping(), edge, journal, report, lambda: 0.5,
        lambda: house.story.clock.ms / 1000,
    )  # fmt: skip


def ba_vi(story: OfficeStory) -> list[Dossier]:
    return dossiers([Kind(p.code, p.field) for p in story.house.configuration.procedure], ZONE)


def load(province: OneStop, some: list[Dossier]) -> None:
    items = [portal_item(one, owner(place)) for place, one in enumerate(some)]
    province.portal.load(items, portal_procedures(some))


def stored(story: OfficeStory) -> list[Dossier]:
    with story.house.store.reading() as reading:
        return reading.records.dossiers()


def one_dossier(ordinal: int = 1, day: str = "2024-04-15", **changes: Any) -> Dossier:
    """Received that morning and worked on."""
    received = round(datetime.fromisoformat(f"{day}T07:30:00+07:00").timestamp() * 1000)
    made = Dossier(
        code=f"{UNIT}-{day[2:].replace('-', '')}-{ordinal:04d}", procedure="1.001193", field="Hộ tịch", channel=2,
        status=4, received_at=received, due_at=received + 3 * 86_400_000, step="processing",
    )  # fmt: skip
    return replace(made, **changes)
