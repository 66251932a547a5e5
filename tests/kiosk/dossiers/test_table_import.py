"""`motcua dossiers import`: the whole table or nothing, and beforehand a table of what would change."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from config.loading import sample_text
from kiosk.actions.dossier_tables import TableRefused, take_table
from kiosk.app import App
from kiosk.bootstrap import build_app
from kiosk.cli import main
from kiosk.domain.dossier import Dossier, dossier_data
from kiosk.domain.dossier_change import DossierChange, plan_changes
from kiosk.maintenance.initialise import create_office
from kiosk.maintenance.verification import verify_store
from kiosk.samples.ba_vi_2024 import SampleProcedure, dossiers
from kiosk.store.unit_of_work import Actor
from tests.office import OfficeStory, sample_configuration
from tests.sync.dossiers.test_opening import ENDING
from tests.sync.exports import HEADERS, ZONE, as_csv, as_xlsx, export_rows

FORMS = ["%Y%m%d%H%M%S", "%d/%m/%Y %H:%M:%S", "%Y-%m-%dT%H:%M:%S+07:00"]


@pytest.fixture(scope="module")
def ba_vi() -> list[Dossier]:
    configuration = sample_configuration("sqlite:///unused")
    return dossiers([SampleProcedure(p.code, p.field) for p in configuration.procedure], ZONE)


@pytest.fixture
def office_file(home: Path) -> Path:
    file = home / "office.toml"
    file.write_text(sample_text(), encoding="utf-8")
    return file


@pytest.fixture
def bring(office_file: Path, home: Path) -> Callable[..., int]:
    """Write a table and import it; the exit code."""

    def run(table: Sequence[Sequence[Any]], *more: str, excel: bool = False) -> int:
        file = home / ("export.xlsx" if excel else "export.csv")
        file.write_bytes((as_xlsx if excel else as_csv)([HEADERS, *table]))
        return main(["dossiers", "import", str(file), "--config", str(office_file), *more])

    return run


def take(app: App, told: list[dict[str, Any]]) -> list[DossierChange]:
    with app.store.unit(Actor("system", "test"), app.clock.now_ms()) as unit:
        return take_table(unit, told, unit.dossiers.all())


def stored(story: OfficeStory) -> list[Dossier]:
    with story.app.store.reading() as reading:
        return reading.dossiers.all()


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("excel", [False, True])
def test_the_dossiers_of_ba_vi_come_in_as_they_are(
    small_office: OfficeStory, bring: Callable[..., int], ba_vi: list[Dossier], form: str, excel: bool
) -> None:
    assert bring(export_rows(ba_vi, form), excel=excel) == 0
    assert stored(small_office) == ba_vi
    assert small_office.types().count("dossier.updated") == 681
    assert verify_store(small_office.app.store).listed == []


def test_a_second_import_of_the_same_table_changes_nothing(
    small_office: OfficeStory, bring: Callable[..., int], ba_vi: list[Dossier], capsys: pytest.CaptureFixture[str]
) -> None:
    bring(export_rows(ba_vi))
    before = small_office.types()
    assert bring(export_rows(ba_vi)) == 0
    assert small_office.types() == before
    assert "0 hồ sơ mới, 0 hồ sơ đổi, 681 hồ sơ giữ nguyên" in capsys.readouterr().out


def test_one_wrong_cell_keeps_the_whole_table_out(
    small_office: OfficeStory, bring: Callable[..., int], ba_vi: list[Dossier], capsys: pytest.CaptureFixture[str]
) -> None:
    rows = export_rows(ba_vi)
    rows[400][HEADERS.index("Trạng thái")] = "Đang ngủ"
    assert bring(rows) == 1
    assert stored(small_office) == [] and "dossier.updated" not in small_office.types()
    told = capsys.readouterr().err
    assert "dòng 402, cột M (Trạng thái): không phải trạng thái đã biết" in told
    assert "bảng có 1 lỗi; chưa thay đổi gì" in told


def test_a_trial_shows_what_would_change_and_changes_nothing(
    small_office: OfficeStory, bring: Callable[..., int], ba_vi: list[Dossier], capsys: pytest.CaptureFixture[str]
) -> None:
    bring(export_rows(ba_vi[:3]))
    capsys.readouterr()
    ended, due = ba_vi[0], ba_vi[1].due_at or 0
    news = [replace(ended, status=4, finished_at=None), replace(ba_vi[1], due_at=due + 86_400_000), ba_vi[2], ba_vi[3]]
    assert bring(export_rows(news), "--dry-run") == 0
    assert stored(small_office) == ba_vi[:3]
    lines = capsys.readouterr().out.splitlines()
    told = [(ended, "đổi"), (ba_vi[1], "đổi"), (ba_vi[3], "mới")]
    assert [line.split()[:2] for line in lines[2:5]] == [[one.code, word] for one, word in told]
    assert "! Trạng thái: đã trả kết quả → đang xử lý" in lines[2] and "→ –" in lines[2]
    assert "Ngày hẹn trả: " in lines[3] and ba_vi[2].code not in "\n".join(lines)
    assert "1 hồ sơ mới, 2 hồ sơ đổi, 1 hồ sơ giữ nguyên" in lines[-3]
    assert "Chú ý: 1 hồ sơ đã xong" in lines[-2] and "Chưa thay đổi gì" in lines[-1]


def test_facts_without_a_column_stay_as_they_are_known(
    small_office: OfficeStory, bring: Callable[..., int], ba_vi: list[Dossier], home: Path, office_file: Path
) -> None:
    bring(export_rows(ba_vi))
    left_out = {"Từ kỳ trước", "Số hóa", "Lý do chưa số hóa", "Lĩnh vực"}
    keep = [n for n, name in enumerate(HEADERS) if name not in left_out]
    table = [[row[n] for n in keep] for row in [HEADERS, *export_rows(ba_vi)]]
    (home / "less.csv").write_bytes(as_csv(table))
    assert main(["dossiers", "import", str(home / "less.csv"), "--config", str(office_file)]) == 0
    assert stored(small_office) == ba_vi


def test_a_dossier_that_the_service_refuses_leaves_nothing_behind(
    small_office: OfficeStory, ba_vi: list[Dossier]
) -> None:
    told = [
        {
            "code": one.code,
            "procedure": one.procedure,
            "field": one.field,
            "channel": 2,
            "status": 10,
            "received_at": "2024-04-14T01:00:00.000Z",
            "finished_at": f"2024-04-1{day}T01:00:00.000Z",
            "step": "returned",
        }
        for one, day in zip(ba_vi, (5, 6, 3), strict=False)
    ]
    with pytest.raises(TableRefused) as refused:
        take(small_office.app, told)
    assert refused.value.refused == [(ba_vi[2].code, "ngày kết thúc trước ngày tiếp nhận; hãy sửa ngày sai")]
    assert stored(small_office) == []
    assert [change.kind for change in plan_changes(told, [])] == ["created"] * 3


def test_citizens_get_numbers_while_a_table_comes_in(home: Path, office: OfficeStory, ba_vi: list[Dossier]) -> None:
    """Two processes of the app write at once; each waits for the other, nothing is lost."""
    other = build_app(office.app.configuration, office.clock)
    create_office(other)
    worker = threading.Thread(target=take, args=(other, [dossier_data(one) for one in ba_vi]))
    worker.start()
    numbers = [office.take_number().number for _ in range(20)]
    worker.join(60)
    other.close()
    assert numbers == [f"A{n:03}" for n in range(1, 21)]
    assert stored(office) == ba_vi
    assert verify_store(office.app.store).listed == []


def test_a_missing_file_is_named(office_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["dossiers", "import", "khong-co.csv", "--config", str(office_file)]) == 1
    assert "khong-co.csv: không đọc được tệp" in capsys.readouterr().err


def test_a_file_that_ends_who_opens_it_does_not_end_the_command(
    office_file: Path, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (home / "ho-so.xls").write_bytes(ENDING["XLS, one byte"][0])
    assert main(["dossiers", "import", str(home / "ho-so.xls"), "--config", str(office_file)]) == 1
    assert "ho-so.xls: không mở được tệp XLS: tệp bị hỏng" in capsys.readouterr().err


def test_a_trial_shows_receipt_due_and_end_of_new_and_of_known_dossiers(
    small_office: OfficeStory, bring: Callable[..., int], ba_vi: list[Dossier], capsys: pytest.CaptureFixture[str]
) -> None:
    ended = next(one for one in ba_vi if one.finished_at and one.due_at)
    bring(export_rows([ended]))
    capsys.readouterr()
    later = replace(ended, finished_at=(ended.finished_at or 0) + 86_400_000)
    other = next(one for one in ba_vi if one.code != ended.code and one.due_at)
    assert bring(export_rows([later, other]), "--dry-run") == 0
    head, _, known, new, *_ = capsys.readouterr().out.splitlines()
    assert all(name in head for name in ("Ngày tiếp nhận", "Ngày hẹn trả", "Ngày kết thúc", "Thay đổi"))

    def written(ms: int | None) -> str:
        return datetime.fromtimestamp((ms or 0) / 1000, ZONE).strftime("%d/%m/%Y %H:%M")

    assert written(later.received_at) in known and written(later.due_at) in known
    assert known.count(written(later.finished_at)) == 2, "where it will stand, and what it changes to"
    assert written(other.received_at) in new and written(other.due_at) in new and other.field in new


def test_what_the_rules_refuse_is_told_in_vietnamese_with_what_to_do(
    small_office: OfficeStory,
    bring: Callable[..., int],
    ba_vi: list[Dossier],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr("kiosk.actions.dossiers.holds_personal_number", lambda text: True)
    assert bring(export_rows(ba_vi[:7])) == 1
    told = capsys.readouterr().err
    assert told.count("có số điện thoại, số giấy tờ hoặc địa chỉ thư") == 5
    assert "hãy xóa số đó" in told and "… và 2" in told


def test_a_known_dossier_keeps_its_channel_where_the_table_says_one_of_later(
    small_office: OfficeStory, bring: Callable[..., int], ba_vi: list[Dossier], capsys: pytest.CaptureFixture[str]
) -> None:
    bring(export_rows(ba_vi[:2]))
    rows = export_rows(ba_vi[:2])
    for row in rows:
        row[HEADERS.index("Hình thức nộp")] = "VNeID"
    capsys.readouterr()
    assert bring(rows, "--dry-run") == 0
    trial = capsys.readouterr().out
    assert bring(rows) == 0
    for told in (trial, capsys.readouterr().out):
        assert "2 hồ sơ đã có giữ nguyên kênh nộp đã ghi (dòng 2–3), không cần sửa bảng" in told
        assert "0 hồ sơ mới, 0 hồ sơ đổi, 2 hồ sơ giữ nguyên" in told
    assert stored(small_office) == ba_vi[:2]
    assert bring([*rows, *_by_vneid(ba_vi[2])]) == 1
    assert "hãy sửa kênh nộp hoặc ngày tiếp nhận" in capsys.readouterr().err


def _by_vneid(dossier: Dossier) -> list[list[Any]]:
    (row,) = export_rows([dossier])
    row[HEADERS.index("Hình thức nộp")] = "VNeID"
    return [row]
