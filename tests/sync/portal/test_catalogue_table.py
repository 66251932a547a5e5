"""The portal's catalogue as a table: over the line by a command, once a day by sync, taken only by an administrator."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from config import places
from config.loading import load, sample_text
from kiosk.cli import main
from sync.portal.catalogue_table import catalogue_table
from sync.simulator.onestop import OneStop
from tests.pages.conftest import RunningOffice, run_office
from tests.sync.portal_office import section, watch

NEW = {"MATTHC": "2.009999.000.00.00.H48", "TENTTHC": "THỦ TỤC CẤP BẢN ĐỒ THỬA ĐẤT", "TENLINHVUC": "Đất đai"}


def test_a_row_for_each_known_code_without_the_words_before_its_name() -> None:
    rows = [
        {"code": "2.000884.000.00.00.H48", "name": "Thủ tục chứng thực chữ ký", "field": "Chứng thực"},
        {"code": "2.000884", "name": "Chứng thực chữ ký", "field": "Chứng thực", "fee": "10.000 đ"},
        {"code": "khong-ro", "name": "Không rõ", "field": ""},
        {"code": "1.001193", "name": "Đăng ký khai sinh", "field": "Hộ tịch", "papers": "Tờ khai;\nGiấy chứng sinh"},
    ]
    assert catalogue_table(rows).splitlines() == [
        'Mã TTHC,Tên thủ tục hành chính,Lĩnh vực,"Phí, lệ phí",Thành phần hồ sơ',
        '1.001193,Đăng ký khai sinh,Hộ tịch,,"Tờ khai;',
        'Giấy chứng sinh"',
        "2.000884,Chứng thực chữ ký,Chứng thực,10.000 đ,",
    ]
    assert catalogue_table([{"code": "?", "name": "x"}]) == ""


def told_by(province: OneStop, file: Path) -> str:
    """The portal names all of the office's procedures but the second, and a new one; the code of the second."""
    ours = load(file).procedure
    items = [{"MATTHC": p.code, "TENTTHC": p.name.upper(), "TENLINHVUC": p.field} for p in ours]
    gone = items.pop(1)
    province.portal.load([], [*items, NEW])
    return gone["MATTHC"]


def test_the_command_shows_what_is_new_and_over_and_then_takes_it(
    home: Path, province: OneStop, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = home / "office.toml"
    file.write_text(sample_text(), encoding="utf-8")
    gone = told_by(province, file)
    asked = section(province.port).model_dump(mode="json", exclude_none=True)
    monkeypatch.setenv("MOTCUA__SYNC__CONNECTOR", json.dumps([asked]))
    assert main(["procedures", "fetch", "--dry-run", "--config", str(file)]) == 0
    shown = capsys.readouterr().out
    assert "2.009999  mới  CẤP BẢN ĐỒ THỬA ĐẤT" in shown and f"{gone}  hết áp dụng" in shown
    assert "1 thủ tục mới, 0 thủ tục đổi, 35 giữ nguyên" in shown and not places.procedures_file().exists()
    assert main(["procedures", "fetch", "--config", str(file)]) == 0
    kept = {row["code"]: row for row in json.loads(places.procedures_file().read_text(encoding="utf-8"))}
    assert set(kept) == {"2.009999", gone} and kept[gone]["valid_until"]
    capsys.readouterr()
    assert main(["procedures", "fetch", "--dry-run", "--config", str(file)]) == 0
    assert "0 thủ tục mới, 0 thủ tục đổi, 36 giữ nguyên" in capsys.readouterr().out


def test_without_a_portal_or_with_an_empty_one_nothing_changes(
    home: Path, province: OneStop, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = home / "office.toml"
    file.write_text(sample_text(), encoding="utf-8")
    assert main(["procedures", "fetch", "--config", str(file)]) == 1
    asked = section(province.port).model_dump(mode="json", exclude_none=True)
    monkeypatch.setenv("MOTCUA__SYNC__CONNECTOR", json.dumps([asked]))
    assert main(["procedures", "fetch", "--config", str(file)]) == 1
    assert "Cổng không nêu thủ tục nào" in capsys.readouterr().err and not places.procedures_file().exists()


@pytest.fixture
def running(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[RunningOffice]:
    monkeypatch.setenv("MOTCUA_HOME", str(tmp_path))
    yield from run_office(tmp_path)


def hand_in(running: RunningOffice, table: str, trial: str) -> Any:
    path = f"/api/v1/procedures/table?trial={trial}&whole=yes"
    return running.story.send("POST", path, "admin", table.encode()).json


def test_sync_leaves_it_for_an_administrator_who_looks_and_takes(running: RunningOffice, province: OneStop) -> None:
    assert running.send("GET", "/api/v1/procedures/portal", "admin") == {"table": None, "received_at": None}
    file = places.home() / "office.toml"
    file.write_text(sample_text(), encoding="utf-8")
    gone = told_by(province, file)
    follower = watch(running, province)
    follower.run_once()
    told = running.send("GET", "/api/v1/procedures/portal", "admin")
    assert "CẤP BẢN ĐỒ THỬA ĐẤT" in told["table"].upper() and told["received_at"]
    names = {one["code"] for one in running.send("GET", "/api/v1/procedures", "kiosk")["procedures"]}
    assert "2.009999" not in names and gone in names, "nothing is shown that nobody took"
    seen = hand_in(running, told["table"], "yes")
    assert {(one["code"], one["happens"]) for one in seen["changes"]} == {("2.009999", "mới"), (gone, "hết áp dụng")}
    assert hand_in(running, told["table"], "no")["taken"] is True
    names = {one["code"] for one in running.send("GET", "/api/v1/procedures", "kiosk")["procedures"]}
    assert "2.009999" in names and gone not in names
    asked = [name for name, _ in province.portal.asked].count("LayDanhSachTTHC")
    running.story.clock.passes(60)
    follower.run_once()
    assert [name for name, _ in province.portal.asked].count("LayDanhSachTTHC") == asked, "once a day"
    running.story.clock.passes(24 * 3600)
    follower.run_once()
    assert [name for name, _ in province.portal.asked].count("LayDanhSachTTHC") == asked + 1


def test_only_sync_leaves_a_catalogue_and_only_an_administrator_reads_it(running: RunningOffice) -> None:
    body = {"table": "Mã TTHC,Tên thủ tục"}
    for role in ("kiosk", "tablet", "counter", "board", "report", "admin"):
        assert running.story.send("PUT", "/api/v1/procedures/portal", role, body).status_code == 403
    for role in ("kiosk", "tablet", "counter", "board", "report", "sync"):
        assert running.story.send("GET", "/api/v1/procedures/portal", role).status_code == 403
