"""The portal's names as data, and what of its answers is looked at."""

from __future__ import annotations

from pathlib import Path

import pytest

from sync.portal.mapping import load_mapping


def test_a_province_may_name_things_otherwise(tmp_path: Path) -> None:
    own = tmp_path / "mapping.toml"
    own.write_text('[dossier]\ncode = ["SO_HO_SO"]\n[status]\n"11" = 8\n', encoding="utf-8")
    cells = load_mapping(str(own)).cells({"so-ho-so": "X", "MaHoSo": "Y", "TRANGTHAIHOSO": 11, "ChuHoSo": "Z"})
    assert cells == {"code": "X", "status": "8"}
    own.write_text("[hồ_sơ]\n", encoding="utf-8")
    with pytest.raises(ValueError):
        load_mapping(str(own))
    own.write_text("[dossiers]\n", encoding="utf-8")
    with pytest.raises(ValueError, match="there is no table dossiers"):
        load_mapping(str(own))


ITEM: dict[str, object] = {
    "MAHOSO": "H48.53-240414-0001",
    "ma_ttHC": "1.001193",
    "TenLinhVuc": "Hộ tịch",
    "TrangThaiHoSo": " 4 ",
    "NgayTiepNhan": 20240414080500,
    "NgayTra": "",
    "ChuHoSo": "Phạm Văn Thành",
    "SoDienThoai": "0912345678",
    "TaiLieuNop": [{"TenTepDinhKem": "Phạm Văn Thành.pdf"}],
    "MaLinhVuc": {"a": "b"},
}


def test_only_the_named_fields_are_picked_whatever_their_case() -> None:
    cells = {
        "code": "H48.53-240414-0001",
        "procedure": "1.001193",
        "field": "Hộ tịch",
        "status": "4",
        "received_at": 20240414080500,
        "returned_at": "",
    }
    assert load_mapping().cells(ITEM) == cells
    assert load_mapping().cells(ITEM, with_applicant=True) == {**cells, "applicant": "Phạm Văn Thành"}


def test_the_first_name_that_has_a_value_counts(tmp_path: Path) -> None:
    own = tmp_path / "mapping.toml"
    own.write_text('[dossier]\ncode = ["A", "B", "C"]\n', encoding="utf-8")
    mapping = load_mapping(str(own))
    assert mapping.cells({"C": "3", "B": "2", "A": ""})["code"] == "2"
    assert mapping.cells({"A": ""})["code"] == ""
    assert "code" not in mapping.cells({"A": None, "B": ["2"]})


@pytest.mark.parametrize(
    ("item", "entry"),
    [
        ({"MATTHC": "1.001193", "TENTTHC": " Đăng ký  khai sinh", "TENLINHVUC": "Hộ tịch"}, "Hộ tịch"),
        ({"MATTHC": "1.001193", "TENTTHC": "Đăng ký khai sinh", "LINHVUCTHUCHIEN": "Tư pháp"}, "Tư pháp"),
        ({"MATTHC": "1.001193", "TENTTHC": "Đăng ký khai sinh"}, ""),
        ({"MATTHC": "1.001193"}, None),
        ({"TENTTHC": "Đăng ký khai sinh"}, None),
        ({}, None),
    ],
)
def test_a_procedure_needs_a_code_and_a_name(item: dict[str, object], entry: str | None) -> None:
    expected = None if entry is None else ("1.001193", "Đăng ký khai sinh", entry)
    assert load_mapping().procedure(item) == expected


def test_error_codes_that_say_unknown_may_be_numbers_or_texts(tmp_path: Path) -> None:
    assert not load_mapping().says_unknown(5)
    own = tmp_path / "mapping.toml"
    own.write_text('[answer]\nunknown = ["5", 7]\n', encoding="utf-8")
    assert [code for code in range(10) if load_mapping(str(own)).says_unknown(code)] == [5, 7]


@pytest.mark.parametrize(
    "text", ['[dossier]\ncode = "MaHoSo"\n', "[status]\n11 = [8]\n", "[answer]\nerror = false\n", "["]
)
def test_a_file_of_another_shape_is_refused_when_it_is_read(tmp_path: Path, text: str) -> None:
    own = tmp_path / "mapping.toml"
    own.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError):
        load_mapping(str(own))
