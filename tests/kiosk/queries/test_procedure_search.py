"""What citizens ask for in their own words, and the procedure that an officer would name."""

from __future__ import annotations

import tomllib
from datetime import date
from typing import Any

import pytest

from config.loading import build, sample_text
from kiosk.bootstrap import public_configuration
from kiosk.queries.procedure_search import search_key, search_procedures, valid_on
from kiosk.queries.public_configuration import PublicProcedure

SAMPLE = public_configuration(build(tomllib.loads(sample_text()), "sample"))["procedures"]


def row(code: str, name: str, field: str, **more: Any) -> PublicProcedure:
    plain: PublicProcedure = {
        "code": code,
        "name": name,
        "field": field,
        "service": "HT",
        "time": "",
        "fee": "",
        "certainty": "confirmed",
        "papers": [],
        "words": [],
        "valid_from": None,
        "valid_until": None,
        "replaced_by": None,
    }
    return {**plain, **more}  # type: ignore[typeddict-item]


FEW = [
    row("1.000656", "Đăng ký khai sinh", "Hộ tịch"),
    row("1.004884", "Đăng ký khai tử", "Hộ tịch", papers=["Giấy khai sinh của người mất"]),
    row("2.000815", "Chứng thực bản sao", "Chứng thực"),
]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Đăng ký khai sinh", "dang ky khai sinh"),
        ("  ĐĂNG   KÝ, nhanh! ", "dang ky nhanh"),
        ("Cấp bản sao trích lục", "cap ban sao trich luc"),
        ("Cấp bản sao", "cap ban sao"),
        ("1.000656", "1.000656"),
    ],
)
def test_tone_marks_case_and_commas_do_not_matter_when_searching(text: str, key: str) -> None:
    assert search_key(text) == key


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ("", ["1.000656", "1.004884", "2.000815"]),
        ("khai sinh", ["1.000656"]),
        ("KHAI TU", ["1.004884"]),
        ("khaitu", ["1.004884"]),
        ("ho tich", ["1.000656", "1.004884"]),
        ("khai t", ["1.004884"]),
        ("2.0008", ["2.000815"]),
        ("hộ chiếu", []),
        ("thủ tục", ["1.000656", "1.004884", "2.000815"][:0]),
        ("?!", ["1.000656", "1.004884", "2.000815"]),
    ],
)
def test_procedures_are_found_by_words_of_name_code_or_field(query: str, codes: list[str]) -> None:
    assert [one["code"] for one in search_procedures(FEW, query)] == codes


# What people of a commune say at the door, and the code that an officer looks up for it (of the sample's 37).
ASKED = [
    ("giấy khai sinh bị mất", "2.000635"),
    ("giay khai sinh bi mat", "2.000635"),
    ("tôi muốn làm giấy khai sinh cho con mới đẻ", "1.001193"),
    ("lấy vợ", "1.000894"),
    ("cuoi chong", "1.000894"),
    ("mất giấy kết hôn", "1.004746"),
    ("người nhà mất", "1.000656"),
    ("giấy chứng tử", "1.000656"),
    ("giấy độc thân", "1.004873"),
    ("đổi tên cho con", "1.004859"),
    ("sai ngày sinh", "1.004859"),
    ("công chứng bằng cấp", "2.000815"),
    ("sao y", "2.000815"),
    ("bán đất", "2.001035"),
    ("sổ đỏ", "2.001035"),
    ("thừa kế", "2.001019"),
    ("xin con nuôi", "2.001263"),
    ("hàng xóm lấn đất", "1.012812"),
    ("xét hộ nghèo", "1.011606"),
    ("người tàn tật", "1.001699"),
    ("mất giấy khuyết tật", "1.001653"),
    ("tiền người già", "1.014027"),
    ("tiền ma chay", "1.001731"),
    ("thờ cúng liệt sĩ", "1.010803"),
    ("mở quán", "1.001612"),
    ("chuyển trường cho con", "2.002481"),
    ("già làng", "open-1"),
]


@pytest.mark.parametrize(("query", "code"), ASKED)
def test_a_question_in_common_words_finds_its_procedure_first(query: str, code: str) -> None:
    assert search_procedures(SAMPLE, query)[0]["code"] == code


def test_a_question_of_another_office_finds_nothing_rather_than_everything() -> None:
    assert search_procedures(SAMPLE, "hộ khẩu") == []
    assert search_procedures(SAMPLE, "hộ chiếu phổ thông") == []


def test_what_no_longer_holds_and_what_does_not_yet_are_left_out() -> None:
    rows = [
        row("1.000001", "cũ", "Hộ tịch", valid_until="2024-04-14"),
        row("1.000002", "mới", "Hộ tịch", valid_from="2024-04-15"),
        row("1.000003", "mai", "Hộ tịch", valid_from="2024-04-16"),
        row("1.000004", "luôn", "Hộ tịch"),
    ]
    assert [one["name"] for one in valid_on(rows, date(2024, 4, 14))] == ["cũ", "luôn"]
    assert [one["name"] for one in valid_on(rows, date(2024, 4, 15))] == ["mới", "luôn"]


def test_every_procedure_of_the_sample_has_papers_and_is_marked_as_not_confirmed() -> None:
    assert len(SAMPLE) == 37
    assert [one["code"] for one in SAMPLE if not one["papers"] or one["certainty"] != "needs confirmation"] == []


def test_a_question_in_another_language_finds_what_is_named_in_it() -> None:
    texts = {"en": {"Đăng ký khai sinh": "Registering a birth", "Hộ tịch": "Civil status"}}
    assert search_procedures(SAMPLE, "birth", texts)[0]["code"] == "1.001193"
    assert search_procedures(SAMPLE, "birth") == []
