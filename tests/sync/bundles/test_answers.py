"""The answer of the one-stop side: it moves the cursor, brings dossiers, and is refused when it should be."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sync.agent import Agent
from sync.bundles.format.frames import DOSSIERS, END, RECEIPTS, BundleError
from sync.bundles.format.keys import Signer
from sync.bundles.program import error_text
from sync.errors import SyncError
from sync.receiver.bundle_receiver import BundleReceiver
from sync.receiver.store import ReceiverStore
from sync.simulator.onestop import OneStop
from tests.sync.deliveries import arrived, run
from tests.sync.journal import OFFICE, Office
from tests.sync.test_dossier_fetch import dossier
from tests.sync.usb import Trip, forged


@pytest.fixture
def trip(office: Office, home: Path) -> Trip:
    office.happen(12)
    return Trip(office, home).registered()


def row(office: Office) -> tuple[str, int, str]:
    found = office.followers["usb"]
    return found["epoch"], found["cursor"], found["state"]


def refused(trip: Trip, path: Path, code: str) -> str:
    """The reason in Vietnamese, after looking that the service was told nothing."""
    before = (dict(trip.office.followers), dict(trip.office.dossiers))
    with pytest.raises(BundleError) as caught:
        trip.bundles().import_answer(path)
    assert caught.value.code == code
    assert (dict(trip.office.followers), dict(trip.office.dossiers)) == before
    return error_text(caught.value)


def answer_by(signer: Signer, path: Path, *bodies: tuple[str, Any], **more: Any) -> Path:
    header = {"kind": "answer", "office": OFFICE, "id": "a1", "key": signer.public, "life": "l1", "serial": 1, **more}
    return forged(path, signer, header, *bodies, (END, {}))


def receipt(event: dict[str, Any]) -> tuple[str, Any]:
    body = {"epoch": event["epoch"], "accepted_through": event["seq"], "hash": event["hash"], "refused": []}
    return RECEIPTS, {"receipts": [body], "read": []}


def test_a_round_trip_moves_the_cursor_and_the_next_stick_carries_only_the_rest(trip: Trip, office: Office) -> None:
    trip.read(*trip.export())
    trip.bring_back()
    assert row(office) == ("e1", 12, "ok")
    assert trip.said[-2] == "biên nhận số 1: bên hệ thống một cửa đã có đến sự kiện 12"
    office.happen(3)
    trip.read(*trip.export())
    trip.bring_back()
    assert row(office) == ("e1", 15, "ok") and trip.arrived() == office.known()
    assert [path.name[-13:-4] for path in trip.parts()] == ["000000001", "000000013"]


def test_progress_of_dossiers_comes_back_once_and_brings_no_name(trip: Trip, office: Office) -> None:
    trip.store.put_dossiers(OFFICE, [dossier(f"d{n}", applicant="Phạm V. T.") for n in range(1300)])
    trip.read(*trip.export())
    trip.bring_back()
    assert len(office.dossiers) == 1300 and "applicant" not in office.dossiers["d7"]
    office.dossiers.clear()
    office.happen(1)
    trip.store.put_dossiers(OFFICE, [dossier("d5", status=9)])
    trip.read(*trip.export())
    trip.bring_back()
    assert list(office.dossiers) == ["d5"]


def test_an_answer_is_taken_from_a_stick_with_other_files_and_older_answers_on_it(trip: Trip, office: Office) -> None:
    trip.read(*trip.export())
    for _ in range(3):
        trip.province.write_answer(OFFICE, trip.stick)
    (trip.stick / "thu.mcb").write_text("Kính gửi")
    (trip.stick / "anh.jpg").write_bytes(b"\xff")
    trip.bundles().import_answer(trip.stick)
    assert row(office) == ("e1", 12, "ok") and "biên nhận số 3" in trip.said[-2]


def test_a_tampered_answer_is_refused_and_a_cut_one_asks_for_a_new_copy(trip: Trip) -> None:
    trip.read(*trip.export())
    path = trip.province.write_answer(OFFICE, trip.stick)
    data = path.read_bytes()
    for place in range(0, len(data), 31):
        path.write_bytes(data[:place] + bytes([data[place] ^ 8]) + data[place + 1 :])
        with pytest.raises(BundleError):
            trip.bundles().import_answer(path)
    for cut in range(0, len(data), 31):
        path.write_bytes(data[:cut])
        assert "bị cụt" in refused(trip, path, "cut")
    path.write_bytes(data)
    trip.bundles().import_answer(path)


def test_the_answer_for_another_office_is_foreign(trip: Trip) -> None:
    path = answer_by(trip.province.signer, trip.stick / "x.mcb", office="ba-to")
    assert "dành cho cơ quan “ba-to”, không phải “ba-vi”" in refused(trip, path, "foreign")


def test_an_answer_of_somebody_who_is_not_trusted_says_what_to_compare(trip: Trip) -> None:
    path = answer_by(Signer(bytes(32)), trip.stick / "x.mcb", receipt(trip.office.epochs["e1"][11]))
    assert "139e-3940-e64b-5491" in refused(trip, path, "untrusted")


def test_our_own_bundle_is_not_an_answer(trip: Trip) -> None:
    assert "gói gửi đi" in refused(trip, trip.export()[0], "not-an-answer")


def test_an_answer_is_taken_once_and_an_older_one_never_moves_the_cursor_back(trip: Trip, office: Office) -> None:
    trip.read(*trip.export())
    first = trip.bring_back()
    assert "đã được nhập rồi" in refused(trip, first, "doubled")
    office.happen(5)
    trip.read(*trip.export())
    trip.bring_back()
    assert "số 1 cũ hơn biên nhận đã nhập (số 2)" in refused(trip, first, "old")
    assert row(office) == ("e1", 17, "ok")


def test_without_a_trusted_key_nothing_is_believed(trip: Trip) -> None:
    trip.read(*trip.export())
    path = trip.province.write_answer(OFFICE, trip.stick)
    with pytest.raises(BundleError) as caught:
        trip.bundles(trusted_keys=[]).import_answer(path)
    assert "trusted_keys" in error_text(caught.value)


def test_a_folder_without_an_answer_and_a_missing_file_are_told_in_words(trip: Trip) -> None:
    assert "không có biên nhận nào" in refused(trip, trip.stick, "no-answer")
    with pytest.raises(FileNotFoundError) as caught:
        trip.bundles().import_answer(trip.stick / "x.mcb")
    assert "USB đã cắm chưa" in error_text(caught.value)


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda event: {**event, "hash": "f" * 64}, "không khớp với sổ"),
        (lambda event: {**event, "seq": 99}, "sổ của cơ quan không có"),
    ],
)
def test_a_receipt_that_contradicts_the_journal_moves_nothing_and_brings_nothing(
    spoil: Callable[[dict[str, Any]], dict[str, Any]], words: str, trip: Trip, office: Office
) -> None:
    page = (DOSSIERS, {"version": 1, "dossiers": [dossier("d1")]})
    event = spoil(office.epochs["e1"][4])
    path = answer_by(trip.province.signer, trip.stick / "x.mcb", receipt(event), page)
    with pytest.raises(SyncError) as caught:
        trip.bundles().import_answer(path)
    assert words in error_text(caught.value)
    assert {row["cursor"] for row in office.followers.values()} <= {0} and office.dossiers == {}


@pytest.mark.parametrize(
    "body",
    [
        {"receipts": "all"},
        {"receipts": [{"epoch": "e1"}]},
        [],
        {"receipts": [{"epoch": "e1", "accepted_through": -1, "hash": "0" * 64}]},
        {"receipts": [{"epoch": "e1", "accepted_through": "12", "hash": "0" * 64}]},
    ],
)
def test_even_a_trusted_key_cannot_bring_a_senseless_receipt(body: Any, trip: Trip) -> None:
    refused(trip, answer_by(trip.province.signer, trip.stick / "x.mcb", (RECEIPTS, body)), "tampered")


def test_what_the_one_stop_side_refused_is_shown_with_its_reason(trip: Trip, office: Office) -> None:
    office.happen(5)
    first, *_ = trip.export()
    first.write_bytes(first.read_bytes()[:-90] + b"\0" * 90)
    trip.read(first)
    trip.bring_back()
    assert any("không nhận được gói" in line and "đã bị thay đổi" in line for line in trip.said)
    trip.read(*trip.export())
    trip.said.clear()
    trip.bring_back()
    assert not any("không nhận được gói" in line for line in trip.said)  # settled: it is not told again


def test_events_that_were_refused_there_stay_in_sight_here(trip: Trip, office: Office) -> None:
    body = {
        "epoch": "e1",
        "accepted_through": 12,
        "hash": office.epochs["e1"][11]["hash"],
        "refused": [{"seq": 4, "code": "poison", "reason": "không hiểu"}],
    }
    path = answer_by(trip.province.signer, trip.stick / "x.mcb", (RECEIPTS, {"receipts": [body], "read": []}))
    trip.bundles().import_answer(path)
    assert office.followers["usb"]["refused"] == [{"epoch": "e1", "seq": 4, "code": "poison", "reason": "không hiểu"}]
    assert "1 sự kiện bị từ chối" in office.followers["usb"]["detail"]


def test_a_province_that_lost_its_database_gets_everything_again_by_stick(trip: Trip, office: Office) -> None:
    trip.read(*trip.export())
    trip.bring_back()
    office.happen(3)
    trip.store = ReceiverStore(None)
    trip.province = BundleReceiver(trip.store, None)
    trip.registered()
    late = trip.export()[-1]
    assert trip.read(late)[0].code == "gap"
    trip.bring_back()
    assert row(office) == ("e1", 0, "ok")
    trip.read(*trip.export())
    trip.bring_back()
    assert row(office) == ("e1", 15, "ok") and trip.arrived() == office.known()


def test_a_restored_backup_goes_on_with_its_new_epoch_by_stick(trip: Trip, office: Office) -> None:
    trip.read(*trip.export())
    del office.epochs["e1"][9:]
    office.happen(4, "e2")
    trip.bring_back()
    assert row(office) == ("e2", 0, "ok")
    trip.read(*trip.export())
    trip.bring_back()
    assert row(office) == ("e2", 4, "ok")
    assert trip.arrived("e1", "e2") >= office.known()


def test_an_import_that_breaks_off_is_repeated_and_nothing_is_lost(
    trip: Trip, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    trip.store.put_dossiers(OFFICE, [dossier(f"d{n}") for n in range(450)])
    trip.read(*trip.export())
    path = trip.province.write_answer(OFFICE, trip.stick)
    real, calls = office.put, [0]

    def put(where: str, body: Any) -> Any:
        calls[0] += 1
        if calls[0] == 2:
            raise ConnectionResetError
        return real(where, body)

    monkeypatch.setattr(office, "put", put)
    with pytest.raises(SyncError):
        trip.bundles().import_answer(path)
    assert row(office)[1] == 0 and 0 < len(office.dossiers) < 450
    trip.bundles().import_answer(path)
    assert row(office) == ("e1", 12, "ok") and len(office.dossiers) == 450


@pytest.fixture
def mixed(office: Office, province: OneStop, home: Path) -> Trip:
    trip = Trip(office, home, province.bundles)
    trip.store = province.store
    return trip.registered()


def test_line_and_stick_together_deliver_each_event_once(
    mixed: Trip, province: OneStop, follower: Callable[..., Agent], office: Office
) -> None:
    """The line works, dies while the stick travels, comes back; the receiver holds exactly what the journal holds."""
    office.happen(700)
    run(follower(province.port))
    office.happen(300)
    mixed.read(*mixed.export())
    assert mixed.parts()[0].name.endswith("_000000701.mcb")
    office.happen(50)
    agent = run(follower(province.port))
    assert agent.cursor == 1050
    mixed.bring_back()
    assert row(office) == ("e1", 1050, "ok")
    office.happen(10, "e2")
    mixed.read(*mixed.export())
    run(follower(province.port))
    assert arrived(province, "e1", "e2") == office.known()
    assert len(office.known()) == 1060


def test_a_stick_that_comes_after_the_line_has_healed_is_old_and_harmless(
    mixed: Trip, province: OneStop, follower: Callable[..., Agent], office: Office
) -> None:
    office.happen(30)
    parts = mixed.export()
    run(follower(province.port))
    assert mixed.read(*parts)[0].code == "old"
    mixed.bring_back()
    assert row(office) == ("e1", 30, "ok") and arrived(province) == office.known()


def test_an_answer_that_is_ahead_of_the_journal_is_told_to_the_service_and_taken_in_its_new_epoch(
    trip: Trip, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The machine lost its last events and has no line: only the stick's answer knows."""
    trip.export()
    trip.read()
    del office.epochs["e1"][9:]
    told: list[Any] = []
    put = office.put

    def service(path: str, body: Any) -> Any:
        if "ahead" in body:
            told.append(body["ahead"])
            office.happen(2, "e2")
        return put(path, body)

    monkeypatch.setattr(office, "put", service)
    trip.bring_back()
    numbers = {"business_date": "2024-04-14", "last": {"A": 12}}
    assert told == [{"epoch": "e1", "seq": 12, "numbers": numbers}]
    assert (office.followers["usb"]["epoch"], office.followers["usb"]["cursor"]) == ("e2", 0)
