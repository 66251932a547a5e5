"""An administrator hands in a table of dossiers: looked at first, then taken whole."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from kiosk.domain.dossier import Dossier
from kiosk.samples.ba_vi_2024 import SampleProcedure, dossiers
from tests.office import OfficeStory
from tests.sync.exports import HEADERS, PEOPLE, ZONE, as_csv, as_xlsx, export_rows


def ba_vi(office: OfficeStory) -> list[Dossier]:
    return dossiers([SampleProcedure(p.code, p.field) for p in office.app.configuration.procedure], ZONE)


def stored(office: OfficeStory) -> list[Dossier]:
    with office.app.store.reading() as reading:
        return reading.dossiers.all()


def hand_in(office: OfficeStory, table: bytes, trial: str = "no", role: str = "admin") -> Any:
    return office.send("POST", f"/api/v1/dossiers/table?trial={trial}", role, table)


def test_a_table_is_looked_at_and_then_taken(office: OfficeStory) -> None:
    table = as_xlsx([HEADERS, *export_rows(ba_vi(office))])
    seen = hand_in(office, table, "yes").json
    assert (seen["taken"], seen["counted"]) == (False, ["681 hồ sơ mới, 0 hồ sơ đổi, 0 hồ sơ giữ nguyên"])
    assert len(seen["changes"]) == 200 and stored(office) == []
    assert hand_in(office, table).json["taken"] is True
    assert stored(office) == ba_vi(office)


def test_changes_are_told_in_words(small_office: OfficeStory) -> None:
    one = ba_vi(small_office)[0]
    hand_in(small_office, as_csv([HEADERS, *export_rows([one])]))
    again = as_csv([HEADERS, *export_rows([replace(one, status=4, finished_at=None)])])
    answer = hand_in(small_office, again, "yes").json
    assert len(answer["counted"]) == 2 and "1 hồ sơ đã xong lại thành đang xử lý" in answer["counted"][1]
    (change,) = answer["changes"]
    assert [change[name] for name in ("code", "kind", "goes_back", "happens")] == [one.code, "updated", True, "đổi"]
    assert change["told"].startswith("! Trạng thái: đã trả kết quả → đang xử lý")


def test_errors_of_cells_come_with_row_and_column_and_nothing_is_taken(small_office: OfficeStory) -> None:
    rows = export_rows(ba_vi(small_office)[:5])
    rows[2][HEADERS.index("Hình thức nộp")] = PEOPLE[0].name
    answer = hand_in(small_office, as_csv([HEADERS, *rows]))
    assert answer.status_code == 200 and answer.json["taken"] is False
    (problem,) = answer.json["problems"]
    assert (problem["row"], problem["column"], problem["header"]) == (4, "I", "Hình thức nộp")
    assert PEOPLE[0].name not in answer.text and stored(small_office) == []


def test_what_is_no_table_is_refused_with_what_to_do(small_office: OfficeStory) -> None:
    answer = hand_in(small_office, b"PK\x03\x04 nothing")
    assert answer.status_code == 400 and "ZIP bị hỏng" in answer.json["detail"]
    assert hand_in(small_office, b"").status_code == 400
    assert hand_in(small_office, b"x" * (20 * 1024 * 1024 + 1)).status_code == 413


def test_only_an_administrator_hands_in_tables_and_only_followers_list_dossiers(small_office: OfficeStory) -> None:
    table = as_csv([HEADERS, *export_rows(ba_vi(small_office))])
    for role in ("kiosk", "tablet", "board", "sync", "report", "counter"):
        assert hand_in(small_office, table, role=role).status_code == 403
    assert hand_in(small_office, table).status_code == 200
    for role in ("kiosk", "tablet", "board", "report", "counter"):
        assert small_office.send("GET", "/api/v1/dossiers", role).status_code == 403


def test_a_follower_reads_every_dossier_in_pages(small_office: OfficeStory) -> None:
    hand_in(small_office, as_csv([HEADERS, *export_rows(ba_vi(small_office))]))
    codes: list[str] = []
    after: str | None = ""
    while after is not None:
        page = small_office.send("GET", f"/api/v1/dossiers?after={after}", "sync").json
        codes += [one["code"] for one in page["dossiers"]]
        after = page["next"]
    assert codes == [one.code for one in ba_vi(small_office)]


def test_a_mistyped_trial_takes_nothing(small_office: OfficeStory) -> None:
    refused = hand_in(small_office, b"M\xc3\xa3 h\xe1\xbb\x93 s\xc6\xa1\n", trial="yess")
    assert refused.status_code == 400 and "trial must be one of: yes, no" in refused.json["detail"]
