"""`motcua dossiers catalogue`: what of the configured procedures an official has to look at."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from config.loading import load, sample_text
from kiosk.cli import main
from sync.dossiers.procedures import ProcedureEntry
from sync.portal.catalogue import compare_procedures
from sync.simulator.onestop import OneStop
from tests.sync.portal_office import section


@pytest.fixture
def office_file(home: Path) -> Path:
    file = home / "office.toml"
    file.write_text(sample_text(), encoding="utf-8")
    return file


def items(file: Path) -> list[dict[str, str]]:
    return [{"MATTHC": p.code, "TENTTHC": p.name.upper(), "TENLINHVUC": p.field} for p in load(file).procedure]


def test_procedures_that_the_portal_names_otherwise_are_listed(
    office_file: Path, province: OneStop, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    told = items(office_file)
    told[0] |= {"MATTHC": f"{told[0]['MATTHC']}.000.00.00.H48", "TENTTHC": "Đăng ký khai sinh (mới)"}
    told[1]["TENLINHVUC"] = "Nuôi con nuôi"
    gone = told.pop(2)
    province.portal.load([], told)
    asked = section(province.port).model_dump(mode="json", exclude_none=True)
    monkeypatch.setenv("MOTCUA__SYNC__CONNECTOR", json.dumps([asked]))
    assert main(["dossiers", "catalogue", "--config", str(office_file)]) == 0
    lines = [" ".join(line.split()) for line in capsys.readouterr().out.splitlines()]
    assert lines[2:] == [
        f"{told[0]['MATTHC'][:8]} tên Đăng ký khai sinh (mới)",
        f"{told[1]['MATTHC']} lĩnh vực Nuôi con nuôi",
        f"{gone['MATTHC']} Cổng không có –",
        f"{len(told) - 2} thủ tục đúng như trên Cổng, 3 thủ tục cần xem lại",
    ]
    province.portal.fail("html", 2)
    assert main(["dossiers", "catalogue", "--config", str(office_file)]) == 1
    assert "không hiểu câu trả lời của Cổng" in capsys.readouterr().err


def test_without_a_portal_the_command_says_what_to_configure(
    office_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["dossiers", "catalogue", "--config", str(office_file)]) == 1
    assert 'kind = "national_portal"' in capsys.readouterr().err


def test_case_and_marks_of_a_name_are_no_difference() -> None:
    ours, theirs = (
        ProcedureEntry("1.000001", "Đăng ký", "Hộ tịch"),
        ProcedureEntry("1.000001.02", "ĐĂNG  KÝ", "hộ tịch"),
    )
    assert [one.kind for one in compare_procedures([ours], [theirs])] == ["same"]
