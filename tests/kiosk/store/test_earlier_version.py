"""A database of an earlier version opens as it is, and the office goes on where it stopped."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from pysqlite3 import dbapi2 as sqlite3
from sqlalchemy import Engine

from config.loading import sample_text
from kiosk.cli import main
from kiosk.domain.persons import Person
from kiosk.maintenance.verification import daily_figures
from kiosk.reports.request import AsOf
from kiosk.store import schema
from kiosk.store.engine import open_writer
from kiosk.verify.recount import verify
from tests.earlier import EarlierOffice, unpacked
from tests.kiosk.reports.making import make_all
from tests.office import OfficeStory

STATES = {
    "ABANDONED": 2,
    "CALLED": 1,
    "CANCELLED": 1,
    "COMPLETED": 3,
    "NO_SHOW": 2,
    "ON_HOLD": 1,
    "SERVING": 1,
    "WAITING": 6,
}


@pytest.fixture
def earlier(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> EarlierOffice:
    office = unpacked("v0.1.0", tmp_path)
    monkeypatch.setenv("MOTCUA_HOME", str(office.home))
    return office


@pytest.fixture
def story(earlier: EarlierOffice) -> Iterator[OfficeStory]:
    story = OfficeStory(earlier.url)
    story.clock.ms = earlier.now_ms
    yield story
    story.close()


def differences(story: OfficeStory) -> list[str]:
    return verify(story.app.store, daily_figures).listed


def statements(engine: Engine) -> list[tuple[Any, ...]]:
    with engine.connect() as connection:
        rows = connection.exec_driver_sql("SELECT type, name, tbl_name, sql FROM sqlite_master").fetchall()
    return sorted((tuple(row) for row in rows), key=str)


def dump(earlier: EarlierOffice) -> list[tuple[Any, ...]]:
    """Every row of every table, behind the name of its table."""
    with closing(sqlite3.connect(earlier.home / "motcua.db")) as connection:
        names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return sorted(((name, *row) for name in names for row in connection.execute(f"SELECT * FROM {name}")), key=str)


def grown(row: tuple[Any, ...]) -> tuple[Any, ...]:
    """A row of then in the tables of now."""
    added = {
        "alembic_version": ("alembic_version", schema.HEAD),
        "offices": (*row, None),
        "pairings": (*row, None, None),
        "administrators": ("persons", *row[1:3], "admin", 0, *row[3:], None, None),
    }
    return added.get(row[0], row)


def client(story: OfficeStory) -> FlaskClient:
    client: FlaskClient = story.service.flask_app.test_client()
    return client


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def test_its_tables_are_those_of_a_new_database(earlier: EarlierOffice, tmp_path: Path) -> None:
    old, new = open_writer(earlier.url), open_writer(f"sqlite:///{tmp_path / 'new.db'}")
    for engine in (old, new):
        schema.upgrade(engine)
    assert schema.is_current(old)
    assert statements(old) == statements(new)
    old.dispose()
    new.dispose()


def test_an_upgrade_changes_nothing_in_it(earlier: EarlierOffice) -> None:
    before = dump(earlier)
    story = OfficeStory(earlier.url)
    with story.app.store.reading() as reading:
        assert reading.state.head.seq == 110
        assert [row.reason for row in reading.epochs.all()] == ["new", "restored"]
    story.close()
    assert len(before) > 250 and sorted((grown(row) for row in before), key=str) == dump(earlier)


def test_every_row_is_read(story: OfficeStory) -> None:
    with story.app.store.reading() as reading:
        tickets = [*reading.statistics.tickets("2024-04-15", "2024-04-16")]
        states = [ticket.state for ticket in tickets]
        assert {state: states.count(state) for state in sorted(set(states))} == STATES
        assert [reading.tickets.get(ticket.id).number for ticket in tickets] == [ticket.number for ticket in tickets]
        assert len(reading.dossiers.all()) == 50
        assert [(clerk.name, clerk.disabled) for clerk in reading.clerks.all()] == [
            ("Nguyễn Văn Cũ", True),
            ("Đinh Thị Lan", False),
        ]
        assert [(f.name, f.state, len(f.refused)) for f in reading.followers.all()] == [
            ("tinh", "retrying", 1),
            ("usb", "waiting", 0),
        ]
        assert [hook.url for hook in reading.webhooks.all()] == ["http://127.0.0.1:9/hook"]
        assert [request.place for request in reading.help_requests.open()] == ["tablet"]
        assert reading.persons.all() == [Person("quan-tri", "admin")]
        assert {device.role for device in reading.devices.all()} >= {"kiosk", "tablet", "counter", "admin", "sync"}
        assert [job.state.value for job in reading.spool.unsettled()] == ["SENDING", "QUEUED", "QUEUED"]
        assert reading.counters.get("1", with_undo=True).undo != ()


def test_its_figures_and_hashes_agree(story: OfficeStory) -> None:
    assert differences(story) == []


def test_its_reports_are_made_again_to_the_byte_after_more_has_happened(
    story: OfficeStory, earlier: EarlierOffice
) -> None:
    """From the place in the journal where the earlier version stopped, in every format."""
    with story.app.store.reading() as reading:
        head = reading.state.head
    place = AsOf(head.epoch, head.seq)
    first = make_all(story.app, place)
    story.take_number("HT")
    story.call_next("1", "complete")
    again = make_all(story.app, place)
    assert [pair for pair, data in first.items() if again[pair] != data] == []
    assert head.hash in first["daily", "json"].decode() and "2024" in first["daily", "json"].decode()


def test_it_goes_on_issuing_and_calling(story: OfficeStory, earlier: EarlierOffice) -> None:
    web, facts = client(story), earlier.facts
    issued = web.post("/api/v1/tickets", json={"service": "HT"}, headers=bearer(facts["kiosk_token"]))
    assert (issued.status_code, issued.json["number"]) == (201, "A008")  # type: ignore[index]
    undone = web.post(f"/api/v1/tickets/{facts['undo_ticket']}/undo", json={}, headers=bearer(facts["counter_token"]))
    assert (undone.status_code, undone.json["state"]) == (200, "CALLED")  # type: ignore[index]
    called = web.post(
        "/api/v1/counters/1/call-next", json={"finish_current": "complete"}, headers=bearer(facts["counter_token"])
    )
    assert (called.status_code, called.json["number"]) == (200, "A007")  # type: ignore[index]
    assert differences(story) == []


def test_the_clerk_is_still_signed_in_and_a_repeated_call_gets_its_answer(
    story: OfficeStory, earlier: EarlierOffice
) -> None:
    web, facts = client(story), earlier.facts
    web.set_cookie("motcua_session", facts["session"])
    assert web.get("/api/v1/counters/1").json["clerk"] == "Đinh Thị Lan"  # type: ignore[index]
    headers = {**bearer(facts["kiosk_token"]), "Idempotency-Key": "once"}
    again = client(story).post("/api/v1/tickets", json={"service": "KQ"}, headers=headers)
    assert (again.status_code, again.json["id"]) == (201, facts["idempotent_ticket"])  # type: ignore[index]
    assert again.headers["Idempotency-Replayed"] == "true"


def test_the_next_morning_closes_its_day(story: OfficeStory) -> None:
    story.clock.jumps_to("2024-04-17T08:00:00+07:00")
    assert story.take_number().number == "A001"
    assert story.types()[-3:] == ["office.day_closed", "office.day_opened", "ticket.issued"]
    assert differences(story) == []


def test_a_backup_of_it_is_restored_into_a_third_epoch(
    earlier: EarlierOffice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("MOTCUA__PRINTER", "[]")
    config = tmp_path / "office.toml"
    config.write_text(sample_text(), encoding="utf-8")
    backup = tmp_path / "backup.db"
    backup.write_bytes((earlier.home / "motcua.db").read_bytes())
    assert main(["restore", str(backup), "--config", str(config)]) == 0
    assert "kỳ sổ mới (epoch) " in capsys.readouterr().out
    story = OfficeStory(earlier.url)
    with story.app.store.reading() as reading:
        assert [row.reason for row in reading.epochs.all()] == ["new", "restored", "restored"]
        assert reading.state.head.seq == 1
    assert differences(story) == []
    story.close()
