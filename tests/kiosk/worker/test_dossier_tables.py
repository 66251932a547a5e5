"""Large tables are taken in batches: the counters go on, and what the rules refuse leaves nothing behind."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from contract.dossiers import DossierInput
from kiosk.actions.dossier_tables import applicants_in, differing
from kiosk.domain.dossier import Dossier
from kiosk.domain.dossier_change import DossierChange
from kiosk.dossiers.table_importer import DossierTableImporter
from kiosk.jobs.job import Job, JobRefused
from kiosk.maintenance.verification import verify_store
from kiosk.samples.ba_vi_2024 import SampleProcedure, dossiers
from kiosk.worker import dossier_tables
from kiosk.worker.dossier_tables import take_dossier_table
from sync.dossiers.tables import TableContents
from tests.office import OfficeStory
from tests.sync.dossiers.test_opening import ENDING
from tests.sync.exports import HEADERS, ZONE, as_csv, export_rows


@pytest.fixture
def some(small_office: OfficeStory, monkeypatch: pytest.MonkeyPatch) -> list[Dossier]:
    monkeypatch.setattr(dossier_tables, "WHOLE_ROWS", 20)
    monkeypatch.setattr(dossier_tables, "BATCH_ROWS", 10)
    monkeypatch.setattr(dossier_tables, "PAUSE_S", 0.0)
    procedures = [SampleProcedure(p.code, p.field) for p in small_office.app.configuration.procedure]
    return dossiers(procedures, ZONE)[:35]


def job(office: OfficeStory, rows: list[Dossier], trial: bool = False) -> Job:
    given = {"trial": trial, "now_ms": office.app.clock.now_ms(), "actor": ["admin", "minh", "minh"]}
    return Job("dossier-table", given, as_csv([HEADERS, *export_rows(rows)]))


def stored(office: OfficeStory) -> list[Dossier]:
    with office.app.store.reading() as reading:
        return reading.dossiers.all()


def test_a_large_table_is_taken_in_batches_between_which_numbers_are_given(
    small_office: OfficeStory, some: list[Dossier], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dossier_tables.time, "sleep", lambda _: small_office.take_number())
    answer = take_dossier_table(small_office.app, job(small_office, some), lambda _: None).values
    assert (answer["taken"], answer["counted"]) == (True, ["35 hồ sơ mới, 0 hồ sơ đổi, 0 hồ sơ giữ nguyên"])
    assert stored(small_office) == some
    assert small_office.types().count("ticket.issued") == 4
    assert {event["actor"]["person"] for event in small_office.events() if event["type"] == "dossier.updated"} == {
        "minh"
    }
    assert verify_store(small_office.app.store).listed == []
    again = take_dossier_table(small_office.app, job(small_office, some), lambda _: None).values
    assert again["counted"] == ["0 hồ sơ mới, 0 hồ sơ đổi, 35 hồ sơ giữ nguyên"] and again["changes"] == []


def test_one_refused_dossier_keeps_the_whole_of_a_large_table_out(
    small_office: OfficeStory, some: list[Dossier], monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong = replace(some[30], finished_at=some[30].received_at - 1)
    planned = dossier_tables.plan_changes
    monkeypatch.setattr(
        dossier_tables,
        "plan_changes",
        lambda *given: [replace(one, after=wrong) if one.after.code == wrong.code else one for one in planned(*given)],
    )
    with pytest.raises(JobRefused, match="ngày kết thúc trước ngày tiếp nhận"):
        take_dossier_table(small_office.app, job(small_office, some), lambda _: None)
    assert stored(small_office) == []


def test_a_file_that_ends_who_opens_it_is_refused_and_the_next_is_taken(
    small_office: OfficeStory, some: list[Dossier]
) -> None:
    sound = job(small_office, some[:3])
    data, _ = ENDING["XLS, 64 bytes too many"]
    with pytest.raises(JobRefused, match="không mở được tệp XLS: tệp bị hỏng"):
        take_dossier_table(small_office.app, replace(sound, data=data), lambda _: None)
    assert stored(small_office) == []
    assert take_dossier_table(small_office.app, sound, lambda _: None).values["taken"]


def test_a_trial_says_where_each_dossier_will_stand(small_office: OfficeStory, some: list[Dossier]) -> None:
    stages: list[str] = []
    answer = take_dossier_table(small_office.app, job(small_office, some[:1], trial=True), stages.append).values
    (change,) = answer["changes"]
    assert (change["kind"], change["field_text"], change["channel_text"]) == ("created", some[0].field, "trực tuyến")
    assert change["received_text"] == "11/12/2023 07:05" and change["due_text"].endswith("17:00")
    assert stages == ["reading the table", "comparing"] and stored(small_office) == []


@pytest.mark.parametrize(("day", "problems"), [("30/06/2025", 1), ("01/07/2025", 0)])
def test_a_row_by_a_channel_that_there_was_not_yet_is_named_by_trial_and_taking(
    office: OfficeStory, day: str, problems: int
) -> None:
    head = "Mã hồ sơ;Mã thủ tục;Kênh thực hiện;Trạng thái;Ngày tiếp nhận"
    code = f"000.00.53.H48-25{day[3:5]}{day[:2]}-0001"
    given = {"now_ms": round(datetime(2025, 7, 2, 8).timestamp() * 1000), "actor": ["admin", "minh", "minh"]}
    table = f"{head}\n{code};1.001193;VNeID;Đang xử lý;{day}\n".encode()
    for trial in (True, False):
        job = Job("dossier-table", {**given, "trial": trial}, table)
        answer = take_dossier_table(office.app, job, lambda _: None).values
        assert answer["problem_count"] == problems, answer
        for told in answer["problems"]:
            assert (told["row"], told["header"]) == (2, "Kênh thực hiện")
            assert told["message"].startswith("“VNeID” chỉ có cho hồ sơ tiếp nhận từ ngày 01/07/2025")
            assert "mà hồ sơ này tiếp nhận ngày 30/06/2025; hãy sửa kênh nộp" in told["message"]
    assert len(stored(office)) == 1 - problems


KNOWN_HEAD = "Mã hồ sơ;Mã thủ tục;Kênh thực hiện;Trạng thái;Ngày tiếp nhận;Ngày kết thúc"
EARLY, NEW = "000.00.53.H48-250630-0001", "000.00.53.H48-250630-0002"


def vneid_job(trial: bool, *rows: str) -> Job:
    given = {"now_ms": round(datetime(2025, 7, 2, 8).timestamp() * 1000), "actor": ["admin", "minh", "minh"]}
    return Job("dossier-table", {**given, "trial": trial}, "\n".join([KNOWN_HEAD, *rows]).encode())


def test_a_known_dossier_keeps_its_channel_and_the_trial_says_so(office: OfficeStory) -> None:
    """The clerk cannot change what a province's software writes: the end of a known dossier comes in all the same."""
    first = vneid_job(False, f"{EARLY};1.001193;Trực tuyến;Đang xử lý;30/06/2025;")
    take_dossier_table(office.app, first, lambda _: None)
    ended = f"{EARLY};1.001193;VNeID;Đã trả kết quả;30/06/2025;01/07/2025"
    note = (
        "“VNeID” chỉ có cho hồ sơ tiếp nhận từ ngày 01/07/2025 (Nghị định 118/2025/NĐ-CP): "
        "1 hồ sơ đã có giữ nguyên kênh nộp đã ghi (dòng 2), không cần sửa bảng"
    )
    for trial in (True, False):
        answer = take_dossier_table(office.app, vneid_job(trial, ended), lambda _: None).values
        assert answer["problems"] == [] and answer["notes"][1:] == [note]
        assert [one["channel_text"] for one in answer["changes"]] == ["trực tuyến"]
    (kept,) = stored(office)
    assert (kept.channel, kept.status) == (2, 10)


def test_beside_a_known_dossier_a_new_one_is_still_refused(office: OfficeStory) -> None:
    take_dossier_table(
        office.app, vneid_job(False, f"{EARLY};1.001193;Trực tuyến;Đang xử lý;30/06/2025;"), lambda _: None
    )
    rows = [f"{code};1.001193;VNeID;Đang xử lý;30/06/2025;" for code in (EARLY, NEW)]
    answer = take_dossier_table(office.app, vneid_job(True, *rows), lambda _: None).values
    assert [(one["row"], one["header"]) for one in answer["problems"]] == [(3, "Kênh thực hiện")]


def test_an_office_whose_tables_never_say_vneid_is_told_before_anything_is_taken(
    small_office: OfficeStory, some: list[Dossier], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The channel that the office set for tables without one is ruled like one that was written."""
    planned = dossier_tables.plan_changes
    monkeypatch.setattr(dossier_tables, "plan_changes", lambda rows, known, _: planned(_without(rows), known, 4))
    for trial in (True, False):
        with pytest.raises(JobRefused, match="“VNeID” chỉ có cho hồ sơ tiếp nhận từ ngày 01/07/2025"):
            take_dossier_table(small_office.app, job(small_office, some, trial), lambda _: None)
    assert stored(small_office) == []


def _without(rows: Iterable[DossierInput]) -> list[DossierInput]:
    return [{name: value for name, value in row.items() if name != "channel"} for row in rows]  # type: ignore[misc]


@pytest.mark.parametrize("trial", [True, False])
def test_a_name_that_is_refused_beside_an_unchanged_dossier_is_found_before_any_batch(
    small_office: OfficeStory, some: list[Dossier], monkeypatch: pytest.MonkeyPatch, trial: bool
) -> None:
    """Names are put also where nothing else changes; so the trial, and the look before the batches, judge them."""
    names = frozenset(one.field for one in some)
    app = replace(small_office.app, office=replace(small_office.app.office, masked_names=names))
    take_dossier_table(app, job(small_office, some[30:]), lambda _: None)
    known = stored(small_office)
    reader = dossier_tables.DossierTableImporter.read

    def named(importer: DossierTableImporter, *given: Any) -> TableContents:
        contents = reader(importer, *given)
        contents.dossiers[-1]["applicant_masked"] = "Phạm Văn Thành"
        return contents

    monkeypatch.setattr(dossier_tables.DossierTableImporter, "read", named)
    with pytest.raises(JobRefused, match="không phải họ kèm chữ cái đầu"):
        take_dossier_table(app, job(small_office, some, trial), lambda _: None)
    assert stored(small_office) == known


def test_an_office_that_keeps_no_names_judges_nothing_that_stays_as_it_was(
    small_office: OfficeStory, some: list[Dossier], monkeypatch: pytest.MonkeyPatch
) -> None:
    rows: list[DossierInput] = [{"code": some[0].code, "applicant_masked": "Phạm V. T."}]
    change = DossierChange(some[0], some[0])
    assert differing([change], applicants_in(rows, small_office.app.office)) == []
    naming = replace(small_office.app.office, masked_names=frozenset({some[0].field}))
    assert differing([change], applicants_in(rows, naming)) == [change]


def test_the_trial_and_the_outcome_name_the_rows_that_are_no_dossiers(office: OfficeStory) -> None:
    taken = f"{EARLY};1.001193;Trực tuyến;Đang xử lý;30/06/2025;"
    for trial in (True, False):
        answer = take_dossier_table(office.app, vneid_job(trial, taken, "Tổng cộng;1"), lambda _: None).values
        assert [note.partition("): ")[2].partition(";")[0] for note in answer["notes"]] == ["", "dòng 3"]
