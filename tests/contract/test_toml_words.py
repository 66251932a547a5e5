"""What is wrong with a file of TOML, said so that who edits it by hand can mend it."""

from __future__ import annotations

import tomllib

import pytest

from contract.toml_words import toml_sentence

BROKEN = [
    ('a = 1\nb = "x\n', "dòng 2, cột 7: chuỗi chưa đóng"),
    ('a = "x', "cuối tệp: chuỗi chưa đóng"),
    ("[office", "cuối tệp: tên phần chưa đóng; viết [tên] hoặc [[tên]]"),
    ("[[office\n", "dòng 1, cột 9: tên phần chưa đóng"),
    ("a = [1, 2", "cuối tệp: danh sách chưa đóng; thêm dấu ] ở cuối"),
    ("a = {b = 1", "cuối tệp: bảng chưa đóng; thêm dấu } ở cuối"),
    ("a 5", "dòng 1, cột 3: sau tên khóa thiếu dấu ="),
    ("a = 5 6", "dòng 1, cột 7: dòng này không phải: khóa = giá trị"),
    ("= 6", "dòng 1, cột 1: dòng này không phải: khóa = giá trị"),
    ("a. = 6", "dòng 1, cột 4: tên khóa có chữ không dùng được"),
    ("a = 1\na = 2\n", "viết hai lần; giữ lại một"),
    ("[a]\n[a]\n", "viết hai lần; giữ lại một"),
    ('a = "\\q"', r"dòng 1, cột 8: dấu \ trong chuỗi phải viết hai lần: \\"),
    ("a = Ba Vì", "dòng 1, cột 5: giá trị không phải số"),
    ('a = "\x01"', "dòng 1, cột 6: có ký tự ẩn không nhìn thấy"),
    ("a = 2024-02-30", "không có ngày hoặc giờ này; viết như 2026-04-30"),
]


@pytest.mark.parametrize(("text", "sentence"), BROKEN)
def test_each_fault_is_named_with_its_place_and_what_to_do(text: str, sentence: str) -> None:
    with pytest.raises(tomllib.TOMLDecodeError) as caught:
        tomllib.loads(text)
    assert sentence in toml_sentence(caught.value)
    assert toml_sentence(caught.value, "en").isascii()


def test_what_the_library_may_say_one_day_is_still_told_with_its_place() -> None:
    error = tomllib.TOMLDecodeError("Something new (at line 7, column 2)")
    assert toml_sentence(error) == "dòng 7, cột 2: không đọc được dòng này; so lại với tệp mẫu"
