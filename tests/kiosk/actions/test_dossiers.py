"""Taking the progress of dossiers, with or without the masked names of applicants."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest

from kiosk.actions.dossier_tables import TableRefused, take_table
from kiosk.actions.dossiers import forget_applicants, put_dossiers
from kiosk.domain.dossier import Dossier
from tests.kiosk.actions.memory import MONDAY, MemoryUnit

DAY = 24 * 3600_000
DOSSIER = Dossier("000.00.53.H48-240414-0001", "1.001193", "Hộ tịch", 2, 4, MONDAY - DAY)
OTHER = replace(DOSSIER, code="000.00.53.H48-240414-0002", field="Đất đai")
NAME = "Phạm V. T."


@pytest.fixture
def unit() -> MemoryUnit:
    return MemoryUnit()


@pytest.fixture
def naming() -> MemoryUnit:
    """An office that shows masked names of the field Hộ tịch."""
    made = MemoryUnit()
    made.office = replace(made.office, masked_names=frozenset({"Hộ tịch"}))
    return made


def counted(created: int = 0, updated: int = 0, unchanged: int = 0) -> dict[str, object]:
    return {"created": created, "updated": updated, "unchanged": unchanged, "refused": [], "kept": []}


def test_a_dossier_is_created_updated_or_left(unit: MemoryUnit) -> None:
    assert put_dossiers(unit, [DOSSIER, OTHER]) == counted(created=2)
    unit.passes(1_000)
    later = replace(OTHER, status=9, finished_at=MONDAY)
    assert put_dossiers(unit, [DOSSIER, later]) == counted(updated=1, unchanged=1)
    assert unit.dossiers.rows == {DOSSIER.code: DOSSIER, OTHER.code: later}
    assert unit.dossiers.put_at == {DOSSIER.code: MONDAY, OTHER.code: MONDAY + 1_000}
    assert [(kind, subject) for kind, subject, _ in unit.events] == [
        ("dossier.updated", DOSSIER.code),
        ("dossier.updated", OTHER.code),
        ("dossier.updated", OTHER.code),
    ]
    assert unit.events[-1][2]["status"] == 9


PERSONAL = "có số điện thoại, số giấy tờ hoặc địa chỉ thư trong lĩnh vực, lý do hoặc bước; hãy xóa số đó"
REFUSED = [
    ({"code": "nonsense"}, "bad-code", "không phải mã hồ sơ; hãy viết như 000.00.53.H48-240414-0001"),
    ({"finished_at": MONDAY - DAY - 1}, "end-before-receipt", "ngày kết thúc trước ngày tiếp nhận; hãy sửa ngày sai"),
    ({"field": "gọi 0912 345 678"}, "personal-data", PERSONAL),
    ({"not_digitised_reason": "a@b.vn"}, "personal-data", PERSONAL),
    ({"step": "051209901234"}, "personal-data", PERSONAL),
]


@pytest.mark.parametrize(("changes", "rule", "reason"), REFUSED)
def test_what_cannot_be_taken_is_refused_by_itself(
    unit: MemoryUnit, changes: dict[str, object], rule: str, reason: str
) -> None:
    wrong = replace(DOSSIER, **changes)  # type: ignore[arg-type]
    answer = put_dossiers(unit, [wrong, OTHER])
    assert answer == {**counted(created=1), "refused": [{"code": wrong.code, "rule": rule, "reason": reason}]}
    assert list(unit.dossiers.rows) == [OTHER.code]


VIETNAM = timezone(timedelta(hours=7))
LAST_BEFORE, FIRST_DAY = datetime(2025, 6, 30, 23, 59, tzinfo=VIETNAM), datetime(2025, 7, 1, tzinfo=VIETNAM)


@pytest.mark.parametrize(("received", "is_taken"), [(LAST_BEFORE, False), (FIRST_DAY, True)])
def test_a_channel_is_taken_from_its_day_on_and_refused_the_minute_before(
    unit: MemoryUnit, received: datetime, is_taken: bool
) -> None:
    by_vneid = replace(DOSSIER, channel=4, received_at=round(received.timestamp() * 1000))
    answer = put_dossiers(unit, [by_vneid, replace(OTHER, channel=2, received_at=by_vneid.received_at)])
    reason = (
        "“VNeID” chỉ có cho hồ sơ tiếp nhận từ ngày 01/07/2025 (Nghị định 118/2025/NĐ-CP), "
        "mà hồ sơ này tiếp nhận ngày 30/06/2025; hãy sửa kênh nộp hoặc ngày tiếp nhận"
    )
    assert answer["created"] == (2 if is_taken else 1)
    refused = {"code": by_vneid.code, "rule": "not-in-force", "reason": reason}
    assert answer["refused"] == ([] if is_taken else [refused])


def test_a_dossier_that_was_known_before_its_channel_was_ruled_goes_on(unit: MemoryUnit) -> None:
    """An office of before the rule holds VNeID of earlier days: each gets its end, but is not moved to another day."""
    known = replace(DOSSIER, channel=4)
    unit.dossiers.rows[known.code] = known
    ended = replace(known, status=9, finished_at=MONDAY)
    assert put_dossiers(unit, [ended]) == counted(updated=1)
    exact = replace(ended, received_at=known.received_at + 60_000)
    assert put_dossiers(unit, [exact]) == counted(updated=1), "another minute of the same day"
    moved = replace(ended, received_at=known.received_at - DAY)
    assert [one["rule"] for one in put_dossiers(unit, [moved])["refused"]] == ["not-in-force"]
    unit.dossiers.rows[known.code] = known
    row = {name: value for name, value in ROW.items() if name not in {"channel", "received_at"}}
    (taken,) = take_table(unit, [{**row, "status": 9}], [known])
    assert (taken.kind, taken.after.channel) == ("updated", 4)


def test_a_known_dossier_that_is_said_to_have_come_by_a_later_channel_goes_on_with_its_own(unit: MemoryUnit) -> None:
    """Software that calls an online dossier of 2024 VNeID must not keep its end out: it would look late for ever."""
    unit.dossiers.rows[DOSSIER.code] = DOSSIER
    said = replace(DOSSIER, channel=4, status=9, finished_at=MONDAY)
    answer = put_dossiers(unit, [said])
    reason = (
        "“VNeID” chỉ có cho hồ sơ tiếp nhận từ ngày 01/07/2025 (Nghị định 118/2025/NĐ-CP); "
        "hồ sơ này đã có, nên giữ nguyên kênh nộp đã ghi"
    )
    kept = [{"code": DOSSIER.code, "rule": "not-in-force", "reason": reason}]
    assert answer == {**counted(updated=1), "kept": kept}
    assert unit.dossiers.rows[DOSSIER.code] == replace(said, channel=2)
    assert unit.events[-1][2]["channel"] == 2
    assert put_dossiers(unit, [said]) == {**counted(unchanged=1), "kept": kept}
    moved = replace(said, received_at=DOSSIER.received_at - DAY)
    (refused,) = put_dossiers(unit, [moved])["refused"]
    assert refused["rule"] == "not-in-force", "another day: one of the two is wrong"


def test_a_dossier_may_be_finished_at_once(unit: MemoryUnit) -> None:
    assert put_dossiers(unit, [replace(DOSSIER, finished_at=DOSSIER.received_at)]) == counted(created=1)


def test_a_masked_name_is_kept_beside_the_dossier_and_in_no_event(naming: MemoryUnit) -> None:
    put_dossiers(naming, [DOSSIER, OTHER], {DOSSIER.code: NAME, OTHER.code: NAME})
    assert naming.free_texts.names == {DOSSIER.code: NAME}
    assert NAME not in str(naming.events)


def test_an_office_that_shows_no_names_keeps_none(unit: MemoryUnit) -> None:
    assert put_dossiers(unit, [DOSSIER], {DOSSIER.code: "no mask at all"}) == counted(created=1)
    assert unit.free_texts.names == {}


def test_a_name_that_is_not_masked_is_refused_with_its_dossier(naming: MemoryUnit) -> None:
    answer = put_dossiers(naming, [DOSSIER], {DOSSIER.code: "Phạm Văn Thành"})
    reason = "applicant_masked không phải họ kèm chữ cái đầu của tên; hãy viết như Phạm V. T."
    assert answer == {**counted(), "refused": [{"code": DOSSIER.code, "rule": "name-not-masked", "reason": reason}]}
    assert naming.dossiers.rows == {}


def test_who_tells_nothing_of_the_name_leaves_it_and_null_takes_it_away(naming: MemoryUnit) -> None:
    put_dossiers(naming, [DOSSIER], {DOSSIER.code: NAME})
    put_dossiers(naming, [DOSSIER])
    assert naming.free_texts.names == {DOSSIER.code: NAME}
    put_dossiers(naming, [DOSSIER], {DOSSIER.code: "Lê T. H."})
    assert naming.free_texts.names == {DOSSIER.code: "Lê T. H."}
    put_dossiers(naming, [DOSSIER], {DOSSIER.code: None})
    assert naming.free_texts.names == {}


def test_a_name_goes_when_its_dossier_leaves_the_screen(naming: MemoryUnit) -> None:
    put_dossiers(naming, [DOSSIER], {DOSSIER.code: NAME})
    put_dossiers(naming, [replace(DOSSIER, status=7)], {DOSSIER.code: NAME})
    assert naming.free_texts.names == {}


def test_a_name_that_stays_the_same_is_not_written_again(naming: MemoryUnit, monkeypatch: pytest.MonkeyPatch) -> None:
    put_dossiers(naming, [DOSSIER], {DOSSIER.code: NAME})
    monkeypatch.setattr(naming.free_texts, "set_applicant", None)
    put_dossiers(naming, [DOSSIER], {DOSSIER.code: NAME})


def test_names_that_may_no_longer_be_kept_are_forgotten(naming: MemoryUnit) -> None:
    decided = replace(DOSSIER, code=OTHER.code, status=9, finished_at=MONDAY)
    put_dossiers(naming, [DOSSIER, decided], {DOSSIER.code: NAME, OTHER.code: NAME})
    naming.free_texts.names["gone"] = NAME
    assert forget_applicants(naming) == 1
    assert set(naming.free_texts.names) == {DOSSIER.code, OTHER.code}
    naming.passes(4 * DAY)
    assert forget_applicants(naming) == 1
    assert set(naming.free_texts.names) == {DOSSIER.code}
    naming.office = replace(naming.office, masked_names=frozenset())
    assert forget_applicants(naming) == 1
    assert naming.free_texts.names == {}


ROW = {
    "code": DOSSIER.code,
    "procedure": "1.001193",
    "field": "Hộ tịch",
    "channel": 2,
    "status": 4,
    "received_at": "2024-04-14T01:05:00.000Z",
}


def test_a_table_is_taken_whole(unit: MemoryUnit) -> None:
    unit.state.day_open = False
    taken = take_table(unit, [ROW, {**ROW, "code": OTHER.code}], [])
    assert [change.kind for change in taken] == ["created", "created"]
    assert unit.types() == ["office.day_opened", "dossier.updated", "dossier.updated"]
    again = take_table(unit, [ROW, {**ROW, "code": OTHER.code, "status": 9}], unit.dossiers.rows.values())
    assert [change.kind for change in again] == ["unchanged", "updated"]
    assert unit.types()[3:] == ["dossier.updated"]


def test_a_table_with_a_row_that_is_refused_is_not_taken(unit: MemoryUnit) -> None:
    rows = [{**ROW, "step": "0912345678"}, {**ROW, "code": OTHER.code}, {**ROW, "code": "nonsense"}]
    with pytest.raises(TableRefused) as refused:
        take_table(unit, rows, [])
    assert [code for code, _ in refused.value.refused] == [DOSSIER.code, "nonsense"]
    assert str(refused.value) == "; ".join(f"{code}: {reason}" for code, reason in refused.value.refused)


def test_a_table_names_applicants_also_of_dossiers_that_did_not_change(naming: MemoryUnit) -> None:
    take_table(naming, [ROW], [])
    taken = take_table(naming, [{**ROW, "applicant_masked": NAME}], naming.dossiers.rows.values())
    assert [change.kind for change in taken] == ["unchanged"]
    assert naming.free_texts.names == {DOSSIER.code: NAME}
    take_table(naming, [{**ROW, "applicant_masked": None}], naming.dossiers.rows.values())
    assert naming.free_texts.names == {}
