"""Events onto a stick: in parts, on any stick, pulled at any byte, and on again."""

from __future__ import annotations

import errno
import os
import tracemalloc
from pathlib import Path

import pytest

from sync.bundles import export as bundle_export
from sync.bundles.format import files as bundle_files
from sync.bundles.format.files import DRAFT, draft_of
from sync.bundles.format.frames import BundleError
from sync.bundles.format.keys import Signer
from sync.bundles.program import error_text
from tests.sync.journal import Office
from tests.sync.usb import Trip, events_header, forged, whole


@pytest.fixture
def trip(office: Office, home: Path) -> Trip:
    return Trip(office, home).registered()


@pytest.fixture
def small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bundle_export, "MAX_BATCH_EVENTS", 5)


def test_everything_travels_once_and_the_row_says_that_an_answer_is_awaited(trip: Trip, office: Office) -> None:
    office.happen(1204)
    trip.export()
    assert office.followers["usb"] == {
        "epoch": "e1",
        "cursor": 0,
        "state": "waiting",
        "refused": [],
        "detail": "đã chép đến sự kiện 1.204 ra USB, đang chờ biên nhận của hệ thống một cửa",
    }
    assert [outcome.taken for outcome in trip.read()] == [True]
    assert trip.arrived() == office.known()


def test_names_are_such_that_any_stick_takes_them(trip: Trip, office: Office) -> None:
    office.happen(3)
    name = trip.export()[0].name
    assert name == "motcua_ba-vi_gui_e1_000000001.mcb"
    assert not set(name) & set('<>:"/\\|?*') and name.isascii() and len(name) < 100


def test_a_large_backlog_is_cut_into_parts_that_are_read_in_order(
    trip: Trip, office: Office, small_pages: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sync.bundles.program.MEBIBYTE", 1500)
    office.happen(60)
    parts = trip.export(part_mib=1)
    assert len(parts) > 3 and not list(trip.stick.glob(f"*{DRAFT}"))
    last = trip.read(parts[-1])[0]
    assert last.code == "gap" and "thiếu sự kiện 1 đến" in last.reason
    assert all(outcome.taken for outcome in trip.read())
    assert trip.arrived() == office.known()


def test_the_next_epoch_is_a_part_of_its_own(trip: Trip, office: Office) -> None:
    office.happen(7, "e1")
    office.happen(4, "e2")
    assert len(trip.export()) == 2
    trip.read()
    assert trip.arrived("e1", "e2") == office.known()
    trip.bring_back()
    assert (office.followers["usb"]["epoch"], office.followers["usb"]["cursor"]) == ("e2", 4)


def test_a_stick_pulled_at_any_byte_is_gone_on_with_where_it_stopped(
    trip: Trip, office: Office, small_pages: None
) -> None:
    office.happen(23)
    path = trip.export()[0]
    unbroken = path.read_bytes()
    header_end = 16 + 69 + int.from_bytes(unbroken[17:21], "big")
    for cut in [*range(0, len(unbroken), 29), len(unbroken)]:
        path.unlink()
        draft_of(path).write_bytes(unbroken[:cut])
        trip.export()
        assert (path.read_bytes() == unbroken) == (cut >= header_end), cut
        assert not draft_of(path).exists()
    trip.read()
    assert trip.arrived() == office.known()


def test_a_part_that_was_damaged_on_the_stick_is_mended_by_the_next_run(
    trip: Trip, office: Office, small_pages: None
) -> None:
    office.happen(23)
    path = trip.export()[0]
    unbroken = path.read_bytes()
    for place in (len(unbroken) // 2, len(unbroken) - 5):
        path.write_bytes(unbroken[:place] + b"\0\0\0" + unbroken[place + 3 :])
        trip.export()
        assert path.read_bytes() == unbroken
        path.write_bytes(unbroken[:place])
        trip.export()
        assert path.read_bytes() == unbroken


def test_rubbish_behind_the_proven_beginning_of_a_draft_is_cut_away(
    trip: Trip, office: Office, small_pages: None
) -> None:
    office.happen(23)
    path = trip.export()[0]
    unbroken = path.read_bytes()
    path.unlink()
    draft_of(path).write_bytes(unbroken[: len(unbroken) // 2] + b"\xff" * len(unbroken))
    trip.export()
    assert path.read_bytes() == unbroken


def test_a_stick_that_gives_back_something_else_than_it_took_is_not_trusted(
    trip: Trip, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.happen(23)

    def forgetful(descriptor: int, *_: int) -> None:
        os.pwrite(descriptor, b"\0\0\0", 400)

    with monkeypatch.context() as patch:
        patch.setattr(bundle_files.os, "posix_fadvise", forgetful)
        with pytest.raises(BundleError) as caught:
            trip.export()
    assert "hãy dùng chiếc khác" in error_text(caught.value) and trip.parts() == [] and "usb" not in office.followers
    trip.read(*trip.export())
    assert trip.arrived() == office.known()


def test_a_second_run_onto_the_same_stick_adds_only_what_is_new(trip: Trip, office: Office) -> None:
    office.happen(10)
    first = trip.export()[0].read_bytes()
    office.happen(5)
    parts = trip.export()
    assert [part.name[-13:-4] for part in parts] == ["000000001", "000000011"] and parts[0].read_bytes() == first
    trip.read()
    assert trip.arrived() == office.known()


def test_another_stick_gets_everything_that_is_not_confirmed(trip: Trip, office: Office, tmp_path: Path) -> None:
    office.happen(10)
    trip.export()
    office.happen(5)
    trip.stick = tmp_path / "other"
    trip.stick.mkdir()
    trip.read(*trip.export())
    assert trip.arrived() == office.known()


@pytest.mark.parametrize("failing", range(1, 4))
def test_a_stick_that_fails_while_it_is_written_is_told_in_words_and_the_next_run_finishes(
    failing: int, trip: Trip, office: Office, small_pages: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bundle_files, "SYNC_BYTES", 700)
    office.happen(40)
    calls, real = [0], os.fsync

    def fsync(descriptor: int) -> None:
        calls[0] += 1
        if calls[0] == failing:
            raise OSError(errno.EIO, "Input/output error")
        real(descriptor)

    with monkeypatch.context() as patch:
        patch.setattr(bundle_files.os, "fsync", fsync)
        with pytest.raises(OSError, match="Input") as caught:
            trip.export()
    assert "cắm lại" in error_text(caught.value) and trip.parts() == []
    assert "usb" not in office.followers
    trip.read(*trip.export())
    assert trip.arrived() == office.known()


def test_a_full_stick_is_told_in_words(trip: Trip, office: Office) -> None:
    office.happen(3)
    draft_of(trip.stick / "motcua_ba-vi_gui_e1_000000001.mcb").symlink_to("/dev/full")
    with pytest.raises(OSError, match="No space") as caught:
        trip.export()
    assert error_text(caught.value).startswith("USB đã đầy")


def test_a_missing_stick_is_told_in_words(trip: Trip, office: Office, tmp_path: Path) -> None:
    office.happen(3)
    with pytest.raises(BundleError) as caught:
        trip.export(tmp_path / "nowhere" / "file.mcb")
    assert "USB đã cắm chưa" in error_text(caught.value)


def test_a_named_file_is_written_and_written_over_only_when_it_is_ours(trip: Trip, office: Office) -> None:
    office.happen(3)
    mine = trip.stick / "goi.mcb"
    trip.export(mine)
    trip.read(mine)
    trip.bring_back()
    office.happen(3)
    trip.export(mine)
    assert trip.read(mine)[0].taken and trip.arrived() == office.known()
    letter = trip.stick / "thu.doc"
    letter.write_text("Kính gửi")
    foreign = forged(trip.stick / "x.mcb", Signer(bytes(32)), {**events_header(Signer(bytes(32))), "office": "ba-to"})
    office.happen(3)
    for path in (letter, foreign):
        before = path.read_bytes()
        with pytest.raises(BundleError) as caught:
            trip.export(path)
        assert caught.value.code == "in-the-way" and path.read_bytes() == before


def test_a_bundle_of_this_office_by_another_key_is_not_continued_but_replaced(trip: Trip, office: Office) -> None:
    office.happen(3)
    stranger = Signer(bytes(32))
    path = trip.stick / "motcua_ba-vi_gui_e1_000000001.mcb"
    forged(path, stranger, events_header(stranger), *whole(office.epochs["e1"]))
    trip.read(*trip.export())
    assert trip.arrived() == office.known()


def test_nothing_new_writes_nothing(trip: Trip, office: Office) -> None:
    office.happen(3)
    trip.read(*trip.export())
    trip.bring_back()
    for path in trip.parts():
        path.unlink()
    assert trip.export() == [] and trip.said[-1].startswith("không có gì mới")


def test_what_the_line_has_delivered_is_not_carried(trip: Trip, office: Office) -> None:
    office.happen(20)
    office.followers["tinh"] = {"epoch": "e1", "cursor": 12, "state": "waiting", "detail": None, "refused": []}
    assert trip.export()[0].name.endswith("_000000013.mcb")


def test_a_rewritten_journal_does_not_continue_an_old_part(trip: Trip, office: Office, small_pages: None) -> None:
    office.happen(8)
    path = trip.export()[0]
    office.epochs["e1"].clear()
    office.happen(2, "e1")
    office.epochs["e1"][1]["hash"] = "a" * 64
    office.happen(6)
    trip.export()
    assert trip.read(path)[0].code == "tampered"  # the receiver sees that event 2 does not hash to its hash


def test_memory_stays_bounded_whatever_the_backlog(trip: Trip, office: Office) -> None:
    def peak(count: int) -> int:
        office.epochs.clear()
        office.happen(count)
        tracemalloc.start()
        try:
            trip.export(trip.stick / f"{count}.mcb")
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    peak(500)
    assert peak(9_000) < 1.5 * peak(2_000)
