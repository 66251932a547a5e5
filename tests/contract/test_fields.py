"""A safety switch never hangs on two typed texts being equal: fields are compared by meaning."""

from __future__ import annotations

import unicodedata

import pytest

from contract.fields import ServiceFields, field_key, field_rules

ADOPTION = "Nuôi con nuôi"
SPELLINGS = [
    ADOPTION,
    unicodedata.normalize("NFD", ADOPTION),
    "NUÔI CON NUÔI",
    "Nuôi Con Nuôi",
    "  nuôi  con\u00a0nuôi ",
    "Lĩnh vực Nuôi con nuôi",
    "LĨNH VỰC: NUÔI CON NUÔI",
    unicodedata.normalize("NFD", "Lĩnh vực nuôi con nuôi"),
    "Nuoi con nuoi",
    "Nuôi\u200bcon\u200bnuôi",
    "Nuôi con nuôi.",
    "“Nuôi-con-nuôi”",
    "Ｎuôi con nuôi",
]
OFFICE = field_rules(
    (
        ServiceFields(("Hộ tịch", "Chứng thực", ADOPTION), sensitive=(ADOPTION,)),
        ServiceFields(("Đất đai", "Môi trường")),
        ServiceFields(("Giảm nghèo", "Người có công"), all_sensitive=True),
    )
)


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_a_sensitive_field_is_withheld_in_every_spelling(spelling: str) -> None:
    assert field_key(spelling) == "nuoiconnuoi"
    assert OFFICE.withholds(spelling)


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_the_office_may_spell_it_as_it_likes(spelling: str) -> None:
    rules = field_rules((ServiceFields(("Hộ tịch", ADOPTION), sensitive=(spelling,)),))
    assert rules.withholds(ADOPTION)
    assert not rules.withholds("Hộ tịch")


@pytest.mark.parametrize("field", ["Hộ tịch", "HỘ TỊCH", "Lĩnh vực Hộ tịch", "Đất đai", "đất đai", "Môi trường"])
def test_a_plain_field_is_shown_in_every_spelling(field: str) -> None:
    assert not OFFICE.withholds(field)


@pytest.mark.parametrize("field", ["Lĩnh vực khác", "", "Nuôi con nuôi trong nước", "Nu«i con nu«i", "Lĩnh vực"])
def test_a_field_in_doubt_is_withheld(field: str) -> None:
    assert OFFICE.withholds(field)


def test_a_field_that_is_sensitive_in_one_service_is_so_in_all() -> None:
    rules = field_rules((ServiceFields(("Dân tộc",)), ServiceFields(("DÂN TỘC", "Văn hóa"), sensitive=("Dân tộc",))))
    assert rules.withholds("Dân tộc")
    assert not rules.withholds("Văn hóa")


def test_an_office_that_names_nothing_sensitive_shows_every_field() -> None:
    rules = field_rules((ServiceFields(("Hộ tịch",)),))
    assert not rules.withholds("Lĩnh vực khác")


def test_a_sensitive_service_without_fields_still_makes_the_office_careful() -> None:
    rules = field_rules((ServiceFields(("Hộ tịch",)), ServiceFields((), all_sensitive=True)))
    assert rules.withholds("Bảo trợ xã hội")
    assert not rules.withholds("Hộ tịch")
