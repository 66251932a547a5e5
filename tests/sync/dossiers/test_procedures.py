"""Codes and fields of procedures: the office's own first, then what the portal says in a known form."""

from __future__ import annotations

import pytest

from sync.dossiers.procedures import ProcedureCatalogue, ProcedureEntry, procedure_code

OURS = ProcedureCatalogue.of(
    [ProcedureEntry("1.001193", "Đăng ký khai sinh", "Hộ tịch"), ProcedureEntry("xa-1", "Việc của xã", "Dân tộc")],
    ["Bảo trợ xã hội"],
)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("1.001193", "1.001193"),
        ("1.001193.000.00.00.H48", "1.001193"),
        ("TTHC 2.000815: Chứng thực", "2.000815"),
        ("T-QNG-123456-TT", "T-QNG-123456-TT"),
        ("T-QNG-12345-TT", None),
        ("0.001193", None),
        ("11.001193", None),
        ("1.0011935", None),
        ("3.1.001193", None),
        ("", None),
    ],
)
def test_a_code_has_one_of_two_forms(text: str, code: str | None) -> None:
    assert procedure_code(text) == code


@pytest.mark.parametrize(
    ("code", "name", "known"),
    [
        ("xa-1", "", "xa-1"),
        ("", "VIỆC CỦA XÃ", "xa-1"),
        ("", "Đăng ký khai sinh (2.000815)", "2.000815"),
        ("9.999999", "", "9.999999"),
        ("xa-2", "", None),
        ("", "", None),
    ],
)
def test_a_procedure_is_known_by_code_or_name(code: str, name: str, known: str | None) -> None:
    assert OURS.procedure(code, name) == known


@pytest.mark.parametrize(
    ("procedure", "text", "field"),
    [
        ("1.001193", "Đất đai", "Hộ tịch"),
        ("", "Lĩnh vực bảo trợ xã hội, trẻ em", "Bảo trợ xã hội"),
        ("", "hộ tịch", "Hộ tịch"),
        ("", "Dân tộcc", None),
        ("9.999999", "", None),
    ],
)
def test_the_office_s_own_field_wins_over_what_upstream_says(procedure: str, text: str, field: str | None) -> None:
    assert OURS.field(procedure, text) == field


def test_an_upstream_catalogue_stands_behind_the_office_s_own() -> None:
    upstream = [
        ProcedureEntry("1.001193.000.00.00.H48", "Đăng ký khai sinh", "Tư pháp"),
        ProcedureEntry("2.000815.000.00.00.H48", "Chứng thực bản sao", "Chứng thực"),
        ProcedureEntry("AN.NGUYEN", "Việc của ông An", "Chứng thực"),
    ]
    both = OURS.with_more(upstream)
    assert both.field_of == {"1.001193": "Hộ tịch", "xa-1": "Dân tộc", "2.000815": "Chứng thực"}
    assert both.procedure("", "chứng thực bản sao") == "2.000815"
    assert both.procedure("AN.NGUYEN") is both.procedure("", "Việc của ông An") is None
    assert both.fields == OURS.fields
