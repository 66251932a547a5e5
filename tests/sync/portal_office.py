"""An office that follows dossiers at a simulated national portal."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from config.followers import ConnectorSection
from config.portal_schema import PortalSection
from kiosk.domain.dossier import Dossier
from kiosk.samples.ba_vi_2024 import SampleProcedure, dossiers
from sync.dossiers.office_sanitizer import sanitizer_for
from sync.http.client import HttpClient
from sync.journal_client import JournalClient
from sync.portal.mapping import load_mapping
from sync.portal.national_portal import MOST_BYTES, NationalPortal
from sync.portal.watch import PortalWatch
from sync.report import FollowerReport
from sync.simulator.onestop import OneStop
from tests.office import OfficeStory
from tests.pages.conftest import RunningOffice
from tests.sync.exports import ZONE, owner, portal_item, portal_procedures

UNIT = "000.00.53.H48"


def section(port: int, **portal: Any) -> ConnectorSection:
    asked = PortalSection(
        **{
            "username": "motcua",
            "password": "motcua",
            "dstcode": "VN:GOV:SIM",
            "unit": UNIT,
            "calls_per_minute": 600,
            **portal,
        }
    )
    return ConnectorSection(name="cong", kind="national_portal", url=f"http://127.0.0.1:{port}/portal", portal=asked)


def portal(province: OneStop, monotonic: float = 0.0, **more: Any) -> NationalPortal:
    line = HttpClient(max_bytes=MOST_BYTES, timeout_s=5.0)
    return NationalPortal(section(province.port, **more), load_mapping(), lambda: monotonic, line)


def watch(running: RunningOffice, province: OneStop, **more: Any) -> PortalWatch:
    """Follows with the office's own clock; `exchange` never waits."""
    asked = section(province.port, **more)
    assert asked.portal is not None
    journal = JournalClient(running.address, running.story.token("sync"))
    report = FollowerReport(asked.name, journal, "Asia/Ho_Chi_Minh", lambda: running.story.clock.ms / 1000)
    sanitizer = sanitizer_for(running.story.app.configuration)
    return PortalWatch(
        portal(province, **more),
        asked.portal,
        load_mapping(),
        sanitizer,
        journal,
        report,
        lambda: 0.5,
        lambda: running.story.clock.ms / 1000,
    )


def ba_vi(story: OfficeStory) -> list[Dossier]:
    return dossiers([SampleProcedure(p.code, p.field) for p in story.app.configuration.procedure], ZONE)


def load(province: OneStop, some: list[Dossier]) -> None:
    items = [portal_item(one, owner(place)) for place, one in enumerate(some)]
    province.portal.load(items, portal_procedures(some))


def stored(story: OfficeStory) -> list[Dossier]:
    with story.app.store.reading() as reading:
        return reading.dossiers.all()


def one_dossier(ordinal: int = 1, day: str = "2024-04-15", **changes: Any) -> Dossier:
    """Received that morning and worked on."""
    received = round(datetime.fromisoformat(f"{day}T07:30:00+07:00").timestamp() * 1000)
    made = Dossier(
        code=f"{UNIT}-{day[2:].replace('-', '')}-{ordinal:04d}",
        procedure="1.001193",
        field="Hộ tịch",
        channel=2,
        status=4,
        received_at=received,
        due_at=received + 3 * 86_400_000,
        step="processing",
    )
    return replace(made, **changes)
