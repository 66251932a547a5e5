"""Sample dossiers are put as the one-stop system would put them, into an empty database only."""

from __future__ import annotations

import pytest

from kiosk.samples import DatabaseInUse
from kiosk.samples.filling import fill_ba_vi_2024
from kiosk.samples.guard import require_empty
from tests.office import OfficeStory

PAIRS = [("1.001193", "Hộ tịch"), ("1.012222", "Dân tộc")]


def test_every_dossier_is_an_event_of_the_system(small_office: OfficeStory) -> None:
    assert fill_ba_vi_2024(small_office.app.store, PAIRS, small_office.clock.now_ms()) == 681
    put = [event for event in small_office.events() if event["type"] == "dossier.updated"]
    assert len(put) == len({event["subject"] for event in put}) == 681
    assert {(event["actor"]["kind"], event["actor"]["id"]) for event in put} == {("system", "sample")}


def test_dossiers_alone_make_a_database_one_in_use(small_office: OfficeStory) -> None:
    store, now = small_office.app.store, small_office.clock.now_ms()
    require_empty(store)
    fill_ba_vi_2024(store, PAIRS, now)
    with pytest.raises(DatabaseInUse, match="the database has tickets or dossiers"):
        fill_ba_vi_2024(store, PAIRS, now)
    assert small_office.types().count("dossier.updated") == 681


def test_tickets_alone_make_a_database_one_in_use(small_office: OfficeStory) -> None:
    small_office.take_number()
    with pytest.raises(DatabaseInUse, match="sample data needs a database without them"):
        require_empty(small_office.app.store)


def test_without_the_field_of_the_report_nothing_is_written(small_office: OfficeStory) -> None:
    before = len(small_office.events())
    with pytest.raises(ValueError, match="Dân tộc"):
        fill_ba_vi_2024(small_office.app.store, PAIRS[:1], small_office.clock.now_ms())
    assert len(small_office.events()) == before
    require_empty(small_office.app.store)
