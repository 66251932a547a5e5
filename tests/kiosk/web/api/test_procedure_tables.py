"""An administrator hands in a table of procedures: looked at first, then taken whole; shown at once, for good."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from config import places
from config.loading import ConfigurationError, load, sample_text
from tests.office import OfficeStory
from tests.sync.exports import as_csv

TABLE = as_csv(
    [
        ["Mã TTHC", "Tên thủ tục", "Lĩnh vực", "Lệ phí", "Thành phần hồ sơ"],
        ["1.001193", "Đăng ký khai sinh", "Hộ tịch", "Không thu", "Giấy chứng sinh; Căn cước"],
        ["2.009999", "Cấp bản đồ thửa đất", "Đất đai", "20.000 đ", "Đơn"],
    ]
)
WRONG = as_csv([["Mã TTHC", "Tên thủ tục"], ["khai sinh", "Đăng ký khai sinh"]])


def hand_in(office: OfficeStory, table: bytes, trial: str = "no", role: str = "admin", confirmed: str = "no") -> Any:
    return office.send("POST", f"/api/v1/procedures/table?trial={trial}&confirmed={confirmed}", role, table)


def shown(office: OfficeStory, code: str) -> Any:
    return office.send("GET", f"/api/v1/procedures/{code}", "kiosk")


def test_a_table_is_looked_at_then_taken_and_every_page_shows_it(small_office: OfficeStory) -> None:
    page = small_office.send("GET", "/api/v1/page/kiosk", None)
    seen = hand_in(small_office, TABLE, "yes").json
    assert (seen["taken"], seen["counted"]) == (False, ["1 thủ tục mới, 1 thủ tục đổi, 0 giữ nguyên"])
    assert [(one["code"], one["happens"]) for one in seen["changes"]] == [("1.001193", "đổi"), ("2.009999", "mới")]
    assert shown(small_office, "2.009999").status_code == 404 and not places.procedures_file().exists()
    assert hand_in(small_office, TABLE).json["taken"] is True
    assert shown(small_office, "2.009999").json["service"] == "DD"
    assert shown(small_office, "1.001193").json["papers"] == ["Giấy chứng sinh", "Căn cước"]
    again = small_office.send("GET", "/api/v1/page/kiosk", None)
    assert again.headers["ETag"] != page.headers["ETag"] and "Cấp bản đồ thửa đất" in again.text
    events = [event for event in small_office.events() if event["type"] == "office.configured"]
    assert events and events[-1]["data"]["changed"] == ["procedures"]
    acts = [event for event in small_office.events() if event["type"] == "access.administered"]
    assert len(acts) == 2, "both acts of the administrator stand in the journal"


def test_what_came_in_is_there_after_a_restart(small_office: OfficeStory, tmp_path: Path) -> None:
    hand_in(small_office, TABLE, confirmed="yes")
    file = tmp_path / "office.toml"
    file.write_text(sample_text(), encoding="utf-8")
    configured = {one.code: one for one in load(file).procedure}
    assert (configured["1.001193"].fee, configured["1.001193"].certainty) == ("Không thu", "confirmed")
    assert configured["2.009999"].name == "Cấp bản đồ thửa đất" and len(configured) == 38
    kept = json.loads(places.procedures_file().read_text(encoding="utf-8"))
    gone = [{**row, "service": "XX"} if row["code"] == "2.009999" else row for row in kept]
    places.procedures_file().write_text(json.dumps(gone), encoding="utf-8")
    assert len(load(file).procedure) == 37, "of a service that is gone nothing is shown"
    places.procedures_file().write_text("[", encoding="utf-8")
    with pytest.raises(ConfigurationError, match=r"procedures\.json” không phải danh sách thủ tục"):
        load(file)


def test_a_wrong_table_changes_nothing(small_office: OfficeStory) -> None:
    answer = hand_in(small_office, WRONG)
    assert (answer.status_code, answer.json["taken"], answer.json["problem_count"]) == (200, False, 1)
    assert not places.procedures_file().exists()
    assert hand_in(small_office, b"PK\x03\x04 nothing").status_code == 400
    no_table = hand_in(small_office, as_csv([["Họ tên"], ["ai đó"]]))
    assert no_table.status_code == 400 and "không phải bảng thủ tục" in no_table.json["detail"]


def test_only_an_administrator_hands_them_in(small_office: OfficeStory) -> None:
    for role in ("kiosk", "tablet", "board", "sync", "report", "counter"):
        assert hand_in(small_office, TABLE, role=role).status_code == 403


def test_a_list_that_cannot_be_read_is_never_told_to_be_deleted(home: Path) -> None:
    file = home / "office.toml"
    file.write_text(sample_text(), encoding="utf-8")
    (home / "procedures.json").mkdir()
    with pytest.raises(ConfigurationError, match=r"không đọc được “.*procedures\.json”: ") as refused:
        load(file)
    assert "xóa" not in str(refused.value)
