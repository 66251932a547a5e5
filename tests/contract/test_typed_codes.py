"""What people type or write into dossiers: codes in both orders, numbers of persons, dates."""

from __future__ import annotations

import pytest

from contract.dossiers import holds_personal_number, mask_code, normalise_code


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("000.00.53.h48-240414-0001", "000.00.53.H48-240414-0001"),
        (" 000.00.53.H48 - 240414 - 0001 ", "000.00.53.H48-240414-0001"),
        ("H48.53.00-240414-0001", "H48.53.00-240414-0001"),
    ],
)
def test_both_orders_of_the_unit_code_are_read(typed: str, code: str) -> None:
    assert normalise_code(typed) == code


def test_in_public_only_date_and_last_four_digits_of_a_code_are_shown() -> None:
    assert mask_code("000.00.53.H48-240410-0012") == "•••240410-0012"


@pytest.mark.parametrize(
    "text",
    [
        "gọi 0912 345 678",
        "(0912) 345 678",
        "0912/345/678",
        "0912–345–678",
        "051/209/901/234",
        "051– 209– 901– 234",
        "0912_345.678",
        "0912. 345. 678",
        "a@b.vn",
        "hẹn 14/04/2024, 0912345678",
        "14/04/2024/1234",
        "12345678",
    ],
)
def test_a_number_of_a_person_is_found_whatever_parts_it(text: str) -> None:
    assert holds_personal_number(text)


@pytest.mark.parametrize(
    "text",
    [
        "Hẹn trả 14/04/2024",
        "ngày 1/4/2024",
        "từ 01.04.2024 đến 14-04-2024",
        "08:05 14/04/2024",
        "14/04/2024, 8:05:10",
        "Nghị định 61/2018/NĐ-CP",
        "T-QNG-123456-TT",
        "1.001193",
        "Thiết bị quét hỏng",
        "",
    ],
)
def test_a_date_is_no_number_of_a_person(text: str) -> None:
    assert not holds_personal_number(text)
