"""The equipment around a counter, and the office at a glance."""

from __future__ import annotations

import pytest

from contract.times import from_rfc3339
from kiosk.actions.dossiers import put_dossiers
from kiosk.domain.accounts import PairingRequest
from kiosk.domain.dossier import Dossier
from kiosk.domain.followers import FollowerStatus, Upstream
from kiosk.queries.equipment import (
    EquipmentView,
    count_dossiers,
    is_screen,
    read_clerks,
    read_devices,
    read_equipment,
    read_summary,
)
from tests.office import OfficeStory

DAY = 24 * 3600_000
UPSTREAM = Upstream({"tinh": "https://mot-cua.example/events"}, "usb")


def status(name: str, refused: int = 0) -> FollowerStatus:
    rows = [{"epoch": "e", "seq": n, "code": "late", "reason": "", "tried": 0} for n in range(refused)]
    return FollowerStatus(name, "e", 0, "ok", None, rows, 0, 0)  # type: ignore[arg-type]


def add_device(office: OfficeStory, name: str, role: str, seen_at: int | None) -> None:
    with office.app.store.writing() as tables:
        tables.devices.add(name, role, None, f"hash of {name}", 0)
        tables.devices.set_state(name, seen_at, "online", "{}")


def equipment(office: OfficeStory) -> EquipmentView:
    with office.app.store.reading() as reading:
        return read_equipment(reading, office.app.office, UPSTREAM, office.clock.now_ms())


@pytest.mark.parametrize(
    ("seen_ago", "shown"), [(0, True), (DAY - 1, True), (DAY, False), (30 * DAY, False), (None, False)]
)
def test_a_device_is_shown_for_a_day_after_it_was_last_heard(
    small_office: OfficeStory, seen_ago: int | None, shown: bool
) -> None:
    now = small_office.clock.now_ms()
    add_device(small_office, "kiosk-1", "kiosk", None if seen_ago is None else now - seen_ago)
    assert ("kiosk-1" in {device.name for device in equipment(small_office).devices}) is shown


def test_a_device_whose_token_was_revoked_is_not_shown(small_office: OfficeStory) -> None:
    now = small_office.clock.now_ms()
    add_device(small_office, "kiosk-1", "kiosk", now)
    with small_office.app.store.writing() as tables:
        tables.devices.revoke("kiosk-1", now)
    assert equipment(small_office).devices == ()
    with small_office.app.store.reading() as reading:
        devices = read_devices(reading, small_office.app.office, now, 0).devices
    assert [(one.name, one.revoked_at) for one in devices] == [("kiosk-1", now)], "an administrator sees it"


def test_a_line_is_whoever_carries_the_journal_out_by_itself(small_office: OfficeStory) -> None:
    add_device(small_office, "hall-tv", "board", small_office.clock.now_ms())
    with small_office.app.store.writing() as tables:
        for name in ("tinh", "usb", "hall-tv", "board-2", "webhook-0123456789abcdef"):
            tables.followers.put(status(name, refused=2 if name == "tinh" else 0))
    followers = {one.name: one for one in equipment(small_office).followers}
    assert {name: one.line for name, one in followers.items()} == {
        "tinh": True,
        "usb": False,
        "hall-tv": False,
        "board-2": False,
        "webhook-0123456789abcdef": True,
    }
    assert followers["tinh"].refused == 2


@pytest.mark.parametrize(
    ("name", "screen"), [("board", True), ("board-hall", True), ("tv", True), ("tinh", False), ("keyboard", False)]
)
def test_a_screen_is_known_by_its_device_or_its_name(name: str, screen: bool) -> None:
    assert is_screen(status(name), {"tv"}) is screen


def test_only_devices_that_still_ask_are_to_be_approved(small_office: OfficeStory) -> None:
    with small_office.app.store.writing() as tables:
        for code, name, made_at, approved_at in (
            ("BCDFGHJK", "kiosk-1", 1000, None),
            ("BCDFGHJL", "kiosk-2", 2000, None),
            ("BCDFGHJM", "kiosk-3", 2000, 2000),
        ):
            tables.pairings.add(
                PairingRequest(code, "kiosk", name, None, made_at, approved_at, 0, None, code, "10.0.0.1")
            )
    with small_office.app.store.reading() as reading:
        assert [one.request.name for one in read_devices(reading, small_office.app.office, 2000, 1500).pairings] == [
            "kiosk-2"
        ]
        assert [one.request.name for one in read_devices(reading, small_office.app.office, 2000, 0).pairings] == [
            "kiosk-1",
            "kiosk-2",
        ]


def test_clerks_who_left_are_not_offered_to_sign_in(small_office: OfficeStory) -> None:
    with small_office.app.store.writing() as tables:
        tables.clerks.add("hoa", "Nguyễn Thị Hoa", "hash")
        tables.clerks.add("minh", "Trần Minh", "hash")
        tables.clerks.update("minh", "hash", True)
    with small_office.app.store.reading() as reading:
        assert read_clerks(reading) == [("hoa", "Nguyễn Thị Hoa")]


def dossier(
    ordinal: int, status: int, due: str | None = None, finished: bool = False, field: str = "Đất đai"
) -> Dossier:
    due_at = None if due is None else from_rfc3339(f"{due}T17:00:00+07:00")
    code = f"000.00.53.H48-240410-{ordinal:04}"
    return Dossier(code, "1.000656", field, 1, status, 0, due_at, 1 if finished else None)


def test_dossiers_are_counted_by_field_and_step_and_late_ones_are_those_unfinished_past_their_date() -> None:
    now = from_rfc3339("2024-04-15T08:00:00+07:00")
    counts = count_dossiers(
        [
            dossier(1, 4, "2024-04-12"),
            dossier(2, 4, "2024-04-16"),
            dossier(3, 9, "2024-04-12", finished=True),
            dossier(4, 2, field="Hộ tịch"),
        ],
        now,
    )
    assert (counts.total, counts.overdue) == (4, 1)
    assert list(counts.by_field.items()) == [("Đất đai", 3), ("Hộ tịch", 1)]
    assert list(counts.by_step.items()) == [("processing", 2), ("ready", 1), ("received", 1)]


def test_the_summary_tells_the_last_sixty_events_newest_first(small_office: OfficeStory) -> None:
    with small_office.unit("sync") as unit:
        put_dossiers(unit, [dossier(1, 4)])
    for _ in range(70):
        small_office.take_number("HT")
    with small_office.app.store.reading() as reading:
        summary = read_summary(reading, small_office.clock.now_ms())
    events = small_office.events()
    assert list(summary.events) == events[:-61:-1] and summary.last_seq == len(events)
    assert summary.business_date == "2024-04-15" and summary.dossiers.total == 1
