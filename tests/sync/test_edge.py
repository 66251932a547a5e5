"""Wherever upstream puts a person, nothing of them comes past the edge."""

from __future__ import annotations

import json
import tomllib
from importlib.resources import files
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.domain.dossier import CODE as CODE_OF_THE_HOUSE
from kiosk.domain.dossier import STEPS, UNNAMED_FIELD, Status
from sync.dossiers.edge import edge_for, plain_edge
from sync.dossiers.rows import CODE, KEYS, OTHER_FIELD, Edge, Unreadable
from sync.dossiers.words import Catalogue, shipped_words
from sync.text_keys import composed
from sync.wording import say
from tests.office import sample_configuration
from tests.sync.exports import PEOPLE

EDGE = Edge(
    shipped_words().with_reasons(["Máy hỏng  cả tuần"]),
    Catalogue.of([("1.001193", "Đăng ký khai sinh", "Hộ tịch")], ["Bảo trợ xã hội"]), ZoneInfo("Asia/Ho_Chi_Minh"),
)  # fmt: skip
CELLS: dict[str, object] = {
    "code": "H48.53-240414-0001", "procedure": "1.001193", "procedure_name": "", "field": "Hộ tịch", "channel": "2",
    "status": "10", "received_at": "20240414080000", "due_at": "20240416080000", "finished_at": "20240415080000",
    "returned_at": "", "carried_over": "", "digitised": "0", "not_digitised_reason": "",
}  # fmt: skip
TOLD: dict[str, Any] = {
    "code": "H48.53-240414-0001", "procedure": "1.001193", "field": "Hộ tịch", "channel": 2, "status": 10,
    "received_at": "2024-04-14T01:00:00.000Z", "due_at": None, "finished_at": None, "carried_over": False,
    "digitised": False, "not_digitised_reason": None, "step": None,
}  # fmt: skip
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
        dossier = EDGE.dossier({**CELLS, **people})
    except Unreadable as error:
        assert found_in([say(trouble.message) for trouble in error.troubles] + [str(error)]) == []
        return
    assert set(dossier) <= set(KEYS) and found_in(dossier) == []


@given(st.dictionaries(st.sampled_from(TEXTS), TEXT, max_size=5))
@settings(max_examples=400)
def test_no_text_of_a_told_dossier_carries_a_person_in(people: dict[str, str]) -> None:
    dossier = EDGE.admitted({**TOLD, **people})
    assert set(dossier) <= set(KEYS) and found_in(dossier) == []
    assert dossier["step"] == "returned"


def test_a_dossier_without_anything_odd_comes_through_as_it_is() -> None:
    whole = {**TOLD, "not_digitised_reason": "Máy hỏng cả tuần", "step": "returned"}
    assert EDGE.admitted(whole) == whole
    assert plain_edge().admitted({**whole, "not_digitised_reason": None}) == {**whole, "not_digitised_reason": None}


def test_what_is_not_told_is_not_invented() -> None:
    assert EDGE.admitted({"code": "x"}) == {"code": "x"}


UNLISTED = [
    "Nguyen Van An", "nguyễn văn an", "NGUYỄN VĂN AN", "(0912) 345 678", "Y Phương, ĐT 0912/345/678", "a@b.vn",
    "Ninh Thị Lan CCCD 051/209/901/234", "Hộ tịch của Nguyễn Văn An", "Chăn nuôi – Ninh Thị Lan", "Lĩnh vực", "–", "",
]  # fmt: skip


@pytest.mark.parametrize("said", UNLISTED)
def test_a_field_that_stands_on_no_list_stays_outside(said: str) -> None:
    assert plain_edge().admitted({**TOLD, "field": said})["field"] == OTHER_FIELD
    assert plain_edge().dossier({**CELLS, "field": said})["field"] == OTHER_FIELD


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("HỘ TỊCH", "Hộ tịch"), ("chan nuoi", "Chăn nuôi"), ("Lĩnh vực: Trẻ em", "Trẻ em"),
        ("Thi đua, khen thưởng", "Thi đua - khen thưởng"), ("Phòng chống thiên tai.", "Phòng, chống thiên tai"),
        ("Vùng đệm", "Vùng đệm"), ("LĨNH VỰC ĐẶC THÙ", "Lĩnh vực đặc thù"), ("Vùng đệm Nguyễn Văn An", OTHER_FIELD),
        ("Lĩnh vực Bảo trợ xã hội, trẻ em", "Bảo trợ xã hội"),
    ],
)  # fmt: skip
def test_a_listed_field_is_kept_as_it_is_listed_and_the_office_s_own_name_wins(said: str, kept: str) -> None:
    edge = Edge(EDGE.words.with_fields(["Vùng đệm", "Lĩnh vực đặc thù"]), EDGE.catalogue, EDGE.zone)
    assert edge.field("9.999999", said) == kept


def test_further_fields_come_from_the_configuration() -> None:
    office = sample_configuration("sqlite:///unused")
    assert edge_for(office).field("9.999999", "vùng đệm") == OTHER_FIELD
    more = office.model_copy(update={"sync": office.sync.model_copy(update={"fields": ["Vùng đệm"]})})
    assert edge_for(more).field("9.999999", "vùng đệm") == "Vùng đệm"


@pytest.mark.parametrize("said", UNLISTED)
def test_a_field_that_only_the_portal_s_catalogue_tells_stays_outside(said: str) -> None:
    edge = plain_edge().with_more([("9.999999", "Thủ tục", said), ("9.999998", "Thủ tục khác", "chăn nuôi")])
    assert {edge.field(procedure, text) for procedure in ("9.999999", "") for text in (said, "")} == {OTHER_FIELD}
    assert edge.field("9.999998", "") == "Chăn nuôi"


def test_a_field_of_the_portal_s_catalogue_gets_the_office_s_name() -> None:
    edge = EDGE.with_more([("9.999999.000.00.00.H48", "Thủ tục", "Lĩnh vực Bảo trợ xã hội")])
    assert edge.field("9.999999", "Trẻ em") == "Bảo trợ xã hội"


ODD_CODES = ["SDT-0912345-678", "AN.NGUYEN.VAN2", "T-NINHAN-123456-TT", "T-AN-0912345-TT", "T-AN-12345-TT", "0.912345"]


@pytest.mark.parametrize("code", ODD_CODES)
def test_a_code_of_a_procedure_has_a_known_form_or_is_the_office_s_own(code: str) -> None:
    told = EDGE.with_more([(code, "Thủ tục lạ", "Hộ tịch")])
    for edge in (EDGE, told):
        assert edge.catalogue.procedure(code) is edge.catalogue.procedure("", "Thủ tục lạ") is None
        assert edge.admitted({**TOLD, "procedure": code})["procedure"] == ""
    own = Edge(EDGE.words, Catalogue.of([(code, "Của xã", "Hộ tịch")]), EDGE.zone)
    assert own.catalogue.procedure(code) == code


@pytest.mark.parametrize("code", ["1.001193", "T-QNG-123456-TT", "T-HN-123456-TT", "T-BDHH-123456-TT"])
def test_national_and_local_codes_are_taken(code: str) -> None:
    assert plain_edge().catalogue.procedure(code) == code


def test_the_shipped_fields_are_many_and_no_two_are_the_same() -> None:
    known = tomllib.loads(files("sync.dossiers").joinpath("words.toml").read_text(encoding="utf-8"))["fields"]["known"]
    assert list(shipped_words().fields.values()) == known and len(known) >= 100
    assert all(composed(name) == name and name[0].isupper() for name in known)
    assert not any(letter.isdigit() for name in known for letter in name)


def test_house_and_edge_agree_on_words() -> None:
    assert CODE.pattern == CODE_OF_THE_HOUSE.pattern and OTHER_FIELD == UNNAMED_FIELD
    assert shipped_words().step == {int(status): step for status, step in STEPS.items()}
    assert set(shipped_words().status.values()) == {int(status) for status in Status}
