"""Wherever upstream puts a person, the sanitizer lets nothing of them in."""

from __future__ import annotations

import json
import tomllib
from importlib.resources import files
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contract.dossiers import FIELDS, UNNAMED_FIELD
from sync.dossiers.office_sanitizer import sanitizer_for
from sync.dossiers.procedures import ProcedureCatalogue, ProcedureEntry
from sync.dossiers.rows import InvalidRow, parse_row
from sync.dossiers.sanitizer import DossierSanitizer
from sync.dossiers.text_keys import clean_text
from sync.dossiers.vocabulary import shipped_vocabulary
from sync.wording import translate
from tests.office import sample_configuration
from tests.sync.exports import PEOPLE

SANITIZER = DossierSanitizer(
    shipped_vocabulary().with_reasons(["Máy hỏng  cả tuần"]),
    ProcedureCatalogue.of([ProcedureEntry("1.001193", "Đăng ký khai sinh", "Hộ tịch")], ["Bảo trợ xã hội"]),
    ZoneInfo("Asia/Ho_Chi_Minh"),
)


def test_of_an_upstream_catalogue_listed_fields_come_in_and_nobody_s_name() -> None:
    rows = [
        {"code": "1.001193", "name": "Đăng ký khai sinh", "field": "LĨNH VỰC HỘ TỊCH", "fee": "0 đ"},
        {"code": "1.000001", "name": "Trần Canhog Yến", "field": "Hộ tịch"},
        {"code": "1.000002", "name": "Cấp bản sao trích lục", "field": "đinh canhid yến"},
        {"code": "1.000003", "name": "Cấp bản sao trích lục"},
    ]
    own = {"code": "1.001193", "name": "Đăng ký khai sinh", "field": "Hộ tịch", "fee": "0 đ"}
    assert SANITIZER.procedure_rows(rows) == [own]


CELLS: dict[str, object] = {
    "code": "H48.53-240414-0001",
    "procedure": "1.001193",
    "procedure_name": "",
    "field": "Hộ tịch",
    "channel": "2",
    "status": "10",
    "received_at": "20240414080000",
    "due_at": "20240416080000",
    "finished_at": "20240415080000",
    "returned_at": "",
    "carried_over": "",
    "digitised": "0",
    "not_digitised_reason": "",
}
UPSTREAM: dict[str, Any] = {
    "code": "H48.53-240414-0001",
    "procedure": "1.001193",
    "field": "Hộ tịch",
    "channel": 2,
    "status": 10,
    "received_at": "2024-04-14T01:00:00.000Z",
    "due_at": None,
    "finished_at": None,
    "carried_over": False,
    "digitised": False,
    "not_digitised_reason": None,
    "step": None,
}
STRICT = DossierSanitizer(shipped_vocabulary(), ProcedureCatalogue.of([]), ZoneInfo("Asia/Ho_Chi_Minh"))
TRACE = st.sampled_from([trace for one in PEOPLE for trace in one.traces()])
TEXT = st.one_of(TRACE, st.builds("{0} {1}".format, TRACE, TRACE), st.builds("Máy: {0}".format, TRACE))
TEXTS = ["procedure", "field", "not_digitised_reason", "step", "owner"]  # the service checks the form of the others
PLACES = st.sampled_from([*CELLS, "ChuHoSo", "Ghi chú"])


def found_in(value: object) -> list[str]:
    text = json.dumps(value, ensure_ascii=False)
    return [trace for person in PEOPLE for trace in person.traces() if trace in text]


@given(st.dictionaries(PLACES, TEXT, max_size=5))
@settings(max_examples=400)
def test_no_cell_carries_a_person_in(people: dict[str, str]) -> None:
    try:
        dossier = parse_row({**CELLS, **people}, SANITIZER)
    except InvalidRow as invalid:
        assert found_in([translate(one.message) for one in invalid.errors] + [str(invalid)]) == []
        return
    assert set(dossier) <= set(FIELDS) and found_in(dossier) == []


@given(st.dictionaries(st.sampled_from(TEXTS), TEXT, max_size=5))
@settings(max_examples=400)
def test_no_text_of_a_told_dossier_carries_a_person_in(people: dict[str, str]) -> None:
    dossier = SANITIZER.sanitize({**UPSTREAM, **people})
    assert set(dossier) <= set(FIELDS) and found_in(dossier) == []
    assert dossier["step"] == "returned"


def test_a_dossier_without_anything_odd_comes_through_as_it_is() -> None:
    whole = {**UPSTREAM, "not_digitised_reason": "Máy hỏng cả tuần", "step": "returned"}
    assert SANITIZER.sanitize(whole) == whole
    assert STRICT.sanitize({**whole, "not_digitised_reason": None}) == {**whole, "not_digitised_reason": None}


def test_what_is_not_told_is_not_invented() -> None:
    assert SANITIZER.sanitize({"code": "x"}) == {"code": "x"}


UNLISTED = [
    "Nguyen Van An",
    "nguyễn văn an",
    "NGUYỄN VĂN AN",
    "(0912) 345 678",
    "Y Phương, ĐT 0912/345/678",
    "a@b.vn",
    "Ninh Thị Lan CCCD 051/209/901/234",
    "Hộ tịch của Nguyễn Văn An",
    "Chăn nuôi – Ninh Thị Lan",
    "Lĩnh vực",
    "–",
    "",
]


@pytest.mark.parametrize("said", UNLISTED)
def test_a_field_that_stands_on_no_list_stays_outside(said: str) -> None:
    assert STRICT.sanitize({**UPSTREAM, "field": said})["field"] == UNNAMED_FIELD
    assert parse_row({**CELLS, "field": said}, STRICT)["field"] == UNNAMED_FIELD


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("HỘ TỊCH", "Hộ tịch"),
        ("chan nuoi", "Chăn nuôi"),
        ("Lĩnh vực: Trẻ em", "Trẻ em"),
        ("Thi đua, khen thưởng", "Thi đua - khen thưởng"),
        ("Phòng chống thiên tai.", "Phòng, chống thiên tai"),
        ("Vùng đệm", "Vùng đệm"),
        ("LĨNH VỰC ĐẶC THÙ", "Lĩnh vực đặc thù"),
        ("Vùng đệm Nguyễn Văn An", UNNAMED_FIELD),
        ("Lĩnh vực Bảo trợ xã hội, trẻ em", "Bảo trợ xã hội"),
    ],
)
def test_a_listed_field_is_kept_as_it_is_listed_and_the_office_s_own_name_wins(said: str, kept: str) -> None:
    sanitizer = DossierSanitizer(
        SANITIZER.vocabulary.with_fields(["Vùng đệm", "Lĩnh vực đặc thù"]), SANITIZER.catalogue, SANITIZER.zone
    )
    assert sanitizer.field("9.999999", said) == kept


def test_further_fields_come_from_the_configuration() -> None:
    office = sample_configuration("sqlite:///unused")
    assert sanitizer_for(office).field("9.999999", "vùng đệm") == UNNAMED_FIELD
    more = office.model_copy(update={"sync": office.sync.model_copy(update={"fields": ["Vùng đệm"]})})
    assert sanitizer_for(more).field("9.999999", "vùng đệm") == "Vùng đệm"


@pytest.mark.parametrize("said", UNLISTED)
def test_a_field_that_only_the_portal_s_catalogue_tells_stays_outside(said: str) -> None:
    sanitizer = STRICT.with_procedures(
        [ProcedureEntry("9.999999", "Thủ tục", said), ProcedureEntry("9.999998", "Thủ tục khác", "chăn nuôi")]
    )
    assert {sanitizer.field(procedure, text) for procedure in ("9.999999", "") for text in (said, "")} == {
        UNNAMED_FIELD
    }
    assert sanitizer.field("9.999998", "") == "Chăn nuôi"


def test_a_field_of_the_portal_s_catalogue_gets_the_office_s_name() -> None:
    sanitizer = SANITIZER.with_procedures(
        [ProcedureEntry("9.999999.000.00.00.H48", "Thủ tục", "Lĩnh vực Bảo trợ xã hội")]
    )
    assert sanitizer.field("9.999999", "Trẻ em") == "Bảo trợ xã hội"


ODD_CODES = ["SDT-0912345-678", "AN.NGUYEN.VAN2", "T-NINHAN-123456-TT", "T-AN-0912345-TT", "T-AN-12345-TT", "0.912345"]


@pytest.mark.parametrize("code", ODD_CODES)
def test_a_code_of_a_procedure_has_a_known_form_or_is_the_office_s_own(code: str) -> None:
    told = SANITIZER.with_procedures([ProcedureEntry(code, "Thủ tục lạ", "Hộ tịch")])
    for sanitizer in (SANITIZER, told):
        assert sanitizer.catalogue.procedure(code) is sanitizer.catalogue.procedure("", "Thủ tục lạ") is None
        assert sanitizer.sanitize({**UPSTREAM, "procedure": code})["procedure"] == ""
    own = DossierSanitizer(
        SANITIZER.vocabulary, ProcedureCatalogue.of([ProcedureEntry(code, "Của xã", "Hộ tịch")]), SANITIZER.zone
    )
    assert own.catalogue.procedure(code) == code


@pytest.mark.parametrize("code", ["1.001193", "T-QNG-123456-TT", "T-HN-123456-TT", "T-BDHH-123456-TT"])
def test_national_and_local_codes_are_taken(code: str) -> None:
    assert STRICT.catalogue.procedure(code) == code


def test_the_shipped_fields_are_many_and_no_two_are_the_same() -> None:
    tables = tomllib.loads(files("sync.dossiers").joinpath("vocabulary.toml").read_text(encoding="utf-8"))
    known = tables["fields"]["known"]
    assert list(shipped_vocabulary().fields.values()) == known and len(known) >= 100
    assert all(clean_text(name) == name and name[0].isupper() for name in known)
    assert not any(letter.isdigit() for name in known for letter in name)
