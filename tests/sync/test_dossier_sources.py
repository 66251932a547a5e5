"""The dossiers of Ba Vì come in by every way, and the database is the same each time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pysqlite3 import dbapi2 as sqlite3

from config.followers import ConnectorSection
from config.loading import sample_text
from kiosk.cli import main
from kiosk.domain.dossier import dossier_data
from kiosk.samples.filling import fill_ba_vi_2024
from sync.connectors.cloudevents_http import CloudEventsHttp
from sync.dossier_fetch import DossierFetch
from sync.dossiers.office_sanitizer import sanitizer_for
from sync.journal_client import JournalClient
from sync.simulator.onestop import OneStop
from tests.office import OfficeStory
from tests.pages.conftest import RunningOffice, run_office
from tests.sync.exports import HEADERS, as_csv, as_xlsx, export_rows, typed_rows
from tests.sync.portal_office import ba_vi, load, watch
from tests.sync.usb_trip import by_usb

NOON = "2024-04-14T09:00:00+07:00"


@pytest.fixture
def running(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[RunningOffice]:
    monkeypatch.setenv("MOTCUA_HOME", str(tmp_path))
    yield from run_office(tmp_path)


def table(database: Path) -> list[tuple[Any, ...]]:
    """Every column of every dossier but the moment it was written."""
    with sqlite3.connect(database) as connection:
        cursor = connection.execute("SELECT * FROM dossiers ORDER BY code")
        kept = [n for n, column in enumerate(cursor.description) if column[0] != "updated_at"]
        return [tuple(row[n] for n in kept) for row in cursor]


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[Any, ...]]:
    """What `motcua sample ba-vi-2024` leaves in a database."""
    file = tmp_path_factory.mktemp("sample") / "sample.db"
    story = OfficeStory(f"sqlite:///{file}")
    pairs = [(procedure.code, procedure.field) for procedure in story.app.configuration.procedure]
    fill_ba_vi_2024(story.app.store, pairs, story.clock.now_ms())
    story.close()
    return table(file)


def by_file(running: RunningOffice, content: bytes, folder: Path) -> None:
    office = folder / "office.toml"
    database = f'\nurl = "sqlite:///{folder / "office.db"}"'
    office.write_text(sample_text().replace('\nurl = ""', database, 1), encoding="utf-8")
    export = folder / "export"
    export.write_bytes(content)
    assert main(["dossiers", "import", str(export), "--config", str(office)]) == 0


def by_csv(running: RunningOffice, province: OneStop, folder: Path) -> None:
    by_file(running, as_csv([HEADERS, *export_rows(ba_vi(running.story), "%Y%m%d%H%M%S")], ";"), folder)


def by_xlsx(running: RunningOffice, province: OneStop, folder: Path) -> None:
    by_file(running, as_xlsx([HEADERS, *typed_rows(ba_vi(running.story))]), folder)


def by_portal(running: RunningOffice, province: OneStop, folder: Path) -> None:
    running.story.clock.jumps_to(NOON)
    load(province, ba_vi(running.story))
    follower = watch(running, province, follow_since=date(2023, 12, 11), counted_from=date(2023, 12, 15))
    for _ in range(3):
        follower.run_once()
        running.story.clock.passes(60)


def by_way_back(running: RunningOffice, province: OneStop, folder: Path) -> None:
    told = with_more(running)
    code = running.story.app.office.code
    province.store.put_dossiers(code, told)
    section = ConnectorSection(name="tinh", url=f"http://127.0.0.1:{province.port}/events")
    journal = JournalClient(running.address, running.story.token("sync"))
    sanitizer = sanitizer_for(running.story.app.configuration)
    fetch = DossierFetch(CloudEventsHttp(section, code), journal, lambda: 0.5, sanitizer)
    while fetch.run_once() == 0:
        pass


def with_more(running: RunningOffice) -> list[dict[str, Any]]:
    """With what an upstream system adds of its own."""
    return [dossier_data(one) | {"owner": "ai đó", "step": "Phòng Tư pháp"} for one in ba_vi(running.story)]


def by_bundle(running: RunningOffice, province: OneStop, folder: Path) -> None:
    by_usb(running, province, folder, with_more(running))


@pytest.mark.parametrize("way", [by_csv, by_xlsx, by_portal, by_way_back, by_bundle])
def test_ba_vi_is_the_same_database_by_every_way(
    running: RunningOffice,
    province: OneStop,
    tmp_path: Path,
    sample: list[tuple[Any, ...]],
    way: Callable[[RunningOffice, OneStop, Path], None],
) -> None:
    way(running, province, tmp_path)
    assert len(sample) == 681
    assert table(tmp_path / "office.db") == sample
